"""Taking in files of offers: look at the columns, try out, take in, undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Person
from stadtplatz.audit.actions import record
from stadtplatz.catalogue import categories, facts, tree
from stadtplatz.catalogue.imports import columns, lines, tables, undoing, writing
from stadtplatz.catalogue.imports.rows import Reader, Understood
from stadtplatz.catalogue.models import ColumnMapping, Import, ImportRow, Offer
from stadtplatz.kit import clock, media
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Shop

MAX_BYTES = 60_000_000
MAX_ZIP = 200_000_000
SAMPLES = 3
KEPT = 20
"""How many files of a shop stay; older ones go with their reports."""


@transaction.atomic
def take_file(
    *, shop: Shop, name: str, file: BinaryIO, by: Actor, pictures: BinaryIO | None = None, at: datetime | None = None
) -> Import:
    """The file is kept, its columns are guessed (as remembered for the same first line), and nothing is taken in yet.

    Refused to all but owner and staff of the shop (and the command line); tables.Unreadable for what is no table; too large files.
    """
    _may(by, shop)
    if _size(file) > MAX_BYTES:
        raise ActionRefused(_("This file is larger than 60 MB. Please split it."), code="too-big")
    if pictures is not None and _size(pictures) > MAX_ZIP:
        raise ActionRefused(_("The ZIP with pictures is larger than 200 MB. Please split it."), code="too-big")
    with tables.opened(file) as table:
        shown = (row for _line, row in islice(table.rows, 100) if not lines.MARKS & set(row))
        headers, samples = table.headers, list(islice(shown, SAMPLES))
        encoding, separator = table.encoding, table.separator
    known = ColumnMapping.objects.filter(shop=shop, signature=columns.signature(headers)).order_by("-pk").first()
    run = Import.objects.create(
        shop=shop,
        person=Person.objects.filter(pk=by.person_id).first() if by.is_person else None,
        file_name=name[:120],
        path=media.save_private_file("offers.xlsx" if encoding == "xlsx" else "offers.csv", file),
        pictures_path=media.save_private_file("pictures.zip", pictures) if pictures else "",
        headers=[header[:200] for header in headers],
        samples=[[cell[:80] for cell in row[: len(headers)]] for row in samples],
        encoding=encoding,
        separator=separator,
        columns=known.columns if known else columns.guess(headers),
        defaults=known.defaults if known else {},
        created_at=at or clock.now(),
    )
    _forget_old(shop)
    return run


@transaction.atomic
def set_columns(
    *, run: Import, chosen: list[str], defaults: dict[str, str] | None = None, remember_as: str = "", by: Actor
) -> Import:
    """The columns mean this from now on, for the next file with the same first line too if a name is given.

    Refused: to all but owner and staff; while a worker is at it or after it was taken in; a column twice; no title or no price.
    """
    _may(by, run.shop)
    fresh = _in_state(run, Import.NEW, Import.CHECKED)
    if len(chosen) != len(fresh.headers) or set(chosen) - {"", *columns.BY_NAME}:
        raise ValueError("One of our columns, or empty, for each column of the file.")
    named = [name for name in chosen if name]
    if doubled := {name for name in named if named.count(name) > 1}:
        labels = ", ".join(str(columns.BY_NAME[name].label) for name in sorted(doubled))
        raise ActionRefused(_("Two columns cannot be the same: {names}.").format(names=labels), code="doubled")
    if lacking := [str(columns.BY_NAME[name].label) for name in columns.lacking(named)]:
        raise ActionRefused(
            _("Please say which column this is: {names}.").format(names=", ".join(lacking)), code="columns-missing"
        )
    kept = {name: value for name, value in (defaults or {}).items() if value}
    if kept.get("category", "") not in {"", *categories.all_categories()}:
        raise ValueError("No such category.")
    if kept.get("withdrawal", "") not in {"", *dict(Offer.WITHDRAWAL)}:
        raise ValueError("No such decision.")
    fresh.columns, fresh.defaults = chosen, kept
    fresh.save(update_fields=["columns", "defaults"])
    if remember_as.strip():
        ColumnMapping.objects.update_or_create(
            shop=fresh.shop,
            name=remember_as.strip()[:60],
            defaults={"signature": columns.signature(fresh.headers), "columns": chosen, "defaults": kept},
        )
    return fresh


@transaction.atomic
def start(*, run: Import, dry: bool, by: Actor, at: datetime | None = None) -> Import:
    """A worker tries the file out (`dry`: nothing is saved) or takes it in. Refused: to all but owner and staff; while it is busy;
    a second time after it was taken in; without title and price among its columns."""
    from stadtplatz.catalogue.jobs import work_on_import

    _may(by, run.shop)
    fresh = _in_state(run, Import.NEW, Import.CHECKED)
    _refuse_unknown_columns(fresh)
    _begin(fresh, Import.CHECKING if dry else Import.RUNNING, at or clock.now())
    work_on_import.enqueue(fresh.pk)
    return fresh


@transaction.atomic
def undo(*, run: Import, by: Actor, at: datetime | None = None) -> Import:
    """A worker takes the whole import back: new offers go (those already sold only off sale), changed ones are as before.

    What somebody changed by hand since stays. Refused: to all but owner and staff; unless it was taken in.
    """
    from stadtplatz.catalogue.jobs import work_on_import

    _may(by, run.shop)
    fresh = _in_state(run, Import.DONE, Import.BROKEN)
    fresh.state = Import.UNDOING
    fresh.save(update_fields=["state"])
    work_on_import.enqueue(fresh.pk)
    return fresh


def run_now(*, run: Import, dry: bool, by: Actor) -> Import:
    """As `start`, but done when this returns; for the command line. Refused as there."""
    _may(by, run.shop)
    with transaction.atomic():
        fresh = _in_state(run, Import.NEW, Import.CHECKED)
        _refuse_unknown_columns(fresh)
        _begin(fresh, Import.CHECKING if dry else Import.RUNNING, clock.now())
    return work(fresh.pk)


def _refuse_unknown_columns(run: Import) -> None:
    if not columns.lacking(run.columns):
        return
    raise ActionRefused(
        _("Please say first which columns are title and price. The file has these: {names}.").format(
            names=", ".join(header or "–" for header in run.headers)
        ),
        code="columns-missing",
    )


def work(run_id: int) -> Import:
    """Do what the import waits for, in transactions of some hundred rows, going on where a worker died. Doing it twice changes nothing."""
    run = Import.objects.select_related("shop").get(pk=run_id)
    tree.look_now()
    if run.state == Import.UNDOING:
        undoing.undo(run)
        _finish(run, Import.UNDONE)
    elif run.is_busy:
        try:
            with media.opened(run.path) as file, tables.opened(file) as table:
                _work_through(run, table.rows)
        except (ActionRefused, OSError, UnicodeError) as broken:
            run.problem = str(broken)[:300]
            _finish(run, Import.BROKEN)
        else:
            _finish(run, Import.CHECKED if run.state == Import.CHECKING else Import.DONE)
    return run


def _work_through(run: Import, rows: Iterable[tables.Row]) -> None:
    reader, dry = Reader(run.columns, run.defaults, run.headers), run.state == Import.CHECKING
    for batch in _batches(_understood(reader, rows)):
        todo = [row for row in batch if row.line > run.reached]
        if run.seen + len(todo) > tables.MAX_ROWS:
            raise tables.Unreadable(
                _("The file has more than {number} rows. What comes after is left out.").format(number=tables.MAX_ROWS)
            )
        if todo:
            with transaction.atomic():
                _count(run, writing.write(run, todo, at=clock.now(), dry=dry), todo)


def _understood(reader: Reader, rows: Iterable[tables.Row]) -> Iterator[Understood]:
    for line, cells in rows:
        yield reader.understand(line, cells)


def _batches(rows: Iterator[Understood]) -> Iterator[list[Understood]]:
    while batch := list(islice(rows, writing.BATCH)):
        yield batch


def _count(run: Import, outcome: writing.Outcome, rows: list[Understood]) -> None:
    ImportRow.objects.bulk_create(outcome.rows, batch_size=writing.BATCH)
    run.reached, run.seen = rows[-1].line, run.seen + len(rows)
    for name in ("created", "changed", "unchanged", "faulty", "hinted"):
        setattr(run, name, getattr(run, name) + getattr(outcome, name))
    run.save(update_fields=["reached", "seen", "created", "changed", "unchanged", "faulty", "hinted"])


def _begin(run: Import, state: str, at: datetime) -> None:
    """From the first row on again; what a trial found is forgotten."""
    run.rows.all().delete()
    run.state, run.started_at, run.finished_at, run.problem = state, at, None, ""
    for name in ("reached", "seen", "created", "changed", "unchanged", "faulty", "hinted"):
        setattr(run, name, 0)
    run.save()


@transaction.atomic
def _finish(run: Import, state: str) -> None:
    from stadtplatz.catalogue.jobs import fetch_pictures

    run.state, run.finished_at = state, clock.now()
    run.save(update_fields=["state", "finished_at", "problem"])
    if state in (Import.DONE, Import.UNDONE, Import.BROKEN):
        counts: dict[str, Any] = {"created": run.created, "changed": run.changed, "faulty": run.faulty}
        record(facts.IMPORTED, subject=run, by=_by(run), shop=run.shop_id, state=state, **counts)
    if state == Import.DONE and run.rows.exclude(picture="").exists():
        fetch_pictures.enqueue(run.pk, key=f"pictures:{run.pk}")


def _by(run: Import) -> Actor:
    from stadtplatz.accounts.visitors import actor_for

    return actor_for(run.person) if run.person else SYSTEM


def _may(by: Actor, shop: Shop) -> None:
    if by != SYSTEM and not shop_rules.may_manage(by, shop):
        raise NotAllowed(_("Only the owner and staff of the shop may change its offers."))


def _in_state(run: Import, *states: str) -> Import:
    fresh = Import.objects.select_for_update(of=("self",)).select_related("shop", "person").get(pk=run.pk)
    if fresh.state not in states:
        raise ActionRefused(
            _("This file is {state} at the moment.").format(state=fresh.get_state_display()), code="state"
        )
    return fresh


def _size(file: BinaryIO) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def _forget_old(shop: Shop) -> None:
    old = list(Import.objects.filter(shop=shop).exclude(state__in=Import.BUSY).order_by("-created_at")[KEPT:])
    Import.objects.filter(pk__in=[run.pk for run in old]).delete()
    transaction.on_commit(lambda: media.delete_all(path for run in old for path in (run.path, run.pictures_path)))
