"""Offers that somebody gave notice of: the way from the link on the page to the desk, off sale, and back."""

import pytest

from stadtplatz.accounts.models import Person
from stadtplatz.catalogue import actions, queries
from stadtplatz.catalogue.actions.noticed import offer_content
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.jobs import run_all
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.moderation.models import Complaint, ContentNotice, Matter, Statement
from stadtplatz.moderation.tests.builders import EXPLANATION, content, desk_of_two, ground, notice, ruling
from stadtplatz.notifications.models import Message
from stadtplatz.search import queries as search
from stadtplatz.shops import actions as shop_actions
from stadtplatz.shops.models import Membership
from stadtplatz.shops.tests.builders import owner, shop, worker

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def desk(town):
    return desk_of_two()


@pytest.fixture
def loaf(bakery, erna) -> Offer:
    return offer(bakery, erna)


def typed(**change):
    fields = {
        "ground": ground().pk,
        "explanation": EXPLANATION,
        "name": "Mia",
        "email": "mia@example.org",
        "good_faith": "on",
    }
    return {**fields, **change}


def told(loaf: Offer, **details) -> ContentNotice:
    return notice(offer_content(loaf), **details)


def now(loaf: Offer) -> Offer:
    return Offer.objects.select_related("shop").get(pk=loaf.pk)


def test_from_the_link_on_the_offer_to_the_page_of_the_notice_without_an_account(client, desk, loaf):
    page = client.get(loaf.get_absolute_url()).text
    address = f"{loaf.get_absolute_url()}melden/"
    assert address in page
    assert "Dinkel-Vollkornbrot" in client.get(address).text
    answer = client.post(address, typed())
    given = ContentNotice.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == given.get_absolute_url()
    status = client.get(answer["Location"]).text
    assert given.number in status
    assert EXPLANATION in status
    assert "noindex" in status
    assert given.snapshot["title"] == "Dinkel-Vollkornbrot"
    assert "sessionid" not in client.cookies


def test_the_form_of_a_notice_says_what_is_missing_and_keeps_what_was_typed(client, desk, loaf):
    answer = client.post(f"{loaf.get_absolute_url()}melden/", typed(email="", good_faith=""))
    assert answer.status_code == 422
    assert EXPLANATION in answer.text
    assert not ContentNotice.objects.exists()


def test_from_the_address_of_a_page_to_its_notice(client, desk, loaf):
    found = client.get("/inhalte-melden/", {"address": f"https://stadt.example{loaf.get_absolute_url()}"})
    assert found["Location"] == f"{loaf.get_absolute_url()}melden/"
    for nowhere in ("/impressum/", "https://[", "Brot", "/angebot/99999999-x/melden/"):
        assert "kein Angebot" in client.get("/inhalte-melden/", {"address": nowhere}).text


def test_too_many_notices_from_one_address_are_refused(client, desk, loaf):
    answers = [client.post(f"{loaf.get_absolute_url()}melden/", typed(good_faith="")).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_a_draft_cannot_be_told_of(client, desk, bakery, erna):
    draft = offer(bakery, erna, published=False)
    assert client.get(f"{draft.get_absolute_url()}melden/").status_code == 404


def test_taken_off_sale_with_reasons_that_the_shop_reads_and_no_way_back_by_itself(desk, loaf, erna):
    given = told(loaf)
    actions.decide_about_offer(matter=given.matter, ruling=ruling(), by=desk[0])
    assert now(loaf).state == Offer.WITHDRAWN
    assert now(loaf).blocked == given.matter.case.number
    assert not search.find("Dinkel").hits
    for again in (actions.publish,):
        with pytest.raises(ActionRefused):
            again(offer=now(loaf), by=erna)
    assert now(loaf).state == Offer.WITHDRAWN
    run_all()
    mail = Message.objects.get(address="erna@example.org")
    assert "Art. 44 LMIV" in mail.text
    assert "mia@example.org" not in mail.text
    assert "keine Maschine" in mail.text


def test_variants_share_the_fate_of_their_offer(desk, loaf, erna):
    actions.name_variant(offer=loaf, variant="groß", by=erna)
    small = actions.add_variant(offer=loaf, variant="klein", price=Money(300), quantity=3, by=erna)
    actions.decide_about_offer(matter=told(small).matter, ruling=ruling(), by=desk[0])
    assert {now(one).state for one in (loaf, small)} == {Offer.WITHDRAWN}


def test_a_complaint_that_is_right_puts_it_back_on_sale(desk, loaf, bakery, erna):
    matter = told(loaf).matter
    actions.decide_about_offer(matter=matter, ruling=ruling(), by=desk[0])
    shop_actions.complain_about_decision(shop=bakery, matter=matter, text="Das Etikett ist neu.", by=erna)
    with pytest.raises(NotAllowed):
        actions.decide_about_offer(matter=matter, ruling=ruling(restrict=False), by=desk[0])
    assert now(loaf).blocked
    actions.decide_about_offer(matter=matter, ruling=ruling(restrict=False), by=desk[1])
    assert now(loaf).is_on_sale
    assert not now(loaf).blocked
    assert queries.shown_offer(loaf.pk, ANONYMOUS)


def test_what_was_only_a_draft_stays_one_when_the_block_ends(desk, loaf, erna):
    given = told(loaf)
    actions.withdraw(offer=loaf, by=erna)
    Offer.objects.filter(pk=loaf.pk).update(state=Offer.DRAFT)
    actions.decide_about_offer(matter=given.matter, ruling=ruling(), by=desk[0])
    actions.decide_about_offer(matter=given.matter, ruling=ruling(restrict=False), by=desk[0])
    assert now(loaf).state == Offer.DRAFT
    assert not now(loaf).blocked


def test_keeping_an_offer_changes_nothing_about_it(desk, loaf):
    before = now(loaf).version
    actions.decide_about_offer(matter=told(loaf).matter, ruling=ruling(restrict=False), by=desk[0])
    run_all()
    assert now(loaf).version == before
    assert now(loaf).is_on_sale
    assert not Message.objects.filter(address="erna@example.org").exists()


def test_nobody_at_the_desk_decides_about_a_shop_of_their_own(desk, loaf, bakery):
    shop_actions.add_member(
        shop=bakery, person=Person.objects.get(pk=desk[0].person_id), role=Membership.STAFF, by=desk[1]
    )
    with pytest.raises(NotAllowed):
        actions.decide_about_offer(matter=told(loaf).matter, ruling=ruling(), by=desk[0])
    assert not Statement.objects.exists()
    assert now(loaf).is_on_sale


def test_only_the_team_of_the_shop_complains_for_it(desk, loaf, bakery, erna):
    matter = told(loaf).matter
    actions.decide_about_offer(matter=matter, ruling=ruling(), by=desk[0])
    other = shop("Käse Beispiel")
    for at, by in ((bakery, worker(bakery, Membership.PACKER, "pia")), (other, owner(other, "otto")), (other, erna)):
        with pytest.raises(NotAllowed):
            shop_actions.complain_about_decision(shop=at, matter=matter, text="Nein.", by=by)
    assert not Complaint.objects.exists()


def sign_in(client, name: str) -> None:
    client.force_login(Person.objects.get(email__startswith=f"{name}"))


def test_who_sees_what_of_notices(client, desk, loaf, bakery):
    matter = told(loaf).matter
    actions.decide_about_offer(matter=matter, ruling=ruling(), by=desk[0])
    cheese = shop("Käse Beispiel")
    owner(cheese, "otto")
    number = matter.case.number
    desk_pages = (
        "/desk/inhalte/", "/desk/inhalte/arten/", "/desk/inhalte/arten/food/", "/desk/inhalte/arten/neu/", "/desk/inhalte/zahlen/",
        "/desk/inhalte/zahlen/?format=csv", f"/desk/inhalte/angebot/{number}/",
    )  # fmt: skip
    table = {
        None: dict.fromkeys([*desk_pages, f"/laden/{bakery.slug}/entscheidungen/"], 302),
        "erna": dict.fromkeys(desk_pages, 404) | {f"/laden/{bakery.slug}/entscheidungen/": 200},
        "otto": dict.fromkeys([*desk_pages, f"/laden/{bakery.slug}/entscheidungen/"], 404),
        "anna.desk": dict.fromkeys(desk_pages, 200) | {f"/laden/{bakery.slug}/entscheidungen/": 404},
    }
    for who, pages in table.items():
        client.logout()
        if who:
            sign_in(client, who)
        assert {address: client.get(address).status_code for address in pages} == pages, who
    assert client.get(f"/desk/inhalte/geschaeft/{number}/").status_code == 404  # that matter is about an offer


def test_the_desk_decides_on_the_page_and_the_shop_complains_on_its_own(client, desk, loaf, bakery, erna):
    matter = told(loaf).matter
    address = f"/desk/inhalte/angebot/{matter.case.number}/"
    sign_in(client, "anna.desk")
    assert EXPLANATION in client.get(address).text
    said = {
        "outcome": "restricted",
        "basis_kind": "law",
        "basis": "",
        "facts": "Keine Nüsse genannt.",
        "version": matter.case.version,
    }
    assert client.post(address, said).status_code == 422
    assert now(loaf).is_on_sale
    assert client.post(address, said | {"basis": "Art. 44 LMIV"})["Location"] == "/desk/inhalte/"
    assert now(loaf).blocked
    sign_in(client, "erna")
    decisions = f"/laden/{bakery.slug}/entscheidungen/"
    assert "Art. 44 LMIV" in client.get(decisions).text
    client.post(f"{decisions}{matter.pk}/", {"text": "Das Etikett ist neu."})
    assert Complaint.objects.get().side == "owner"


def test_the_desk_costs_the_same_for_one_notice_and_for_thirty(client, desk, loaf, django_assert_max_num_queries):
    matter = told(loaf).matter
    sign_in(client, "anna.desk")
    pages = ("/desk/inhalte/", f"/desk/inhalte/angebot/{matter.case.number}/", "/desk/inhalte/zahlen/")
    limits = dict(zip(pages, (10, 20, 10), strict=True))
    for address, limit in limits.items():
        client.get(address)
        with django_assert_max_num_queries(limit):
            client.get(address)
    for number in range(30):
        told(loaf, email=f"n{number}@example.org")
        notice(content(str(1000 + number)))
    for address, limit in limits.items():
        with django_assert_max_num_queries(limit):
            assert client.get(address).status_code == 200


def test_the_pages_of_a_notice_ask_little(client, desk, loaf, django_assert_max_num_queries):
    given = told(loaf)
    for address in (f"{loaf.get_absolute_url()}melden/", given.get_absolute_url(), "/inhalte-melden/"):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_moderation_is_asked_before_the_offer_is(desk, loaf):
    given = told(loaf)
    with pytest.raises(NotAllowed):
        actions.decide_about_offer(matter=given.matter, ruling=ruling(), by=ANONYMOUS)
    assert now(loaf).is_on_sale
    assert Matter.objects.get().case.state == "new"
