"""Rows that seldom change, kept in the memory of each process and yet never stale.

    ORGANISATION = Topic("city.organisation", {"city.Unit": (), "accounts.Person": ("name", "email", "is_active")})

    @kept(ORGANISATION)
    def organisation() -> Organisation: ...     # asked of the database again only after something changed

Each topic has one row with a mark. Triggers in the database give it a new random mark, in the same transaction, whenever a row of a
watched table is added, changed or deleted, by whatever means and whichever process. Who asks for what is kept reads the mark first,
which is one short statement, so a change counts for everybody from its commit on, and before that for its own transaction only:
marks are random, so one that was rolled back never comes again. Where the mark is missing nothing is kept.

What is kept is shared by all threads: nobody may change it. Topics stand in the `kept.py` of their domain; `migrate` installs the
triggers. Measurements: docs/decisions/0020-kept-rows.md
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

Value = TypeVar("Value")
_TOPICS: dict[str, Topic] = {}


class Topic:
    """Tables whose changes make one thing old. `watches` names the models, each with the fields that matter (empty: every change)."""

    def __init__(self, name: str, watches: Mapping[str, tuple[str, ...]]) -> None:
        self.name, self.watches = name, watches
        _TOPICS[name] = self

    def mark(self) -> str | None:
        """The present mark, as the running transaction sees it; None where changes are not marked."""
        if (known := _STEADY.get()) is None:
            return _marks().get(self.name)
        if not known:
            known |= {"": ""} | _marks()
        return known.get(self.name)


def _marks() -> dict[str, str]:
    """Of all topics: they are few, and one form of statement is enough."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT topic, mark FROM kit_stamp")
        return dict(cursor.fetchall())


_STEADY: ContextVar[dict[str, str] | None] = ContextVar("marks", default=None)


@contextmanager
def steady() -> Iterator[None]:
    """In this block all marks are read once, with one statement, when the first is needed.

    For a stretch that reads much of what is kept and changes none of it: a page, the opening of an errand. Blocks may be nested.
    """
    if _STEADY.get() is not None:
        yield
        return
    token = _STEADY.set({})
    try:
        yield
    finally:
        _STEADY.reset(token)


CHEAP = 0.1
"""Seconds of work after which `share` counts: what takes less is never old."""


class _Kept(Generic[Value]):
    def __init__(self, topic: Topic, load: Callable[[], Value], share: float) -> None:
        self.topic, self.load, self.share = topic, load, share
        self.known: tuple[str, Value] | None = None
        self.rest = 0.0

    def __call__(self) -> Value:
        mark, known = self.topic.mark(), self.known
        if known is not None and (known[0] == mark or time.monotonic() < self.rest):
            return known[1]
        began = time.thread_time()
        value = self.load()
        self.known = (mark, value) if mark else None  # the mark was read first: what changed meanwhile has a newer one
        if self.share and (took := time.thread_time() - began) > CHEAP:
            self.rest = time.monotonic() + took / self.share
        return value


def kept(topic: Topic, *, share: float = 0) -> Callable[[Callable[[], Value]], Callable[[], Value]]:
    """Keep what the function returns until something of the topic changes.

    With `share`, for figures that may be a little old: where working them out takes a process more than a tenth of a second, it spends
    at most this share of its time on them, and between gives what it has.
    """

    def decorate(load: Callable[[], Value]) -> Callable[[], Value]:
        return wraps(load)(_Kept(topic, load, share))

    return decorate


def install(using: str = "default") -> None:
    """The database marks every change of every topic; triggers of topics that are gone, or were changed, go. Part of `migrate`."""
    _discover()
    connection = connections[using]
    wanted = {name: words for topic in _TOPICS.values() for name, words in _triggers(connection, topic)}
    with transaction.atomic(using), connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor])
        there = dict(cursor.fetchall())
        for name in there.keys() - wanted.keys():
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {there[name]}"))
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for name in wanted.keys() - there.keys():
            cursor.execute(wanted[name])
        for topic in _TOPICS:
            cursor.execute(_ANEW.format(random=_RANDOM[connection.vendor]), [topic])


def _discover() -> None:
    """Import `kept.py` of every domain."""
    for config in apps.get_app_configs():
        if config.name.startswith("stadtplatz.") and config.label != "kit" and find_spec(f"{config.name}.kept"):
            import_module(f"{config.name}.kept")


_RANDOM = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()::text"}
_ANEW = (
    "INSERT INTO kit_stamp (topic, mark) VALUES (%s, {random}) ON CONFLICT (topic) DO UPDATE SET mark = excluded.mark"
)
_CHANGE = "UPDATE kit_stamp SET mark = {random} WHERE topic = '{topic}'"
_INSTALLED = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'kept\\_%' ESCAPE '\\'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'kept\\_%'",
}
_FUNCTION = """
CREATE OR REPLACE FUNCTION kit_kept_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE kit_stamp SET mark = gen_random_uuid()::text WHERE topic = TG_ARGV[0];
    RETURN NULL;
END $$
"""


def _triggers(connection: BaseDatabaseWrapper, topic: Topic) -> Iterator[tuple[str, str]]:
    """(name, statement) of each trigger of the topic. The name holds a digest, so that a changed one has another name."""
    sqlite = connection.vendor == "sqlite"
    for label, names in topic.watches.items():
        fields = [apps.get_model(label)._meta.get_field(name).column for name in names]
        table = apps.get_model(label)._meta.db_table
        for event in _events(fields, sqlite=sqlite):
            words = _sqlite(topic.name, table, event, fields) if sqlite else _postgres(topic.name, table, event, fields)
            name = f"kept_{hashlib.sha256(words.encode()).hexdigest()[:20]}"
            yield name, words.format(name=name)


def _events(fields: list[str], *, sqlite: bool) -> list[str]:
    if fields:
        return ["UPDATE OF " + ", ".join(fields)]
    return ["INSERT", "UPDATE", "DELETE"] if sqlite else ["INSERT OR UPDATE OR DELETE OR TRUNCATE"]


def _sqlite(topic: str, table: str, event: str, fields: list[str]) -> str:
    when = "WHEN " + " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in fields) if fields else ""
    change = _CHANGE.format(random=_RANDOM["sqlite"], topic=topic)
    return f"CREATE TRIGGER {{name}} AFTER {event} ON {table} {when} BEGIN {change}; END"


def _postgres(topic: str, table: str, event: str, fields: list[str]) -> str:
    different = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in fields)
    each = f"FOR EACH ROW WHEN ({different})" if fields else "FOR EACH STATEMENT"
    return f"CREATE TRIGGER {{name}} AFTER {event} ON {table} {each} EXECUTE FUNCTION kit_kept_changed('{topic}')"


def after_migrate(*, using: str, **_signal: Any) -> None:
    """Tables that a migration made anew have lost their triggers: all are looked after once more."""
    if "kit_stamp" in connections[using].introspection.table_names():
        install(using)
