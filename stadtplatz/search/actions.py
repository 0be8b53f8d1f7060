"""Putting things into the index and taking them out. Called by the owning domain in the transaction of its change."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.kit import clock, text
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.search import empty_searches, indexing, lexicon, vocabulary
from stadtplatz.search.models import Document, Source, Synonym

BATCH = 500


class Pushed(TypedDict):
    """What `push` takes, as one entry of `push_many`."""

    kind: str
    key: str
    title: str
    body: NotRequired[str]
    url: NotRequired[str]
    keywords: NotRequired[str]
    lon: NotRequired[float | None]
    lat: NotRequired[float | None]
    weight: NotRequired[float]
    payload: NotRequired[dict[str, Any]]
    public: NotRequired[bool]
    fresh_at: NotRequired[datetime | None]
    shop: NotRequired[str]
    category: NotRequired[str]
    district: NotRequired[str]
    label: NotRequired[str]
    ready: NotRequired[bool]
    price: NotRequired[int | None]


@transaction.atomic
def push(
    *,
    kind: str,
    key: str,
    title: str,
    body: str = "",
    url: str = "",
    keywords: str = "",
    lon: float | None = None,
    lat: float | None = None,
    weight: float = 1.0,
    payload: dict[str, Any] | None = None,
    public: bool = True,
    fresh_at: datetime | None = None,
    shop: str = "",
    category: str = "",
    district: str = "",
    label: str = "",
    ready: bool = True,
    price: int | None = None,
) -> None:
    """The thing can be found under its words from now on; what was pushed before under this kind and key is replaced.

    `weight` 1.0 is normal, 0.5 half as important. `payload` is handed back with the hit (JSON, no personal data).
    `shop` (slug), `category`, `district`, `label` (such as `organic`) and `price` (cents) are what people narrow results down by;
    `ready` is False for what cannot be had at once.
    Spelling help and word completion learn its words within half a minute (see `learn`).
    """
    push_many(
        [
            Pushed(
                kind=kind, key=key, title=title, body=body, url=url, keywords=keywords, lon=lon, lat=lat,
                weight=weight, payload=payload or {}, public=public, fresh_at=fresh_at,
                shop=shop, category=category, district=district, label=label, ready=ready, price=price,
            )
        ]
    )  # fmt: skip


@transaction.atomic
def push_many(documents: Iterable[Pushed]) -> int:
    """Push many things at once, in batches of 500 rows; returns how many. The last of equal kind and key counts."""
    now = clock.now()
    rows = {(str(given["kind"]), str(given["key"])): indexing.row_of(given, now) for given in documents}
    ordered = indexing.in_order(rows.values())
    for start in range(0, len(ordered), BATCH):
        Document.objects.bulk_create(
            ordered[start : start + BATCH],
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=indexing.WRITTEN_FIELDS,
        )
    return len(ordered)


@transaction.atomic
def withdraw(*, kind: str, key: str) -> None:
    """The thing cannot be found any more; its texts are gone at once. Nothing happens if it was never there."""
    indexing.empty(Document.objects.filter(kind=kind, key=str(key)))


@transaction.atomic
def withdraw_all(*, kind: str, keys: Iterable[str] | None = None) -> None:
    """Take out all things of a kind, or those with the given keys."""
    rows = Document.objects.filter(kind=kind)
    indexing.empty(rows if keys is None else rows.filter(key__in=[str(key) for key in keys]))


def keep_current(*, name: str, made_as: str, push_all: Callable[[], int]) -> int:
    """The documents of this source are made as they are made now: `push_all` is called if they were made otherwise, such as before an update.

    For a job of the owning domain. Done again from the beginning if it breaks off; pushing twice changes nothing. Returns how many were pushed.
    """
    if Source.objects.filter(name=name, made_as=made_as).exists():
        return 0
    pushed = push_all()
    Source.objects.update_or_create(name=name, defaults={"made_as": made_as})
    return pushed


def count_empty(*, typed: str, on: date | None = None) -> None:
    """The operator sees that a search found nothing today, and its words once they were typed on three different days; see `empty_searches`."""
    empty_searches.count(typed, on)


def learn() -> int:
    """Count the words of what was pushed since the last time, so that completion, spelling help and weights know them.

    Runs as a job every half minute; loaders and tests call it themselves. Returns how many documents were read.
    """
    return vocabulary.learn()


def reindex() -> int:
    """Make all tokens and words anew, in batches, while searching goes on. Needed when the analyser changed."""
    return vocabulary.rebuild()


@transaction.atomic
def add_synonym(line: str) -> Synonym:
    """Words that mean the same (`Semmel = Brötchen`), or one way (`Orangen < Zitrusfrucht`), count from now on; in other processes within
    half a minute. Who may do this is asked by the domain above. Refused (ActionRefused): fewer than two phrases, phrases of more than
    two words, both signs in one line, a line that stands there already."""
    phrases = [" ".join(phrase.split()) for phrase in re.split("[=<]", line)]
    if len(phrases) < 2 or not all(phrases) or ("=" in line and "<" in line) or line.count("<") > 1:
        raise ActionRefused(_("Please write it like: Semmel = Brötchen."), code="line")
    if any(not 1 <= len([word for word in text.read_words(phrase) if not word.is_stop]) <= 2 for phrase in phrases):
        raise ActionRefused(_("Each side needs one or two words that are searched for."), code="long")
    wanted = (" < " if "<" in line else " = ").join(phrases)[:300]
    if wanted.casefold() in {line.casefold() for line in Synonym.objects.values_list("line", flat=True)}:
        raise ActionRefused(_("This stands there already."), code="taken")
    row = Synonym.objects.create(line=wanted)
    transaction.on_commit(lexicon.forget)
    return row


@transaction.atomic
def drop_synonym(synonym_id: int) -> bool:
    """The words no longer mean the same, unless the shipped list says so; False if the line is gone already."""
    transaction.on_commit(lexicon.forget)
    return bool(Synonym.objects.filter(pk=synonym_id).delete()[0])
