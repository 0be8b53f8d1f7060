"""The public reports as files for everybody, in the columns of Open311's GeoReport bulk format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from stadtplatz.kit import clock, media
from stadtplatz.kit.tables import csv_lines
from stadtplatz.tickets.models import OpenDataFile, Publication
from stadtplatz.tickets.queries.finding import shown_state
from stadtplatz.tickets.queries.public import published

COLUMNS = (
    *("service_request_id", "status", "status_notes", "service_name", "service_code", "description"),
    *("agency_responsible", "requested_datetime", "updated_datetime", "address", "district", "lat", "long", "url"),
)


def refresh_open_data(at: datetime | None = None, *, force: bool = False) -> int:
    """The files of every year are of this month and hold nothing that is no longer public; returns how many were made.

    Files that are neither of an earlier month nor outdated are left alone, unless `force`.
    """
    at = at or clock.now()
    first = published().order_by("received_at").values_list("received_at", flat=True).first()
    known = {(file.year, file.format): file for file in OpenDataFile.objects.all()}
    this_year = clock.local(at).year
    years = range(clock.local(first).year, this_year + 1) if first else range(0)
    made = 0
    for year in {*years, *(year for year, _format in known)}:
        files = [known.get((year, code)) for code in (OpenDataFile.CSV, OpenDataFile.JSON)]
        if force or any(file is None or _is_old(file, at) for file in files):
            made += _make(year, at)
    return made


def outdate(moment: datetime) -> None:
    """The files of this year are not served any more until they were made anew."""
    OpenDataFile.objects.filter(year=clock.local(moment).year).update(outdated=True)


@transaction.atomic
def _make(year: int, at: datetime) -> int:
    rows = [_row(publication) for publication in _of_year(year)]
    written = {
        OpenDataFile.CSV: "".join(csv_lines([COLUMNS, *(row.values() for row in rows)])),
        OpenDataFile.JSON: json.dumps(rows, ensure_ascii=False, indent=1),
    }
    for code, text in written.items():
        old = OpenDataFile.objects.select_for_update().filter(year=year, format=code).first()
        content = text.encode()
        values = {"path": media.save_private(f"reports.{code}", content), "rows": len(rows), "size": len(content)}
        OpenDataFile.objects.update_or_create(
            year=year, format=code, defaults={**values, "made_at": at, "outdated": False}
        )
        if old:
            transaction.on_commit(partial(media.delete, old.path))
    return len(written)


def _is_old(file: OpenDataFile, at: datetime) -> bool:
    """Of another month, or with something in it that is not public any more, for whatever reason."""
    if file.outdated or _month(file.made_at) != _month(at):
        return True
    return _within(file.year).filter(released_at__lte=file.made_at).count() < file.rows


def _within(year: int) -> QuerySet[Publication]:
    start, end = (datetime(number, 1, 1, tzinfo=clock.BERLIN) for number in (year, year + 1))
    return published().filter(received_at__gte=start, received_at__lt=end)


def _of_year(year: int) -> Iterator[Publication]:
    joined = (
        _within(year)
        .select_related("category", "district", "ticket__case__unit")
        .defer("district__geometry", "ticket__text")
    )
    return joined.order_by("received_at", "pk").iterator(chunk_size=1_000)


def _row(publication: Publication) -> dict[str, Any]:
    case = publication.ticket.case
    with translation.override(settings.LANGUAGE_CODE):
        url = settings.BASE_URL + reverse("tickets-public", args=[case.number])
        state, name = str(shown_state(case).label), publication.category.name
    values = (
        *(case.number, "open" if case.closed_at is None else "closed", state, name, publication.category.code),
        *(publication.text, case.unit.name, _time(case.received_at), _time(case.changed_at), case.place_label),
        *(publication.district.name if publication.district else "", publication.lat, publication.lon, url),
    )
    return dict(zip(COLUMNS, values, strict=True))


def _time(moment: datetime) -> str:
    return clock.local(moment).isoformat(timespec="seconds")


def _month(moment: datetime) -> tuple[int, int]:
    local = clock.local(moment)
    return local.year, local.month
