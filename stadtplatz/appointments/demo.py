"""A hairdresser of the demo town with two chairs, what happened there in the last months, and the coming weeks."""

from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from stadtplatz.accounts.demo import CITIZEN
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.appointments import actions, flow, queries, times
from stadtplatz.appointments.models import Appointment, Away, Resource, Service
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER, Actor
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops.models import Membership, Shop

SALON = "salon-beispielschnitt"
NAMES = [
    "Hannelore Muster", "Yusuf Probe", "Greta Beispiel", "Anton Fiktiv", "Mira Erdacht", "Jonas Platzhalter", "Elif Muster",
    "Karl-Heinz Probe", "Sofia Beispiel", "Thomas Fiktiv", "Lena Erdacht", "Murat Platzhalter", "Ruth Probe", "Pjotr Muster",
]  # fmt: skip
SERVICES = [
    ("Haarschnitt kurz", 2900, 30, 5, "Waschen, schneiden, föhnen."),
    ("Haarschnitt lang", 4900, 60, 5, "Waschen, schneiden, föhnen, mit Beratung."),
    ("Bart in Form", 1500, 20, 5, "Mit heißem Tuch und Messer."),
    ("Farbe und Schnitt", 8900, 120, 10, "Ansatz oder ganze Länge, Pflege inbegriffen."),
]
WORDS = ["", "", "", "Bitte nur die Spitzen.", "Ich komme mit dem Kinderwagen.", "Wie beim letzten Mal."]
PAST_DAYS, COMING_DAYS = 70, 16


@transaction.atomic
def build(now: datetime) -> int:
    """Some hundred past appointments as bare rows, and about thirty coming ones made by the actions everybody uses."""
    shop = Shop.objects.filter(slug=SALON).first()
    owner = Membership.objects.select_related("person").filter(shop=shop, role=Membership.OWNER).first()
    if shop is None or owner is None or Resource.objects.filter(shop=shop).exists():
        return 0
    by, chance = actor_for(owner.person), Random(2711)  # noqa: S311 - a demo, repeatable on purpose
    opened = now - timedelta(days=PAST_DAYS + 5)
    chairs = [
        actions.add_resource(shop=shop, name="Bea", kind=Resource.PERSON, by=by, at=opened),
        actions.add_resource(
            shop=shop, name="Toni", by=by, at=opened, hours="Tu-Fr 10:00-18:00; Sa 08:30-14:00; PH off"
        ),
    ]
    services = [
        actions.offer_service(
            shop=shop,
            title=title,
            price=Money(cents),
            description=words,
            resources=chairs if minutes < 100 else chairs[:1],
            category="hairdressing",
            minutes=minutes,
            after=after,
            lead_hours=2,
            cancel_hours=24,
            by=by,
            at=opened,
        )
        for title, cents, minutes, after, words in SERVICES
    ]
    today = clock.local(now).date()
    Away.objects.create(
        resource=chairs[1], first=today + timedelta(days=12), last=today + timedelta(days=14), note="Fortbildung"
    )
    _lived(services, chairs, today, chance)
    made = _coming(services, now, today, by, chance)
    _stories(made, services[0], by, now)
    return len(made)


def _lived(services: list[Service], chairs: list[Resource], today: date, chance: Random) -> None:
    """What is over is written as it would stand after the job that forgets the five minutes: without pools."""
    rows = []
    for book in queries.diaries(chairs, today - timedelta(days=PAST_DAYS), PAST_DAYS - 7, at=times.midnight(today)):
        for spans in book.working.values():
            for begin, end in spans:
                rows += _day(services, book.resource, begin, end, chance)
    Appointment.objects.bulk_create(rows, batch_size=200)


def _day(services: list[Service], chair: Resource, begin: datetime, end: datetime, chance: Random) -> list[Appointment]:
    start, rows = begin + timedelta(minutes=15 * chance.randint(0, 6)), []
    while start < end:
        service = chance.choice(services[:3] if chair.name == "Toni" else services)
        if start + service.length > end:
            break
        state = chance.choice([flow.DONE] * 14 + [flow.MISSED, flow.CANCELLED])
        placed = start - timedelta(days=chance.randint(1, 12), hours=chance.randint(0, 5))
        row = Appointment(
            shop=chair.shop, service=service, resource=chair, title=service.offer.title, price=service.offer.price,
            minutes=service.minutes, after=service.after, cancel_hours=24, starts_at=start, ends_at=start + service.length,
            state=state, state_since=start, placed_at=placed, forgotten_at=start, remind=False,
        )  # fmt: skip
        row.number = f"T-{codes_of(chance)}"
        rows.append(row)
        start += timedelta(minutes=service.takes + 15 * chance.randint(1, 9))
    return rows


def codes_of(chance: Random) -> str:
    """A number as errands have it, without its prefix."""
    from stadtplatz.kit.codes import ALPHABET, check_sign

    body = "".join(chance.choice(ALPHABET) for _ in range(6))
    whole = body + check_sign("T" + body)
    return f"{whole[:3]}-{whole[3:]}"


def _coming(services: list[Service], now: datetime, today: date, by: Actor, chance: Random) -> list[Appointment]:
    """The fuller, the nearer; some are entered by the shop."""
    made: list[Appointment] = []
    for ahead in range(-1, COMING_DAYS):
        day = today + timedelta(days=ahead)
        for _number in range(max(1, 3 - ahead // 4)):
            if row := _one(chance.choice(services), day, now, by, chance, len(made)):
                made.append(row)
    return made


def _one(service: Service, day: date, now: datetime, by: Actor, chance: Random, number: int) -> Appointment | None:
    at = now - timedelta(days=chance.randint(3, 9), hours=chance.randint(0, 9))
    found = queries.free_days(service, queries.calendars_of(service), day, 1, at=at)[0].times
    if not found:
        return None
    time, name = chance.choice(found), NAMES[number % len(NAMES)]
    email = f"{name.lower().replace(' ', '.').replace('-', '.')}.{number}@example.org"
    try:
        if number % 4 == 3:
            return actions.enter(
                service=service, resource=time.resources[0], starts_at=time.starts_at, name=name, phone="07000 0001", by=by, at=at
            )  # fmt: skip
        return actions.book(
            service=service, starts_at=time.starts_at, name=name, email=email, note=chance.choice(WORDS), by=ANONYMOUS, at=at
        )  # fmt: skip
    except ActionRefused:
        return None


def _stories(made: list[Appointment], service: Service, by: Actor, now: datetime) -> None:
    """Somebody has cancelled, the shop has moved somebody, the demo's citizen comes soon, and a request waits."""
    ahead = [row for row in made if row.starts_at > now + timedelta(days=2) and not row.by_shop]
    actions.advance(ahead[-1], move="cancel", by=LINK_HOLDER, at=now - timedelta(hours=5))
    day = clock.local(now).date() + timedelta(days=3)
    free = queries.first_free(service, queries.calendars_of(service), day, at=now)
    if free is None:
        return
    first = queries.free_days(service, queries.calendars_of(service), free, 1, at=now)[0].times[0]
    mine = actions.book(
        service=service, starts_at=first.starts_at, name="Mira Erdacht", email=CITIZEN, by=ANONYMOUS, at=now - timedelta(hours=20)
    )  # fmt: skip
    later = first.starts_at + timedelta(hours=2)
    try:
        actions.move(
            mine, starts_at=later, reason="Toni ist an dem Tag erst später da.", by=by, at=now - timedelta(hours=3)
        )
    except ActionRefused:
        return  # somebody has that time
    service.ask_first = True
    service.save(update_fields=["ask_first"])
    times_left = queries.free_days(service, queries.calendars_of(service), free, 1, at=now)[0].times
    if times_left:
        actions.book(
            service=service, starts_at=times_left[-1].starts_at, name="Ruth Probe", email="ruth.probe@example.org",
            note="Geht es auch mit Rollator?", by=ANONYMOUS, at=now - timedelta(hours=1),
        )  # fmt: skip
    service.ask_first = False
    service.save(update_fields=["ask_first"])
