"""A text that is a matter for politics gets an honest pointer: who decides, what one can do, and that it can be sent all the same."""

import pytest
from django.urls import reverse

from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.packs import folder_of
from stadtplatz.tickets import actions, pack, queries
from stadtplatz.tickets.models import Draft, Pointer, Ticket
from stadtplatz.tickets.tests.conftest import PLACE
from stadtplatz.tickets.tests.test_danger import begun

pytestmark = pytest.mark.django_db
POLITICS = "Die Grundsteuer ist viel zu hoch, das muss der Gemeinderat ändern."


@pytest.fixture
def council(town):
    return Pointer.objects.create(
        code="council",
        names={"de": "Das entscheidet der Gemeinderat", "en": "The council decides this"},
        words=["grundsteuer*", "gemeinderat*"],
        texts={"de": "Sprechen Sie mit Mitgliedern des Gemeinderats.", "en": "Talk to its members."},
    )


def test_a_matter_for_the_council_is_known_by_its_words(council):
    assert queries.pointer_in_words(POLITICS) == council
    assert queries.pointer_in_words("Tiefes Schlagloch vor dem Rathaus.") is None


def test_what_is_no_longer_in_use_points_nowhere(council):
    Pointer.objects.update(active=False)
    assert queries.pointer_in_words(POLITICS) is None


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Warum baut der Gemeinderat kein Hallenbad?", True),
        ("Ich bin gegen das Neubaugebiet am Waldrand", True),
        ("Die Kitagebühren sind zu hoch", True),
        ("Bitte die Straße umbenennen!", True),
        ("Straßenlaterne vor dem Haus defekt", False),
        ("Der Papierkorb am Spielplatz ist voll", False),
        ("Falschparker in der Stadtratgasse", False),
        ("Tempo 30 Schild ist umgefahren", False),
    ],
)
def test_the_demo_citys_words_know_politics_from_potholes(db, text, points):
    pack.load(folder_of("herrenberg"), SYSTEM)
    assert (queries.pointer_in_words(text) is not None) == points


def test_the_reporter_reads_it_before_sending_and_may_send_all_the_same(browser, council, town):
    client = browser()
    answer = begun(client, text=POLITICS)
    draft = Draft.objects.get()
    review = reverse("tickets-draft-review", args=[draft.token])
    actions.change_draft(draft, place=PLACE)
    for page in (reverse("tickets-draft-category", args=[draft.token]), answer["Location"]):
        assert client.get(page).status_code == 200
    chosen = client.get(reverse("tickets-draft-category", args=[draft.token])).content.decode()
    assert "Das entscheidet der Gemeinderat" in chosen
    assert "Sprechen Sie mit Mitgliedern" in chosen
    assert "trotzdem senden" in chosen
    english = client.get("/en" + reverse("tickets-draft-category", args=[draft.token])).content.decode()
    assert "The council decides this" in english
    actions.change_draft(draft, category=town.pothole)
    assert "Das entscheidet der Gemeinderat" in client.get(review).content.decode()
    assert client.post(review, {"email": ""}).status_code == 302
    assert Ticket.objects.filter(text=POLITICS).exists()
