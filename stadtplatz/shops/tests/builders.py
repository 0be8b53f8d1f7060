"""A small German town for tests: shops, people and entries of the map."""

from datetime import date, datetime

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.city.models import Place
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.clock import BERLIN
from stadtplatz.shops import actions
from stadtplatz.shops.models import Membership, Shop

COMPLETE = {
    "legal_name": "Erna Musterkorn",
    "legal_form": "sole",
    "street": "Marktplatz 3",
    "postcode": "71083",
    "town": "Musterstadt",
    "phone": "07032 12345",
    "email": "laden@example.org",
    "vat_id": "DE123456788",
    "lon": 8.87,
    "lat": 48.595,
    "hours": "Mo-Fr 08:00-12:30,14:00-18:00; Sa 08:00-13:00",
}


FILE = {
    "account_holder": "Erna Musterkorn",
    "iban": "DE89370400440532013000",
    "packaging": "lucid",
    "lucid": "DE1234567890123",
    "safety_name": "Erna Musterkorn",
    "safety_contact": "sicherheit@example.org",
    "handing_over": ["pickup"],
}


def berlin(text: str) -> datetime:
    """`2026-11-23 10:00` on the town hall's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def person(name: str) -> Person:
    return Person.objects.create_user(f"{name}@example.org", "ein-langes-Passwort", name=name.title())


def shop(name: str = "Bäckerei Musterkorn", *, open: bool = True, standing: str = Shop.APPROVED, **details) -> Shop:
    made = actions.create_shop(name=name, category="bakery", by=SYSTEM, **{**COMPLETE, **details})
    if open:
        Shop.objects.filter(pk=made.pk).update(state=Shop.OPEN)
    if standing != Shop.NEW:
        Shop.objects.filter(pk=made.pk).update(standing=standing)
    made.refresh_from_db()
    return made


def worker(at: Shop, role: str, name: str) -> Actor:
    someone = person(name)
    actions.add_member(shop=at, person=someone, role=role, by=SYSTEM)
    return actor_for(someone)


def owner(at: Shop, name: str = "erna") -> Actor:
    return worker(at, Membership.OWNER, name)


def place(name: str = "Blumen Beispiel", **details) -> Place:
    fields = {
        "kind": Place.SHOP, "category": "florist", "osm_type": "n", "osm_id": Place.objects.count() + 1, "lon": 8.87,
        "lat": 48.596, "street": "Gartenweg", "house_number": "2", "opening_hours": "Mo-Fr 09:00-18:00",
        "data_date": date(2020, 4, 21),
    }  # fmt: skip
    return Place.objects.create(name=name, **{**fields, **details})
