"""Reading whose stock nobody has counted for long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import F, Q, QuerySet

from stadtplatz.accounts.models import Person
from stadtplatz.catalogue import rules
from stadtplatz.catalogue.models import Offer, StockQuestion
from stadtplatz.catalogue.queries.offers import on_sale
from stadtplatz.kit import clock
from stadtplatz.pools import queries as pools
from stadtplatz.shops.models import Shop

STALE = timedelta(days=14)
"""So long a count is believed."""
ANSWERABLE = timedelta(days=21)
"""So long the links of a mail work."""
_SALT = "catalogue.stock"


@dataclass(frozen=True)
class Uncounted:
    """An offer and what is thought to stand on its shelf."""

    offer: Offer
    count: int
    stale: bool = True


def stale_offers(shop: Shop | None = None, at: datetime | None = None) -> QuerySet[Offer]:
    """Offers on sale whose stock was not counted for two weeks, the longest uncounted first. What cannot be ordered is never stale."""
    limit = (at or clock.now()) - STALE
    old = Q(counted_at__lt=limit) | Q(counted_at=None, published_at__lt=limit)
    found = on_sale().filter(old).exclude(kind__in=Offer.NOT_ORDERED)
    found = found.filter(shop=shop) if shop else found
    return found.order_by(F("counted_at").asc(nulls_first=True), "published_at", "pk")


def counted(offers: Iterable[Offer], at: datetime | None = None) -> list[Uncounted]:
    """The offers with their shelves, and whether their count is old. One query."""
    rows, limit = list(offers), (at or clock.now()) - STALE
    levels = pools.levels([rules.stock_key(offer) for offer in rows])
    found = [(offer, levels[rules.stock_key(offer)]) for offer in rows]
    return [
        Uncounted(offer, level.available + level.held, offer.counted_at is None or offer.counted_at < limit)
        for offer, level in found
    ]


def sign_question(question: StockQuestion, person: Person) -> str:
    """A word for a link by which this person may answer this question, for three weeks, without signing in."""
    return signing.dumps([question.pk, person.pk], salt=_SALT, compress=True)


def question_of(token: str) -> tuple[StockQuestion, Person] | None:
    """The question and who may answer it; None for a word we did not sign, or signed too long ago."""
    try:
        question_id, person_id = signing.loads(token, salt=_SALT, max_age=ANSWERABLE)
    except signing.BadSignature:
        return None
    question = StockQuestion.objects.select_related("shop").filter(pk=question_id).first()
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    return (question, person) if question and person else None


def asked_offers(question: StockQuestion) -> list[Offer]:
    """The offers of the question that are still on sale, in its order."""
    known = {offer.pk: offer for offer in on_sale().filter(pk__in=question.offers, shop=question.shop_id)}
    return [known[pk] for pk in question.offers if pk in known]
