"""What reporting takes from a city pack: categories, standard replies and guidance (`tickets.yaml`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from stadtplatz.kit.actors import Actor
from stadtplatz.kit.packs import Document, PackBroken, Problem, Report, keep_row, read, rehearse
from stadtplatz.tickets import documents, packing
from stadtplatz.tickets.models import Category, DangerKind, Guidance, Pointer, ReplyTemplate
from stadtplatz.tickets.schemas import TICKETS

FILE = "tickets.yaml"
PICTURES = Path(__file__).parent / "static/tickets/pictures"


def check(folder: Path) -> list[Problem]:
    """Everything that must be mended before the file can be loaded; a pack without the file takes no reports."""
    if not (folder / FILE).exists():
        return []
    try:
        document = read(folder / FILE, TICKETS)
    except PackBroken as broken:
        return broken.problems
    return [
        *_doubles(document),
        *_unknown_duties(document, folder),
        *_unknown_pictures(document),
        *_unguarded(document),
        *packing.problems_of(document),
    ]


@transaction.atomic
def load(folder: Path, by: Actor) -> Report:
    """Categories and replies are what the pack says, except where staff changed them; those it no longer names are switched off."""
    report = Report()
    if not (folder / FILE).exists():
        return report
    if problems := check(folder):
        raise PackBroken(problems)
    data = read(folder / FILE, TICKETS).data
    _keep_all(Category, data["categories"], _category, report)
    if report.changed or report.removed:
        documents.index_all()  # a category may have lost its rule, and with it what everybody may read
    _keep_all(ReplyTemplate, data.get("replies", []), _reply, report)
    _keep_all(DangerKind, data.get("dangers", []), packing.danger_values, report)
    _keep_all(Pointer, data.get("pointers", []), packing.pointer_values, report)
    _keep_guidance(data.get("guidance", {}), report)
    packing.load_questions(data["categories"], report, by)
    _keep_statements(data, report)
    return report


def diff(folder: Path, by: Actor) -> Report:
    """What `load` would do."""
    return rehearse(load, folder, by)


def _category(item: dict[str, Any], order: int) -> dict[str, Any]:
    return {
        "names": item["names"],
        "helps": item.get("helps", {}),
        "picture": item.get("picture", "other"),
        "duty": item["duty"],
        "first_answer_days": item.get("first_answer_days", 3),
        "done_days": item.get("done_days", 15),
        "retention_days": item.get("retention_days", 365),
        "photo_days": item.get("photo_days"),
        "delete_days": item.get("delete_days"),
        "keywords": item.get("keywords", []),
        "active": item.get("active", True),
        "release": item.get("release", "staff"),
        "accuses": item.get("accuses", False),
        "place_needed": item.get("place", True),
        "nearby_metres": item.get("nearby_metres", 0 if item.get("accuses") else 50),
        "nearby_days": item.get("nearby_days", 14),
        "order": order,
    }


def _reply(item: dict[str, Any], order: int) -> dict[str, Any]:
    return {
        "names": item["names"],
        "bodies": item["bodies"],
        "move": item.get("move", ""),
        "active": True,
        "order": order,
    }


def _keep_all(model: type[models.Model], items: list[dict], values, report: Report) -> None:
    for place, item in enumerate(items, start=1):
        keep_row(model, {"code": item["code"]}, values(item, place * 10), report, name=item["names"]["de"])
    gone = model._default_manager.filter(active=True).exclude(from_pack="")
    for row in gone.exclude(code__in=[item["code"] for item in items]):
        model._default_manager.filter(pk=row.pk).update(active=False, from_pack="")
        report.removed.append(str(row))


def _keep_guidance(given: dict[str, dict], report: Report) -> None:
    row = Guidance.objects.first() or Guidance()
    wanted = (given.get("danger", {}), given.get("outside", {}))
    if (row.danger, row.outside) != wanted or row.pk is None:
        row.danger, row.outside = wanted
        row.save()
        report.changed.append(_("Guidance for reporting"))


def _keep_statements(data: dict[str, Any], report: Report) -> None:
    """How many people live here, and under which licence the open data stands."""
    row = Guidance.objects.first() or Guidance()
    wanted = (data.get("residents", {}), data.get("open_data", {}))
    if (row.residents, row.open_data) != wanted:
        row.residents, row.open_data = wanted
        row.save()
        report.changed.append(_("Number of residents and licence of the open data"))


def _doubles(document: Document) -> list[Problem]:
    problems = []
    for part in ("categories", "replies", "dangers", "pointers"):
        seen: set[str] = set()
        for index, item in enumerate(document.data.get(part, [])):
            if item["code"] in seen:
                text = _("The code “%(code)s” stands here twice.") % {"code": item["code"]}
                problems.append(document.problem(text, part, index, "code"))
            seen.add(item["code"])
    return problems


def _unknown_duties(document: Document, folder: Path) -> list[Problem]:
    """A duty without any line in duties.yaml would fall to the default: that is more likely a slip of the pen."""
    try:
        known = {row["code"] for row in read(folder / "duties.yaml").data["duties"]}
    except (PackBroken, KeyError, TypeError):
        return []  # that file is checked by its own domain
    problems = []
    for index, item in enumerate(document.data["categories"]):
        parts = item["duty"].split(".")
        if not known & {".".join(parts[:n]) for n in range(1, len(parts) + 1)}:
            text = _("The duty “%(duty)s” is not in duties.yaml.") % {"duty": item["duty"]}
            problems.append(document.problem(text, "categories", index, "duty"))
    return problems


def _unknown_pictures(document: Document) -> list[Problem]:
    known = sorted(path.stem for path in PICTURES.glob("*.svg"))
    return [
        document.problem(
            _("The picture “%(picture)s” is not known. Known are: %(known)s.")
            % {"picture": item["picture"], "known": ", ".join(known)},
            "categories",
            index,
            "picture",
        )
        for index, item in enumerate(document.data["categories"])
        if item.get("picture") and item["picture"] not in known
    ]


def _unguarded(document: Document) -> list[Problem]:
    """What may point at people is never public by itself."""
    return [
        document.problem(
            _("A category that accuses people is not released automatically."), "categories", index, "release"
        )
        for index, item in enumerate(document.data["categories"])
        if item.get("accuses") and item.get("release") == "automatic"
    ]
