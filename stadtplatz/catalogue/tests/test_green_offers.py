"""What claims something for the environment stays a draft without evidence, however it comes in; the desk looks at the rest."""

from io import BytesIO

import pytest

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue import actions, particulars, rules
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.moderation.models import GreenLook, GreenWord
from stadtplatz.shops import actions as shops
from stadtplatz.shops.tests.builders import person
from stadtplatz.shops.tests.test_pages import signed_in

DESK = "/desk/inhalte/umweltaussagen/"
ANGEL = {"green_kind": "blue-angel", "green_issuer": "RAL gGmbH", "green_proof": "Vertrag 12345"}
EXPLAINED = {
    "green_kind": "explained",
    "green_proof": "Das Gehäuse ist zu 80 % aus Altkunststoff, gewogen vom Hersteller.",
}


@pytest.fixture
def operator(town):
    someone = person("olga")
    Person.objects.filter(pk=someone.pk).update(is_operator=True)
    return actor_for(Person.objects.get(pk=someone.pk))


def test_which_evidence_holds(bakery, erna):
    said = [
        ({}, []), (ANGEL, []), (EXPLAINED, []), (ANGEL | {"green_issuer": ""}, ["green_issuer"]), (ANGEL | {"green_proof": "ja"}, ["green_proof"]),
        (ANGEL | {"green_proof": "https://www.blauer-engel.de/x"}, []), (EXPLAINED | {"green_proof": "weil es so ist"}, ["green_proof"]),
        ({"green_kind": "home-made"}, ["green_kind", "green_issuer", "green_proof"]),
    ]  # fmt: skip
    assert [list(particulars.faults(one)) for one, _wrong in said] == [wrong for _one, wrong in said]
    draft = offer(bakery, erna, published=False)
    cases = [
        ("bread", "Umweltfreundliche Tüte", {}, ["green_kind"]), ("bread", "Umweltfreundliche Tüte", ANGEL, []), ("bread", "Umweltfreundliche Tüte", EXPLAINED, []),
        ("bread", "Klimaneutrales Brot", ANGEL, ["description"]), ("bread", "Brot mit unserem Ökosiegel", ANGEL, ["description"]),
        ("novels", "Klimaneutral leben", {}, []), ("nonfiction", "Nachhaltig haushalten", {}, []), ("bread", "Brot für die Klimaanlage", {}, []),
        ("bread", "Ökologischer Dinkel", {"organic": "DE-ÖKO-006"}, []), ("bread", "Ökologischer Dinkel", {}, ["green_kind"]),
        ("light-bulbs", "Energieeffizienter Kühlschrank", {"energy": "A"}, []), ("light-bulbs", "Energieeffizienter Kühlschrank", {"energy": "C"}, ["green_kind"]),
    ]  # fmt: skip
    for category, title, told, wanted in cases:
        draft.category, draft.title, draft.description, draft.particulars = category, title, "", told
        lacking = [
            lack.field for lack in rules.missing_for_publishing(draft) if lack.field in ("green_kind", "description")
        ]
        assert lacking == wanted, (title, told)


def test_a_draft_is_kept_and_not_sold_and_an_offer_on_sale_stays_as_it_was(bakery, erna):
    draft = offer(bakery, erna, title="Umweltfreundliche Tüte", published=False)
    with pytest.raises(ActionRefused, match="Altpapier"):
        actions.publish(offer=draft, by=erna)
    loaf = offer(bakery, erna, title="Landbrot")
    with pytest.raises(ActionRefused, match="klimaneutral"):
        actions.edit_offer(offer=loaf, version=loaf.version, changes={"description": "klimaneutral gebacken"}, by=erna)
    assert Offer.objects.get(pk=loaf.pk).description == ""
    assert Offer.objects.get(pk=draft.pk).state == Offer.DRAFT
    actions.edit_offer(offer=draft, version=draft.version, changes={"particulars": ANGEL}, by=erna)
    assert actions.publish(offer=draft, by=erna).state == Offer.PUBLISHED


def test_a_file_brings_it_as_a_draft_and_says_why(bakery, erna):
    text = (
        "Titel;Preis;Kategorie;Rueckgabe;Allergene;Zutaten;Umweltnachweis;Umweltnachweis von;Umweltnachweis Nummer\n"
        "Umweltfreundliche Tüte;1,00;Brot;ja;keine;Mehl;;;\n"
        "Nachhaltiges Brot;2,00;Brot;ja;keine;Mehl;Blauer Engel;RAL gGmbH;Vertrag 1\n"
        "Klimaneutrales Brot;3,00;Brot;ja;keine;Mehl;Blauer Engel;RAL gGmbH;Vertrag 1\n"
        "Landbrot;4,00;Brot;ja;keine;Mehl;selbst geprüft;;\n"
    )
    run = actions.take_file(shop=bakery, name="brote.csv", file=BytesIO(text.encode()), by=erna)
    actions.run_now(run=run, dry=False, by=erna)
    states = dict(Offer.objects.values_list("title", "state"))
    assert states == {
        "Umweltfreundliche Tüte": "draft", "Nachhaltiges Brot": "published", "Klimaneutrales Brot": "draft", "Landbrot": "published",
    }  # fmt: skip


def test_a_shop_may_not_boast_with_a_seal_of_its_own_and_general_words_are_looked_at(bakery, erna, operator):
    for words in ("Wir backen klimaneutral.", "Achten Sie auf unser Nachhaltigkeitssiegel."):
        with pytest.raises(ActionRefused, match="darf hier nicht stehen"):
            shops.edit_shop(shop=bakery, version=bakery.version, changes={"description": words}, by=erna)
    shops.edit_shop(shop=bakery, version=bakery.version, changes={"description": "Wir backen nachhaltig."}, by=erna)
    assert "Wir backen nachhaltig." in signed_in(operator).get(DESK).content.decode()


def test_the_desk_looks_once_and_nobody_else_does(client, bakery, erna, operator, django_assert_max_num_queries):
    bag = offer(bakery, erna, title="Umweltfreundliche Tüte", particulars=ANGEL)
    assert client.get(DESK).status_code == 302
    for address in (DESK, f"{DESK}worte/neu/"):
        assert signed_in(erna).get(address).status_code == 404
    own = signed_in(operator)
    with django_assert_max_num_queries(14):
        page = own.get(DESK).content.decode()
    assert "Umweltfreundliche Tüte" in page
    assert "Blauer Engel · RAL gGmbH · Vertrag 12345" in page
    mark = page.split('name="mark" value="')[1].split('"')[0]
    assert signed_in(erna).post(DESK, {"content": f"offer:{bag.pk}", "mark": mark}).status_code == 404
    assert own.post(DESK, {"content": f"offer:{bag.pk}", "mark": mark}).status_code == 303
    assert GreenLook.objects.count() == 1
    assert "Vertrag 12345" not in own.get(DESK).content.decode()
    actions.edit_offer(
        offer=bag, version=bag.version, changes={"particulars": ANGEL | {"green_proof": "Vertrag 999"}}, by=erna
    )
    assert "Vertrag 999" in own.get(DESK).content.decode()
    page = client.get(bag.get_absolute_url()).content.decode()
    assert "Blauer Engel" in page
    row = GreenWord.objects.first()
    typed = {"kind": "generic", "patterns": "waldfreundlich*", "instead": "Anders.", "source": "UWG", "active": "on"}
    assert own.get(f"{DESK}worte/{row.pk}/").status_code == 200
    assert own.post(f"{DESK}worte/neu/", typed | {"patterns": "öko"}).status_code == 422
    assert own.post(f"{DESK}worte/neu/", typed).status_code == 303
