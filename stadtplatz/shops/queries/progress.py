"""How far a shop is with the guided list, and what a step may begin with."""

from dataclasses import dataclass

from django.urls import reverse

from stadtplatz.accounts.models import Person
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.identity import city
from stadtplatz.shops.models import ClaimRequest, Seller, Shop
from stadtplatz.shops.queries.sellers import seller
from stadtplatz.shops.queries.steps import STEPS, Step
from stadtplatz.shops.rules import Missing


@dataclass(frozen=True)
class Progress:
    """A step as it stands for one shop."""

    step: Step
    missing: list[Missing]
    url: str

    @property
    def done(self) -> bool:
        return not self.missing


def progress(shop: Shop, seller: Seller) -> list[Progress]:
    """Every step of the list as it stands, in order."""
    return [
        Progress(step, step.missing(shop, seller), reverse(step.url_name or "shop-step", args=_address(shop, step)))
        for step in STEPS
    ]


def missing(shop: Shop, seller: Seller) -> list[Missing]:
    """Everything that stands between this shop and the market desk's look at it."""
    return [lack for step in STEPS if step.needed for lack in step.missing(shop, seller)]


def after(code: str, shop: Shop, seller: Seller) -> Progress | None:
    """The next step that lacks something, behind this one first; None if nothing is missing."""
    rows = progress(shop, seller)
    start = next((number for number, row in enumerate(rows) if row.step.code == code), 0) + 1
    return next((row for row in [*rows[start:], *rows[:start]] if row.missing), None)


def proposals(shop: Shop, by: Actor) -> dict[str, str]:
    """What a step may begin with, by field: the name and address of who fills the list in, the shop's name and phone where they fit."""
    person = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    return {
        "legal_name": (person.name if person else "") or _claimed_by(shop),
        "email": person.email if person else "",
        "town": city().name,
        "account_holder": shop.legal_name,
        "safety_name": shop.represented_by or shop.legal_name,
        "safety_contact": shop.phone or shop.email,
    }


def _claimed_by(shop: Shop) -> str:
    """The name that was given when the entry of the map was taken over."""
    asked = ClaimRequest.objects.filter(shop=shop).select_related("contact").last()
    return asked.contact.name if asked and asked.contact else ""


def _address(shop: Shop, step: Step) -> list[str]:
    return [shop.slug] if step.url_name else [shop.slug, step.code]


def setup_of(shop: Shop) -> list[Progress]:
    """The steps of the guided list that still lack something."""
    return [row for row in progress(shop, seller(shop)) if row.missing]
