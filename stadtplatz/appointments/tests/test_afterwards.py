"""What follows by itself: mails to both sides, the reminder, what lapses; and what a person can take along and have erased."""

from datetime import timedelta

import pytest

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.appointments import actions, flow, jobs, privacy, queries
from stadtplatz.appointments.models import Appointment
from stadtplatz.appointments.tests.town import booked, chair, haircut, keeper, salon
from stadtplatz.kit import clock
from stadtplatz.kit import jobs as work
from stadtplatz.kit.actors import LINK_HOLDER, SYSTEM
from stadtplatz.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return salon(hours="Mo-Su 00:00-24:00; PH 00:00-24:00")


@pytest.fixture
def service(shop):
    chair(shop)
    return haircut(shop, lead_hours=0)


def soon(days=3, hour=10):
    return f"{clock.today() + timedelta(days=days):%Y-%m-%d} {hour:02d}:00"


def subjects(address):
    work.run_all()
    return list(Message.objects.filter(address=address).order_by("id").values_list("subject", flat=True))


def test_both_sides_are_told_and_a_reason_reaches_the_customer(service, shop):
    owner = keeper(shop)
    row = booked(service, soon(), at=clock.now())
    assert subjects("anna@example.org") == [f"Ihr Termin {row.number}"]
    assert subjects(owner.email)[0].startswith("Neuer Termin: Anna Beispiel")
    text = Message.objects.get(address="anna@example.org").text
    for words in ("Haarschnitt, 39,00 €", "Marktplatz 5", row.spelled_code, "Sie zahlen dort"):
        assert words in text
    actions.advance(row, move="cancel", by=actor_for(owner), reason="Wasserrohrbruch im Salon")
    assert subjects("anna@example.org")[-1] == f"Termin {row.number} ist abgesagt"
    assert "Wasserrohrbruch im Salon" in Message.objects.filter(address="anna@example.org").last().text
    assert len(subjects(owner.email)) == 1  # who did it is not told


def test_mails_speak_the_language_of_the_customer(service):
    row = booked(service, soon(), at=clock.now(), language="en")
    assert subjects("anna@example.org") == [f"Your appointment {row.number}"]


@pytest.mark.parametrize(("said", "count"), [({}, 1), ({"remind": False}, 0)])
def test_the_reminder_comes_once_the_day_before_and_only_if_wanted(service, monkeypatch, said, count):
    at = clock.now() - timedelta(days=2)
    booked(service, soon(days=1, hour=12), at=at, **said)
    booked(service, soon(days=2, hour=12), at=at, email="bert@example.org")
    monkeypatch.setattr(jobs, "FIRST_REMINDER_HOUR", 0)
    for _twice in range(2):
        jobs.remind_of_tomorrow()
    found = [subject for subject in subjects("anna@example.org") if subject.startswith("Morgen bei")]
    assert len(found) == count
    assert not [subject for subject in subjects("bert@example.org") if subject.startswith("Morgen")]


def test_what_nobody_answered_lapses_and_what_is_past_is_over(service):
    at = clock.now()
    booked(service, soon(), at=at)
    service.ask_first = True
    service.save()
    booked(service, soon(hour=12), at=at, email="bert@example.org")
    Appointment.objects.update(starts_at=at - timedelta(hours=15), ends_at=at - timedelta(hours=14))
    jobs.close_what_is_over()
    assert list(Appointment.objects.order_by("pk").values_list("state", flat=True)) == [flow.DONE, flow.DECLINED]
    assert subjects("bert@example.org")[-1].endswith("kann die Zeit nicht anbieten")


def test_a_person_takes_everything_along_and_leaves_a_bare_row(service):
    anna = Person.objects.create_user("anna@example.org", "ein-langes-Passwort", name="Anna")
    row = booked(service, soon(), at=clock.now(), by=actor_for(anna), note="Bitte kurz.")
    other = booked(service, soon(hour=15), at=clock.now(), email="bert@example.org", note="Lang.")
    assert queries.mine(actor_for(anna)) == [row]
    (told,) = privacy.export(anna)["appointments"]
    assert (told["number"], told["note"], told["service"]) == (row.number, "Bitte kurz.", "Haarschnitt")
    assert privacy.erase(anna, by=SYSTEM)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.person, row.note, row.contact_key, row.state) == (None, "", "", flow.BOOKED)
    assert other.note == "Lang."
    assert privacy.export(anna) == {}
    assert privacy.erase(anna, by=SYSTEM) == []


def test_an_erased_customer_can_still_cancel_by_link(service):
    row = booked(service, soon(), at=clock.now())
    privacy.erase(row.guest, by=SYSTEM)
    assert actions.advance(row, move="cancel", by=LINK_HOLDER).state == flow.CANCELLED
