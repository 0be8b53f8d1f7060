"""Labels, and what can be had at once. SQLite makes the table anew for it and loses its triggers, so they are put back."""

from importlib import import_module

from django.db import migrations, models

triggers_back = import_module("stadtplatz.search.migrations.0003_narrowing").triggers_back
NARROW = ["id", "public", "weight", "title_length", "tie", "kind", "category", "district", "shop", "label", "ready", "price"]


class Migration(migrations.Migration):
    dependencies = [("search", "0004_narrow_index")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, triggers_back),
        migrations.RemoveIndex("document", "search_narrow"),
        migrations.AddField("document", "label", models.CharField(blank=True, max_length=20)),
        migrations.AddField("document", "ready", models.BooleanField(default=True)),
        migrations.AddIndex("document", models.Index(fields=NARROW, name="search_narrow")),
        migrations.RunPython(triggers_back, migrations.RunPython.noop),
    ]
