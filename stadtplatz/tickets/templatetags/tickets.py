"""Small words for the templates of the desk."""

from datetime import datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from stadtplatz.cases.models import Case
from stadtplatz.kit import clock
from stadtplatz.kit.icons import svg
from stadtplatz.notifications.models import Incoming
from stadtplatz.tickets.flow import OUTCOMES
from stadtplatz.tickets.models import ReplyTemplate, Ticket
from stadtplatz.tickets.queries.desk import Row
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


_ROW = """<li><input class="ticket-list__pick" type="checkbox" form="bulk" name="n" value="{0}" aria-label="{0}">
<div class="ticket-list__what">{1}<a href="{2}">{3}</a><span class="hint">{4} · {5}</span></div>
<div class="ticket-list__who"><span>{6}</span><span class="hint">{7}</span></div>
<div class="ticket-list__when"><span class="badge{8}">{9}</span><span class="hint">{10}</span></div>
<span class="ticket-list__number numeric hint">{0}</span></li>"""


@register.simple_tag
def desk_rows(rows: list[Row]) -> SafeString:
    """The lines of a list of the desk. Written in Python because fifty of them cost a template three times the CPU (benchmarks/desk.py)."""
    address = reverse("desk-ticket", args=["NUMBER"])
    return format_html_join("\n", _ROW, (_cells(row, address) for row in rows))


def _cells(row: Row, address: str) -> tuple[Any, ...]:
    case, ticket = row.case, row.ticket
    in_danger = ticket.danger_at and not case.closed_at
    return (
        case.number,
        render_to_string("tickets/parts/danger_flag.html", {"ticket": ticket}) if in_danger else "",
        address.replace("NUMBER", case.number),
        ticket.title,
        ticket.category.name,
        case.place_label,
        case.unit.name,
        case.assignee or gettext("not yet accepted"),
        f" badge--{row.kind}" if row.kind else "",
        row.state,
        _until(row),
    )


def _until(row: Row) -> str | SafeString:
    case = row.case
    if row.late:
        words = gettext("overdue since %(day)s") % {"day": day_short(case.due)}
        return format_html('<span class="badge badge--danger">{}{}</span>', svg("clock"), words)
    if case.due:
        return gettext("by %(day)s") % {"day": day_short(case.due)}
    return gettext("rests") if case.resting else day_short(case.closed_at)
