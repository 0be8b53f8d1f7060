"""Reporting in the languages of the city: kept on the report, right to left where it is, and honest about pages that speak less."""

import re
from pathlib import Path

import polib
import pytest
import yaml
from django.conf import settings
from django.test import Client
from django.utils import translation

from stadtplatz.accounts.actions import leave_contact
from stadtplatz.kit import languages
from stadtplatz.kit.jobs import run_all
from stadtplatz.kit.wording import in_language
from stadtplatz.notifications.models import Message
from stadtplatz.tickets.models import DangerKind, Draft, Ticket
from stadtplatz.tickets.queries.danger import kind_in_words
from stadtplatz.tickets.tests.conftest import PLACE

LANGUAGES = ["de-simple", "tr", "uk", "ar"]
TEXT = {"tr": "Sokak lambası yanmıyor", "uk": "На дорозі велика яма", "ar": "حفرة كبيرة في الشارع", "de-simple": "Loch"}


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_sent_in_the_language_of_its_reporter_and_keeps_it(town, language):
    browser, start = Client(), f"/{language}/anliegen/neu/"
    page = browser.get(start).content.decode()
    assert f'<html lang="{language}"' in page
    assert ('dir="rtl"' in page.split("<head>")[0]) == (language == "ar")
    answer = browser.post(start, {"text": TEXT[language] + " ......"})
    assert answer.url.startswith(f"/{language}/")
    draft = Draft.objects.get()
    browser.post(answer.url, {"lon": PLACE[0], "lat": PLACE[1], "address": ""})
    browser.post(f"/{language}/anliegen/neu/{draft.token}/art/", {"category": "road-damage"})
    sent = browser.post(f"/{language}/anliegen/neu/{draft.token}/absenden/", {"email": "mia@example.org"})
    assert sent.url.startswith(f"/{language}/anliegen/")
    ticket = Ticket.objects.get()
    assert ticket.case.language == language
    assert ticket.text.startswith(TEXT[language])
    assert ticket.case.applicant_guest.language == language
    assert browser.get(f"/{language}/anliegen/{ticket.case.secret}/").status_code == 200


@pytest.mark.django_db
def test_a_page_that_does_not_speak_the_language_is_german_and_says_so(town):
    page = Client().get("/ar/suche/").content.decode()
    assert '<html lang="de">' in page
    assert '<aside class="container language-note" lang="ar" dir="rtl">' in page
    assert 'href="/ar/anliegen/"' in page
    assert translation.get_language() == "de"


@pytest.mark.django_db
def test_reporting_offers_all_languages_and_other_pages_two(town):
    page = Client().get("/anliegen/").content.decode()
    for language in LANGUAGES:
        assert f'href="/{language}/anliegen/"' in page
    assert "/ar/" not in Client().get("/suche/").content.decode()


def test_a_text_of_the_city_falls_back_to_german_but_not_to_another_language():
    texts = {"de": "Müll", "en": "Rubbish", "de-simple": "Abfall"}
    assert in_language(texts, "de-simple") == "Abfall"
    assert in_language({"de": "Müll", "en": "Rubbish"}, "de-simple") == "Müll"
    assert in_language(texts, "uk") == "Müll"
    assert in_language({}, "uk") == ""


def test_unknown_languages_are_answered_in_german():
    assert languages.known("fr") == "de"
    assert languages.known("ar-SY") == "ar"
    assert languages.known(None) == "de"


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("Burada çok güçlü gaz kokusu var", "gas"),
        ("Тут дуже сильний запах газу", "gas"),
        ("توجد رائحة غاز قوية في الشارع", "gas"),
        ("На вулиці відкритий люк", "shaft"),
        ("هناك بالوعة مفتوحة قرب المدرسة", "shaft"),
        ("Yolda bir ağaç devrildi", "tree"),
        ("У будинку пожежа", "people"),
    ],
)
def test_danger_is_noticed_in_every_language_of_the_demo_city(words, danger):
    pack = yaml.safe_load((Path(settings.PACKAGE) / "cities/herrenberg/tickets.yaml").read_text(encoding="utf-8"))
    known = [DangerKind(code=row["code"], words=row["words"]) for row in pack["dangers"]]
    found = kind_in_words(words, known)
    assert found
    assert found.code == danger


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_demo_city_says_about_reporting_is_there_in_every_language(language):
    pack = yaml.safe_load((Path(settings.PACKAGE) / "cities/herrenberg/tickets.yaml").read_text(encoding="utf-8"))
    for row in pack["categories"]:
        assert language in row["names"], row["code"]
        assert language in row["helps"], row["code"]
    for row in pack["dangers"]:
        assert language in row["question"], row["code"]
        assert language in row["advice"], row["code"]
    assert all(language in row["bodies"] for row in pack["replies"])
    assert all(language in pack["guidance"][part] for part in ("danger", "outside"))


@pytest.mark.parametrize("language", ["tr", "uk", "ar"])
def test_placeholders_of_translations_are_those_of_the_sentence(language):
    holes = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
    for path in Path(settings.PACKAGE).glob(f"*/locale/{language}/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)):
            for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
                assert sorted(holes.findall(text)) == sorted(holes.findall(entry.msgid)), (path, entry.msgid)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("tr", "için teşekkürler"),
        ("uk", "Дякуємо за ваше"),
        ("ar", "شكرًا على بلاغك"),
        ("de-simple", "Danke für Ihre Meldung"),
    ],
)
def test_mails_to_the_reporter_are_in_their_language(report, language, words):
    guest = leave_contact(email="mia@example.org", language=language)
    report(contact=guest, language=language)
    run_all()
    mail = Message.objects.get(address="mia@example.org")
    assert words in mail.text
    assert ('dir="rtl"' in mail.html) == (language == "ar")


def test_staff_read_what_is_missing_and_that_nobody_has_checked_it(town, browser):
    town.pothole.names = {"de": "Straßenschaden", "tr": "Yol"}
    town.pothole.save()
    page = browser(town.people.worker).get("/desk/anliegen/sprachen/").content.decode()
    assert "Noch nicht von Muttersprachlern geprüft" in page
    assert "Straßenschaden" in page
    assert browser().get("/desk/anliegen/sprachen/").status_code == 302
