"""What a public page says of itself to search engines and to those who pass its address on: one address, its languages, a picture, data.

    face = public_face(request, title=offer.title, text=offer.description, picture=media.public_url(offer.picture), data=[...])

The template includes `kit/parts/face.html` in its `head`. Filters and sorting never make another page of their own: such an address is
not to be kept by search engines; the pages of a long list are.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from stadtplatz.kit.languages import address_in

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
LONGEST = 160
"""Characters of a description."""


@dataclass(frozen=True)
class PublicFace:
    """Ready for `kit/parts/face.html`. Addresses are absolute; `languages` are (code, address)."""

    title: str
    text: str
    canonical: str
    languages: Sequence[tuple[str, str]]
    picture: str
    large_picture: bool
    kind: str
    indexed: bool
    locale: str
    data: Sequence[SafeString] = ()


def public_face(
    request: HttpRequest,
    *,
    title: str,
    text: str = "",
    picture: str = "",
    kind: str = "website",
    indexed: bool = True,
    page: int = 1,
    data: Iterable[dict[str, Any]] = (),
) -> PublicFace:
    """The face of this page. `picture` is a path of this site; without one the town's mark stands there. `page` above 1 is the page of
    a list, which has an address of its own. `data` are JSON-LD nodes, left out where the page is not to be kept."""
    paged = f"?page={page}" if page > 1 else ""
    here = get_language() or settings.LANGUAGE_CODE
    addresses = {code: absolute(_plain(address_in(request, code))) + paged for code in settings.SITE_LANGUAGES}
    return PublicFace(
        title=title,
        text=Truncator(" ".join(text.split())).chars(LONGEST),
        canonical=addresses.get(here, absolute(request.path) + paged),
        languages=[*addresses.items(), ("x-default", addresses[settings.LANGUAGE_CODE])],
        picture=absolute(picture or reverse("city-mark-pixels", args=[512])),
        large_picture=bool(picture),
        kind=kind,
        indexed=indexed,
        locale={"de": "de_DE", "en": "en_GB"}.get(here[:2], "de_DE"),
        data=[as_script(node) for node in data] if indexed else (),
    )


def absolute(path: str) -> str:
    """The whole address of a path of this site."""
    return path if path.startswith(("http://", "https://")) else settings.BASE_URL + path


def as_script(data: dict[str, Any]) -> SafeString:
    """The node as it stands in a script element of the type application/ld+json: nothing in it can end the element."""
    text = json.dumps({"@context": "https://schema.org", **tidy(data)}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - the signs that could end the script element are escaped


def breadcrumbs(crumbs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """schema.org BreadcrumbList of the same pairs that the page shows; the last one is the page itself and needs no address."""
    steps = [
        {"@type": "ListItem", "position": place, "name": str(text), "item": absolute(url) if url else None}
        for place, (text, url) in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def tidy(node: Any) -> Any:
    """Without what is empty: search engines take an empty value for a fault."""
    if isinstance(node, dict):
        return {key: tidy(value) for key, value in node.items() if value not in (None, "", [], {})}
    return [tidy(value) for value in node] if isinstance(node, (list, tuple)) else node


def _plain(address: str) -> str:
    return address.partition("?")[0]
