"""On SQLite every public document has a place, a number in the order in which matches are wanted, and FTS5 knows it by this number.

Beside it stands what conditions and counts need, its texts as numbers of `search_value`. All is kept by triggers on the documents. On
PostgreSQL nothing used the index that was for this. A later migration that makes SQLite's table of documents anew puts TRIGGERS back.
"""

from importlib import import_module

from django.db import migrations

matching = import_module("stadtplatz.search.migrations.0002_matching")
TOKENS = ("title_tokens", "keyword_tokens", "body_tokens")
NAMED = ("kind", "category", "district", "shop", "label")
# Twelve bits of weight in thousandths, seven of length, forty of the number that decides between equals, four for those still equal.
BASE = (
    "(max(0, min(4095, 4095 - CAST(round({row}weight * 1000) AS INTEGER))) << 51) | (min({row}title_length, 127) << 44)"
    " | (({row}tie >> 16) << 4)"
)
_COLUMNS = ", ".join(TOKENS)
_VALUES = " UNION ".join(f"SELECT new.{name} AS value" for name in NAMED)
_NUMBERS = ", ".join(f"(SELECT id FROM search_value WHERE value = new.{name})" for name in NAMED)  # nosec B608  # column names of our own
_LEARN = f"INSERT INTO search_value (value) SELECT value FROM ({_VALUES}) WHERE value NOT IN (SELECT value FROM search_value);"  # nosec B608  # column names of our own
_ENTER = f"""{_LEARN}
    INSERT INTO search_place (place, document, {', '.join(NAMED)}, ready, price)
        SELECT coalesce((SELECT max(place) + 1 FROM search_place WHERE place BETWEEN base AND base + 15), base),
               new.id, {_NUMBERS}, new.ready, new.price FROM (SELECT {BASE.format(row='new.')} AS base) WHERE new.public;
    INSERT INTO search_match (rowid, {_COLUMNS})
        SELECT place, {', '.join(f'new.{name}' for name in TOKENS)} FROM search_place WHERE document = new.id;"""  # nosec B608  # as above
_LEAVE = f"""
    INSERT INTO search_match (search_match, rowid, {_COLUMNS})
        SELECT 'delete', place, {', '.join(f'old.{name}' for name in TOKENS)} FROM search_place WHERE document = old.id;
    DELETE FROM search_place WHERE document = old.id;"""  # nosec B608  # as above
_STAY = f"""{_LEARN}
    UPDATE search_place SET ({', '.join(NAMED)}, ready, price) = ({_NUMBERS}, new.ready, new.price) WHERE document = new.id;"""  # nosec B608  # as above
_MOVES = ("public", "weight", "title_length", "tie", *TOKENS)
_MOVED = " OR ".join(f"old.{name} IS NOT new.{name}" for name in _MOVES)
_TOLD = ", ".join([*_MOVES, *NAMED, "ready", "price"])

TRIGGERS = [
    f"CREATE TRIGGER IF NOT EXISTS search_place_added AFTER INSERT ON search_document BEGIN {_ENTER} END",
    f"CREATE TRIGGER IF NOT EXISTS search_place_removed AFTER DELETE ON search_document BEGIN {_LEAVE} END",
    f"CREATE TRIGGER IF NOT EXISTS search_place_moved AFTER UPDATE OF {', '.join(_MOVES)} ON search_document WHEN {_MOVED} BEGIN {_LEAVE} {_ENTER} END",
    f"CREATE TRIGGER IF NOT EXISTS search_place_stayed AFTER UPDATE OF {_TOLD} ON search_document WHEN NOT ({_MOVED}) BEGIN {_STAY} END",
]

_OLD_TRIGGERS = [f"DROP TRIGGER IF EXISTS search_match_{verb}" for verb in ("added", "removed", "changed")]
_NEW_TRIGGERS = [f"DROP TRIGGER search_place_{verb}" for verb in ("added", "removed", "moved", "stayed")]
SQLITE = [
    *_OLD_TRIGGERS,
    "DROP TABLE search_match",
    "CREATE TABLE search_value (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE)",
    f"""CREATE TABLE search_place (place INTEGER PRIMARY KEY, document INTEGER NOT NULL UNIQUE,
        {', '.join(f'{name} INTEGER NOT NULL' for name in NAMED)}, ready BOOL NOT NULL, price INTEGER)""",
    *(
        f"INSERT INTO search_value (value) SELECT DISTINCT {name} FROM search_document WHERE public AND {name} NOT IN (SELECT value FROM search_value)"  # nosec B608  # as above
        for name in NAMED
    ),
    f"""INSERT INTO search_place (place, document, {', '.join(NAMED)}, ready, price)
        SELECT base + row_number() OVER (PARTITION BY base ORDER BY new.tie) - 1, new.id, {_NUMBERS}, new.ready, new.price
        FROM (SELECT {BASE.format(row='d.')} AS base, d.* FROM search_document d WHERE d.public) AS new ORDER BY 1""",  # nosec B608  # as above
    f"""CREATE VIRTUAL TABLE search_match USING fts5({_COLUMNS}, content='', tokenize="ascii tokenchars '=~'", detail=column)""",
    f"""INSERT INTO search_match (rowid, {_COLUMNS}) SELECT p.place, {', '.join(f'd.{name}' for name in TOKENS)}
        FROM search_place p CROSS JOIN search_document d ON d.id = p.document ORDER BY p.place""",  # nosec B608  # as above
    *TRIGGERS,
]
SQLITE_BACK = [
    *_NEW_TRIGGERS,
    *(f"DROP TABLE {name}" for name in ("search_match", "search_place", "search_value")),
    *matching.SQLITE,
    "INSERT INTO search_match (search_match) VALUES ('rebuild')",
]


def forwards(apps, schema_editor):
    _run(schema_editor, SQLITE)


def backwards(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK)


def _run(schema_editor, statements):
    if schema_editor.connection.vendor == "sqlite":
        for statement in statements:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_labels")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, backwards),
        migrations.RemoveIndex("document", "search_narrow"),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
