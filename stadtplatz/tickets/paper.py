"""A report on paper and as data: everything that is known of it, in one order."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from stadtplatz.cases import queries as cases
from stadtplatz.cases.models import CaseDocument
from stadtplatz.kit import media
from stadtplatz.kit.identity import city
from stadtplatz.tickets.models import Ticket, Translation
from stadtplatz.tickets.queries.finding import state_label

FORMAT = "stadtplatz-ticket/1"


def contents_of(ticket: Ticket, at: datetime) -> dict[str, Any]:
    """`data` is plain and for machines, `files` are (name in the archive, path), `paper` is what the printed pages show."""
    case = ticket.case
    entries = cases.staff_entries(case)
    applicant = case.applicant_person or case.applicant_guest
    documents = [row for row in case.documents.order_by("pk") if not row.quarantined]
    files = [
        (f"dateien/{n:02}-{row.purpose}.{row.path.rsplit('.', 1)[-1]}", row.path) for n, row in enumerate(documents, 1)
    ]
    data = {
        "format": FORMAT,
        "city": city().name,
        **_report(ticket),
        **_office(ticket),
        "contact": str(applicant) if applicant else None,
        "history": [
            {"at": e.at.isoformat(), "kind": e.kind, "sentence": str(e.sentence), "who": e.who, "text": e.body}
            for e in entries
        ],
        "files": [
            {"name": name, "type": row.content_type, "sha256": row.sha256, "size": row.size, "purpose": row.purpose}
            for (name, _path), row in zip(files, documents, strict=True)
        ],
    }
    paper = {
        "ticket": ticket,
        "case": case,
        "entries": entries,
        "state": state_label(case),
        "applicant": applicant,
        "at": at,
    }
    pictures = [_picture(row) for row in documents if _is_picture(row)]
    return {"data": data, "files": files, "paper": {**paper, "pictures": pictures}}


def _report(ticket: Ticket) -> dict[str, Any]:
    """What somebody reported, where, when and how."""
    case, reading = ticket.case, Translation.objects.filter(ticket=ticket).first()
    return {
        "number": case.number,
        "category": {"code": ticket.category.code, "name": ticket.category.name},
        "text": ticket.text,
        "in_german": reading.text if reading else None,
        "place": {"label": case.place_label, "note": ticket.place_note, "longitude": case.lon, "latitude": case.lat},
        "district": case.district.name if case.district else None,
        "channel": case.channel,
        "language": case.language,
        "received_at": case.received_at.isoformat(),
    }


def _office(ticket: Ticket) -> dict[str, Any]:
    """What the town hall did with it: who, until when, with what end."""
    case = ticket.case
    return {
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "outcome": case.outcome,
        "unit": {"code": case.unit.slug, "name": case.unit.name},
        "function": case.function.name if case.function else None,
        "deadlines": [_deadline(row) for row in case.deadlines.order_by("code")],
        "endings": list(ticket.endings.values("outcome", "said_by", "forwarded_to", "remedy")),
        "tasks": [_task(row) for row in case.tasks.select_related("unit", "outsider").order_by("pk")],
    }


def html_of(contents: dict[str, Any]) -> str:
    """The printed pages as HTML, with the pictures inside."""
    return render_to_string("tickets/paper.html", {**contents["paper"], "data": contents["data"], "town": city()})


def _is_picture(row: CaseDocument) -> bool:
    return row.content_type.startswith("image/")


def _picture(row: CaseDocument) -> dict[str, str]:
    content = base64.b64encode(media.read(row.small_path or row.path)).decode()
    return {"src": f"data:{row.content_type};base64,{content}", "text": str(row.get_purpose_display())}


def _deadline(row: Any) -> dict[str, Any]:
    return {
        "code": row.code,
        "due": row.due.isoformat() if row.due else None,
        "met_at": row.met_at.isoformat() if row.met_at else None,
    }


def _task(row: Any) -> dict[str, Any]:
    asked = row.unit.name if row.unit else str(row.outsider or "")
    done = row.finished_at.isoformat() if row.finished_at else None
    return {"kind": row.kind, "asked": asked, "question": row.question, "answer": row.answer, "finished_at": done}
