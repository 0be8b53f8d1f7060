"""What the market desk does about searches that find nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.catalogue import facts, queries
from stadtplatz.catalogue.models import Wish
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.search import actions as search
from stadtplatz.search import queries as searches
from stadtplatz.search.models import Synonym
from stadtplatz.shops import rules as shop_rules

PAUSE = timedelta(days=30)
"""So long the same shops hear nothing more about the same word."""


@transaction.atomic
def say_synonym(*, line: str, by: Actor) -> Synonym:
    """The words find each other's results. Refused: to all but the market desk; what `search.actions.add_synonym` refuses."""
    _may(by)
    row = search.add_synonym(line)
    record(facts.SYNONYM_SAID, subject=row, by=by, synonym=row.pk)
    return row


@transaction.atomic
def forget_synonym(*, synonym: Synonym, by: Actor) -> None:
    """The words no longer find each other's results. Refused to all but the market desk."""
    _may(by)
    if search.drop_synonym(synonym.pk):
        record(facts.SYNONYM_FORGOTTEN, subject=synonym, by=by, synonym=synonym.pk)


@transaction.atomic
def tell_shops(*, text: str, category: str, by: Actor, at: datetime | None = None) -> Wish:
    """Shops with offers in this category hear by mail (a reaction) that people look for this and find nothing.

    Refused: to all but the market desk; for a text not kept (searched for on fewer than three days); if they were told within thirty days; if
    no shop sells anything there.
    """
    _may(by)
    at = at or clock.now()
    often, _rare = searches.empty_by_week()
    found = next((row for row in often if row.text == text), None)
    if found is None:
        raise ActionRefused(_("This was not searched for often enough."), code="rare")
    if Wish.objects.filter(text=text, category=category, told_at__gt=at - PAUSE).exists():
        raise ActionRefused(_("These shops were told of it within the last thirty days."), code="told")
    if not queries.shops_selling(category).exists():
        raise ActionRefused(_("No shop sells anything of this category."), code="nobody")
    wish = Wish.objects.create(text=text, category=category, searches=found.total, told_at=at)
    record(facts.WISH_TOLD, subject=wish, by=by, at=at, wish=wish.pk, category=category)
    return wish


def _may(by: Actor) -> None:
    if not shop_rules.may_decide(by):
        raise NotAllowed(_("Only the market desk looks after the search."))
