"""What happens around the demo's shops: one is setting up, one waits for its second pair of eyes, one is suspended."""

from datetime import datetime, timedelta
from typing import Any

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts.demo import OPERATOR
from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.city import queries as city
from stadtplatz.city.models import Membership as UnitMembership
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM, Actor
from stadtplatz.kit.identity import city as identity
from stadtplatz.kit.names import slugify_german
from stadtplatz.shops import actions, queries, rules
from stadtplatz.shops.models import DayCount, Membership, Shop

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def build(now: datetime) -> None:
    """Three sellers at three stages, letters, a business that starts anew, an entry that was removed; questions and help."""
    _setting_up(now - 6 * DAY)
    _waiting(now - 3 * DAY)
    _suspended(now - 20 * DAY)
    _claims(now - 2 * DAY)
    _care(now - DAY)


def desk() -> tuple[Actor, Actor]:
    """Two people of the market desk: somebody of its unit, and the operator."""
    operator = Person.objects.get(email=OPERATOR)
    member = UnitMembership.objects.filter(unit=city.unit_for(rules.DUTY)).select_related("person").first()
    first = member.person if member else accounts.create_person(email="markt@example.org", name="Mara Markt (erfunden)")
    Person.objects.filter(pk=first.pk).update(is_operator=first.is_operator or member is None)
    return actor_for(first, second_factor=True), actor_for(operator, second_factor=True)


def person(name: str) -> Person:
    """The demo's person of this name, made if need be."""
    email = f"{slugify_german(name).replace('-', '.')}@example.org"
    known = Person.objects.filter(email=email).first()
    return known or accounts.create_person(email=email, name=name)


def fill_in(shop: Shop, owner: Person, number: int, at: datetime) -> None:
    """The seller's file is complete, with an invented account and register number."""
    from schwifty import IBAN  # only here: nobody else makes accounts up

    bank = IBAN.generate("DE", bank_code="10000000", account_code=f"{1000 + number:010d}").compact
    changes = {
        "account_holder": shop.legal_name[:120],
        "iban": bank,
        "packaging": "lucid" if number % 2 else "service",
        "lucid": f"DE{9_000_000_000_000 + number}" if number % 2 else "",
        "safety_name": owner.name,
        "safety_contact": shop.email,
        "handing_over": ["pickup"],
    }
    version = queries.seller(shop).version
    actions.edit_seller(
        shop=shop, version=version, changes=changes, certify=True, texts_read=True, by=actor_for(owner), at=at
    )


def approve(shop: Shop, owner: Person, at: datetime) -> None:
    """Submitted, and looked at by two people."""
    first, second = desk()
    digest = actions.submit(shop=shop, by=actor_for(owner), at=at).digest
    actions.approve(shop=shop, digest=digest, by=first, at=at + HOUR)
    actions.approve(shop=shop, digest=digest, by=second, at=at + 3 * HOUR)
    shop.refresh_from_db()


def _seller(name: str, owner_name: str, category: str, at: datetime, **details: Any) -> tuple[Shop, Person]:
    fields: dict[str, Any] = {
        "phone": "07000 000900",
        "email": f"{slugify_german(name)[:30]}@example.org",
        "town": identity().name,
    }
    shop = actions.create_shop(name=f"{name} (erfunden)", category=category, by=SYSTEM, at=at, **{**fields, **details})
    owner = person(owner_name)
    actions.add_member(shop=shop, person=owner, role=Membership.OWNER, by=SYSTEM, at=at)
    actions.know(shop=shop, way="call", by=desk()[0], at=at)
    actions.move_shop(shop=shop, to=Shop.OPEN, by=actor_for(owner), at=at + HOUR)
    shop.refresh_from_db()
    return shop, owner


def _setting_up(at: datetime) -> None:
    """Identity checked, half of the list done: she shows offers and puts aside, but does not sell yet."""
    shop, owner = _seller(
        "Marmeladenküche Fruchtglück", "Frida Fruchtglück", "other", at, premises=Shop.HOME, street="Musterweg 12",
        postcode="71083", legal_name="Frida Fruchtglück (erfunden)", legal_form="sole", small_business=True,
        hours="Fr 15:00-18:00; PH off", description="Gelees, Chutneys und Quittenbrot, eingekocht in der eigenen Küche.",
    )  # fmt: skip
    changes = {"safety_name": owner.name, "safety_contact": shop.phone, "handing_over": ["pickup"]}
    actions.edit_seller(shop=shop, version=1, changes=changes, by=actor_for(owner), at=at + DAY)


def _waiting(at: datetime) -> None:
    """One person of the market desk has looked; a second one has to."""
    shop, owner = _seller(
        "Fahrradwerkstatt Speichenfroh", "Sami Speichenfroh", "bicycle", at, premises=Shop.MOBILE,
        street="Beispielgasse 4", postcode="71083", legal_name="Sami Speichenfroh (erfunden)", legal_form="sole",
        small_business=True, hours="Mo-Fr 09:00-17:00; PH off",
        description="Wir kommen mit dem Lastenrad und flicken vor Ihrer Tür.",
    )  # fmt: skip
    fill_in(shop, owner, 31, at + 2 * HOUR)
    digest = actions.submit(shop=shop, by=actor_for(owner), at=at + 3 * HOUR).digest
    actions.approve(shop=shop, digest=digest, by=desk()[0], at=at + DAY)


def _suspended(at: datetime) -> None:
    """Suspended for an address that does not exist; the owner complains."""
    shop, owner = _seller(
        "Trödel Scheinbar", "Rolf Scheinbar", "other", at, premises=Shop.STALL, street="Nirgendwoweg 99",
        postcode="71083", legal_name="Rolf Scheinbar (erfunden)", legal_form="sole", small_business=True,
    )  # fmt: skip
    fill_in(shop, owner, 32, at + HOUR)
    approve(shop, owner, at + 2 * HOUR)
    reasons = "Ein Brief an die angegebene Anschrift kam als unzustellbar zurück. Bitte nennen Sie eine ladungsfähige Anschrift."
    actions.suspend(shop=shop, reasons=reasons, by=desk()[0], at=at + 12 * DAY)
    words = "Die Straße wurde im Sommer umbenannt, das Schild hängt erst seit Kurzem."
    actions.complain(shop=shop, text=words, by=actor_for(owner), at=at + 14 * DAY)


def _claims(at: datetime) -> None:
    """Letters are out, somebody starts anew, and an entry was removed on request. Nothing is said about businesses that are real."""
    actions.write_letters(most=3, by=desk()[0], at=at)
    business = {"business": "Eisdiele Musterkugel (erfunden)", "category": "other", "premises": Shop.MOBILE}
    address = {"street": "Beispielgasse 9", "postcode": "71083", "town": identity().name}
    actions.claim(
        place=None, name="Lou Beispielfrau", position="Inhaberin", email="lou.beispielfrau@example.org",
        phone="07000 000901", message="Wir fahren mit dem Eiswagen und öffnen im Frühjahr.", business=business | address,
        by=ANONYMOUS, at=at + HOUR,
    )  # fmt: skip
    if leaving := queries.without_letter().last():
        actions.ask_removal(place=leaving, by=ANONYMOUS, at_once=True, at=at + DAY)


def _care(at: datetime) -> None:
    """Questions to the first shops, one answered; help that was asked for, some of it late."""
    for number, shop in enumerate(Shop.objects.filter(standing=Shop.APPROVED, state=Shop.OPEN).order_by("pk")[:3]):
        owner = actor_for(shop.memberships.get(role=Membership.OWNER).person)
        text, answer = QUESTIONS[number]
        row = actions.ask_shop(
            shop=shop, name="Mia Fragegern", email="mia.fragegern@example.org", text=text, by=ANONYMOUS, at=at
        )
        if answer:
            actions.answer_enquiry(enquiry=row, answer=answer, by=owner, at=at + 2 * HOUR)
        kind, words = HELP[number]
        actions.ask_for_help(shop=shop, kind=kind, text=words, by=owner, at=at - 3 * number * DAY)
        today = at.date()
        DayCount.objects.bulk_create(
            DayCount(shop=shop, day=today - day * DAY, kind=kind, count=many + 3 * number + day % 4)
            for day in range(14)
            for kind, many in ((DayCount.VIEW, 7), (DayCount.SEARCH, 2))
        )


QUESTIONS = (
    ("Gibt es das Dinkelbrot auch geschnitten?", ""),
    ("Haben Sie im Dezember noch Grünkohl?", "Ja, bis Weihnachten jeden Tag frisch."),
    ("Kann ich ein Buch zurückgeben, das ein Geschenk war?", ""),
)
HELP = (
    ("photos", "Die Auslage vor Weihnachten, am liebsten morgens."),
    ("help", "Wie trage ich den Preis je Kilo ein?"),
    ("visit", "Wir möchten wissen, wie andere das mit dem Abholfach machen."),
)
