"""What happens around the demo's shops: one is setting up, one waits for its second pair of eyes, one is suspended."""

from datetime import datetime, timedelta

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts.demo import OPERATOR
from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.city import queries as city
from stadtplatz.city.models import Membership as UnitMembership
from stadtplatz.city.models import Place
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM, Actor
from stadtplatz.kit.identity import city as identity
from stadtplatz.kit.names import slugify_german
from stadtplatz.shops import actions, queries, rules, sellers
from stadtplatz.shops.models import Membership, Shop

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def build(now: datetime) -> None:
    """Three sellers at three stages, a claim by letter, and an entry that was removed."""
    _setting_up(now - 6 * DAY)
    _waiting(now - 3 * DAY)
    _suspended(now - 20 * DAY)
    _claims(now - 2 * DAY)


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


def _seller(name: str, owner_name: str, category: str, at: datetime, **details: object) -> tuple[Shop, Person]:
    fields = {"phone": "07000 000900", "email": f"{slugify_german(name)[:30]}@example.org", "town": identity().name}
    shop = actions.create_shop(name=f"{name} (erfunden)", category=category, by=SYSTEM, at=at, **{**fields, **details})
    owner = person(owner_name)
    actions.add_member(shop=shop, person=owner, role=Membership.OWNER, by=SYSTEM, at=at)
    sellers.know(shop=shop, way="call", by=desk()[0], at=at)
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
    """Letters are out, somebody asks for one, and an entry was removed on request."""
    first = desk()[0]
    actions.write_letters(most=3, by=first, at=at)
    rest: list[Place] = list(queries.without_letter()[:2])
    if len(rest) < 2:
        return
    asking, leaving = rest
    actions.claim(
        place=asking, name="Lou Beispielfrau", position="Inhaberin", email="lou.beispielfrau@example.org", way="letter",
        message="Im Geschäft ist nur vormittags jemand am Telefon.", by=ANONYMOUS, at=at + HOUR,
    )  # fmt: skip
    actions.ask_removal(
        place=leaving, message="Den Betrieb gibt es nicht mehr.", by=ANONYMOUS, at_once=True, at=at + DAY
    )
