"""Terms for sellers: announced with days to spare, and accepted (Art. 3 P2B Regulation; see the source at the number of days)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops import facts
from stadtplatz.shops.actions.permission import must_operate, must_own
from stadtplatz.shops.models import NoticePeriod, SellerTerms, Shop, TermsAcceptance
from stadtplatz.shops.queries.terms import coming, current

BOUND = (Shop.OPEN, Shop.PAUSED)
"""Shops that a new version concerns; a draft accepts when it is set up."""


@transaction.atomic
def write_terms(
    *, text: str, summary: str, effective_at: datetime, by: Actor, at: datetime | None = None
) -> SellerTerms:
    """A new version is announced: everybody can read it, and each shop hears of it with both texts and the difference. It holds from
    `effective_at`; until then a shop may end the contract.

    Refused: to all but the operator; without a text or a summary; when nothing is different; sooner than the number of days that the
    town has set, counted from now (without any shop the first version may hold at once); while another version waits for its day.
    """
    at = at or clock.now()
    must_operate(by)
    text, summary = text.replace("\r\n", "\n").strip(), summary.strip()
    if not text or not summary:
        raise ActionRefused(_("Please write the terms, and what is different."), code="text" if not text else "summary")
    last = SellerTerms.objects.select_for_update().first()
    if last and last.effective_at > at:
        raise ActionRefused(_("Another version waits for its day. Please write the next one after it."), code="waits")
    if last and last.text == text:
        raise ActionRefused(_("Nothing is different from the version that holds."), code="text")
    concerned = last is not None or Shop.objects.filter(state__in=BOUND).exists()
    days = NoticePeriod.objects.get(code=NoticePeriod.TERMS).days if concerned else 0
    if effective_at < at + timedelta(days=days):
        words = _("New terms hold {days} days after they were announced at the earliest.")
        raise ActionRefused(words.format(days=days), code="effective_at")
    row = SellerTerms.objects.create(
        number=(last.number if last else 0) + 1, text=text, summary=summary, announced_at=at, effective_at=effective_at, written_by=by.key
    )  # fmt: skip
    record(facts.TERMS_ANNOUNCED, subject=row, by=by, at=at, terms=row.number)
    return row


@transaction.atomic
def accept_terms(*, shop: Shop, number: int, by: Actor, at: datetime | None = None) -> TermsAcceptance:
    """The shop is bound by this version; a second press changes nothing. Refused: to all but owners; for a version that no longer holds
    and is not announced."""
    at = at or clock.now()
    must_own(by, shop)
    row = next((one for one in (current(at), coming(at)) if one and one.number == number), None)
    if row is None:
        raise ActionRefused(_("This version does not hold any more."), code="old")
    made, is_new = TermsAcceptance.objects.get_or_create(
        shop=shop, terms=row, defaults={"way": TermsAcceptance.EXPRESSLY, "by": by.key, "at": at}
    )
    if is_new:
        record(facts.TERMS_ACCEPTED, subject=shop, by=by, at=at, shop=shop.pk, terms=row.number, way=made.way)
    return made


def bind_who_stayed(*, at: datetime | None = None) -> int:
    """Shops that were there when the present version was announced and did not leave are bound by it since its day; returns how many.
    Doing it twice changes nothing."""
    at = at or clock.now()
    row = current(at)
    if row is None:
        return 0
    waiting = Shop.objects.filter(state__in=BOUND, created_at__lte=row.announced_at).exclude(terms_accepted__terms=row)
    return sum(_bind(shop, row, at) for shop in waiting.order_by("pk"))


@transaction.atomic
def _bind(shop: Shop, row: SellerTerms, at: datetime) -> bool:
    made, is_new = TermsAcceptance.objects.get_or_create(
        shop=shop, terms=row, defaults={"way": TermsAcceptance.STAYED, "by": SYSTEM.key, "at": at}
    )
    if is_new:
        record(facts.TERMS_ACCEPTED, subject=shop, by=SYSTEM, at=at, shop=shop.pk, terms=row.number, way=made.way)
    return is_new
