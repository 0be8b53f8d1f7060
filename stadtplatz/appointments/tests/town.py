"""A hairdresser with two chairs, for tests of appointments. The clock of a test stands where it says."""

from collections import Counter
from datetime import datetime, timedelta

from django.utils.text import slugify

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.appointments import actions, flow, queries, rules, times
from stadtplatz.appointments.models import Appointment, Block, Resource, Service
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit.actors import ANONYMOUS, Actor
from stadtplatz.kit.clock import BERLIN
from stadtplatz.kit.money import Money
from stadtplatz.pools.models import Pool
from stadtplatz.shops.models import Membership, Shop

MONDAY = datetime(2027, 1, 11, 9, 0, tzinfo=BERLIN)
"""A Monday without holidays near it: nine in the morning."""


def berlin(text: str) -> datetime:
    """`2027-01-12 10:00` on the town hall's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def salon(name: str = "Salon Beispielschnitt (erfunden)", slug: str = "beispielschnitt", **fields) -> Shop:
    """A shop that may show offers, open from Tuesday to Saturday."""
    return Shop.objects.create(
        **{
            "slug": slug,
            "name": name,
            "category": "hairdresser",
            "state": Shop.OPEN,
            "standing": Shop.APPROVED,
            "street": "Marktplatz 5",
            "postcode": "71083",
            "town": "Herrenberg",
            "phone": "07032 000005",
            "email": f"{slug}@example.org",
            "hours": "Tu-Sa 09:00-12:00,13:00-18:00",
            "created_at": MONDAY - timedelta(days=99),
            **fields,
        }
    )


def chair(shop: Shop, name: str = "Bea", **fields) -> Resource:
    return Resource.objects.create(shop=shop, name=name, position=shop.resources.count(), **fields)


def haircut(shop: Shop, *resources: Resource, title: str = "Haarschnitt", minutes: int = 45, **fields) -> Service:
    """A service on sale that these (else all) calendars of the shop do."""
    offer = Offer.objects.create(
        shop=shop, kind=Offer.SERVICE, title=title, slug=slugify(title), category="hairdressing", state=Offer.PUBLISHED,
        price=Money(3900), withdrawal="on_site", created_at=MONDAY - timedelta(days=90),
        published_at=MONDAY - timedelta(days=90),
    )  # fmt: skip
    service = Service.objects.create(offer=offer, minutes=minutes, **fields)
    service.resources.set(resources or shop.resources.all())
    return service


def member(shop: Shop, role: str = Membership.OWNER) -> Actor:
    return actor_for(keeper(shop, role))


def keeper(shop: Shop, role: str = Membership.OWNER) -> Person:
    person = Person.objects.create_user(f"{role}@{shop.slug}.example", "geheim-genug")
    Membership.objects.create(person=person, shop=shop, role=role, since=MONDAY)
    return person


def booked(
    service: Service,
    when: str,
    *,
    email: str = "anna@example.org",
    at: datetime = MONDAY,
    by: Actor = ANONYMOUS,
    **said,
) -> Appointment:
    """An appointment through the real action."""
    words = {"name": "Anna Beispiel", "email": email} | said
    return actions.book(service=service, starts_at=berlin(when), by=by, at=at, **words)


def entered(
    service: Service, resource: Resource, when: str, *, by: Actor, at: datetime = MONDAY, **said
) -> Appointment:
    """As the shop writes it down."""
    said = {"name": "Bert Beispiel"} | said
    return actions.enter(service=service, resource=resource, starts_at=berlin(when), by=by, at=at, **said)


def books_agree() -> bool:
    """Whether what the pools say is booked is what open appointments and blocks have taken, five minutes by five minutes."""
    taken: Counter[str] = Counter()
    for row in Appointment.objects.filter(hold__isnull=False, state__in=flow.TAKES_TIME):
        taken.update(rules.pool_key(row.resource_id, cell) for cell in queries.taken_cells(row))
    for block in Block.objects.filter(hold__isnull=False).select_related("resource"):
        for cell in times.cells(block.starts_at, block.ends_at):
            taken[rules.pool_key(block.resource_id, cell)] += block.resource.capacity
    booked = dict(Pool.objects.filter(key__startswith="time:", booked__gt=0).values_list("key", "booked"))
    return booked == dict(taken) and not Pool.objects.filter(held__gt=0).exists()
