"""At the desk somebody decides what everybody may read, with and without scripts."""

import pytest

from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.models import Category, Publication
from stadtplatz.tickets.tests.test_publication import WORDS, photo_of


@pytest.fixture
def desk(browser, town, at_noon):
    return browser(town.people.worker)


def address(ticket):
    return f"/desk/anliegen/{ticket.case.number}/veroeffentlichen/"


def sent(**more):
    return {"version": "0", "text": WORDS, "answer": "", **more}


def test_the_form_begins_with_the_masked_text_beside_what_was_written(desk, report):
    ticket = report("Fragen an 07032/924123.")
    page = desk.get(address(ticket)).content.decode()
    assert "Fragen an [Telefonnummer entfernt].</textarea>" in page
    assert "Fragen an 07032/924123." in page


def test_text_and_answer_are_published(desk, ticket):
    answer = desk.post(address(ticket), sent(answer="Die Kehrmaschine war da."))
    assert answer.status_code == 302
    public = queries.publication_of(ticket.case.number)
    assert (public.text, public.answer, public.automatic) == (WORDS, "Die Kehrmaschine war da.", False)


def test_a_click_into_the_picture_covers_a_part_and_saves_nothing(desk, report):
    ticket, document = photo_of(report)
    click = {f"click-{document.pk}.x": "144", f"click-{document.pk}.y": "108"}
    page = desk.post(address(ticket), sent(text="Halb getippt", **click))
    assert page.status_code == 200
    assert '<rect x="42.0" y="44.0" width="16.0" height="12.0"/>' in page.content.decode()
    assert "Halb getippt" in page.content.decode()
    assert not Publication.objects.exists()


def test_chosen_pictures_are_published_with_their_covered_parts_and_no_others(desk, report):
    ticket, document = photo_of(report)
    fields = {
        f"show-{document.pk}": "on",
        f"words-{document.pk}": "Glas",
        f"boxes-{document.pk}": "10 10 20,5 20\n50 50 9 9",
    }
    desk.post(address(ticket), sent(**fields))
    photo = Publication.objects.get().photos.get()
    assert (photo.boxes, photo.words) == ([[10, 10, 20.5, 20], [50, 50, 9, 9]], "Glas")
    desk.post(address(ticket), sent(version="1"))
    assert not Publication.objects.get().photos.exists()


@pytest.mark.parametrize(
    "wrong", ["eins zwei drei vier", "1 2 3", "10 10 0 0", "200 0 10 10", "-5 0 10 10", "nan 1 1 1"]
)
def test_parts_that_are_none_are_refused_and_everything_typed_is_kept(desk, report, wrong):
    ticket, document = photo_of(report)
    page = desk.post(address(ticket), sent(**{f"show-{document.pk}": "on", f"boxes-{document.pk}": wrong}))
    assert page.status_code in {400, 409, 422}
    assert WORDS in page.content.decode()
    assert wrong in page.content.decode()
    assert not Publication.objects.exists()


def test_whoever_comes_second_sees_both_texts(desk, ticket, worker):
    actions.release(ticket, text="Zuerst veröffentlicht.", by=worker)
    page = desk.post(address(ticket), sent())
    assert page.status_code == 409
    assert "Zuerst veröffentlicht." in page.content.decode()
    assert WORDS in page.content.decode()
    assert Publication.objects.get().text == "Zuerst veröffentlicht."


def test_it_is_taken_off_or_kept_inside_with_one_button(desk, report):
    first, second = report(), report("Noch ein Loch hier.")
    desk.post(address(first), sent())
    for ticket in (first, second):
        desk.post(f"/desk/anliegen/{ticket.case.number}/nicht-oeffentlich/")
    assert not queries.visible().exists()
    assert Publication.objects.count() == 2
    assert "Hier wartet nichts" in desk.get("/desk/anliegen/veroeffentlichen/").content.decode()


def test_the_queue_holds_what_nobody_decided_on_and_decides_on_many(desk, town, report):
    many = [report(f"Loch Nummer {count}, Tel. 924123") for count in range(3)]
    page = desk.get("/desk/anliegen/veroeffentlichen/").content.decode()
    assert "Loch Nummer 2, Tel. [Telefonnummer entfernt]" in page
    numbers = [ticket.case.number for ticket in many]
    desk.post("/desk/anliegen/veroeffentlichen/viele/", {"number": numbers[:2], "release": "1"})
    desk.post("/desk/anliegen/veroeffentlichen/viele/", {"number": numbers[2:], "inside": "1"})
    assert set(queries.visible().values_list("case__number", flat=True)) == set(numbers[:2])
    assert "924123" not in queries.publication_of(numbers[0]).text


def test_what_accuses_people_is_never_published_by_the_dozen(desk, town, report):
    Category.objects.update(accuses=True)
    ticket = report()
    desk.post("/desk/anliegen/veroeffentlichen/viele/", {"number": ticket.case.number, "release": "1"})
    assert not Publication.objects.exists()


def test_automatic_ones_with_pictures_wait_in_a_list_of_their_own(desk, town, report):
    Category.objects.update(release=Category.AUTOMATIC)
    town.pothole.refresh_from_db()
    ticket, _document = photo_of(report)
    report()
    page = desk.get("/desk/anliegen/veroeffentlichen/?liste=bilder").content.decode()
    assert page.count("Öffnen, mit Bildern") == 1
    assert ticket.case.number in page


def test_other_units_and_strangers_decide_nothing(browser, town, ticket):
    for person, status in (
        (town.people.gardener, 404),
        (town.people.operator, 404),
        (town.people.citizen, 403),
        (None, 302),
    ):
        visitor = browser(person)
        assert visitor.get(address(ticket)).status_code == status
        assert visitor.post(address(ticket), sent()).status_code == status
        visitor.post("/desk/anliegen/veroeffentlichen/viele/", {"number": ticket.case.number, "release": "1"})
        visitor.post(f"/desk/anliegen/{ticket.case.number}/nicht-oeffentlich/")
    assert not Publication.objects.exists()


def test_the_queue_needs_few_queries(desk, report, django_assert_max_num_queries):
    desk.get("/desk/anliegen/veroeffentlichen/")
    for count in (1, 5):
        for _ in range(count):
            report()
        with django_assert_max_num_queries(10):
            desk.get("/desk/anliegen/veroeffentlichen/")
