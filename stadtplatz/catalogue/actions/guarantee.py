"""What the operator does with the notice of the legal guarantee and the official graphics."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from stadtplatz.accounts.rules import is_operator
from stadtplatz.audit.actions import record
from stadtplatz.catalogue import facts, graphics
from stadtplatz.catalogue.models import GuaranteeGraphic, GuaranteeNotice
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.shops import rules as shop_rules


@transaction.atomic
def write_notice(
    *, language: str, version: int, heading: str, body: str, url: str, source: str, valid_from: date, verified: bool, by: Actor,
    at: datetime | None = None,
) -> GuaranteeNotice:  # fmt: skip
    """The notice says this in this language, from this day on. Refused: to all but the operator; without words; Stale if somebody else
    changed it meanwhile; a language that the town does not have."""
    _may(by)
    if not heading.strip() or not body.strip() or not source.strip():
        raise ActionRefused(_("The notice needs a heading, its words and the law it rests on."), code="body")
    if not GuaranteeNotice.objects.filter(language=language, version=version).update(version=F("version") + 1):
        raise Stale(
            _("Somebody else changed this in the meantime. Nothing was saved."),
            current=GuaranteeNotice.objects.filter(language=language).first(),
        )
    row = GuaranteeNotice.objects.get(language=language)
    row.heading, row.body, row.url = heading.strip()[:120], body.replace("\r\n", "\n").strip(), url.strip()
    row.source, row.valid_from, row.verified = source.strip()[:300], valid_from, verified
    row.save()
    record(facts.GUARANTEE_WRITTEN, subject=row, by=by, at=at, language=language, verified=verified)
    return row


@transaction.atomic
def put_in_graphic(
    *, kind: str, language: str, content: bytes, origin: str, by: Actor, at: datetime | None = None
) -> GuaranteeGraphic:
    """The official file lies here, instead of the one before; nobody but the operator sees it until `show_graphic`.

    Refused: to all but the operator; without saying where it is from; what `graphics.accept` refuses.
    """
    _may(by)
    if kind not in dict(GuaranteeGraphic.KINDS):
        raise ValueError(kind)
    language = language if kind == GuaranteeGraphic.NOTICE else ""
    if kind == GuaranteeGraphic.NOTICE and not GuaranteeNotice.objects.filter(language=language).exists():
        raise ActionRefused(_("Please choose the language of the graphic."), code="language")
    if not origin.strip():
        raise ActionRefused(_("Please say where the file is from."), code="origin")
    found = graphics.accept(content, kind)
    GuaranteeGraphic.objects.filter(kind=kind, language=language, is_pdf=found.is_pdf).delete()
    row = GuaranteeGraphic.objects.create(
        kind=kind, language=language, form=found.form, is_pdf=found.is_pdf, width=found.width, height=found.height, content=content,
        sha256=sha256(content).hexdigest(), origin=origin.strip()[:300], put_in_at=at or clock.now(), put_in_by=by.key,
    )  # fmt: skip
    record(facts.GRAPHIC_PUT_IN, subject=row, by=by, at=at, kind=kind, language=language, sha256=row.sha256)
    return row


@transaction.atomic
def show_graphic(*, graphic: GuaranteeGraphic, shown: bool, by: Actor, at: datetime | None = None) -> None:
    """Everybody sees the file, or nobody does. Refused to all but the operator."""
    _may(by)
    if GuaranteeGraphic.objects.filter(pk=graphic.pk).exclude(shown=shown).update(shown=shown):
        record(
            facts.GRAPHIC_SHOWN,
            subject=graphic,
            by=by,
            at=at,
            kind=graphic.kind,
            language=graphic.language,
            shown=shown,
        )


@transaction.atomic
def remove_graphic(*, graphic: GuaranteeGraphic, by: Actor, at: datetime | None = None) -> None:
    """The file is gone, and the words stand for it again. Refused to all but the operator."""
    _may(by)
    record(
        facts.GRAPHIC_SHOWN, subject=graphic, by=by, at=at, kind=graphic.kind, language=graphic.language, shown=False
    )
    graphic.delete()


def _may(by: Actor) -> None:
    if not (shop_rules.may_decide(by) and is_operator(by)):
        raise NotAllowed(_("Only the operator changes this."))
