"""The guided list and the market desk's two pairs of eyes, through the pages."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from stadtplatz.accounts.models import Person
from stadtplatz.kit import jobs
from stadtplatz.notifications.models import Message
from stadtplatz.shops import actions, rules, texts
from stadtplatz.shops.actions import leaving
from stadtplatz.shops.models import Membership, Seller, Shop
from stadtplatz.shops.tests.builders import FILE, berlin, owner, person, shop, worker

pytestmark = pytest.mark.usefixtures("town")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SETUP = "/laden/baeckerei-musterkorn/einrichten/"


def client_for(someone) -> Client:
    client = Client()
    client.force_login(someone, backend=BACKEND)
    return client


def of(actor) -> Client:
    return client_for(Person.objects.get(pk=actor.person_id))


def clerk(name) -> Client:
    someone = person(name)
    Person.objects.filter(pk=someone.pk).update(is_operator=True)
    return client_for(someone)


@pytest.fixture
def bakery():
    return shop(standing=Shop.KNOWN, legal_name="", legal_form="", vat_id="")


STEPS = [
    ("identity", {"legal_name": "Erna Musterkorn", "legal_form": "sole"}),
    ("tax", {"vat_id": "DE 123 456 788"}),
    ("contact", {"street": "Marktplatz 3", "postcode": "71083", "town": "Musterstadt", "phone": "07032 1", "email": "l@example.org"}),
    ("account", {"account_holder": "Erna Musterkorn", "iban": FILE["iban"]}),
    ("packaging", {"packaging": "service"}),
    ("safety", {"safety_name": "Erna", "safety_contact": "07032 1"}),
    ("handing-over", {"handing_over": ["pickup"]}),
    ("texts", {"imprint": "", "terms": "Unsere eigenen Bedingungen.", "withdrawal": "", "privacy": "", "read": "on"}),
    ("promise", {"certified": "on"}),
]  # fmt: skip


def version_on(client, page) -> str:
    return re.search(r'name="version" value="(\d+)"', client.get(page).content.decode())[1]


def test_from_the_first_step_to_the_second_pair_of_eyes(bakery):
    erna, anna, bert = of(owner(bakery)), clerk("anna"), clerk("bert")
    for code, typed in STEPS:
        assert not Seller.objects.get().submitted_at
        erna.post(f"{SETUP}vorlegen/")
        answer = erna.post(f"{SETUP}{code}/", {"version": version_on(erna, f"{SETUP}{code}/"), **typed})
        assert answer.status_code in (302, 303), (code, answer.context["form"].errors)
    assert Seller.objects.get().state == Seller.FILLING
    erna.post(f"{SETUP}vorlegen/")
    file = "/desk/geschaefte/anbieter/baeckerei-musterkorn/"
    assert "DE89370400440532013000" in anna.get(file).content.decode()
    digest = re.search(r'name="digest" value="(\w+)"', anna.get(file).content.decode())[1]
    anna.post(f"{file}freigeben/", {"digest": digest})
    anna.post(f"{file}freigeben/", {"digest": digest})
    assert not rules.may_sell(Shop.objects.get())
    assert "digest" not in anna.get(file).content.decode()
    bert.post(f"{file}freigeben/", {"digest": digest})
    assert rules.may_sell(Shop.objects.get())
    jobs.run_all()
    assert Message.objects.get(subject__contains="darf jetzt verkaufen").address == "erna@example.org"
    assert "freigegeben" in erna.get(SETUP).content.decode().lower()


def test_each_step_keeps_what_was_typed_and_says_what_is_wrong(bakery):
    erna = of(owner(bakery))
    answer = erna.post(f"{SETUP}tax/", {"version": 1, "vat_id": "DE123456789"})
    assert "kann nicht stimmen" in answer.content.decode()
    assert "DE123456789" in answer.content.decode()
    answer = erna.post(f"{SETUP}account/", {"version": 1, "account_holder": "Erna", "iban": "DE00 1234"})
    assert "IBAN" in answer.content.decode()
    answer = erna.post(
        f"{SETUP}identity/", {"version": 1, "legal_name": "M GmbH", "legal_form": "gmbh", "register_entry": "HRA 1"}
    )
    assert "Amtsgericht" in answer.content.decode()
    stale = erna.post(f"{SETUP}identity/", {"version": 9, "legal_name": "Neu", "legal_form": "sole"})
    assert "Neu" in stale.content.decode()
    assert Shop.objects.get().version == 1
    assert Seller.objects.get().version == 1


@pytest.mark.parametrize("page", ["", "baeckerei-musterkorn/"])
def test_files_of_sellers_are_for_the_market_desk(bakery, page):
    address = f"/desk/geschaefte/anbieter/{page}"
    assert Client().get(address).status_code == 302
    for someone in (
        of(owner(bakery)),
        of(owner(shop("Andere"), "otto")),
        of(worker(bakery, Membership.STAFF, "stefan")),
    ):
        assert someone.get(address).status_code == 404
    assert clerk("anna").get(address).status_code == 200


@pytest.mark.parametrize("what", ["freigeben/", "sperren/", "zurueck/", "aufheben/"])
def test_nobody_else_posts_at_the_market_desk(bakery, what):
    before = Seller.objects.values().get()
    for someone in (Client(), of(owner(bakery)), of(owner(shop("Andere"), "otto"))):
        answer = someone.post(f"/desk/geschaefte/anbieter/baeckerei-musterkorn/{what}", {"reasons": "so", "digest": ""})
        assert answer.status_code == 404
    assert Seller.objects.values().get(shop=bakery) == before


def test_a_suspended_seller_reads_why_complains_and_is_answered(bakery):
    erna, anna, bert = of(owner(bakery)), clerk("anna"), clerk("bert")
    file = "/desk/geschaefte/anbieter/baeckerei-musterkorn/"
    anna.post(f"{file}sperren/", {"reasons": "Die Anschrift gibt es nicht."})
    jobs.run_all()
    mail = Message.objects.get(subject__contains="gesperrt")
    assert "Die Anschrift gibt es nicht." in mail.text
    assert "Beschweren" in mail.text or "beschweren" in mail.text
    assert Client().get("/geschaefte/baeckerei-musterkorn/").status_code == 404
    assert "Die Anschrift gibt es nicht." in erna.get(SETUP).content.decode()
    erna.post(f"{SETUP}beschwerde/", {"reasons": "Sie steht im Register."})
    row = bakery.complaints.get()
    anna.post(f"/desk/geschaefte/beschwerden/{row.pk}/", {"upheld": "0", "reasons": "Nein."})
    row.refresh_from_db()
    assert row.upheld is None
    bert.post(f"/desk/geschaefte/beschwerden/{row.pk}/", {"upheld": "1", "reasons": "Stimmt."})
    assert Shop.objects.get(pk=bakery.pk).standing == Shop.KNOWN
    assert "Sie hatten recht" in erna.get(SETUP).content.decode()


@pytest.mark.parametrize("word", texts.ADDRESSES.values())
def test_every_shop_has_its_four_texts_with_its_own_data(bakery, word, client):
    text = client.get(f"/geschaefte/baeckerei-musterkorn/rechtliches/{word}/").content.decode()
    assert "Marktplatz 3" in text
    assert "{" not in re.sub(r"(?s).*<h1>", "", text).split("</main>")[0]


def test_own_texts_go_before_the_template_and_can_hold_no_script(bakery, client):
    erna = owner(bakery)
    words = "Eigene Bedingungen <script>alert(1)</script> {legal_name}"
    actions.edit_seller(shop=bakery, version=1, changes={"terms": words}, by=erna)
    text = client.get("/geschaefte/baeckerei-musterkorn/rechtliches/agb/").content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert client.get("/geschaefte/baeckerei-musterkorn/rechtliches/xyz/").status_code == 404


def test_the_texts_of_a_draft_are_for_its_team_alone(bakery, client):
    Shop.objects.update(state=Shop.DRAFT)
    assert client.get("/geschaefte/baeckerei-musterkorn/rechtliches/agb/").status_code == 404


LEFT = berlin("2026-03-31 12:00")


@pytest.mark.parametrize(
    ("now", "gone"), [("2026-09-30 11:00", False), ("2026-09-30 13:00", False), ("2026-10-01 13:00", True)]
)
def test_six_months_after_leaving_the_data_are_deleted_and_not_a_day_earlier(bakery, now, gone):
    erna = owner(bakery)
    actions.edit_seller(shop=bakery, version=1, changes=FILE, by=erna)
    actions.move_shop(shop=bakery, to=Shop.CLOSED, by=erna, at=LEFT)
    assert leaving.forget_sellers(at=berlin(now)) == int(gone)
    kept = Shop.objects.get()
    assert (kept.name == leaving.NAME) is gone
    assert Seller.objects.exists() is not gone
    assert Membership.objects.exists() is not gone
    assert leaving.forget_sellers(at=berlin(now)) == 0


@pytest.mark.parametrize("day", range(0, 730, 13))
def test_six_months_back_is_a_day_of_the_right_month(day):
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
    back = leaving.months_before(moment)
    assert (back.year * 12 + back.month) == (moment.year * 12 + moment.month) - 6
    assert back.day <= moment.day
    assert back.day >= min(moment.day, 28)


def test_what_is_known_already_is_proposed_and_counts_only_once_it_is_saved():
    one = shop(standing=Shop.KNOWN, legal_name="Erna Musterkorn", phone="07032 1", vat_id="")
    browser = of(owner(one))
    assert 'value="Erna Musterkorn"' in browser.get(f"{SETUP}account/").content.decode()
    assert 'value="07032 1"' in browser.get(f"{SETUP}safety/").content.decode()
    assert not Seller.objects.get_or_create(shop=one)[0].safety_name
    Seller.objects.filter(shop=one).update(safety_contact="sicher@example.org")
    assert 'value="sicher@example.org"' in browser.get(f"{SETUP}safety/").content.decode()
