"""The numbers of days a town begins with, each with its source."""

from django.db import migrations

PERIODS = [
    ("terms", 15, "Art. 3 Abs. 2 Verordnung (EU) 2019/1150 (P2B): mindestens 15 Tage, länger bei technischen Anpassungen. Ungeprüft; ob die Verordnung durch den „Digital Omnibus“ aufgehoben wird, ist uns nicht bekannt."),
    ("lacking", 28, "Eigene Regel der Stadt; das Gesetz nennt keine Frist. Ungeprüft."),
]  # fmt: skip


def put_in(apps, schema_editor):
    NoticePeriod = apps.get_model("shops", "NoticePeriod")
    NoticePeriod.objects.bulk_create(NoticePeriod(code=code, days=days, source=source) for code, days, source in PERIODS)


class Migration(migrations.Migration):

    dependencies = [("shops", "0008_periods")]

    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
