"""Letting files out of quarantine: the virus scanner decides. While it is silent a file stays closed and is asked about again."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from stadtplatz.cases.models import CaseDocument
from stadtplatz.kit import clock, media, scanning
from stadtplatz.kit.jobs import every, job

AT_ONCE = 200


def check_document(document: CaseDocument) -> scanning.Verdict:
    """Clean: those who may read the case can open it. Infected: the content is deleted, what was found stays. Not scanned: nothing changes."""
    worst = scanning.Verdict(scanning.Result.CLEAN)
    for path in filter(None, (document.path, document.small_path)):
        verdict = scanning.scan(media.read(path))
        if not verdict.clean:
            worst = verdict
            break
    if worst.clean:
        _waiting(document).update(quarantined=False, scanned_at=clock.now())
    elif worst.infected:
        with transaction.atomic():
            _waiting(document).update(finding=worst.words or "?", scanned_at=clock.now())
            paths = [document.path, document.small_path]
            transaction.on_commit(lambda: media.delete_all(paths))
    return worst


def _waiting(document: CaseDocument):
    return CaseDocument.objects.filter(pk=document.pk, quarantined=True, finding="")


@job(max_attempts=3)
def scan_document(document_id: int) -> None:
    """Ask about one file. Silence of the scanner is no failure: `scan_again` asks again."""
    document = CaseDocument.objects.filter(pk=document_id, quarantined=True, finding="").first()
    if document is not None:
        check_document(document)


@every(timedelta(minutes=5))
@job()
def scan_again() -> None:
    """Ask about every file that is still closed, oldest first; stops at the first silence."""
    if not scanning.is_configured():
        return
    for document in CaseDocument.objects.filter(quarantined=True, finding="").order_by("pk")[:AT_ONCE]:
        try:
            verdict = check_document(document)
        except FileNotFoundError:
            continue  # deleted with its case
        if verdict.result is scanning.Result.NOT_SCANNED and verdict.words in {
            "ConnectionRefusedError",
            "FileNotFoundError",
        }:
            return
