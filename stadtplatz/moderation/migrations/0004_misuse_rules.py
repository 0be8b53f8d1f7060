"""The rules against misuse a town begins with, and the hashes of those who gave notice before. A town changes the rules at its desk."""

from django.db import migrations

from stadtplatz.moderation.rules import sender_key

RULES = {
    "owner": (
        "Art. 23 Abs. 1, 3, 4 Verordnung (EU) 2022/2065 (DSA); Zahlen: eigene Regel, von keinem Juristen geprüft",
        "Wer hier wiederholt offensichtlich rechtswidrige Angebote zeigt, wird zuerst verwarnt. Kommt danach ein weiterer Fall, können wir das Geschäft für eine angemessene Zeit sperren.\n\n"
        "Offensichtlich rechtswidrig ist, was jeder ohne nähere Prüfung erkennt: zum Beispiel Lebensmittel, die Krankheiten heilen sollen, Alkohol ohne Altersangabe an Kinder beworben, verbotene Waffen, gefälschte Marken.\n"
        "Ein Irrtum beim Grundpreis oder eine vergessene Angabe zählt nicht.",
    ),
    "notifier": (
        "Art. 23 Abs. 2, 3, 4 Verordnung (EU) 2022/2065 (DSA); Zahlen: eigene Regel, von keinem Juristen geprüft",
        "Wer wiederholt Meldungen schickt, die offensichtlich ohne jeden Grund sind, wird zuerst verwarnt. Kommt danach eine weitere, können wir Meldungen dieser Mailadresse für eine angemessene Zeit liegen lassen.\n\n"
        "Offensichtlich ohne Grund ist zum Beispiel: dieselbe widerlegte Behauptung immer wieder, Meldungen über einen Konkurrenten ohne jede Angabe, was falsch ist. Wer sich nur irrt, hat nichts zu befürchten.\n"
        "Darstellungen sexuellen Missbrauchs von Kindern können immer gemeldet werden.",
    ),
}


def put_in(apps, schema_editor):
    MisuseRule = apps.get_model("moderation", "MisuseRule")
    for side, (source, text) in RULES.items():
        MisuseRule.objects.create(side=side, source=source, text=text)
    ContentNotice = apps.get_model("moderation", "ContentNotice")
    for pk, email in ContentNotice.objects.exclude(contact=None).values_list("pk", "contact__email"):
        ContentNotice.objects.filter(pk=pk).update(sender=sender_key(email))


class Migration(migrations.Migration):

    dependencies = [("moderation", "0003_misuse"), ("accounts", "0001_initial")]

    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
