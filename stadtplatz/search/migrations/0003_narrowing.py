"""What results can be narrowed down by. SQLite makes the table anew for it and loses its triggers, so they are put back."""

from importlib import import_module

from django.db import migrations, models

_TRIGGERS = [
    statement
    for statement in import_module("stadtplatz.search.migrations.0002_matching").SQLITE
    if statement.startswith("CREATE TRIGGER")
]


def triggers_back(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for statement in _TRIGGERS:
        schema_editor.execute(statement.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS", 1), params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_matching")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, triggers_back),
        migrations.AddField("document", "shop", models.CharField(blank=True, max_length=80)),
        migrations.AddField("document", "category", models.CharField(blank=True, max_length=80)),
        migrations.AddField("document", "district", models.CharField(blank=True, max_length=120)),
        migrations.AddField("document", "price", models.IntegerField(null=True)),
        migrations.RunPython(triggers_back, migrations.RunPython.noop),
    ]
