"""Public is what was released, nothing else, and never who reported it."""

from io import BytesIO

import pytest
from PIL import Image

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.kit import media, uploads
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.actions import Picture
from stadtplatz.tickets.models import Category, Publication
from stadtplatz.tickets.tests.conftest import picture

WORDS = "Vor der Schule liegt Glas."


def numbers():
    return list(queries.visible().values_list("case__number", flat=True))


@pytest.fixture
def by_rule(town):
    town.pothole.release = Category.AUTOMATIC
    town.pothole.save()
    return town.pothole


def photo_of(report):
    """A report with a lively picture, so that what is covered differs from what was there."""
    file = BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").save(file, "JPEG")
    ticket = report(photos=[uploads.accept_image(file)])
    return ticket, ticket.case.documents.get()


def test_a_new_report_is_not_public(ticket):
    assert numbers() == []
    assert queries.publication_of(ticket.case.number) is None


def test_of_a_category_with_that_rule_the_masked_text_is_public_at_once_and_no_picture(by_rule, report):
    ticket = report(
        "Loch vor BB-XY 123. Rückfragen 07032/924123.", photos=[uploads.accept_image(picture())], place=(8.87, 48.6)
    )
    public = queries.publication_of(ticket.case.number)
    assert public.text == "Loch vor [Kennzeichen entfernt]. Rückfragen [Telefonnummer entfernt]."
    assert public.automatic
    assert public.released_by == "system"
    assert not public.photos.exists()


def test_what_may_accuse_people_is_never_public_by_itself(by_rule, report):
    by_rule.accuses = True
    by_rule.save()
    report()
    assert numbers() == []
    assert not Publication.objects.exists()


def test_the_responsible_release_text_and_pictures(ticket, worker):
    actions.release(ticket, text=WORDS, by=worker)
    assert numbers() == [ticket.case.number]
    assert queries.publication_of(ticket.case.number).text == WORDS


def test_nobody_else_releases(town, ticket, reporter):
    for stranger in (reporter, actor_for(town.people.gardener), actor_for(town.people.operator)):
        with pytest.raises(NotAllowed):
            actions.release(ticket, text=WORDS, by=stranger)
    assert not Publication.objects.exists()


def test_what_is_covered_is_in_no_pixel_of_the_public_files(report, worker):
    ticket, document = photo_of(report)
    actions.release(ticket, text=WORDS, by=worker, pictures=[Picture(document, [(25, 25, 50, 50)], "Straße")])
    photo = queries.publication_of(ticket.case.number).photos.get()
    assert photo.path != document.path
    assert photo.words == "Straße"
    for path in (photo.path, photo.small_path):
        image = Image.open(BytesIO(media.read(path)))
        area = image.crop((image.width // 4, image.height // 4, image.width * 3 // 4, image.height * 3 // 4))
        assert all(high - low <= 2 for low, high in area.getextrema())
    before = Image.open(BytesIO(media.read(document.path))).crop((100, 75, 300, 225))
    assert all(high - low > 100 for low, high in before.getextrema())


def test_a_picture_of_another_report_is_refused(report, ticket, worker):
    _other, document = photo_of(report)
    with pytest.raises(ActionRefused):
        actions.release(ticket, text=WORDS, by=worker, pictures=[Picture(document)])
    assert numbers() == []


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_001])
def test_a_text_that_says_nothing_or_too_much_is_refused(ticket, worker, text):
    with pytest.raises(ActionRefused):
        actions.release(ticket, text=text, by=worker)
    assert not Publication.objects.exists()


def test_of_two_who_release_at_once_the_second_is_told(ticket, worker):
    actions.release(ticket, text=WORDS, by=worker, expected_version=0)
    with pytest.raises(Stale):
        actions.release(ticket, text="Etwas anderes.", by=worker, expected_version=0)
    assert queries.publication_of(ticket.case.number).text == WORDS


@pytest.mark.django_db(transaction=True)
def test_taken_off_again_the_files_are_gone_too(report, worker):
    ticket, document = photo_of(report)
    photo = actions.release(ticket, text=WORDS, by=worker, pictures=[Picture(document)]).photos.get()
    actions.unpublish(ticket, by=worker)
    assert numbers() == []
    with pytest.raises(FileNotFoundError):
        media.read(photo.path)
    assert media.read(document.path)


def test_what_its_reporter_takes_back_is_not_public_any_more(by_rule, ticket, reporter):
    assert numbers()
    actions.withdraw(ticket, by=reporter)
    assert numbers() == []


def test_a_change_to_a_category_without_the_rule_hides_what_no_person_has_read(by_rule, town, ticket, worker):
    actions.change_category(ticket, category=town.tree, by=worker)
    assert numbers() == []


def test_what_a_person_released_stays_public_in_another_category(town, ticket, worker):
    actions.release(ticket, text=WORDS, by=worker)
    actions.change_category(ticket, category=town.tree, by=worker)
    assert numbers() == [ticket.case.number]


def test_made_anonymous_nothing_of_it_is_public(ticket, worker):
    actions.release(ticket, text=WORDS, by=worker)
    actions.anonymise(ticket, why="retention")
    assert numbers() == []
    assert not Publication.objects.exists()


def test_of_categories_that_are_never_published_nothing_is_released(town, ticket, worker):
    Category.objects.filter(pk=town.pothole.pk).update(release=Category.NEVER)
    with pytest.raises(ActionRefused):
        actions.release(ticket, text=WORDS, by=worker)
    assert numbers() == []
