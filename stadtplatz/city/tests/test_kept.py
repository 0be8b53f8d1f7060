"""What is kept of the town is as new as the town, and costs one statement."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from stadtplatz.accounts.models import Person
from stadtplatz.city.kept import MAP, ORGANISATION, ground, organisation
from stadtplatz.city.models import Absence, Duty, Function, Membership, Street, Unit
from stadtplatz.city.queries import responsible_for, staffing
from stadtplatz.kit import clock, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    hall = Unit.objects.create(slug="rathaus", name="Rathaus")
    head = Person.objects.create_user("lea@example.org", name="Lea Leitung")
    duty = Duty.objects.create(code="*", unit=hall)
    return {"hall": hall, "head": head, "duty": duty, "held": Membership.objects.create(person=head, unit=hall)}


def change_everything(town):
    """Each way in which rows change, and the topic it belongs to."""
    hall, day = town["hall"], clock.today()
    yield lambda: Unit.objects.filter(pk=hall.pk).update(name="Stadthaus")
    yield lambda: Function.objects.bulk_create([Function(unit=hall, slug="post", name="Post")])
    yield lambda: Membership.objects.filter(pk=town["held"].pk).update(ended=True)
    yield lambda: Absence.objects.create(person=town["head"], starts_on=day, ends_on=day)
    yield lambda: Absence.objects.all().delete()
    yield lambda: Duty.objects.filter(pk=town["duty"].pk).update(title="Alles andere")
    yield lambda: Person.objects.filter(pk=town["head"].pk).update(is_active=False)
    yield lambda: town["head"].delete()


def test_every_way_of_changing_the_organisation_marks_it_as_changed(town):
    marks = [ORGANISATION.mark()]
    for change in change_everything(town):
        change()
        marks.append(ORGANISATION.mark())
    assert all(marks)
    assert len(set(marks)) == len(marks)


def test_what_does_not_matter_marks_nothing(town):
    before = ORGANISATION.mark()
    Person.objects.filter(pk=town["head"].pk).update(last_login=clock.now(), name="Lea Leitung")
    Person.objects.create_user("neu@example.org", name="Neu")
    assert ORGANISATION.mark() == before


def test_the_organisation_is_read_once_and_asked_with_one_statement(town):
    responsible_for(duty="roads")
    with CaptureQueriesContext(connection) as asked:
        assert responsible_for(duty="roads").unit == town["hall"]
        staffing()
    assert [query["sql"].split()[0:3] for query in asked.captured_queries] == [["SELECT", "topic,", "mark"]] * 2


def test_a_change_that_is_rolled_back_never_comes_to_light(town):
    assert responsible_for(duty="roads").unit.name == "Rathaus"
    with transaction.atomic():
        Unit.objects.filter(pk=town["hall"].pk).update(name="Luftschloss")
        assert responsible_for(duty="roads").unit.name == "Luftschloss"
        transaction.set_rollback(True)
    assert responsible_for(duty="roads").unit.name == "Rathaus"
    Unit.objects.filter(pk=town["hall"].pk).update(name="Stadthaus")
    assert responsible_for(duty="roads").unit.name == "Stadthaus"


def test_without_a_mark_nothing_is_kept(town):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kit_stamp")
    assert ORGANISATION.mark() is None
    assert organisation() is not organisation()


def test_triggers_that_a_migration_lost_come_back_with_migrate(town):
    known = organisation()
    with connection.cursor() as cursor:
        cursor.execute(kept._INSTALLED[connection.vendor])
        for name, table in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
    kept.install()
    assert organisation() is not known
    before = ORGANISATION.mark()
    Unit.objects.filter(pk=town["hall"].pk).update(name="Stadthaus")
    assert ORGANISATION.mark() != before


def test_long_gone_absences_are_read_when_somebody_asks_for_their_day(town):
    day = clock.today() - timedelta(days=400)
    Absence.objects.create(person=town["head"], starts_on=day, ends_on=day)
    assert not organisation().absences
    noon = datetime.combine(day, time(12), clock.BERLIN)  # an hour of summer time is no other day then
    assert staffing(noon).without_stand_in() == {town["head"].pk}
    assert not staffing().without_stand_in()


def test_a_steady_stretch_reads_all_marks_once_and_the_next_one_anew(town):
    with CaptureQueriesContext(connection) as asked, kept.steady():
        ORGANISATION.mark(), MAP.mark()
        with kept.steady():
            ORGANISATION.mark()
    assert len(asked.captured_queries) == 1
    with kept.steady():
        before = ORGANISATION.mark()
    Unit.objects.filter(pk=town["hall"].pk).update(name="Stadthaus")
    with kept.steady():
        assert ORGANISATION.mark() != before


def test_a_street_drawn_anew_is_found_where_it_lies_now():
    box = {"west": 8.0, "south": 48.0, "east": 8.1, "north": 48.1}
    street = Street.objects.create(name="Weg", name_key="weg", lon=8, lat=48, lines=[[[8.0, 48.0], [8.1, 48.1]]], **box)
    assert ground().streets_in(8, 48, 8.01, 48.01) == [street]
    Street.objects.filter(pk=street.pk).update(west=9.0, east=9.1)
    assert not ground().streets_in(8, 48, 8.01, 48.01)
