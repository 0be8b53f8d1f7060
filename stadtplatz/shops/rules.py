"""Who may do what in a shop, and what the law wants to know before something is sold."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.rules import is_operator, may_enter_desk
from stadtplatz.city import queries as city
from stadtplatz.kit.actors import Actor, once_a_request
from stadtplatz.shops.kept import staff
from stadtplatz.shops.models import Membership, Shop

DUTY = "market.shops"
"""The duty whose unit is the market desk."""
MANAGERS = (Membership.OWNER, Membership.STAFF)
MOVES: dict[str, frozenset[str]] = {
    Shop.DRAFT: frozenset({Shop.OPEN, Shop.CLOSED}),
    Shop.OPEN: frozenset({Shop.PAUSED, Shop.CLOSED}),
    Shop.PAUSED: frozenset({Shop.OPEN, Shop.CLOSED}),
    Shop.CLOSED: frozenset({Shop.DRAFT}),
}
"""From which state a shop may go where."""


def role_in(actor: Actor, shop: Shop) -> str | None:
    """The role this person has in the shop, or None."""
    if not actor.is_person:
        return None
    return Membership.objects.filter(person_id=actor.person_id, shop=shop).values_list("role", flat=True).first()


def works_somewhere(actor: Actor) -> bool:
    """Whether this person works in any shop."""
    return actor.is_person and actor.person_id in staff()


def may_own(actor: Actor, shop: Shop) -> bool:
    """Only owners change the team and give the shop up."""
    return role_in(actor, shop) == Membership.OWNER


def may_manage(actor: Actor, shop: Shop) -> bool:
    """Owners and staff edit the shop and its offers."""
    return role_in(actor, shop) in MANAGERS


def may_pack(actor: Actor, shop: Shop) -> bool:
    """Every member sees the shop's home and its orders, and hands them out."""
    return role_in(actor, shop) is not None


@once_a_request
def may_decide(actor: Actor) -> bool:
    """The market desk: members of the unit that looks after shops, and the operator of the installation."""
    return may_enter_desk(actor) and (is_operator(actor) or city.works_for(actor, DUTY))


@dataclass(frozen=True)
class Missing:
    """One thing that is missing before binding sale: the field to fill in and its name for people."""

    field: str
    label: object


REQUIRED = (
    ("legal_name", _("Name of the business owner or company")),
    ("legal_form", _("Legal form")),
    ("street", _("Street and house number")),
    ("postcode", _("Postcode")),
    ("town", _("Town")),
    ("phone", _("Phone number")),
    ("email", _("Mail address")),
)


def missing_for_sale(shop: Shop) -> list[Missing]:
    """What must be known before this shop may sell with binding effect (Art. 30 DSA, Art. 246a § 1 EGBGB, § 5 DDG, § 25e UStG).

    Name, legal form, address, phone and mail always; the register entry for forms that stand in one; a VAT id unless it is a
    small business.
    """
    missing = [Missing(field, label) for field, label in REQUIRED if not getattr(shop, field)]
    if shop.legal_form in Shop.IN_REGISTER and not shop.register_entry:
        missing.append(Missing("register_entry", _("Register and number")))
    if not shop.vat_id and not shop.small_business:
        missing.append(Missing("vat_id", _("VAT ID or small-business status")))
    return missing


REQUIRED_TO_SHOW = (("street", _("Street and house number")), ("postcode", _("Postcode")), ("town", _("Town")))


def missing_for_showing(shop: Shop) -> list[Missing]:
    """What must be known before this shop may show offers and put things aside without obligation: a checked identity, an address
    and one way to be reached (§ 5 DDG). Much less than for selling: see `missing_for_sale`."""
    missing = [Missing(field, label) for field, label in REQUIRED_TO_SHOW if not getattr(shop, field)]
    if not (shop.phone or shop.email):
        missing.append(Missing("phone", _("Phone number or mail address")))
    if shop.standing not in Shop.SHOWING:
        missing.append(Missing("standing", _("The market desk has to know who you are")))
    return missing


def may_show(shop: Shop) -> bool:
    """Whether people see this shop's offers and may have things put aside, which binds nobody."""
    return shop.shows_offers


KEEPING = (
    (None, _("until we close on our next day")),
    (2, _("2 hours")),
    (4, _("4 hours")),
    (24, _("one day")),
    (48, _("two days")),
    (0, _("we put nothing aside")),
)
"""For how many hours a shop can put things aside, as `Shop.reserve_hours` keeps it."""


def may_put_aside(shop: Shop) -> bool:
    """Whether people may have things put aside here without obligation: the shop shows offers and has not said no."""
    return may_show(shop) and shop.reserve_hours != 0


def may_sell(shop: Shop) -> bool:
    """Whether this shop may sell with binding effect: visible, its data complete, and approved by two people (Art. 30 DSA)."""
    return shop.state == Shop.OPEN and shop.standing == Shop.APPROVED and not missing_for_sale(shop)
