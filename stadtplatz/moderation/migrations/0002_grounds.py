"""The kinds of notices a town begins with. The sources are notes for those who decide; a town changes the list at its desk."""

from django.db import migrations

KINDS = [
    ("product-safety", "Gefährliches Produkt", "Dangerous product", "Verordnung (EU) 2023/988 (Produktsicherheit), Art. 22 Abs. 12", 3, True),
    ("food", "Lebensmittel: falsche oder fehlende Angaben", "Food: wrong or missing information", "Verordnung (EU) Nr. 1169/2011, LFGB", 3, True),
    ("forbidden", "Verbotene Ware (Waffen, Drogen, geschützte Arten)", "Forbidden goods (weapons, drugs, protected species)", "WaffG, BtMG, BNatSchG", 3, True),
    ("youth", "Nicht für Kinder und Jugendliche erlaubt", "Not allowed for children and young people", "JuSchG §§ 9, 10, 15; JMStV", 3, True),
    ("fraud", "Betrug oder Irreführung", "Fraud or misleading", "§ 263 StGB; §§ 5, 5a UWG", 7, True),
    ("trader", "Anbieter fehlt oder ist falsch", "The seller is missing or wrong", "Art. 30 DSA; § 5 DDG", 7, True),
    ("price", "Preis oder Grundpreis stimmt nicht", "Price or unit price is wrong", "PAngV; §§ 3, 5 UWG", 7, True),
    ("rights", "Fälschung, fremdes Bild, fremder Text, fremde Marke", "Counterfeit, somebody else's picture, text or brand", "MarkenG; UrhG", 7, True),
    ("privacy", "Persönliche Daten oder Bilder von Personen", "Personal data or pictures of people", "Art. 6 DSGVO; §§ 22, 23 KunstUrhG", 7, True),
    ("hate", "Beleidigung, Drohung, Hetze", "Insult, threat, incitement", "§§ 130, 185 bis 187, 241 StGB", 3, True),
    ("child-abuse", "Darstellung sexuellen Missbrauchs von Kindern", "Depiction of sexual abuse of children", "Art. 16 Abs. 2 Buchst. c DSA; Richtlinie 2011/93/EU, Art. 3 bis 7; § 184b StGB", 1, False),
    ("terms", "Verstoß gegen die Nutzungsbedingungen", "Breaks the terms of use", "Nutzungsbedingungen; Art. 14 DSA", 7, True),
    ("other", "Etwas anderes, das gegen ein Gesetz verstößt", "Something else that breaks a law", "Art. 16 DSA", 7, True),
]  # fmt: skip


def put_in(apps, schema_editor):
    Ground = apps.get_model("moderation", "Ground")
    Ground.objects.bulk_create(
        Ground(code=code, name=name, name_en=english, source=source, working_days=days, contact_needed=needed, position=10 * place)
        for place, (code, name, english, source, days, needed) in enumerate(KINDS, start=1)
    )  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [("moderation", "0001_initial")]

    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
