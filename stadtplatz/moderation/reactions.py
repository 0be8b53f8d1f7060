"""Who reads what about a notice. The owner of the content is told by the content's own domain, which knows them."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation

from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.city import queries as city
from stadtplatz.city.models import Membership
from stadtplatz.moderation import actions, queries
from stadtplatz.moderation.models import ContentNotice, Matter, Measure, MisuseRule, Statement
from stadtplatz.moderation.rules import DUTY
from stadtplatz.notifications.actions import notify

MARKET = "market"


@reacts_to("moderation.opened")
def confirm_first(record: Record) -> None:
    """Whoever gave the first notice gets number and link without delay (Art. 16 (4) DSA)."""
    for notice in ContentNotice.objects.filter(matter__case=record.subject_id).order_by("pk")[:1]:
        _write(record, notice, "moderation/mail/received.html", {})


@reacts_to("moderation.joined")
def confirm_joined(record: Record) -> None:
    """So does everybody who comes later."""
    for notice in ContentNotice.objects.filter(pk=record.keys["notice"]):
        _write(record, notice, "moderation/mail/received.html", {})


@reacts_to("moderation.restricted", "moderation.kept", "moderation.lifted")
def tell_notifiers(record: Record) -> None:
    """Everybody who gave notice reads the decision, its reasons and how to complain (Art. 16 (5) DSA)."""
    said = Statement.objects.get(pk=record.keys["statement"])
    context = {
        "restricted": said.outcome == Statement.RESTRICTED,
        "basis": said.basis,
        "facts": said.facts,
        "on_complaint": bool(said.against_by),
    }
    for notice in ContentNotice.objects.filter(matter=said.matter_id):
        _write(record, notice, "moderation/mail/decided.html", context)


TOLD = {
    "moderation.opened": "new",
    "moderation.contested": "contested",
    "cases.deadline_near": "near",
    "cases.deadline_passed": "late",
    "cases.escalated": "late",
}
MOST_TOLD = 10


@reacts_to(*TOLD)
def tell_the_desk(record: Record) -> None:
    """The unit that decides hears of a new notice, of a complaint, and of a day that comes near or has passed."""
    if record.subject_kind != "cases.case":
        return
    matter = Matter.objects.select_related("case__unit").filter(case=record.subject_id).first()
    if matter is None:
        return
    held = Membership.objects.filter(unit=matter.case.unit, ended=False, person__is_active=True).select_related(
        "person"
    )
    for row in held.order_by("pk")[:MOST_TOLD]:
        with translation.override(row.person.language):
            link = settings.BASE_URL + matter.get_desk_url()
        context = {
            "what": TOLD[record.verb],
            "title": matter.title,
            "number": matter.case.number,
            "due": matter.case.due,
        }
        notify(
            to=row.person, template="moderation/mail/desk.html", context=context, link=link, kind="desk", sender=MARKET,
            once=f"{record.pk}:{row.person.key}", at=record.at,
        )  # fmt: skip


@reacts_to("moderation.finished")
def forget(record: Record) -> None:
    """Six months after the decision nothing leads to the notifiers any more."""
    for matter in Matter.objects.filter(case=record.subject_id):
        actions.forget_contacts(matter, at=record.at)


def _write(record: Record, notice: ContentNotice, template: str, context: dict[str, object]) -> None:
    to = notice.person or notice.contact
    if to is None or not to.email:
        return
    with translation.override(notice.language):
        link = settings.BASE_URL + notice.link()
        ground = notice.ground.label
    notify(
        to=to, template=template, context={**context, "title": notice.matter.title, "ground": ground, "due": notice.matter.case.due,
        "code": notice.spelled_code}, errand_number=notice.number, link=link, sender=MARKET, once=f"{record.pk}:{notice.number}", at=record.at,
    )  # fmt: skip


MEASURES = {
    "moderation.warned": "warned",
    "moderation.shut_out": "shut_out",
    "moderation.let_in": "let_in",
    "moderation.measure_answered": "answered",
}


@reacts_to(*MEASURES)
def tell_sender(record: Record) -> None:
    """A sender of notices reads what was decided, the numbers and reasons, and how to complain. A shop is told by its own domain."""
    row = Measure.objects.select_related("contact", "person").filter(pk=record.keys["measure"]).first()
    to = (row.person or row.contact) if row else None
    if row is None or to is None or not to.email or row.side != MisuseRule.NOTIFIER:
        return
    notify(
        to=to, template=queries.MEASURE_MAIL, context=queries.measure_context(row, MEASURES[record.verb]),
        link=settings.BASE_URL + row.get_absolute_url(), sender=MARKET, once=f"{record.pk}:measure", at=record.at,
    )  # fmt: skip


@reacts_to("moderation.measure_contested")
def tell_the_desk_of_measure(record: Record) -> None:
    """The unit that decides hears of a complaint about a measure."""
    row = Measure.objects.filter(pk=record.keys["measure"]).first()
    if row is None:
        return
    try:
        unit = city.unit_for(DUTY)
    except city.NobodyThere:
        return
    held = Membership.objects.filter(unit=unit, ended=False, person__is_active=True).select_related("person")
    for member in held.order_by("pk")[:MOST_TOLD]:
        notify(
            to=member.person, template="moderation/mail/desk.html",
            context={"what": "contested", "title": row.name or row.number, "number": row.number, "due": None},
            link=settings.BASE_URL + row.get_desk_url(), kind="desk", sender=MARKET, once=f"{record.pk}:{member.person.key}", at=record.at,
        )  # fmt: skip
