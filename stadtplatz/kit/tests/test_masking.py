"""Telephone numbers, addresses and number plates leave a text; the rest of it stays as it was written."""

import pytest
from django.utils import translation

from stadtplatz.kit.text import find_personal, mask

PHONES = [
    "07032/924123", "07032 / 92 41 23", "07032-924123", "07032 924 123", "(07032) 924123", "07032.924.123",
    "0171 1234567", "0171/123 45 67", "0171-1234567", "01711234567", "O171 1234567", "0 70 32 / 92 41 23",
    "+49 7032 924123", "+49 (0)7032 924123", "+49(0)171-1234567", "+4917112345678", "0049 171 1234567", "0049(0)7032/924123",
    "49 171 1234567", "171 1234567", "+43 1 234567", "+90 532 123 45 67", "+380 44 123 4567", "030 1234567", "089/12345-0",
    "٠١٧١ ١٢٣٤٥٦٧", "0171\u200b1234567", "0171–123–4567",
]  # fmt: skip
EMAILS = [
    "erika@example.org", "erika.muster-mann+stadt@post.example.org", "ERIKA@EXAMPLE.ORG", "erika @ example.org",
    "erika(at)example.org", "erika (at) example (punkt) org", "erika [at] example [dot] org", "erika at example punkt org",
    "erika ät example.org", "erika{at}example.org", "müller@münchen.example", "erika＠example.org", "erika at example dot org",
    "erika <at> example.org", "erika@localhost",
]  # fmt: skip
PLATES = [
    "BB-XY 123", "BB XY 123", "BB-XY123", "BB-XY-123", "B-A 1", "S-AB 1234", "S AB 1234E", "S-AB 123 4"[:-2], "bb-xy 123", "BBXY123",
    "LEO-K 77H", "BB:XY 123", "BB – XY 123", "bb xy 123", "TÜ-AB 12", "BB·XY 123",
]  # fmt: skip
HARMLESS = [
    "Am 01.02.2026 um 08:30 Uhr war es dunkel.",
    "Seit dem 3.11. ist die Lampe aus, gemeldet 2026-11-03.",
    "In 71083 Herrenberg, Hauptstraße 12, 3. Stock, Zimmer 104.",
    "Auf der B 28 und der A 81 bei km 612,5 liegen Reifen.",
    "Das Loch ist 30 cm tief und 1,50 m breit.",
    "Tempo 30 gilt ab Nr. 17 bis 21.",
    "Laterne 4711 gegenüber Haus 8 flackert, Laterne Nr. HB-L 123 auch.",
    "Linie 782 fährt um 7.45 Uhr nicht.",
    "Formular DIN A 4, 80 g.",
    "Seit 3 Wochen, etwa 12 Säcke, Wert 1.200.000 Euro.",
    "Koordinaten 48.5958, 8.8703.",
    "Im Park an 3 Stellen, um 12 und so 20 weitere.",
    "Die Ampel ist von 6-22 Uhr rot.",
    "Wir treffen uns at the market. The lamp is dark.",
]


def german(text):
    with translation.override("de"):
        return mask(text)


@pytest.mark.parametrize("number", PHONES)
def test_telephone_numbers_leave_the_text_in_every_spelling(number):
    assert german(f"Bitte {number} anrufen, danke.") == "Bitte [Telefonnummer entfernt] anrufen, danke."


@pytest.mark.parametrize("address", EMAILS)
def test_addresses_leave_the_text_also_when_they_are_disguised(address):
    assert german(f"Bitte an {address}, danke.") == "Bitte an [E-Mail-Adresse entfernt], danke."


@pytest.mark.parametrize("plate", PLATES)
def test_number_plates_leave_the_text(plate):
    assert german(f"Das Auto {plate}, seit Montag.") == "Das Auto [Kennzeichen entfernt], seit Montag."


@pytest.mark.parametrize("text", HARMLESS)
def test_dates_places_and_measures_stay(text):
    assert german(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Tel. 924123", "Tel. [Telefonnummer entfernt]"),
        ("Telefon: 92 41 23!", "Telefon: [Telefonnummer entfernt]!"),
        ("Meine Handynummer ist 1234567.", "Meine Handynummer ist [Telefonnummer entfernt]."),
        ("Kennzeichen: W-12345 A", "Kennzeichen: [Kennzeichen entfernt]"),
        ("Nummernschild BB1234", "Nummernschild [Kennzeichen entfernt]"),
        ("Konto DE89 3704 0044 0532 0130 00 bitte", "Konto [Kontonummer entfernt] bitte"),
        ("07032/924123 oder erika@example.org", "[Telefonnummer entfernt] oder [E-Mail-Adresse entfernt]"),
    ],
)
def test_a_word_before_a_number_says_what_it_is(text, left):
    assert german(text) == left


def test_masking_twice_changes_nothing():
    once = german(" ".join(PHONES + EMAILS + PLATES))
    assert german(once) == once


def test_a_hostile_text_of_full_length_is_read_quickly():
    for piece in ("0 ", "a.", "a@", "A-", "+1(", "at ", "1 ", "DE12 "):
        find_personal((piece * 10_000)[:10_000])


def test_the_words_are_in_the_language_of_the_report():
    with translation.override("en"):
        assert mask("Call 07032/924123.") == "Call [telephone number removed]."
