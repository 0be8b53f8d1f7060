"""The search page, its suggestions while typing, and how its order comes about."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_response_headers

from stadtplatz.home import search_page
from stadtplatz.home.asking import LONGEST, Asked
from stadtplatz.home.narrowing import NarrowForm, chosen
from stadtplatz.kit import throttle
from stadtplatz.kit.codes import read_number
from stadtplatz.kit.http import client_ip
from stadtplatz.search import actions, queries

PER_PAGE = 20
# Readers write nothing: these limits are counted in the memory of each web process.
SEARCHES = throttle.Limit("search", most=120, seconds=60)
SUGGESTIONS = throttle.Limit("suggest", most=600, seconds=60)


def search(request: HttpRequest) -> HttpResponse:
    """What is there under these words?"""
    SEARCHES.count(client_ip(request))
    asked, number = Asked.read(request.GET.dict()), _page_number(request)
    results = asked.answer(limit=PER_PAGE, offset=(number - 1) * PER_PAGE, with_facets=True)
    if asked.typed and not results.total and not asked.given:
        actions.count_empty(typed=asked.typed)
    hits = search_page.shown_all(results.hits, asked)
    form = NarrowForm(asked, results)
    context = {
        "typed": asked.typed,
        "kind": asked.kind,
        "asked": asked,
        "form": form,
        "chosen": chosen(asked, form),
        "results": results,
        "hits": hits,
        "page": Paginator(range(results.reachable), PER_PAGE).get_page(number),
        "tabs": search_page.tabs(asked, results),
        "meant_url": asked.address(q=results.suggestion or ""),
        "everything_url": Asked(asked.typed).address(),
        "number": read_number(asked.typed),
        "points": search_page.points(hits),
    }
    return _unindexed(render(request, "home/search.html", context))


def suggestions(request: HttpRequest) -> HttpResponse:
    """How the words may go on; a fragment for the list below the search box."""
    SUGGESTIONS.count(client_ip(request))
    typed = " ".join(request.GET.get("q", "")[:LONGEST].split())
    found = queries.suggest(typed) if len(typed) > 1 else []
    response = render(
        request,
        "home/parts/suggestions.html",
        {"suggestions": [search_page.suggested(one, typed) for one in found]},
    )
    patch_response_headers(response, cache_timeout=60)
    return _unindexed(response)


def explanation(request: HttpRequest) -> HttpResponse:
    """How the order of results comes about (§ 312l BGB)."""
    return render(request, "home/search_explanation.html")


def _page_number(request: HttpRequest) -> int:
    """The page asked for, the first if it is none."""
    given = request.GET.get("page", "1")
    return min(max(int(given), 1), 15) if given.isascii() and given.isdigit() and len(given) < 4 else 1


def _unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
