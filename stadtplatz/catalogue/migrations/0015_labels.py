"""Offers that were found before learn their labels: those that are organic, made first or only shown are told to the search once more."""

from django.db import migrations
from django.db.models import Q
from django.utils import timezone


def tell_search(apps, schema_editor):
    told = Q(kind__in=("showcase", "quote", "service")) | Q(lead_days__gt=0) | Q(particulars__has_key="organic")
    rows = apps.get_model("catalogue", "Offer").objects.filter(told, state="published").order_by()
    if codes := sorted(set(rows.values_list("category", flat=True))):
        apps.get_model("kit", "Job").objects.create(
            name="catalogue.jobs.find_under_category", args=[codes], run_at=timezone.now(), max_attempts=5
        )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0014_previews"), ("kit", "0002_stamps"), ("search", "0005_labels")]
    operations = [migrations.RunPython(tell_search, migrations.RunPython.noop)]
