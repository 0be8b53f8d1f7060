"""Small words for the templates of the desk."""

from datetime import datetime

from django import template
from django.utils.formats import number_format

from stadtplatz.cases.models import Case
from stadtplatz.kit import clock
from stadtplatz.notifications.models import Incoming
from stadtplatz.tickets.flow import OUTCOMES
from stadtplatz.tickets.models import ReplyTemplate, Ticket
from stadtplatz.tickets.queries.post import mails_of
from stadtplatz.tickets.replies import fill

register = template.Library()


@register.filter
def day_short(moment: datetime | None) -> str:
    """`03.12.`, with the year when it is not this one; Berlin time."""
    if moment is None:
        return ""
    local = clock.local(moment)
    return f"{local:%d.%m.}" if local.year == clock.today().year else f"{local:%d.%m.%Y}"


@register.filter
def for_panel(replies: list[ReplyTemplate], panel: str) -> list[ReplyTemplate]:
    """The standard answers for the panel of messages (`message`) or of closing (`close`)."""
    return [reply for reply in replies if (reply.move in OUTCOMES) == (panel == "close")]


_MAIL_BADGES = {"aside": "warning", "read": "info", "taken": "success", "returned": "danger"}


@register.filter
def mail_badge(state: str) -> str:
    """The kind of badge for the state of a mail from outside."""
    return _MAIL_BADGES.get(state, "")


@register.filter
def after_colon(thing: str) -> str:
    """`A-4K7-MX2P` of `ticket:A-4K7-MX2P`."""
    return thing.rpartition(":")[2]


@register.filter
def mails(case: Case) -> list[Incoming]:
    """The mails behind a report, for links to them."""
    return mails_of(case)


@register.filter
def words_for(reply: ReplyTemplate, ticket: Ticket) -> str:
    """The answer in the language of the reporter, its fields filled in."""
    return fill(reply.body(ticket.case.language), ticket)


@register.filter
def metres(distance: int) -> str:
    """`350 m` or `2,4 km`."""
    return f"{distance} m" if distance < 1000 else f"{number_format(distance / 1000, 1)} km"
