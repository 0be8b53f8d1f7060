"""The guided list: what a seller has to tell, step by step, and what each step still lacks."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stadtplatz.shops import rules
from stadtplatz.shops.models import Seller, Shop
from stadtplatz.shops.queries.terms import lacks_terms
from stadtplatz.shops.rules import Missing

Text = str | Promise


@dataclass(frozen=True)
class Step:
    """One page of the list. `needed` steps stand between the shop and selling; the others make it worth visiting."""

    code: str
    title: Text
    why: Text
    missing: Callable[[Shop, Seller], list[Missing]]
    needed: bool = True
    url_name: str = ""
    """A page of its own instead of the list's form."""
    owner_only: bool = False


def _identity(shop: Shop, _seller: Seller) -> list[Missing]:
    found = [
        lack for lack in rules.missing_for_sale(shop) if lack.field in {"legal_name", "legal_form", "register_entry"}
    ]
    if shop.legal_form not in {"", "sole", "registered"} and not shop.represented_by:
        found.append(Missing("represented_by", _("Represented by")))
    return found


def _tax(shop: Shop, _seller: Seller) -> list[Missing]:
    return [lack for lack in rules.missing_for_sale(shop) if lack.field == "vat_id"]


def _contact(shop: Shop, _seller: Seller) -> list[Missing]:
    fields = {"street", "postcode", "town", "phone", "email"}
    return [lack for lack in rules.missing_for_sale(shop) if lack.field in fields]


def _account(_shop: Shop, seller: Seller) -> list[Missing]:
    return _lacks(seller, account_holder=_("Account holder"), iban=_("IBAN"))


def _packaging(_shop: Shop, seller: Seller) -> list[Missing]:
    if seller.packaging == "lucid":
        return _lacks(seller, lucid=_("LUCID number"))
    return _lacks(seller, packaging=_("What packaging you use"))


def _safety(_shop: Shop, seller: Seller) -> list[Missing]:
    return _lacks(seller, safety_name=_("Name"), safety_contact=_("Phone number or mail address"))


def _handing_over(_shop: Shop, seller: Seller) -> list[Missing]:
    return _lacks(seller, handing_over=_("At least one way"))


def _texts(_shop: Shop, seller: Seller) -> list[Missing]:
    return _lacks(seller, texts_at=_("Your look at the four texts"))


def _promise(_shop: Shop, seller: Seller) -> list[Missing]:
    return _lacks(seller, certified_at=_("Your declaration"))


def _agreement(shop: Shop, _seller: Seller) -> list[Missing]:
    return [Missing("terms_accepted", _("Your press on “Accept”"))] if lacks_terms(shop) else []


def _hours(shop: Shop, _seller: Seller) -> list[Missing]:
    return [] if shop.hours else [Missing("hours", _("Opening hours"))]


def _window(shop: Shop, _seller: Seller) -> list[Missing]:
    found = [] if shop.picture else [Missing("picture", _("A picture"))]
    return found if shop.description else [*found, Missing("description", _("Two sentences about the shop"))]


def _lacks(seller: Seller, **fields: Text) -> list[Missing]:
    return [Missing(field, label) for field, label in fields.items() if not getattr(seller, field)]


STEPS = (
    Step("identity", _("Who sells"), _("People have to know from whom they buy (Art. 30 DSA, § 5 DDG)."), _identity),
    Step("tax", _("VAT ID or small business"), _("We have to keep it on file (§ 22f UStG)."), _tax),
    Step("contact", _("Address and contact"), _("It stands in the imprint and with each offer."), _contact),
    Step(
        "account",
        _("Bank account"),
        _("Only the market desk sees it. Customers' money never goes through the town."),
        _account,
        owner_only=True,
    ),
    Step(
        "packaging",
        _("Packaging"),
        _("Who packs for sending must be registered; we may not let you sell without (packaging law)."),
        _packaging,
        owner_only=True,
    ),
    Step(
        "safety",
        _("Contact for product safety"),
        _("Whom authorities and customers reach about a dangerous product (Art. 22 GPSR)."),
        _safety,
        owner_only=True,
    ),
    Step(
        "handing-over",
        _("Handing over"),
        _("How the goods reach people. Slots for collecting follow your opening hours."),
        _handing_over,
        owner_only=True,
    ),
    Step(
        "texts",
        _("Terms, withdrawal, privacy, imprint"),
        _("We have prepared them with your data. Read them, change what does not fit."),
        _texts,
        owner_only=True,
    ),
    Step(
        "promise",
        _("Your declaration"),
        _("That you offer only what keeps to the law (Art. 30 (1) (e) DSA)."),
        _promise,
        owner_only=True,
    ),
    Step(
        "agreement", _("Terms of the town's square"), _("What the town and its shops have agreed, in the version that holds."), _agreement,
        url_name="shop-terms", owner_only=True,
    ),
    Step("hours", _("Opening hours"), _("The first thing people look for."), _hours, needed=False, url_name="shop-hours"),
    Step(
        "window", _("Picture and description"), _("Shops with a picture are visited more often."), _window,
        needed=False, url_name="shop-profile",
    ),
)  # fmt: skip


def by_code(code: str) -> Step | None:
    """The step with a form in the list."""
    return next((step for step in STEPS if step.code == code and not step.url_name), None)
