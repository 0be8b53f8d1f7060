"""Booking, moving and cancelling: what is free, what is promised, and what is refused without a trace."""

from datetime import date, timedelta

import pytest

from stadtplatz.appointments import actions, flow, queries, rules
from stadtplatz.appointments.models import Appointment, Away
from stadtplatz.appointments.tests.town import (
    MONDAY,
    berlin,
    booked,
    books_agree,
    chair,
    entered,
    haircut,
    member,
    salon,
)
from stadtplatz.audit.models import Record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER, SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.pools.models import Hold, Pool

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return salon()


@pytest.fixture
def bea(shop):
    return chair(shop)


def free(service, day, *, at=MONDAY, resources=None, moving=None):
    found = queries.free_days(service, resources or queries.calendars_of(service), day, 1, at=at, moving=moving)
    return [f"{clock.local(row.starts_at):%H:%M}" for row in found[0].times]


def nothing_changed(before):
    return before == (Appointment.objects.count(), Record.objects.count(), Hold.objects.count())


def state():
    return Appointment.objects.count(), Record.objects.count(), Hold.objects.count()


def test_times_lie_within_opening_hours_and_end_with_them(shop, bea):
    times = free(haircut(shop, step=30), date(2027, 1, 12))
    assert times[:3] == ["09:00", "09:30", "10:00"]
    assert "11:00" in times
    assert "11:30" not in times  # would run into the lunch break
    assert times[-1] == "17:00"


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({}, date(2027, 1, 11)),  # Monday: closed
        ({}, date(2027, 1, 6)),  # Epiphany, a holiday in Baden-Württemberg; a Wednesday
        ({"special_days": [{"first": "2027-01-12", "last": "2027-01-16", "times": "", "note": "Urlaub"}]}, date(2027, 1, 12)),
        ({"state": "paused", "pause_until": date(2027, 1, 13)}, date(2027, 1, 12)),
    ],
    ids=["closed day", "public holiday", "holiday of the shop", "pause"],
)  # fmt: skip
def test_nothing_is_free_when_the_shop_is_closed(fields, day):
    shop = salon(**fields)
    chair(shop)
    assert free(haircut(shop), day, at=berlin("2027-01-05 07:00")) == []


def test_a_person_has_own_hours_but_no_more_days_than_the_shop(shop):
    own = chair(shop, "Toni", hours="Mo-We 10:00-13:00; PH off")
    service = haircut(shop, own, minutes=60, step=60)
    assert free(service, date(2027, 1, 12)) == ["10:00", "11:00", "12:00"]
    assert free(service, date(2027, 1, 14)) == []
    shop.special_days = [{"first": "2027-01-13", "last": "2027-01-13", "times": "", "note": ""}]
    shop.save()
    assert free(service, date(2027, 1, 13)) == []


def test_days_away_count_before_the_usual_week(shop, bea):
    service = haircut(shop, minutes=60, step=60)
    Away.objects.create(resource=bea, first=date(2027, 1, 12), last=date(2027, 1, 13))
    Away.objects.create(resource=bea, first=date(2027, 1, 14), last=date(2027, 1, 14), times="18:00-20:00")
    assert free(service, date(2027, 1, 13)) == []
    assert free(service, date(2027, 1, 14)) == ["18:00", "19:00"]


def test_neither_too_soon_nor_too_late(shop, bea):
    service = haircut(shop, lead_hours=3, horizon_weeks=2, minutes=60, step=60)
    at = berlin("2027-01-12 08:30")
    assert free(service, date(2027, 1, 12), at=at)[0] == "13:00"
    assert free(service, date(2027, 1, 26), at=at)
    assert free(service, date(2027, 1, 27), at=at) == []


def test_a_booked_time_is_gone_with_what_is_kept_before_and_after(shop, bea):
    service = haircut(shop, before=10, after=15, step=15)
    row = booked(service, "2027-01-12 10:00")
    assert row.state == flow.BOOKED
    assert (row.resource, row.price.cents, row.minutes) == (bea, 3900, 45)
    times = free(service, date(2027, 1, 12))
    assert "09:00" not in times  # would need its own 15 minutes after: until 10:00, the ten before begin at 9:50
    assert "10:45" not in times
    assert times[0] == "11:15"  # ten before begin at 11:05, after 11:00
    assert Record.objects.filter(verb="appointments.booked", subject_id=row.pk).count() == 1
    assert Pool.objects.filter(booked=1).count() == (10 + 45 + 15) // 5
    assert books_agree()


def test_whoever_is_free_does_it(shop, bea):
    toni = chair(shop, "Toni")
    service = haircut(shop)
    rows = [booked(service, "2027-01-12 10:00", email=f"{name}@example.org") for name in ("anna", "bert")]
    assert {row.resource for row in rows} == {bea, toni}
    before = state()
    with pytest.raises(ActionRefused) as refused:
        booked(service, "2027-01-12 10:00", email="cem@example.org")
    assert refused.value.code == "taken"
    assert nothing_changed(before)


def test_who_wants_one_person_gets_this_one_or_nothing(shop, bea):
    toni = chair(shop, "Toni")
    service = haircut(shop)
    assert booked(service, "2027-01-12 10:00", resource=toni).resource == toni
    with pytest.raises(ActionRefused):
        booked(service, "2027-01-12 10:00", resource=toni, email="bert@example.org")
    assert booked(service, "2027-01-12 10:00", resource=bea, email="bert@example.org").wanted


def test_a_course_has_as_many_places_as_its_room(shop):
    room = chair(shop, "Yogaraum", kind="room", capacity=3, hours="Tu 18:00-19:30; PH off")
    course = haircut(shop, room, title="Yoga", minutes=90)
    for name in ("a", "b", "c"):
        assert free(course, date(2027, 1, 12)) == ["18:00"]
        booked(course, "2027-01-12 18:00", email=f"{name}@example.org")
    assert free(course, date(2027, 1, 12)) == []


@pytest.mark.parametrize(
    "when", ["2027-01-12 10:07", "2027-01-12 12:30", "2027-01-11 10:00", "2027-01-12 10:05", "2028-01-12 10:00"]
)
def test_a_time_that_was_never_offered_is_refused(shop, bea, when):
    service, before = haircut(shop), state()
    with pytest.raises(ActionRefused) as refused:
        booked(service, when)
    assert refused.value.code == "taken"
    assert nothing_changed(before)


@pytest.mark.parametrize(("said", "code"), [({"name": "  "}, "name"), ({"email": ""}, "contact")])
def test_without_name_or_contact_nothing_is_booked(shop, bea, said, code):
    service, before = haircut(shop), state()
    with pytest.raises(ActionRefused) as refused:
        booked(service, "2027-01-12 10:00", **said)
    assert refused.value.code == code
    assert nothing_changed(before)


@pytest.mark.parametrize(("where", "fields"), [("service", {"is_open": False}), ("offer", {"state": "withdrawn"}), ("shop", {"standing": "suspended"}), ("shop", {"state": "paused"})])  # fmt: skip
def test_what_is_not_on_offer_cannot_be_booked(shop, bea, where, fields):
    service = haircut(shop)
    thing = {"service": service, "offer": service.offer, "shop": service.offer.shop}[where]
    for name, value in fields.items():
        setattr(thing, name, value)
    before = state()
    with pytest.raises(ActionRefused) as refused:
        booked(service, "2027-01-12 10:00")
    assert refused.value.code == "closed"
    assert nothing_changed(before)


def test_one_contact_gets_only_so_many(shop, bea):
    service = haircut(shop)
    for hour in (9, 10, 14):
        booked(service, f"2027-01-12 {hour:02d}:00")
    before = state()
    with pytest.raises(ActionRefused) as refused:
        booked(service, "2027-01-12 16:00", email=" ANNA@example.org")
    assert refused.value.code == "cap"
    assert nothing_changed(before)
    assert booked(service, "2027-01-12 16:00", email="bert@example.org").is_open


def test_the_same_form_sent_twice_is_one_appointment(shop, bea):
    service = haircut(shop)
    first = booked(service, "2027-01-12 10:00", form_key="k")
    assert booked(service, "2027-01-12 10:00", form_key="k") == first
    assert Appointment.objects.count() == 1


def test_moving_by_a_quarter_of_an_hour_uses_the_own_time(shop, bea):
    service = haircut(shop, step=15)
    row = booked(service, "2027-01-12 10:00")
    assert "10:15" not in free(service, date(2027, 1, 12))
    assert "10:15" in free(service, date(2027, 1, 12), moving=row)
    moved = actions.move(row, starts_at=berlin("2027-01-12 10:15"), by=LINK_HOLDER, at=MONDAY)
    assert (moved.starts_at, moved.version, moved.state) == (berlin("2027-01-12 10:15"), 2, flow.BOOKED)
    assert "09:15" in free(service, date(2027, 1, 12))
    assert Pool.objects.filter(booked=1).count() == 9
    assert books_agree()


def test_a_move_to_a_taken_time_keeps_the_old_one(shop, bea):
    service = haircut(shop)
    row = booked(service, "2027-01-12 10:00")
    booked(service, "2027-01-12 14:00", email="bert@example.org")
    before = state()
    with pytest.raises(ActionRefused) as refused:
        actions.move(row, starts_at=berlin("2027-01-12 14:00"), by=LINK_HOLDER, at=MONDAY)
    assert refused.value.code == "taken"
    row.refresh_from_db()
    assert (row.starts_at, row.version) == (berlin("2027-01-12 10:00"), 1)
    assert nothing_changed(before)
    assert books_agree()


def move_it(row, at):
    actions.move(row, starts_at=berlin("2027-01-14 10:00"), by=LINK_HOLDER, at=at)


def cancel_it(row, at):
    actions.advance(row, move="cancel", by=LINK_HOLDER, at=at)


@pytest.mark.parametrize("change", [move_it, cancel_it])
def test_after_the_deadline_the_page_says_to_call(shop, bea, change):
    row = booked(haircut(shop, cancel_hours=24), "2027-01-13 10:00")
    before = state()
    with pytest.raises(ActionRefused) as refused:
        change(row, berlin("2027-01-12 10:01"))
    assert refused.value.code == "too-late"
    assert "07032 000005" in str(refused.value)
    row.refresh_from_db()
    assert row.state == flow.BOOKED
    assert nothing_changed(before)


def test_a_cancelled_time_is_free_for_others(shop, bea):
    service = haircut(shop)
    row = booked(service, "2027-01-12 10:00")
    actions.advance(row, move="cancel", by=LINK_HOLDER, at=MONDAY)
    assert Appointment.objects.get().state == flow.CANCELLED
    assert "10:00" in free(service, date(2027, 1, 12))
    assert Pool.objects.filter(booked=1).count() == 0


def test_the_shop_may_say_yes_first(shop, bea):
    service = haircut(shop, ask_first=True)
    row = booked(service, "2027-01-12 10:00")
    assert row.state == flow.REQUESTED
    assert "10:00" not in free(service, date(2027, 1, 12))
    owner = member(shop)
    assert actions.advance(row, move="confirm", by=owner, at=MONDAY).state == flow.BOOKED


def test_a_declined_request_needs_a_reason_and_frees_the_time(shop, bea):
    service, owner = haircut(shop, ask_first=True), member(shop)
    row = booked(service, "2027-01-12 10:00")
    with pytest.raises(ActionRefused) as refused:
        actions.advance(row, move="decline", by=owner, at=MONDAY)
    assert refused.value.code == "reason"
    done = actions.advance(row, move="decline", by=owner, reason="Da bin ich beim Arzt.", at=MONDAY)
    assert (done.state, done.reason) == (flow.DECLINED, "Da bin ich beim Arzt.")
    assert "10:00" in free(service, date(2027, 1, 12))


@pytest.mark.parametrize("move", ["confirm", "decline", "missed", "done"])
@pytest.mark.parametrize("who", ["link", "anonymous", "packer", "other owner"])
def test_only_owner_and_staff_decide(shop, bea, move, who):
    row = booked(haircut(shop, ask_first=move in {"confirm", "decline"}), "2027-01-12 10:00")
    actors: dict[str, Actor] = {"link": LINK_HOLDER, "anonymous": ANONYMOUS}
    by = actors.get(who) or (member(shop, "packer") if who == "packer" else member(salon("Anders", "anders")))
    before = state()
    with pytest.raises(NotAllowed):
        actions.advance(row, move=move, by=by, reason="Nein", at=MONDAY)
    assert nothing_changed(before)


def test_the_shop_writes_down_who_calls_also_after_hours(shop, bea):
    service = haircut(shop)
    row = entered(service, bea, "2027-01-11 20:00", by=member(shop))
    assert (row.state, row.by_shop, row.contact_key) == (flow.BOOKED, True, "")


@pytest.mark.parametrize(
    ("when", "code"), [("2027-01-12 10:15", "taken"), ("2027-01-12 10:03", "time"), ("2027-01-08 10:00", "past")]
)
def test_but_not_where_somebody_is_and_not_in_the_past(shop, bea, when, code):
    service, owner = haircut(shop), member(shop)
    booked(service, "2027-01-12 10:00")
    before = state()
    with pytest.raises(ActionRefused) as refused:
        entered(service, bea, when, by=owner)
    assert refused.value.code == code
    assert nothing_changed(before)


def test_nobody_else_writes_into_the_calendar(shop, bea):
    service, stranger = haircut(shop), member(salon("Anders", "anders"))
    for by in (stranger, member(shop, "packer"), ANONYMOUS):
        with pytest.raises(NotAllowed):
            entered(service, bea, "2027-01-12 10:00", by=by)
    assert not Appointment.objects.exists()


def test_a_page_that_is_old_changes_nothing(shop, bea):
    service, owner = haircut(shop), member(shop)
    row = booked(service, "2027-01-12 10:00")
    actions.move(row, starts_at=berlin("2027-01-12 11:00"), by=owner, at=MONDAY)
    with pytest.raises(Stale):
        actions.move(row, starts_at=berlin("2027-01-12 14:00"), by=LINK_HOLDER, expected_version=1, at=MONDAY)
    assert Appointment.objects.get().starts_at == berlin("2027-01-12 11:00")


def test_a_blocked_time_cannot_be_booked_and_a_booked_one_not_blocked(shop, bea):
    service, owner = haircut(shop), member(shop)
    begin, end = berlin("2027-01-12 09:00"), berlin("2027-01-12 10:00")
    blocked = actions.block(resource=bea, starts_at=begin, ends_at=end, by=owner, at=MONDAY)
    assert free(service, date(2027, 1, 12))[0] == "10:00"
    booked(service, "2027-01-12 10:00")
    with pytest.raises(ActionRefused) as refused:
        actions.block(resource=bea, starts_at=begin, ends_at=end + timedelta(minutes=5), by=owner, at=MONDAY)
    assert refused.value.code == "booked"
    actions.unblock(block=blocked, by=owner, at=MONDAY)
    assert free(service, date(2027, 1, 12))[0] == "09:00"
    assert books_agree()


def test_a_room_cannot_shrink_below_what_is_booked(shop):
    room, owner = chair(shop, "Raum", kind="room", capacity=2), member(shop)
    course = haircut(shop, room)
    for name in ("a", "b"):
        booked(course, "2027-01-12 10:00", email=f"{name}@example.org")
    with pytest.raises(ActionRefused) as refused:
        actions.change_resource(resource=room, version=1, changes={"capacity": 1}, by=owner, at=MONDAY)
    assert refused.value.code == "booked"
    room.refresh_from_db()
    assert room.capacity == 2
    begin, end = berlin("2027-01-12 13:00"), berlin("2027-01-12 14:00")
    actions.block(resource=room, starts_at=begin, ends_at=end, by=owner, at=MONDAY)
    actions.change_resource(resource=room, version=1, changes={"capacity": 3}, by=owner, at=MONDAY)
    assert "13:00" not in free(course, date(2027, 1, 12))  # a block keeps all places, also the new one
    booked(course, "2027-01-12 10:00", email="c@example.org")
    assert books_agree()


def test_five_minutes_and_contacts_are_forgotten_in_their_time(shop, bea):
    from stadtplatz.appointments import jobs

    row = booked(haircut(shop), "2027-01-12 10:00", note="Bitte kurz.")
    actions.advance(row, move="done", by=SYSTEM, at=berlin("2027-01-13 10:00"))
    Appointment.objects.update(
        starts_at=clock.now() - timedelta(days=8, hours=1), ends_at=clock.now() - timedelta(days=8)
    )
    jobs.forget_what_is_past()
    assert not Pool.objects.exists()
    assert Appointment.objects.get().guest.name == "Anna Beispiel"
    Appointment.objects.update(
        starts_at=clock.now() - timedelta(days=91, hours=1), ends_at=clock.now() - timedelta(days=91)
    )
    jobs.forget_what_is_past()
    row = Appointment.objects.get()
    assert (row.guest, row.note, row.contact_key) == (None, "", "")
    assert timedelta(days=90) == rules.CONTACT_KEPT
