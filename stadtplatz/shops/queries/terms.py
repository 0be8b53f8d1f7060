"""Reading the terms for sellers, and what is different from the version before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from django.db.models import Count

from stadtplatz.kit import clock
from stadtplatz.shops.models import SellerTerms, Shop, TermsAcceptance


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
