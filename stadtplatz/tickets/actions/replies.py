"""The city's standard answers, as heads and administrators keep them."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.tickets import facts
from stadtplatz.tickets.models import ReplyTemplate
from stadtplatz.tickets.rules import may_edit_replies


@transaction.atomic
def keep_reply(
    *,
    by: Actor,
    names: dict[str, str],
    bodies: dict[str, str],
    move: str = "",
    active: bool = True,
    reply: ReplyTemplate | None = None,
    version: int | None = None,
) -> ReplyTemplate:
    """The standard answer says this from now on; without `reply` it is a new one. The city pack no longer changes it.

    Refused to everybody but heads, administrators and the operator, without a German name and text, and as Stale.
    """
    if not may_edit_replies(by):
        raise NotAllowed(_("Only heads and administrators may change standard answers."))
    if not names.get("de", "").strip() or not bodies.get("de", "").strip():
        raise ActionRefused(_("A standard answer needs a name and a text in German."), code="no-words")
    row = ReplyTemplate(code=_free_code(names["de"]), order=500)
    if reply is not None:
        row = ReplyTemplate.objects.select_for_update().get(pk=reply.pk)
        if version not in (None, row.version):
            raise Stale(_("Somebody else changed this answer in the meantime."), current=row)
        row.version += 1
    row.names, row.bodies = _without_blanks(names), _without_blanks(bodies)
    row.move, row.active = move, active
    row.save()
    record(facts.REPLY_CHANGED, subject=row, by=by, reply=row.code)
    return row


def _without_blanks(texts: dict[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}


def _free_code(name: str) -> str:
    code = slugify(name)[:34] or "reply"
    taken = set(ReplyTemplate.objects.filter(code__startswith=code).values_list("code", flat=True))
    return next(c for c in [code, *(f"{code}-{n}" for n in range(2, 1000))] if c not in taken)
