"""While a shopkeeper types: where the offer belongs, and what its category then asks for."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from stadtplatz.catalogue import categories, meaning, particulars, queries
from stadtplatz.catalogue.categories import Category
from stadtplatz.catalogue.views.guard import for_managers
from stadtplatz.shops.models import Shop


@for_managers
def propose(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Categories for a title (`title`), and what the one that is named (`category`), else the first of them, asks for."""
    title, typed = request.GET.get("title", "")[:120], request.GET.get("category", "")[:120]
    usual = queries.usual_of(shop)
    proposed = meaning.suggested(title, usual.used)
    chosen = meaning.exactly(typed) if typed else next(iter(proposed), None)
    named = [{"name": one.name, "path": categories.path_name(one.code)} for one in proposed]
    answer = {"proposed": named, "chosen": _asks(chosen, title, usual) if chosen else None}
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


def _asks(category: Category, title: str, usual: queries.Usual) -> dict[str, Any]:
    wanted = particulars.missing(category, {}, title=title, packed=True)
    return {
        "name": category.name,
        "food": category.food,
        "kinds": category.kinds,
        "withdrawal": usual.withdrawal_in(category.code),
        "needs": [name for name, _label in wanted],
    }
