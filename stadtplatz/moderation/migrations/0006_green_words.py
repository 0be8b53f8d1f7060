"""The list of environmental claims a town begins with: our own choice after the examples of recital 9 of Directive (EU) 2024/825, not verified by a lawyer."""

from django.db import migrations

UWG = "UWG, Anhang zu § 3 Abs. 3 Nr. {number} (Richtlinie (EU) 2024/825), seit 27.09.2026"
SEALS = ["Umweltsiegel", "Nachhaltigkeitssiegel", "Ökosiegel", "Klimasiegel", "Umweltzeichen", "Nachhaltigkeitslabel", "Umweltlabel", "Klimalabel"]
WORDS = [
    (
        "offset", "4c",
        """klimaneutral*
klima neutral*
Klimaneutralität
klimapositiv*
klimakompensiert*
CO2 neutral*
CO2 kompensiert*
CO2 positiv*
CO2 ausgeglichen*
treibhausgasneutral*
emissionsneutral*
carbon neutral
climate neutral
climate positive
CO2 neutral""",
        "", "Sagen Sie, was an der Ware selbst weniger Treibhausgas macht, mit Zahl und Vergleich. Eigene Klimaprojekte dürfen Sie nennen, aber nicht als Eigenschaft der Ware.",
    ),
    (
        "generic", "4a",
        """umweltfreundlich*
umweltschonend*
umweltgerecht*
umweltverträglich*
umweltneutral*
klimafreundlich*
klimaschonend*
CO2 freundlich*
naturfreundlich*
ökofreundlich*
ressourcenschonend*
plastikneutral*
gut für die Umwelt
gut fürs Klima
gut für das Klima
schont die Umwelt
schont das Klima
grünes Produkt
grüne Produkte
eco friendly
environmentally friendly
climate friendly
good for the environment
green product*""",
        "", "Nennen Sie die genaue Eigenschaft, zum Beispiel: aus 100 % Altpapier.",
    ),
    (
        "generic", "4a",
        """nachhaltig*
sustainable""",
        """nachhaltig* Wirkung
nachhaltig* Eindruck
nachhaltig* Erfolg
nachhaltig* Erlebnis
nachhaltig* Erinnerung
nachhaltig* Geschmack
nachhaltig* Pflege
nachhaltig* Schutz
nachhaltig* beeindruck*
nachhaltig* beeindruckt
nachhaltig* beeindruckend*
nachhaltig* verbessert
nachhaltig wirksam*
nachhaltig wirkt""",
        "Sagen Sie, was gemeint ist: woraus, woher, wie lange es hält, wie es repariert wird.",
    ),
    (
        "generic", "4a",
        """ökologisch*
ökologisch abbaubar*""",
        """ökologisch* Landbau
ökologisch* Anbau
ökologisch* Landwirtschaft
ökologisch* Erzeugung
ökologisch* Viehzucht
ökologisch* Tierhaltung
ökologisch* Weinbau
ökologisch* Fußabdruck
ökologisch* Gleichgewicht""",
        "Bei Lebensmitteln nennen Sie die Öko-Kontrollstelle; sonst die genaue Eigenschaft.",
    ),
    (
        "generic", "4a",
        """biologisch abbaubar*
biobasiert*
kompostierbar*
biodegradable
compostable
bio based""",
        "", "Schreiben Sie dazu, wie viel davon, wo (Garten oder Anlage) und in welcher Zeit, und nach welcher Norm.",
    ),
    (
        "generic", "4a",
        """energieeffizient*
energy efficient""",
        "energieeffizient* Klasse", "Nennen Sie die Energieklasse oder den Verbrauch in Zahlen.",
    ),
    (
        "seal", "2a",
        "\n".join(f"{whose} {seal}" for whose in ("unser*", "eigen*", "hauseigen*", "own") for seal in SEALS),
        "", "Zeigen Sie nur Siegel, die eine Behörde festgelegt hat oder die auf einem Zertifizierungssystem beruhen.",
    ),
]  # fmt: skip


def put_in(apps, schema_editor):
    apps.get_model("moderation", "GreenWord").objects.bulk_create(
        apps.get_model("moderation", "GreenWord")(
            kind=kind, patterns=patterns, unless=unless, instead=instead, source=UWG.format(number=number)
        )
        for kind, number, patterns, unless, instead in WORDS
    )


class Migration(migrations.Migration):

    dependencies = [("moderation", "0005_green")]

    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
