"""A small German town with two invented shops, for tests of orders."""

from datetime import datetime, timedelta

from django.utils.text import slugify

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.rules import stock_key
from stadtplatz.delivery.actions import open_point_of
from stadtplatz.delivery.queries import slots_to_choose
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM, Actor
from stadtplatz.kit.money import Money
from stadtplatz.orders import actions
from stadtplatz.orders.models import Basket, Checkout, Order
from stadtplatz.orders.queries.basket import view_of
from stadtplatz.pools import actions as pools
from stadtplatz.shops.models import Membership, Shop


def open_shop(name: str = "Bäckerei Musterkorn (erfunden)", slug: str = "musterkorn", **fields) -> Shop:
    """A shop that may sell, with a pick-up point and slots every day from 8 to 18."""
    shop = Shop.objects.create(
        **{
            "slug": slug,
            "name": name,
            "category": "bakery",
            "state": Shop.OPEN,
            "standing": Shop.APPROVED,
            "legal_name": f"{name.split(' (')[0]} Inh. Erika Muster",
            "legal_form": "sole",
            "street": "Marktplatz 3",
            "postcode": "71083",
            "town": "Herrenberg",
            "phone": "07032 000000",
            "email": f"{slug}@example.org",
            "vat_id": "DE000000000",
            "hours": "Mo-Sa 08:00-18:00",
            "created_at": clock.now(),
            **fields,
        }
    )
    open_point_of(shop, by=SYSTEM)
    return shop


def offer_of(shop: Shop, title: str = "Landbrot", cents: int = 490, stock: int = 10, **fields) -> Offer:
    """An offer on sale with this many in stock."""
    offer = Offer.objects.create(
        **{
            "shop": shop,
            "title": title,
            "slug": slugify(title),
            "category": "bread",
            "state": Offer.PUBLISHED,
            "price": Money(cents),
            "vat_class": "reduced",
            "withdrawal": "perishable",
            "created_at": clock.now(),
            "published_at": clock.now(),
            **fields,
        }
    )
    if stock:
        pools.supply(stock_key(offer), stock)
    return offer


def member_of(shop: Shop, role: str = Membership.OWNER, email: str | None = None) -> Person:
    """A person who works in the shop."""
    person = Person.objects.create_user(email or f"{role}@{shop.slug}.example", "geheim-genug")
    Membership.objects.create(person=person, shop=shop, role=role, since=clock.now())
    return person


def actor(person: Person) -> Actor:
    return actor_for(person)


def basket_with(*goods: tuple[Offer, int]) -> Basket:
    basket = None
    for offer, quantity in goods:
        basket = actions.put_in(basket, offer_id=offer.pk, quantity=quantity)
    return basket


def checkout_with(
    *goods: tuple[Offer, int], email: str = "anna@example.org", at: datetime | None = None, basket: Basket | None = None
) -> Checkout:
    """A basket on the review page: slots chosen (the first that can be had in each shop), contact left, goods held."""
    basket = basket or basket_with(*goods)
    at = at or clock.now()
    checkout = actions.choose_slots(basket, slots=first_slots(basket, at), at=at)
    actions.leave_contact(checkout, name="Anna Beispiel", email=email)
    return actions.begin_review(checkout, at=at)


def first_slots(basket: Basket, at: datetime) -> dict[int, int]:
    view = view_of(basket, at=at)
    days = slots_to_choose([group.point for group in view.groups], at=at)
    return {
        group.shop.pk: next(c.slot.pk for day in days[group.point.pk] for c in day.slots if c.free)
        for group in view.groups
    }


def ordered(*goods: tuple[Offer, int], email: str = "anna@example.org", by: Actor = ANONYMOUS, at=None) -> Order:
    """An order through the real actions."""
    checkout = checkout_with(*goods, email=email, at=at)
    total = view_of(checkout.basket, held={}).total
    return actions.place_order(key=checkout.key, shown_total=total.cents, by=by, at=at)


def in_a_week() -> datetime:
    return clock.now() + timedelta(days=7)
