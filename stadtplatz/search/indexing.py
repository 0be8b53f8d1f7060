"""From a pushed thing to a row with tokens."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from stadtplatz.kit import clock, text
from stadtplatz.search.models import Document

BODY_TOKENS = 400
"""So many tokens of a body are indexed; what stands further down is not found."""
TOKEN_FIELDS = ["folded", "title_length", "title_tokens", "keyword_tokens", "body_tokens", "learned"]
WRITTEN_FIELDS = [
    *TOKEN_FIELDS,
    *("public", "withdrawn", "weight", "tie", "fresh_day", "lon", "lat", "title", "url", "payload", "keywords", "body"),
    *("shop", "category", "district", "label", "ready", "price"),
]


_AFTER = re.compile(
    r"\s(?:mit|ohne|aus|für|fuer|vom|von|im|in|am|an|auf|unter|beim|bei|zum|zur|nach|with|without|for|from|of|on|at)\s",
    re.IGNORECASE,
)


def row_of(given: Mapping[str, Any], now: datetime) -> Document:
    """The unsaved row of a pushed thing."""
    row = Document(
        kind=given["kind"],
        key=str(given["key"]),
        title=given["title"][:300],
        body=given.get("body", "")[:10_000],
        keywords=given.get("keywords", "")[:2_000],
        url=given.get("url", ""),
        lon=given.get("lon"),
        lat=given.get("lat"),
        weight=round(given.get("weight", 1.0), 3),  # as fine as the place on SQLite, so that both cut alike
        payload=given.get("payload") or {},
        shop=given.get("shop", ""),
        category=given.get("category", ""),
        district=given.get("district", ""),
        label=given.get("label", ""),
        ready=given.get("ready", True),
        price=given.get("price"),
        public=given.get("public", True),
        fresh_day=clock.local(given.get("fresh_at") or now).toordinal(),
        tie=tie_of(given["kind"], str(given["key"])),
    )
    analyse(row)
    return row


def analyse(row: Document) -> None:
    """Make the tokens of the row from its texts anew."""
    what, which = parted(row.title)
    row.folded = text.fold(row.title)[:300]
    row.title_length = sum(len(word.folded) > 1 and word.folded.isalpha() for word in text.read_words(row.title))
    row.title_tokens = " ".join(text.analyse(what))
    row.keyword_tokens = " ".join([*text.analyse(row.keywords), *text.analyse(which)])
    row.body_tokens = " ".join(text.analyse(row.body)[:BODY_TOKENS])
    row.learned = False


def in_order(rows: Iterable[Document]) -> list[Document]:
    """As they are written: FTS5 takes best what comes in the order of places; PostgreSQL's transactions must not cross each other."""
    if connection.vendor == "sqlite":
        return sorted(rows, key=lambda row: (-row.weight, row.title_length, row.tie))
    return sorted(rows, key=lambda row: (row.kind, row.key))


def parted(title: str) -> tuple[str, str]:
    """What a thing is called, and what is said of it after the first `mit`, `aus`, `für` …: `Naturjoghurt im Glas` is no glass."""
    found = next((one for one in _AFTER.finditer(title) if text.analyse(title[: one.start()])), None)
    return (title[: found.start()], title[found.end() :]) if found else (title, "")


def empty(rows: QuerySet[Document]) -> None:
    """Leave nothing of the rows but the words still to be discounted."""
    rows.update(
        withdrawn=True, learned=False, public=False, title="", folded="", title_tokens="", keyword_tokens="",
        body_tokens="", url="", payload={}, keywords="", body="", lon=None, lat=None,
        shop="", category="", district="", label="", ready=True, price=None,
    )  # fmt: skip


def tie_of(kind: str, key: str) -> int:
    """The number that decides between equals."""
    return int.from_bytes(blake2b(f"{kind}:{key}".encode(), digest_size=7).digest(), "big")
