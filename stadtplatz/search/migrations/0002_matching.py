"""What matches tokens: an FTS5 table kept by triggers on SQLite, a generated tsvector on PostgreSQL; both see the same tokens."""

from django.db import migrations

TOKENS = ("title_tokens", "keyword_tokens", "body_tokens")
_COLUMNS = ", ".join(TOKENS)
_NEW = ", ".join(f"new.{name}" for name in TOKENS)
_OLD = ", ".join(f"old.{name}" for name in TOKENS)
_ADD = f"INSERT INTO search_match (rowid, {_COLUMNS}) VALUES (new.id, {_NEW});"  # nosec B608  # column names of our own
_REMOVE = f"INSERT INTO search_match (search_match, rowid, {_COLUMNS}) VALUES ('delete', old.id, {_OLD});"  # nosec B608  # as above

SQLITE = [
    f"""CREATE VIRTUAL TABLE search_match USING fts5({_COLUMNS}, content='search_document', content_rowid='id',
        tokenize="ascii tokenchars '=~'", detail=column)""",
    f"CREATE TRIGGER search_match_added AFTER INSERT ON search_document BEGIN {_ADD} END",
    f"CREATE TRIGGER search_match_removed AFTER DELETE ON search_document BEGIN {_REMOVE} END",
    f"CREATE TRIGGER search_match_changed AFTER UPDATE OF {_COLUMNS} ON search_document BEGIN {_REMOVE} {_ADD} END",
]
SQLITE_BACK = [
    *(f"DROP TRIGGER search_match_{verb}" for verb in ("added", "removed", "changed")),
    "DROP TABLE search_match",
]

# The text form of a tsvector, `brot:1A`, goes past PostgreSQL's own parser, so that a token is a token.
_VECTOR = " || ' ' || ".join(
    rf"regexp_replace({name}, '(\S+)', '''\1'':1{weight}', 'g')" for name, weight in zip(TOKENS, "ABC", strict=True)
)
POSTGRESQL = [
    f"ALTER TABLE search_document ADD COLUMN vector tsvector GENERATED ALWAYS AS (({_VECTOR})::tsvector) STORED",
    # without the list of pending entries, which every search would have to read through after many pushes
    "CREATE INDEX search_match ON search_document USING gin (vector) WITH (fastupdate = off)",
    'ALTER TABLE search_term ALTER COLUMN word TYPE varchar(64) COLLATE "C"',
]
POSTGRESQL_BACK = [
    'ALTER TABLE search_term ALTER COLUMN word TYPE varchar(64) COLLATE "default"',
    "ALTER TABLE search_document DROP COLUMN vector",
]


def forwards(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def backwards(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(schema_editor, sqlite, postgresql):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
