"""Both errands from the first click to the last, each step by the person whose step it is."""

import re
from collections.abc import Callable

from stadtplatz.operate.demo import walk
from stadtplatz.operate.demo.client import Answer, Client, Unexpected
from stadtplatz.orders.models import Order, OrderPart
from stadtplatz.shops.models import Membership
from stadtplatz.tickets.models import Ticket

Say = Callable[[str], None]
COLLECTION_CODE = re.compile(r'class="code-block">([2-9A-Z]{6})<')


def walk_both(town: str, *, say: Say) -> None:
    """Walk the order, then the report; raises Unexpected at the first page that says something else than it should."""
    walk_order(town, say)
    walk_report(town, say)


def walk_order(town: str, say: Say) -> None:
    """A stranger orders from two shops; each shop confirms, packs and hands over against the code."""
    stranger = Client(town)
    errand = walk.order(stranger, name="Gast Probe", email="gast.probe@example.org")
    say(f"A stranger ordered from two shops: {errand.number}.")
    Client(town).get(f"/bestellung/{'A' * 22}/").expect(404)
    order = Order.objects.get(number=errand.number)
    for part in order.parts.select_related("shop"):
        owner = Membership.objects.filter(shop=part.shop, role="owner").select_related("person")[0].person
        keeper = walk.sign_in(town, owner.email)
        _pack(keeper, part, errand)
        say(f"{owner.name} confirmed and packed at {part.shop.name}.")
        code = _code(walk.follow(stranger, errand), part)
        _hand_over(keeper, part, errand, code)
        say(f"The stranger showed {code} and collected.")
    walk.follow(stranger, errand, "Die Ware wurde abgeholt und bezahlt.")


def walk_report(town: str, say: Say) -> None:
    """A stranger reports with a photo; the responsible person accepts, asks, gets an answer, closes with a reason."""
    stranger = Client(town)
    text = "Tiefes Schlagloch auf der Fahrbahn, ein Fahrrad ist schon gestürzt."
    errand = walk.report(
        stranger, text=text, address="Bahnhofstraße 1", email="gast.probe@example.org", photo=walk.photo()
    )
    ticket = Ticket.objects.select_related("case__assignee", "case__unit").get(case__number=errand.number)
    say(f"A stranger reported a pothole: {errand.number}. It reached {ticket.case.assignee}, {ticket.case.unit}.")
    if "/konto/" not in Client(town).get(f"/desk/anliegen/{errand.number}/").url:
        raise Unexpected("The desk opened for a stranger.")
    if ticket.case.assignee is None:
        raise Unexpected(f"{errand.number} reached nobody in person.")
    clerk, desk = walk.sign_in(town, ticket.case.assignee.email), f"/desk/anliegen/{errand.number}/"
    page = clerk.get(desk)
    page = clerk.submit(page, page.form(action="/schritt/accept/"))
    page = clerk.submit(
        page, page.form(action="/nachricht/"), button=("ask", "1"), words="Auf welcher Seite der Straße?"
    )
    say("The responsible person accepted and asked a question; the deadline rests.")
    theirs = walk.follow(stranger, errand, "Auf welcher Seite der Straße?")
    stranger.submit(theirs, theirs.form(action="/antwort/"), words="Auf der rechten Seite.")
    page = clerk.get(desk)
    page.says("Auf der rechten Seite.")
    page = clerk.submit(
        page,
        page.form(action="/abschliessen/"),
        outcome="done",
        words="Das Loch ist geschlossen. Danke für den Hinweis!",
    )
    walk.follow(stranger, errand, "Das Loch ist geschlossen.", "Erledigt")
    say("The stranger answered; it was closed with a reason, and the stranger's page says so.")


def _pack(keeper: Client, part: OrderPart, errand: walk.Errand) -> None:
    place = f"/laden/{part.shop.slug}/bestellungen/{errand.number}/"
    for step in ("confirm", "ready"):
        page = keeper.get(place)
        keeper.submit(page, page.form(action=f"/{step}/")).expect(200)


def _hand_over(keeper: Client, part: OrderPart, errand: walk.Errand, code: str) -> None:
    page = keeper.get(f"/laden/{part.shop.slug}/bestellungen/{errand.number}/")
    keeper.submit(page, page.form(action="/uebergabe/"), code=code).expect(200)


def _code(page: Answer, part: OrderPart) -> str:
    """The collection code as the customer's page shows it, in the section of this shop."""
    section = page.text.split(f'id="part-{part.pk}"', 1)[-1]
    found = COLLECTION_CODE.search(section)
    if not found:
        raise Unexpected(f"{page.url} shows no collection code for {part.shop}.")
    return found[1]
