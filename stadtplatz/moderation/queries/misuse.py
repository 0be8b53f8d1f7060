"""How often somebody misused the town's pages: the numbers a person decides on (Art. 23 (3) DSA). They decide nothing themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count as Number
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.moderation import owners
from stadtplatz.moderation.models import ContentNotice, Measure, MisuseRule, Statement


@dataclass(frozen=True)
class Count:
    """Manifest cases within the months of the rule, of how many items (a shop) or notices (a sender), and when the last one was."""

    cases: int
    total: int
    last: datetime | None

    @property
    def share(self) -> int:
        """Per cent."""
        return round(100 * self.cases / self.total) if self.total else 0


@dataclass(frozen=True)
class Line:
    """One shop or sender with manifest cases."""

    side: str
    subject: str
    name: str
    count: Count
    running: Measure | None
    frequent: bool


def since(side: str, at: datetime) -> datetime:
    """From when on cases count."""
    return at - timedelta(days=30 * rule_of(side).months)


def rule_of(side: str) -> MisuseRule:
    return MisuseRule.objects.get(side=side)


def cases_of_owner(subject: str, start: datetime) -> list[Statement]:
    """Decisions that took down something manifestly illegal of this owner and still stand, newest first."""
    rows = _standing(start).filter(matter__owner=subject).select_related("matter__case")
    return list(rows.order_by("-decided_at"))


def cases_of_sender(subject: str, start: datetime) -> list[ContentNotice]:
    """Notices of this sender that were manifestly without ground, newest first."""
    rows = ContentNotice.objects.select_related("matter__case", "ground")
    return list(rows.filter(sender=subject, unfounded=True, received_at__gte=start).order_by("-received_at"))


def count(side: str, subject: str, at: datetime | None = None) -> Count:
    """The numbers at this moment."""
    at = at or clock.now()
    start = since(side, at)
    if side == MisuseRule.OWNER:
        rows = cases_of_owner(subject, start)
        return Count(
            len(rows), max(owners.volumes([subject])[subject], len(rows)), rows[0].decided_at if rows else None
        )
    told = ContentNotice.objects.filter(sender=subject, received_at__gte=start)
    unfounded = told.filter(unfounded=True)
    return Count(unfounded.count(), told.count(), unfounded.aggregate(last=Max("received_at"))["last"])


def name_of(side: str, subject: str) -> str:
    """What the desk calls them."""
    if side == MisuseRule.OWNER:
        return owners.names([subject])[subject]
    last = ContentNotice.objects.select_related("contact").filter(sender=subject).exclude(contact=None).last()
    if last is None or last.contact is None or not last.contact.email:
        return _("a sender without a name")
    return ", ".join(part for part in (last.contact.name, last.contact.email) if part)


def lines(at: datetime | None = None) -> list[Line]:
    """Everybody with at least one manifest case, most cases first; and whoever is suspended."""
    at = at or clock.now()
    return _owner_lines(at) + _sender_lines(at)


def _owner_lines(at: datetime) -> list[Line]:
    rule, running = rule_of(MisuseRule.OWNER), _running(MisuseRule.OWNER)
    rows = _standing(since(rule.side, at)).exclude(matter__owner="")
    found = dict(rows.values_list("matter__owner").annotate(Number("pk")).order_by())
    subjects = sorted({*found, *running}, key=lambda one: -found.get(one, 0))
    names, volumes = owners.names(subjects), owners.volumes(subjects)
    return [
        Line(rule.side, one, names[one], Count(found.get(one, 0), volumes[one], None), running.get(one), found.get(one, 0) >= rule.cases)
        for one in subjects
    ]  # fmt: skip


def _sender_lines(at: datetime) -> list[Line]:
    rule, running = rule_of(MisuseRule.NOTIFIER), _running(MisuseRule.NOTIFIER)
    rows = ContentNotice.objects.filter(received_at__gte=since(rule.side, at)).exclude(sender="").values("sender")
    rows = rows.annotate(total=Number("pk"), cases=Number("pk", filter=Q(unfounded=True)), latest=Max("pk"))
    told = {row["sender"]: row for row in rows if row["cases"] or row["sender"] in running}
    latest = ContentNotice.objects.select_related("contact").in_bulk([row["latest"] for row in told.values()])
    found = []
    for sender, row in sorted(told.items(), key=lambda item: -item[1]["cases"]):
        contact = latest[row["latest"]].contact
        name = ", ".join(part for part in (contact.name, contact.email) if part) if contact else ""
        number = Count(row["cases"], row["total"], None)
        found.append(Line(rule.side, sender, name or _("a sender without a name"), number, running.get(sender), row["cases"] >= rule.cases))  # fmt: skip
    return found


def _running(side: str) -> dict[str, Measure]:
    rows = Measure.objects.filter(side=side, kind=Measure.SUSPENSION, ended_at=None)
    return {row.subject: row for row in rows}


def _standing(start: datetime) -> QuerySet[Statement]:
    """Last decisions since then that say: manifestly illegal, and are not complained about at the moment."""
    later = Statement.objects.filter(matter=OuterRef("matter"), pk__gt=OuterRef("pk"))
    rows = Statement.objects.filter(~Exists(later), manifest=True, outcome=Statement.RESTRICTED, decided_at__gte=start)
    return rows.exclude(matter__case__state="contested")


@dataclass(frozen=True)
class SubjectPage:
    """Everything the desk looks at before it decides."""

    side: str
    subject: str
    name: str
    rule: MisuseRule
    count: Count
    cases: list[Statement] | list[ContentNotice]
    measures: list[Measure]
    running: Measure | None
    blocked: str
    """Why this person decides nothing here."""


def subject_page(side: str, subject: str, actor: Actor, at: datetime | None = None) -> SubjectPage | None:
    """One shop or sender; None for somebody who never came up."""
    at = at or clock.now()
    start = since(side, at)
    cases = cases_of_owner(subject, start) if side == MisuseRule.OWNER else cases_of_sender(subject, start)
    measures = list(Measure.objects.filter(side=side, subject=subject))
    if not cases and not measures:
        return None
    return SubjectPage(
        side, subject, name_of(side, subject), rule_of(side), count(side, subject, at), cases, measures,
        next((row for row in measures if row.running), None),
        _("Nobody decides about a shop of their own.") if owners.includes(subject, actor) else "",
    )  # fmt: skip
