"""What the pages about things put aside show, worked out before the template."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stadtplatz.audit import queries as audit
from stadtplatz.kit.templatetags.kit import day_and_hour
from stadtplatz.kit.timeline import Timeline, TimelineEntry
from stadtplatz.orders import reserving, rules
from stadtplatz.orders.models import Reservation
from stadtplatz.orders.pages.words import qr_to_hand_over

BADGES = {
    reserving.HELD: "info",
    reserving.READY: "success",
    reserving.COLLECTED: "success",
    reserving.REFUSED: "danger",
    reserving.CANCELLED: "warning",
    reserving.ENDED: "warning",
}
DONE = {
    "ready": gettext_lazy("Noted. The customer has been told that it lies ready."),
    "refuse": gettext_lazy("Noted. The customer reads your reason."),
    "longer": gettext_lazy("Kept longer. The customer has been told."),
    "no-longer": gettext_lazy("The customer has been told that you cannot keep it longer."),
    "collect": gettext_lazy("Handed over. Thank you!"),
}


@dataclass(frozen=True)
class ReservationPage:
    """What the citizen sees behind the link."""

    reservation: Reservation
    timeline: Timeline
    steps: list[tuple[str, str]]
    badge: str
    over: bool
    """Whether nothing lies aside any more, also when the clock has not been looked at yet."""
    can_ask_longer: bool
    qr: SafeString | str


def page_of(reservation: Reservation, *, at: datetime) -> ReservationPage:
    """The citizen's page at this moment."""
    over = not reservation.is_open or reservation.until <= at
    qr = "" if over else qr_to_hand_over(reservation.shop.slug, reservation.number, reservation.collection_code)
    timeline = Timeline(
        sentence=sentence(reservation, at=at),
        who="" if over else holder(reservation),
        until=None if over else reservation.until,
        entries=entries(reservation),
        finished=over,
        number=reservation.number,
    )
    may_ask = rules.may_ask_longer(reservation, at)
    return ReservationPage(reservation, timeline, steps(reservation), BADGES[reservation.state], over, may_ask, qr)


def sentence(reservation: Reservation, *, at: datetime) -> str:
    """Where it stands, in one sentence."""
    state = reservation.state
    if reservation.is_open and reservation.until <= at:
        state = reserving.ENDED
    return {
        reserving.HELD: _("{shop} keeps it for you until {until}. As soon as it lies ready, it says so here."),
        reserving.READY: _("It lies ready for you at {shop} until {until}."),
        reserving.COLLECTED: _("You have collected it at {shop}."),
        reserving.REFUSED: _("{shop} does not have it for you after all."),
        reserving.CANCELLED: _("You have called it off. {shop} has it on sale again."),
        reserving.ENDED: _("The time is over, and {shop} keeps it no longer. You owe nothing."),
    }[state].format(shop=reservation.shop.name, until=day_and_hour(reservation.until))


def holder(reservation: Reservation) -> str:
    """Who has to do the next thing."""
    if reservation.state == reserving.READY:
        return _("You: come by if you still want it")
    return reservation.shop.name


def steps(reservation: Reservation) -> list[tuple[str, str]]:
    """Put aside, lies ready, collected; what ended otherwise shows how."""
    path = [reserving.HELD, reserving.READY, reserving.COLLECTED]
    names = {state: str(label) for state, label in reserving.STATES}
    if reservation.state not in path:
        return [(names[reserving.HELD], "done"), (names[reservation.state], "now")]
    if reservation.state == reserving.COLLECTED:
        return [(names[state], "done") for state in path]
    now = path.index(reservation.state)
    return [(names[state], "done" if i < now else "now" if i == now else "next") for i, state in enumerate(path)]


def entries(reservation: Reservation) -> list[TimelineEntry]:
    """What happened, with the shop's words where it gave some."""
    return [
        TimelineEntry(
            entry.at,
            longer_sentence(entry.keys["granted"]) if entry.verb == "orders.longer_answered" else entry.sentence,
            body=reservation.reason if entry.verb == "orders.not_there" else "",
        )
        for entry in audit.timeline(reservation, audience=audit.APPLICANT)
    ]


def shop_timeline(reservation: Reservation) -> Timeline:
    """The same history, with a sentence for the people behind the counter."""
    text = {
        reserving.HELD: _("Please look whether it is there, put it aside and say so: the customer waits for that."),
        reserving.READY: _("It lies ready. The customer may come until {until}."),
        reserving.COLLECTED: _("Handed over."),
        reserving.REFUSED: _("You did not have it."),
        reserving.CANCELLED: _("Called off by the customer. It is on sale again."),
        reserving.ENDED: _("The time is over. It is on sale again."),
    }[reservation.state]
    return Timeline(sentence=text.format(until=day_and_hour(reservation.until)), entries=entries(reservation))


def longer_sentence(granted: bool) -> str:
    """What the shop said to the wish for more time."""
    return _("The shop keeps it longer.") if granted else _("The shop cannot keep it longer.")
