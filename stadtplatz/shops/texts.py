"""Imprint, terms, withdrawal instruction and privacy notice of a shop: its own words, or the town's template with its data.

The templates are proposals in German that no lawyer has checked. A city puts its own into its pack as `legal/seller-<kind>.txt`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.identity import city
from stadtplatz.shops.models import Seller, Shop

FOLDER = Path(__file__).resolve().parent / "data" / "texts"
KINDS: dict[str, str | Promise] = {
    "imprint": _("Imprint"),
    "terms": _("Terms"),
    "withdrawal": _("Withdrawal"),
    "privacy": _("Privacy"),
}
ADDRESSES = {"imprint": "impressum", "terms": "agb", "withdrawal": "widerruf", "privacy": "datenschutz"}
"""The word in the address of each text."""
_BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Text:
    """One of the four texts as everybody reads it; `own` if the shop wrote it."""

    kind: str
    title: str | Promise
    body: str
    own: bool


def text_of(shop: Shop, kind: str, seller: Seller | None = None) -> Text:
    """The shop's own words, or the template filled with its data."""
    seller = seller or Seller.objects.filter(shop=shop).first()
    own = getattr(seller, kind) if seller else ""
    return Text(kind, KINDS[kind], own or filled(kind, shop), bool(own))


def filled(kind: str, shop: Shop) -> str:
    """The template with the shop's data; lines whose every blank is empty are left out."""
    values = _values(shop)
    lines = []
    for line in _template(city().slug, kind).splitlines():
        blanks = _BLANK.findall(line)
        if not blanks or any(values.get(blank) for blank in blanks):
            lines.append(_BLANK.sub(lambda hit: values.get(hit[1], hit[0]), line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def kind_at(word: str) -> str | None:
    """The kind of text at this address."""
    return next((kind for kind, address in ADDRESSES.items() if address == word), None)


def _values(shop: Shop) -> dict[str, str]:
    plain = ("legal_name", "street", "postcode", "town", "phone", "email")
    operator = city().contact.get("organisation", city().long_name)
    return {
        **{field: getattr(shop, field) for field in plain},
        "legal_name": shop.legal_name or shop.name,
        "legal_form": str(shop.get_legal_form_display()) if shop.legal_form and shop.legal_form != "sole" else "",
        "represented": f"Vertreten durch: {shop.represented_by}" if shop.represented_by else "",
        "register": f"Registereintrag: {shop.register_entry}" if shop.register_entry else "",
        "tax": shop.tax_line,
        "city": city().name,
        "operator": operator,
    }


@lru_cache(maxsize=32)
def _template(city_slug: str, kind: str) -> str:
    of_packs = [Path(pack) / city_slug / "legal" / f"seller-{kind}.txt" for pack in settings.CITY_PACKS if city_slug]
    file = next((file for file in of_packs if file.is_file()), FOLDER / f"{kind}.txt")
    return file.read_text(encoding="utf-8")
