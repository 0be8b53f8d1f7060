"""The notice of the legal guarantee in our own plain words. Nobody has compared them with the annex: `verified` is off, and the operator changes them."""

from datetime import date

from django.db import migrations

SOURCE = "Durchführungsverordnung (EU) 2025/1960, Anhang I; Art. 6 Abs. 1 Buchst. l und Art. 22a der Richtlinie 2011/83/EU; Art. 246 und 246a EGBGB"
SINCE = date(2026, 9, 27)
PAGE = "https://europa.eu/youreurope/citizens/consumers/shopping/guarantees/index_{language}.htm"
WORDS = {
    "de": (
        "Gesetzliche Gewährleistung: mindestens 2 Jahre",
        "Wer als Verbraucherin oder Verbraucher in der EU eine Ware kauft, hat mindestens zwei Jahre lang Rechte gegen das Geschäft. Die Zeit beginnt, wenn Sie die Ware bekommen. "
        "Das Recht eines Landes kann eine längere Zeit geben. Bei gebrauchten Waren kann eine kürzere vereinbart sein, aber nie weniger als ein Jahr.\n\n"
        "Das Geschäft haftet, wenn die Ware schon bei der Übergabe nicht in Ordnung war: wenn sie nicht so ist wie beschrieben oder nicht tut, was sie tun soll. "
        "Dann können Sie kostenlos Reparatur oder Ersatz verlangen. In bestimmten Fällen können Sie stattdessen weniger bezahlen oder das ganze Geld zurückbekommen.\n\n"
        "Sagen Sie dem Geschäft bald Bescheid, und zeigen Sie einen Beleg für den Kauf.\n\n"
        "Eine Garantie des Herstellers kommt dazu. Sie ersetzt diese Rechte nicht.",
    ),
    "en": (
        "Legal guarantee: at least 2 years",
        "Consumers who buy goods in the EU have rights against the shop for at least two years. The time begins when you receive the goods. "
        "The law of a country can give a longer time. For second-hand goods a shorter time can be agreed, but never less than one year.\n\n"
        "The shop is liable if the goods were not in order when you received them: if they are not as described or do not do what they should. "
        "Then you can ask for repair or replacement free of charge. In certain cases you can pay less instead, or get all your money back.\n\n"
        "Tell the shop soon, and show a proof of purchase.\n\n"
        "A guarantee of the maker comes on top of this. It does not replace these rights.",
    ),
}


def put_in(apps, schema_editor):
    notices = apps.get_model("catalogue", "GuaranteeNotice").objects
    for language, (heading, body) in WORDS.items():
        notices.create(
            language=language, heading=heading, body=body, url=PAGE.format(language=language), source=SOURCE, valid_from=SINCE
        )  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [("catalogue", "0019_guarantee")]

    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
