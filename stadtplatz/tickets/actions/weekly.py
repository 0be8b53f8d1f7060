"""The weekly letter about public reports: asked for, sent on Mondays, ended with a click."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from stadtplatz.city.models import District
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.notifications.actions import notify
from stadtplatz.tickets.models import WeeklyReader
from stadtplatz.tickets.queries.weekly import Letter, letter_for

FROM_HOUR = 6
"""Letters go out on Mondays from this hour on, Berlin time."""


@transaction.atomic
def read_weekly(districts: Iterable[District | None], *, by: Actor, at: datetime | None = None) -> None:
    """This person gets the letter of exactly these parts of the town (None: of the whole town) from next Monday on, or none.

    Only people with an account, because their address is proved. Nobody is told.
    """
    if not by.is_person:
        raise NotAllowed(_("Please sign in first."))
    at = at or clock.now()
    wanted = {district.pk if district else None for district in districts}
    own = WeeklyReader.objects.filter(person_id=by.person_id)
    known = {row.district_id: row for row in own}
    own.filter(pk__in=[row.pk for pk, row in known.items() if pk not in wanted]).delete()
    WeeklyReader.objects.bulk_create(
        WeeklyReader(person_id=by.person_id, district_id=pk, since=at, sent_until=at) for pk in wanted - set(known)
    )


def send_weekly(at: datetime | None = None, *, limit: int = 500) -> int:
    """Whoever is due gets what became public or was closed since their last letter; a week without news costs no letter.

    Returns how many letters were written. Running it again on the same day writes none.
    """
    at = at or clock.now()
    monday = last_monday(at)
    due = WeeklyReader.objects.filter(sent_until__lt=monday, person__is_active=True).select_related(
        "person", "district"
    )
    written = 0
    for reader in due.defer("district__geometry").order_by("pk")[:limit]:
        written += _send(reader, monday)
    return written


def last_monday(at: datetime) -> datetime:
    """The last Monday on which letters went out, at their hour."""
    local = clock.local(at)
    day = local.date() - timedelta(days=local.weekday())
    moment = datetime.combine(day, time(FROM_HOUR), tzinfo=clock.BERLIN)
    return moment if moment <= local else moment - timedelta(days=7)


@transaction.atomic
def _send(reader: WeeklyReader, until: datetime) -> bool:
    with translation.override(reader.person.language):
        letter = letter_for(reader.district, reader.sent_until, until)
        sent = bool(letter.new or letter.closed) and _write(reader, letter, until)
    WeeklyReader.objects.filter(pk=reader.pk).update(sent_until=until)
    return sent


def _write(reader: WeeklyReader, letter: Letter, until: datetime) -> bool:
    message = notify(
        to=reader.person,
        template="tickets/mail/weekly",
        context={
            "place": reader.district.name if reader.district else "",
            "new": [line.as_data() for line in letter.new],
            "closed": [line.as_data() for line in letter.closed],
            "new_count": letter.new_count,
            "closed_count": letter.closed_count,
        },
        link=reverse("tickets-district", args=[reader.district.slug]) if reader.district else reverse("tickets-list"),
        kind="weekly",
        caused_by=SYSTEM,
        once=f"weekly:{reader.pk}:{until:%Y%m%d}",
    )
    return message is not None
