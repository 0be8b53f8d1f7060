"""Parts of the town: their shops, what is open now, what is on offer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from stadtplatz.catalogue import queries
from stadtplatz.kit.pagecache import cached_page
from stadtplatz.kit.publicface import breadcrumbs, public_face


@cached_page(seconds=60)
def districts(request: HttpRequest) -> HttpResponse:
    """All parts of the town."""
    crumbs = [(_("Shops"), reverse("shops")), (_("Parts of town"), "")]
    face = public_face(
        request,
        title=_("Parts of town"),
        text=_("The parts of the town and the shops in them."),
        data=[breadcrumbs(crumbs)],
    )
    return render(request, "catalogue/districts.html", {"parts": queries.parts(), "crumbs": crumbs, "face": face})


@cached_page(seconds=30)
def district(request: HttpRequest, slug: str) -> HttpResponse:
    """One part of the town: shops, offers and what is open now."""
    page = queries.district_page(slug)
    if page is None:
        raise Http404
    crumbs = [(_("Shops"), reverse("shops")), (_("Parts of town"), reverse("districts")), (page.district.name, "")]
    face = public_face(
        request, title=page.district.name, indexed=bool(page.shops), data=[breadcrumbs(crumbs)],
        text=_("Shops and offers in {name}, and what is open now.").format(name=page.district.name),
    )  # fmt: skip
    return render(request, "catalogue/district.html", {"page": page, "crumbs": crumbs, "face": face})
