"""What the living style page shows: one example of every part in every state. German sample texts, meant as examples."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator

from stadtplatz.kit import clock
from stadtplatz.kit.icons import PATHS
from stadtplatz.kit.money import Money
from stadtplatz.kit.pictures import SHOPS, TICKETS, picture_for
from stadtplatz.kit.timeline import Timeline, TimelineEntry


class SampleForm(forms.Form):
    """Every kind of field there is."""

    name = forms.CharField(label="Ihr Name", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label="E-Mail-Adresse",
        required=False,
        help_text="Nur, damit wir Ihnen antworten können.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(label="Was ist geschehen?", help_text="Ein oder zwei Sätze genügen.", widget=forms.Textarea)
    where = forms.ChoiceField(label="Ortsteil", choices=[("", "Bitte wählen"), ("k", "Kernstadt"), ("g", "Gültstein")])
    way = forms.ChoiceField(
        label="Wie sollen wir Sie erreichen?",
        choices=[("mail", "Per E-Mail"), ("phone", "Per Telefon"), ("none", "Gar nicht, ich schaue selbst nach")],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="Worum geht es?",
        required=False,
        choices=[("a", "Straße und Gehweg"), ("b", "Grünanlage")],
        widget=forms.CheckboxSelectMultiple,
    )
    photo = forms.FileField(
        label="Foto", required=False, help_text="JPEG oder PNG, höchstens 10 MB. Ort und Kamera werden entfernt."
    )
    day = forms.DateField(label="Tag", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    number = forms.IntegerField(
        label="Anzahl", required=False, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    code = forms.CharField(label="Code", required=False, help_text="Zehn Zeichen, zum Beispiel AB2C3 D4E5F.")
    agree = forms.BooleanField(label="Ich habe die Hinweise gelesen.")


def refused_form() -> SampleForm:
    form = SampleForm({"email": "erika.musterfrau", "text": "", "way": "mail"}, prefix="refused")
    form.is_valid()
    return form


def timeline(now: datetime, *, kind: str = "running") -> Timeline:
    """A report that is being worked on, one that is late, one that is done."""
    entries = [
        TimelineEntry(now - timedelta(days=6, hours=2), "Ihr Anliegen ist eingegangen.", who="Sie"),
        TimelineEntry(
            now - timedelta(days=5), "Zuständig ist der Bauhof, weil das Schlagloch auf einer Gemeindestraße liegt."
        ),
        TimelineEntry(
            now - timedelta(days=2),
            "Nachricht vom Bauhof",
            who="Kolonne Straße",
            body="Wir haben die Stelle gesichert. Asphalt gibt es, sobald es drei Tage trocken ist.",
            kind="message",
        ),
        TimelineEntry(
            now - timedelta(hours=3), "Vermerk", who="Kolonne Straße", body="Material ist bestellt.", kind="internal"
        ),
    ]
    steps = [("Eingegangen", "done"), ("In Arbeit", "now"), ("Erledigt", "next")]
    if kind == "done":
        return Timeline("Erledigt: Das Schlagloch ist zu.", finished=True, entries=entries[:1], steps=[])
    return Timeline(
        "Der Bauhof arbeitet daran.",
        who="Kolonne Straße, Bauhof",
        until=now + timedelta(days=-1 if kind == "late" else 4),
        overdue=kind == "late",
        entries=entries if kind == "running" else [],
        steps=steps if kind == "running" else [],
    )


def everything() -> dict[str, Any]:
    """The context of the style page."""
    now = clock.now()
    return {
        "form": SampleForm(),
        "refused": refused_form(),
        "icons": sorted(PATHS),
        "shop_pictures": [(name, picture_for(name)) for name in SHOPS],
        "ticket_pictures": [(name, picture_for(name, kind="ticket")) for name in TICKETS],
        "running": timeline(now),
        "late": timeline(now, kind="late"),
        "done": timeline(now, kind="done"),
        "until": now + timedelta(minutes=14, seconds=30),
        "price": Money(1290),
        "old_price": Money(1490),
        "page": Paginator(range(90), 10).page(4),
        "crumbs": [("Geschäfte", "#"), ("Bäckerei Musterkorn (erfunden)", "")],
        "steps": [("Was", "done"), ("Wo", "done"), ("Foto", "now"), ("Kontakt", "next"), ("Prüfen", "next")],
        "tabs": [("Offen", "#tabs", True), ("Meine", "#tabs", False), ("Erledigt", "#tabs", False)],
        "hours": [
            ("Montag", "7:00 bis 18:30 Uhr", False),
            ("Dienstag", "7:00 bis 18:30 Uhr", True),
            ("Mittwoch", "7:00 bis 13:00 Uhr", False),
            ("Sonntag", "", False),
        ],
        "slots": [
            {"value": "1", "text": "8 bis 9 Uhr", "full": True},
            {"value": "2", "text": "9 bis 10 Uhr", "note": "noch 2 frei", "checked": True},
            {"value": "3", "text": "10 bis 11 Uhr"},
            {"value": "4", "text": "17 bis 18 Uhr"},
        ],
        "points": [
            {
                "lon": 8.8695,
                "lat": 48.5947,
                "label": "Bäckerei Musterkorn (erfunden)",
                "url": "#map",
                "text": "Marktplatz",
            },
            {
                "lon": 8.8660,
                "lat": 48.5930,
                "label": "Bücherstube Beispiel (erfunden)",
                "url": "#map",
                "text": "Tübinger Straße",
            },
            {
                "lon": 8.8730,
                "lat": 48.5965,
                "label": "Blumen Exempel (erfunden)",
                "url": "#map",
                "text": "Hindenburgstraße",
            },
        ],
        "desk_rows": [
            ("A-4K7-MX2P", "Schlagloch vor der Grundschule", "Bauhof", "bis Donnerstag, 3. Dezember", "info"),
            ("A-9PQ-22RT", "Laterne flackert seit drei Wochen", "Stadtwerke", "seit 2 Tagen überfällig", "danger"),
            ("A-7HH-5KLM", "Sperrmüll am Waldrand", "Grünpflege", "heute", "warning"),
        ],
    }
