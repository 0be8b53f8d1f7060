import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from stadtplatz.accounts.models import Invitation, Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.kit import clock, codes
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.notifications.models import Message
from stadtplatz.shops import actions, queries, rules
from stadtplatz.shops.models import Branch, ClaimLetter, ClaimRequest, RemovalRequest, Seller, Shop
from stadtplatz.shops.tests.builders import owner, person, place, shop

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def clerk():
    someone = person("haendlerbetreuung")
    Person.objects.filter(pk=someone.pk).update(is_operator=True)
    return Person.objects.get(pk=someone.pk)


@pytest.fixture
def desk(clerk):
    return actor_for(clerk)


def paper(text: str, pattern: str) -> str:
    return re.search(pattern, text)[1]


def letter_to(entry, desk):
    """What stands on the paper: the code and the secret of the second QR code."""
    actions.write_letter(place=entry, by=desk)
    html = Message.objects.filter(medium="letter").latest("pk").html
    return paper(html, r"<strong>(.+?)</strong>"), paper(html, r"/austragen/([\w-]+)/")


def redeem(entry, code, **details):
    return actions.redeem(
        place=entry, code=code, name="Flora", email="flora@example.org", by=ANONYMOUS, **details
    )  # fmt: skip


def test_the_code_of_the_letter_makes_the_entry_a_known_shop_and_invites_its_owner(desk):
    entry = place()
    code, _secret = letter_to(entry, desk)
    made = redeem(entry, code.lower().replace(" ", "-"))
    assert (made.name, made.state, made.standing) == ("Blumen Beispiel", Shop.DRAFT, Shop.KNOWN)
    assert Invitation.objects.get().email == "flora@example.org"
    assert Seller.objects.get(shop=made).identity_way == Seller.LETTER
    actions.move_shop(shop=made, to=Shop.OPEN, by=owner(made))
    made.refresh_from_db()
    assert rules.may_show(made)
    assert not rules.may_sell(made)


def test_neither_code_nor_secret_is_kept_by_us(desk):
    code, secret = letter_to(place(), desk)
    kept = str(ClaimLetter.objects.values().get())
    assert codes.read_typed_code(code) not in kept
    assert secret not in kept


def test_five_wrong_codes_void_the_letter_and_the_right_one_comes_too_late(desk):
    entry = place()
    code, _secret = letter_to(entry, desk)
    for _try in range(ClaimLetter.TRIES):
        with pytest.raises(ActionRefused):
            redeem(entry, codes.new_typed_code())
    with pytest.raises(ActionRefused) as refused:
        redeem(entry, code)
    assert refused.value.code == "void"
    assert not Shop.objects.exists()


@pytest.mark.parametrize("why", ["old", "used", "another place", "newer letter", "claimed meanwhile"])
def test_a_code_that_no_longer_counts_changes_nothing(desk, why):
    entry = place()
    code, _secret = letter_to(entry, desk)
    at = clock.now() + (timedelta(days=91) if why == "old" else timedelta())
    if why == "used":
        redeem(entry, code)
    if why == "newer letter":
        letter_to(entry, desk)
    if why == "claimed meanwhile":
        shop(place=entry)
    before = Shop.objects.count()
    with pytest.raises(ActionRefused):
        redeem(place("Anderswo") if why == "another place" else entry, code, at=at)
    assert Shop.objects.count() == before


def test_a_letter_that_a_claimant_asked_for_settles_the_claim(desk):
    entry = place()
    asked = actions.claim(
        place=entry, name="Flora", position="Inhaberin", email="flora@example.org", way="letter", by=ANONYMOUS
    )
    actions.write_letter(place=entry, claim=asked, by=desk)
    redeem(entry, paper(Message.objects.get(medium="letter").html, r"<strong>(.+?)</strong>"))
    asked.refresh_from_db()
    assert (asked.state, asked.shop.name) == (ClaimRequest.GRANTED, "Blumen Beispiel")
    assert queries.waiting_claims() == []


def test_letters_are_written_once_to_those_whom_nobody_answers_for(desk):
    place("Eins"), place("Zwei"), place("Ohne Adresse", street="")
    shop("Schon da", place=place("Schon da"))
    assert actions.write_letters(most=1, by=desk) == 1
    assert actions.write_letters(most=50, by=desk) == 1
    assert actions.write_letters(most=50, by=desk) == 0
    assert set(ClaimLetter.objects.values_list("place__name", flat=True)) == {"Eins", "Zwei"}


@pytest.mark.parametrize("who", ["stranger", "owner"])
def test_only_the_desk_writes_letters_and_undoes_removals(desk, who):
    entry = place()
    actor = ANONYMOUS if who == "stranger" else owner(shop())
    gone = actions.ask_removal(place=place("Weg"), by=ANONYMOUS, at_once=True)
    with pytest.raises(NotAllowed):
        actions.write_letter(place=entry, by=actor)
    with pytest.raises(NotAllowed):
        actions.undo_removal(removal=gone, reason="so", by=actor)
    assert not ClaimLetter.objects.exists()
    assert queries.shown_place(gone.place_id) is None


def test_the_second_qr_code_removes_the_entry_and_the_desk_shows_it_again(desk, client):
    entry = place()
    _code, secret = letter_to(entry, desk)
    address = f"/austragen/{secret}/"
    assert "Blumen Beispiel" in client.get(address).content.decode()
    assert queries.shown_place(entry.pk)  # looking removes nothing
    client.post(address)
    assert queries.shown_place(entry.pk) is None
    assert client.get(address).status_code == 404
    row = queries.removed_lately()[0]
    with pytest.raises(ActionRefused):
        actions.undo_removal(removal=row, reason=" ", by=desk)
    actions.undo_removal(removal=row, reason="Es war ein Versehen.", by=desk)
    assert queries.shown_place(entry.pk)
    with pytest.raises(ActionRefused):
        actions.undo_removal(removal=row, reason="Noch einmal.", by=desk)


@pytest.mark.parametrize("secret", ["x", "AAAAAAAAAAAAAAAAAAAAAA", "%00"])
def test_a_guessed_link_removes_nothing(client, secret):
    entry = place()
    assert client.get(f"/austragen/{secret}/").status_code == 404
    assert client.post(f"/austragen/{secret}/").status_code == 404
    assert queries.shown_place(entry.pk)


def test_when_many_leave_on_one_day_the_desk_looks_first():
    rows = [actions.ask_removal(place=place(f"Ort {n}"), by=ANONYMOUS, at_once=True) for n in range(22)]
    assert [row.state == RemovalRequest.GRANTED for row in rows] == [True] * 20 + [False] * 2


def test_an_entry_that_a_shop_answers_for_is_not_removed_by_strangers():
    entry = place()
    shop(place=entry)
    with pytest.raises(ActionRefused):
        actions.ask_removal(place=entry, by=ANONYMOUS, at_once=True)
    assert queries.shown_place(entry.pk)


def test_an_entry_becomes_a_further_place_of_a_shop_and_is_no_longer_listed_by_itself(desk):
    bakery, entry = shop(), place("Filiale Süd")
    erna = owner(bakery)
    asked = actions.claim(
        place=entry, name="Erna", position="Inhaberin", email="e@example.org", phone="1", branch_of=bakery, by=erna
    )
    actions.decide_claim(claim=asked, approve=True, by=desk)
    assert Branch.objects.get().name == "Filiale Süd"
    assert Shop.objects.count() == 1
    assert queries.shop_of_place(entry) == bakery
    assert not queries.unclaimed().exists()
    assert not Invitation.objects.exists()
    actions.remove_branch(branch=Branch.objects.get(), by=erna)
    assert queries.unclaimed().get() == entry


def test_nobody_makes_an_entry_a_further_place_of_somebody_elses_shop():
    bakery, entry = shop(), place("Filiale Süd")
    with pytest.raises(NotAllowed):
        actions.claim(
            place=entry, name="X", position="Y", email="x@example.org", phone="1", branch_of=bakery,
            by=owner(shop("Andere"), "otto"),
        )  # fmt: skip
    assert not ClaimRequest.objects.exists()


BUSINESS = {
    "business": "Marmeladen Fruchtig", "category": "other", "premises": "home", "street": "Gartenweg 1",
    "postcode": "71083", "town": "Musterstadt", "name": "Ida", "position": "Inhaberin", "email": "ida@example.org",
    "way": "document",
}  # fmt: skip


def test_who_has_no_shop_starts_anew_with_a_document_that_goes_with_the_decision(
    client, clerk, desk, tmp_path, settings
):
    settings.MEDIA_ROOT = tmp_path
    refused = client.post("/geschaefte-neu/", BUSINESS)
    assert "Bitte fügen Sie das Dokument hinzu" in refused.content.decode()
    sheet = SimpleUploadedFile("gewerbeanmeldung.pdf", b"%PDF-1.4 erfunden")
    assert client.post("/geschaefte-neu/", {**BUSINESS, "document": sheet}).status_code in (302, 303)
    row = ClaimRequest.objects.get()
    address = f"/desk/geschaefte/uebernahme/{row.pk}/dokument/"
    assert client.get(address).status_code == 302
    assert signed_in(Person.objects.get(email="haendlerbetreuung@example.org")).get(address).status_code == 200
    assert signed_in(person("fremd")).get(address).status_code == 404
    actions.decide_claim(claim=row, approve=True, by=desk)
    made = Shop.objects.get()
    assert (made.name, made.premises, made.lon, made.standing) == ("Marmeladen Fruchtig", Shop.HOME, None, Shop.KNOWN)
    row.refresh_from_db()
    assert row.document == ""


@pytest.mark.parametrize("content", [b"MZ\x90", b"<html>", b""])
def test_what_is_neither_a_pdf_nor_a_picture_is_refused(client, content):
    sheet = SimpleUploadedFile("anmeldung.pdf", content)
    assert client.post("/geschaefte-neu/", {**BUSINESS, "document": sheet}).status_code == 200
    assert not ClaimRequest.objects.exists()


def signed_in(someone) -> Client:
    client = Client()
    client.force_login(someone, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_page_for_the_code_says_what_was_wrong_and_then_hands_over(client, desk):
    entry = place()
    code, _secret = letter_to(entry, desk)
    typed = {"code": "FALSCH", "name": "Flora", "email": "flora@example.org"}
    assert "stimmt nicht" in client.post(f"/orte/{entry.pk}/code/", typed).content.decode()
    assert not Shop.objects.exists()
    client.post(f"/orte/{entry.pk}/code/", {**typed, "code": code})
    assert Shop.objects.get().standing == Shop.KNOWN
    made = Shop.objects.get()
    text = client.get(f"/orte/{entry.pk}/").content.decode()
    assert "Dieser Eintrag ist übernommen" in text
    assert "ungeprüft" not in text
    for way in ("uebernehmen", "code", "entfernen"):
        assert f"/orte/{entry.pk}/{way}/" not in text
        assert client.get(f"/orte/{entry.pk}/{way}/")["Location"] == f"/orte/{entry.pk}/"
    Shop.objects.filter(pk=made.pk).update(state=Shop.CLOSED)
    assert f"/orte/{entry.pk}/uebernehmen/" in client.get(f"/orte/{entry.pk}/").content.decode()
