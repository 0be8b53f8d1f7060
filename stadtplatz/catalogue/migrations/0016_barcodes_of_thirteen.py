"""American barcodes of 12 digits become the 13 that scanners read; where both were there, both stay."""

from django.db import migrations
from django.db.models import Value
from django.db.models.functions import Concat, Length


def thirteen(apps, schema_editor):
    for name in ("Offer", "Product"):
        model = apps.get_model("catalogue", name)
        short = model.objects.annotate(signs=Length("gtin")).filter(signs=12)
        if name == "Product":
            known = set(model.objects.filter(gtin__startswith="0").values_list("gtin", flat=True))
            short = short.exclude(gtin__in=[gtin[1:] for gtin in known])
        model.objects.filter(pk__in=list(short.values_list("pk", flat=True))).update(gtin=Concat(Value("0"), "gtin"))


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0015_labels")]

    operations = [migrations.RunPython(thirteen, migrations.RunPython.noop)]
