"""Everything people and programs send that nobody asked for: a clear answer, nothing lost, no crash. Over the real pages."""

import random
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from stadtplatz.tickets import limits
from stadtplatz.tickets.models import Draft, Ticket
from stadtplatz.tickets.tests.conftest import PLACE, picture

pytestmark = pytest.mark.django_db
TEXT = "Ein tiefes Schlagloch vor dem Haus."


def png_head(width: int, height: int) -> bytes:
    """A PNG that says how big it is, and hardly anything else: a bomb that weighs 100 bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack("!L", len(content)) + kind + content + struct.pack("!L", zlib.crc32(kind + content))

    head = struct.pack("!LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 50)) + chunk(b"IEND", b"")


def large_photo(megabytes: float) -> bytes:
    """A real JPEG of about this weight: noise behind the picture, as some cameras keep their raw data there."""
    return picture().read() + random.Random(7).randbytes(int(megabytes * 1_000_000))


BAD_FILES = {
    "empty": (b"", "leer.jpg"),
    "script in svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "bild.jpg"),
    "a web page": (b"<html><script>alert(1)</script></html>", "bild.png"),
    "a program": (b"MZ\x90\x00" + b"\0" * 200, "foto.jpg"),
    "cut off": (picture(size=(900, 700)).read()[:900], "foto.jpg"),
    "only the first bytes of a JPEG": (b"\xff\xd8\xff\xe0" + b"\0" * 40, "foto.jpg"),
    "bomb of pixels": (png_head(60_000, 60_000), "bombe.png"),
    "one endless row": (png_head(1_000_000, 1), "zeile.png"),
    "over 20 MB": (large_photo(20.5), "riesig.jpg"),
    "a film": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 500, "film.mp4"),
    "a false iPhone picture": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 500, "IMG_1.HEIC"),
}


def begin(client, text=TEXT, **more):
    return client.post("/anliegen/neu/", {"text": text, **more})


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_named_and_the_words_and_the_good_picture_stay(town, browser, name):
    content, called = BAD_FILES[name]
    client = browser()
    answer = begin(client, photos=[SimpleUploadedFile(called, content), picture("gut.jpg")])
    assert answer.status_code in {200, 302, 422}
    draft = Draft.objects.get()
    assert draft.text == TEXT
    assert draft.photos.count() == 1
    page = answer if answer.status_code != 302 else client.get(answer["Location"])
    assert called in page.text or name == "empty"
    assert TEXT in client.get(f"/anliegen/neu/{draft.token}/").text


def test_a_photo_just_below_20_mb_is_taken(town, browser):
    begin(browser(), photos=[SimpleUploadedFile("gross.jpg", large_photo(19.5))])
    assert Draft.objects.get().photos.count() == 1


def test_a_request_far_over_any_photo_is_refused_before_it_is_read(town, browser, settings):
    settings.MAX_REQUEST_BYTES = 50_000
    answer = begin(browser(), photos=[SimpleUploadedFile("gross.jpg", b"x" * 80_000)])
    assert answer.status_code == 413
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("text", "status"),
    [("x" * 50_000, 422), ("   ", 422), ("ab", 422), ("x" * 10_000, 302)],
    ids=["50,000 signs", "blanks", "two signs", "10,000 signs"],
)
def test_a_text_too_long_or_too_short_is_answered_and_kept(town, browser, text, status):
    answer = begin(browser(), text)
    assert answer.status_code == status
    if status == 422:
        assert not Ticket.objects.exists()
        assert text.strip() in answer.text
    if len(text) > 10_000:
        assert "50000" in answer.text or "50.000" in answer.text
        assert Draft.objects.get().text == text


WORDS = {
    "script": "<script>alert('x')</script> Loch in der Straße",
    "attribute": '"><img src=x onerror=alert(1)> Loch',
    "template": "{{ 7|add:7 }} {% debug %} Loch in der Straße",
    "emoji": "Loch 🕳️👩‍👩‍👧‍👦🏳️‍🌈 in der Straße",
    "right to left": "حفرة عميقة في الطريق أمام البيت",
    "turned round": "Loch \u202egnp.exe\u202c in der Straße",
    "null": "Loch\x00 in der Straße",
    "many marks": "Z" + "\u0334\u0341" * 500 + " Loch",
    "database": "'); DROP TABLE tickets_ticket; -- Loch",
    "lines": "Loch\r\nBcc: alle@example.org\r\n\r\nin der Straße",
}


@pytest.mark.parametrize("name", WORDS)
def test_whatever_is_written_is_kept_as_written_and_runs_nowhere(town, browser, name):
    text, client = WORDS[name], browser()
    answer = begin(client, text)
    assert answer.status_code in {302, 422}, answer.text
    if answer.status_code == 422:  # some signs no form takes; then it says so and nothing is lost
        assert name == "null"
        return
    ticket = sent(client, Draft.objects.get())
    assert ticket.text.split() == text.replace("\x00", "").split()
    for page in (
        client.get(f"/anliegen/{ticket.case.secret}/"),
        browser(town.people.head).get(f"/desk/anliegen/{ticket.case.number}/"),
        browser(town.people.head).get("/desk/anliegen/?liste=all"),
        browser(town.people.head).get("/desk/anliegen/", {"liste": "all", "q": text[:90]}),
    ):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "7|add:7" in page.text or name != "template"


def sent(client, draft) -> Ticket:
    """Answer the remaining questions and send."""
    url = f"/anliegen/neu/{draft.token}"
    client.post(f"{url}/ort/", {"lon": PLACE[0], "lat": PLACE[1], "address": "", "note": ""})
    client.post(f"{url}/art/", {"category": "road-damage"})
    client.post(f"{url}/absenden/", {"email": ""})
    return Ticket.objects.select_related("case").get()


@pytest.mark.parametrize("code", ["no-such-thing", "", "x" * 500, "../../etc", "road-damage'--", "Ärger"])
def test_an_unknown_category_is_asked_for_again(town, browser, code):
    client = browser()
    begin(client)
    draft = Draft.objects.get()
    answer = client.post(f"/anliegen/neu/{draft.token}/art/", {"category": code})
    assert answer.status_code in {200, 400, 404, 422}
    draft.refresh_from_db()
    assert draft.text == TEXT
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(2.35, 48.85), (0, 0), (8.87, 95), ("nan", "nan"), ("inf", "-inf"), ("8,87", "48,6"), ("", ""), ("x" * 999, "1")],
)
def test_a_place_outside_or_no_place_at_all_is_answered_and_the_words_stay(town, browser, lon, lat):
    client = browser()
    begin(client)
    draft = Draft.objects.get()
    answer = client.post(f"/anliegen/neu/{draft.token}/ort/", {"lon": lon, "lat": lat, "address": "", "note": ""})
    assert answer.status_code in {200, 409, 422}
    draft.refresh_from_db()
    assert (draft.place, draft.text) == (None, TEXT)
    if lon == 2.35:
        assert "Die 115 hilft weiter." in answer.text  # who may help there


@pytest.mark.parametrize(
    "email", ["a@b", "x" * 300 + "@example.org", "a@example.org\nBcc: b@example.org", "<script>@x.y"]
)
def test_an_impossible_address_is_answered_and_nothing_is_sent(town, browser, email):
    client = browser()
    begin(client)
    draft = Draft.objects.get()
    url = f"/anliegen/neu/{draft.token}"
    client.post(f"{url}/ort/", {"lon": PLACE[0], "lat": PLACE[1], "address": "", "note": ""})
    client.post(f"{url}/art/", {"category": "road-damage"})
    answer = client.post(f"{url}/absenden/", {"email": email})
    assert answer.status_code in {409, 422}
    assert not Ticket.objects.exists()


def test_the_same_form_sent_again_is_one_report(town, browser):
    client = browser()
    begin(client)
    draft = Draft.objects.get()
    ticket = sent(client, draft)
    for _again in range(3):
        answer = client.post(f"/anliegen/neu/{draft.token}/absenden/", {"email": ""})
        assert answer["Location"].endswith(f"/anliegen/{ticket.case.secret}/gesendet/")
    assert Ticket.objects.count() == 1


def test_a_flood_from_one_address_is_stopped_with_a_sentence_and_others_go_on(town, browser, monkeypatch):
    monkeypatch.setattr(limits, "DRAFTS", 3)
    client = browser()
    answers = [begin(client, f"{TEXT} {number}") for number in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 3 + [429] * 3
    assert "zu oft" in answers[-1].text.lower() or "warten" in answers[-1].text.lower()
    assert Draft.objects.count() == 3
    other = browser()
    assert other.post("/anliegen/neu/", {"text": TEXT}, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_a_flood_of_messages_on_one_report_is_stopped_and_what_came_before_stays(ticket, browser, monkeypatch):
    monkeypatch.setattr(limits, "MESSAGES", 3)
    client = browser()
    codes = [
        client.post(f"/anliegen/{ticket.case.secret}/antwort/", {"words": f"Nachricht {n}"}).status_code
        for n in range(5)
    ]
    assert codes == [302] * 3 + [429] * 2
    assert ticket.case.messages.count() == 3


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"{", b"--x\r\n", b"text=" + b"%ff" * 100, b"a=1&" * 3000])
def test_a_broken_request_is_no_fault_of_the_server(town, browser, body):
    for kind in (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json",
    ):
        answer = browser().post("/anliegen/neu/", body, content_type=kind)
        assert answer.status_code < 500
    assert not Ticket.objects.exists()
