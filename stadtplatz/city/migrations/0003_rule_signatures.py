"""Every rule gets the signature of its code and its district, before two of the same are forbidden."""

import hashlib
import json

from django.db import migrations, models


def sign(apps, schema_editor):
    duties = apps.get_model("city", "Duty").objects
    for pk, code, district in duties.values_list("pk", "code", "district_id"):
        plain = json.dumps([code, district, None, "", None, "", None, None, "", ""])
        duties.filter(pk=pk).update(signature=hashlib.sha256(plain.encode()).hexdigest()[:40])


class Migration(migrations.Migration):
    dependencies = [("city", "0002_rules")]

    operations = [
        migrations.RunPython(sign, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(condition=models.Q(('ended', False), ('planned', False)), fields=('signature',), name='one_rule_for_the_same'),
        ),
    ]
