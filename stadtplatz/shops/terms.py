"""Terms for sellers: announced with days to spare, accepted, and compared (Art. 3 P2B Regulation; see the source at the number of days)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.rules import is_operator
from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.shops import facts, rules
from stadtplatz.shops.models import NoticePeriod, SellerTerms, Shop, TermsAcceptance

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
    if not (rules.may_decide(by) and is_operator(by)):
        raise NotAllowed(_("Only the operator changes this."))
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
    if not rules.may_own(by, shop):
        raise NotAllowed(_("Only the owner may change this."))
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


def current(at: datetime | None = None) -> SellerTerms | None:
    """The version that holds at this moment."""
    return SellerTerms.objects.filter(effective_at__lte=at or clock.now()).first()


def coming(at: datetime | None = None) -> SellerTerms | None:
    """The version that is announced and waits for its day."""
    return SellerTerms.objects.filter(effective_at__gt=at or clock.now()).first()


def lacks_terms(shop: Shop, at: datetime | None = None) -> bool:
    """Whether there are terms that this shop is not bound by yet; one query, and a second if there are terms."""
    row = current(at)
    return row is not None and not TermsAcceptance.objects.filter(shop=shop, terms=row).exists()


@dataclass(frozen=True)
class Version:
    """One version with how many shops are bound by it, and whether it holds or waits."""

    row: SellerTerms
    bound: int
    holds: bool
    waits: bool


def versions(at: datetime | None = None) -> list[Version]:
    """All versions, newest first."""
    at = at or clock.now()
    rows = list(SellerTerms.objects.annotate(bound=Count("acceptances")))
    holds = next((row.pk for row in rows if row.effective_at <= at), None)
    return [Version(row, row.bound, row.pk == holds, row.effective_at > at) for row in rows]


def before(row: SellerTerms) -> SellerTerms | None:
    """The version before this one."""
    return SellerTerms.objects.filter(number__lt=row.number).first()


SAME, GONE, NEW = "same", "gone", "new"


def difference(old: str, new: str) -> list[tuple[str, str]]:
    """The paragraphs of both texts in order, each with whether it stayed, is gone or is new."""
    first, second = old.split("\n"), new.split("\n")
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [(SAME, line) for line in first[a:b]]
        else:
            found += [(GONE, line) for line in first[a:b]] + [(NEW, line) for line in second[c:d]]
    return [(kind, line) for kind, line in found if line.strip()]
