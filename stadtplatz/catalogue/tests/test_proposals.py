"""The title of an offer says where it belongs; what the shop said last is there already; after an offer comes the next one."""

import pytest

from stadtplatz.catalogue import meaning, queries
from stadtplatz.catalogue.categories import branch, path_to
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.catalogue.tests.test_pages import new_offer
from stadtplatz.kit.money import Money
from stadtplatz.shops.models import Shop
from stadtplatz.shops.tests.builders import owner, person, shop
from stadtplatz.shops.tests.test_pages import signed_in

NEW = "/laden/baeckerei-musterkorn/angebote/neu/"
TITLES = {
    "Bauernbrot": "bread", "Dinkel-Vollkornbrot": "bread", "Laugenbrezel": "rolls", "Apfelkuchen vom Blech": "cakes", "Haferkekse in der Dose": "biscuits",
    "Bergkäse 12 Monate gereift": "cheese", "Spargel weiß": "asparagus", "Feldsalat": "salad", "Kartoffeln festkochend": "potatoes",
    "Apfelsaft naturtrüb": "juice", "Schraubenzieher Kreuz PH 2": "screwdrivers-and-spanners", "Holzeisenbahn dreiteilig": "wooden-toys",
    "Gemüsekiste der Woche": "vegetable-boxes", "Quittengelee": "jam", "Überraschungstüte": "surprise-bags",
}  # fmt: skip


@pytest.mark.parametrize(("title", "code"), TITLES.items())
def test_a_title_says_where_it_belongs(title, code):
    first = meaning.suggested(title)[0].code
    assert first in branch(code) or code in branch(first)


@pytest.mark.parametrize("title", ["", "Xyzzy", "Für dich", "(mit Brot)"])
def test_a_title_that_says_nothing_proposes_nothing(title):
    assert meaning.suggested(title) == []


def test_what_the_shop_sells_anyway_comes_first():
    without, within = meaning.suggested("Holzschale"), meaning.suggested("Holzschale", ["pottery"])
    roots = [path_to(one.code)[0].code for one in within]
    assert roots[0] == path_to("pottery")[0].code or without == within


def test_an_offer_without_a_category_takes_that_of_its_title(bakery, erna):
    answer = signed_in(erna).post(NEW, new_offer(publish="1", title="Bauernbrot", category=""))
    made = Offer.objects.get()
    assert (made.category, made.state, made.vat_class) == ("bread", Offer.PUBLISHED, "reduced")
    assert answer["Location"] == f"{NEW}?nach={made.pk}"


def test_what_no_title_tells_is_asked_with_everything_kept(bakery, erna):
    answer = signed_in(erna).post(NEW, new_offer(publish="1", title="Xyzzy", category="", description="Getippt"))
    text = answer.content.decode()
    assert "Aus dem Titel geht es nicht hervor" in text
    assert "Getippt" in text
    assert not Offer.objects.exists()


def test_after_an_offer_comes_the_form_for_the_next_one(bakery, erna):
    loaf = offer(bakery, erna)
    text = signed_in(erna).get(NEW, {"nach": loaf.pk}).content.decode()
    assert "Noch ein Angebot" in text
    assert f'href="/angebot/{loaf.pk}-{loaf.slug}/"' in text
    assert '<option value="perishable" selected>' in text


@pytest.mark.parametrize("number", ["", "x", "-1", "²", "999999", "99999999999999999999"])
def test_an_address_that_somebody_made_up_is_the_plain_form(bakery, erna, number):
    answer = signed_in(erna).get(NEW, {"nach": number})
    assert answer.status_code == 200
    assert "Noch ein Angebot" not in answer.content.decode()


def test_an_offer_of_another_shop_is_not_named(bakery, erna):
    dairy = shop("Käserei Probelaib")
    cheese = offer(dairy, owner(dairy, "karl"), title="Scheibe Unikat")
    assert "Unikat" not in signed_in(erna).get(NEW, {"nach": cheese.pk}).content.decode()


def test_the_proposal_says_what_the_category_asks_for(bakery, erna):
    offer(bakery, erna)
    said = signed_in(erna).get(f"{NEW}vorschlag/", {"title": "Roggenbrot"}).json()
    assert said["chosen"]["food"] is True
    assert said["chosen"]["withdrawal"] == "perishable"
    assert "loose" in said["chosen"]["kinds"]
    chosen = signed_in(erna).get(f"{NEW}vorschlag/", {"title": "Roggenbrot", "category": "Käse"}).json()["chosen"]
    assert (chosen["name"], chosen["withdrawal"]) == ("Käse", "")
    shirt = signed_in(erna).get(f"{NEW}vorschlag/", {"category": "Kleidung"}).json()["chosen"]
    assert shirt is None or {"maker", "fibres"} <= set(shirt["needs"])
    assert signed_in(erna).get(f"{NEW}vorschlag/", {"title": "Xyzzy"}).json() == {"proposed": [], "chosen": None}


def test_only_who_manages_the_shop_is_told(bakery, erna, client):
    dairy = shop("Käserei Probelaib")
    address = f"{NEW}vorschlag/?title=Brot"
    assert client.get(address).status_code == 302
    for somebody in (owner(dairy, "karl"), _guest()):
        assert signed_in(somebody).get(address).status_code == 404
    assert signed_in(erna).get(address).status_code == 200


def _guest():
    from stadtplatz.accounts.visitors import actor_for

    return actor_for(person("fremd"))


def test_what_is_made_to_order_does_not_decide_for_bread(bakery, erna):
    offer(bakery, erna)
    offer(bakery, erna, title="Torte", category="cakes", kind="made", withdrawal="made_to_order")
    usual = queries.usual_of(bakery)
    assert (usual.newest, usual.withdrawal_in("bread"), usual.withdrawal_in("cheese")) == (
        "perishable",
        "perishable",
        "",
    )
    assert usual.used == ("cakes", "bread")


@pytest.mark.parametrize("many", [1, 30])
def test_the_form_and_the_proposal_cost_few_queries(bakery, erna, many, django_assert_max_num_queries):
    for number in range(many):
        offer(bakery, erna, title=f"Brot {number}", price=Money(480))
    browser = signed_in(erna)
    browser.get(NEW)
    with django_assert_max_num_queries(12):
        assert browser.get(NEW).status_code == 200
    with django_assert_max_num_queries(8):
        assert browser.get(f"{NEW}vorschlag/", {"title": "Brot"}).status_code == 200


def test_who_cannot_be_reached_is_told_before_an_offer_is_typed(bakery, erna):
    browser = signed_in(erna)
    assert "Sagen Sie zuerst, wie man Sie erreicht" not in browser.get(NEW).content.decode()
    Shop.objects.filter(pk=bakery.pk).update(phone="", email="")
    text = browser.get(NEW).content.decode()
    assert "Sagen Sie zuerst, wie man Sie erreicht" in text
    assert "einrichten/contact/" in text


def test_a_shop_that_nobody_sees_yet_says_so_after_an_offer(bakery, erna):
    loaf = offer(bakery, erna)
    assert "Noch sieht niemand das Geschäft" not in signed_in(erna).get(NEW, {"nach": loaf.pk}).content.decode()
    Shop.objects.filter(pk=bakery.pk).update(state=Shop.DRAFT)
    assert "Noch sieht niemand das Geschäft" in signed_in(erna).get(NEW, {"nach": loaf.pk}).content.decode()
