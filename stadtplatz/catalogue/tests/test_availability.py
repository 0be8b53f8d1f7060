from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils.translation import override

from stadtplatz.catalogue import actions, queries
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.rules import Availability, read_availability
from stadtplatz.catalogue.rules.availability import in_words
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit import clock
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.shops.models import Membership
from stadtplatz.shops.tests.builders import owner, shop, worker
from stadtplatz.shops.tests.test_pages import signed_in

ASPARAGUS = Availability(season=((4, 15), (6, 24)))
GOOSE = Availability(season=((11, 1), (1, 6)))
MARKET = Availability(weekdays=frozenset({2, 5}), begins=time(7), ends=time(12))
HOLY = Availability(days=frozenset({date(2026, 12, 24)}))
BOTH = Availability(weekdays=frozenset({5}), days=frozenset({date(2026, 12, 24)}))
SUNDAY = Availability(begins=time(2), ends=time(3))


@pytest.mark.parametrize(
    ("when", "day", "there"),
    [
        (Availability(), "2026-01-01", True),
        (ASPARAGUS, "2026-04-14", False), (ASPARAGUS, "2026-04-15", True), (ASPARAGUS, "2026-06-24", True),
        (ASPARAGUS, "2026-06-25", False), (ASPARAGUS, "2027-05-01", True),
        (GOOSE, "2026-10-31", False), (GOOSE, "2026-11-01", True), (GOOSE, "2026-12-31", True), (GOOSE, "2027-01-01", True),
        (GOOSE, "2027-01-06", True), (GOOSE, "2027-01-07", False),
        (MARKET, "2026-11-25", True), (MARKET, "2026-11-26", False), (MARKET, "2026-11-28", True),
        (HOLY, "2026-12-24", True), (HOLY, "2026-12-23", False), (HOLY, "2027-12-24", False),
        (BOTH, "2026-12-24", True), (BOTH, "2026-12-26", True), (BOTH, "2026-12-25", False),
        (Availability(season=((2, 29), (3, 1))), "2027-02-28", False), (Availability(season=((2, 29), (3, 1))), "2028-02-29", True),
    ],
)  # fmt: skip
def test_on_which_days_it_can_be_had(when, day, there):
    assert when.on(date.fromisoformat(day)) is there


@pytest.mark.parametrize(
    ("when", "since", "following"),
    [
        (ASPARAGUS, "2026-11-22", "2027-04-15"), (ASPARAGUS, "2026-05-01", "2026-05-01"), (GOOSE, "2027-01-07", "2027-11-01"),
        (MARKET, "2026-12-31", "2027-01-02"), (HOLY, "2026-12-25", None), (BOTH, "2026-12-20", "2026-12-24"),
    ],
)  # fmt: skip
def test_when_it_can_be_had_again(when, since, following):
    found = when.next_day(date.fromisoformat(since))
    assert (found.isoformat() if found else None) == following


@pytest.mark.parametrize(
    ("when", "moment", "there"),
    [
        (MARKET, datetime(2026, 11, 25, 5, 59, tzinfo=UTC), False),  # 6:59 in winter
        (MARKET, datetime(2026, 11, 25, 6, 0, tzinfo=UTC), True),  # 7:00
        (MARKET, datetime(2026, 11, 25, 11, 0, tzinfo=UTC), False),  # 12:00
        (MARKET, datetime(2026, 7, 1, 5, 0, tzinfo=UTC), True),  # 7:00 in summer
        (MARKET, datetime(2026, 7, 1, 10, 0, tzinfo=UTC), False),  # 12:00
        (SUNDAY, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True),  # 2:30, the first time
        (SUNDAY, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), True),  # 2:30, the second time
        (SUNDAY, datetime(2026, 10, 25, 2, 30, tzinfo=UTC), False),  # 3:30
        (SUNDAY, datetime(2027, 3, 28, 1, 0, tzinfo=UTC), False),  # 3:00: there is no hour between two and three
        (GOOSE, datetime(2027, 1, 6, 22, 59, tzinfo=UTC), True),  # 23:59 on the last day
        (GOOSE, datetime(2027, 1, 6, 23, 0, tzinfo=UTC), False),  # midnight
        (HOLY, datetime(2026, 12, 23, 23, 0, tzinfo=UTC), True),  # midnight of the 24th
    ],
)
def test_at_which_moments_a_collection_may_begin(when, moment, there):
    assert when.at(moment) is there


@pytest.mark.parametrize("when", [Availability(), ASPARAGUS, GOOSE, MARKET, HOLY, BOTH, Availability(per_day=40)])
def test_what_is_kept_is_understood_again(when):
    assert read_availability(when.as_json()) == when


@override("de")
def test_it_is_said_in_words():
    assert in_words(MARKET, date(2026, 1, 1)) == "am Mi, Sa; 07:00 bis 12:00 Uhr"
    assert in_words(ASPARAGUS, date(2026, 1, 1)) == "vom 15. April bis 24. Juni"
    assert in_words(HOLY, date(2026, 1, 1)) == "am 24. Dezember"
    assert in_words(HOLY, date(2027, 1, 1)) == in_words(Availability(per_day=3), date(2026, 1, 1)) == ""


def in_days(number):
    return clock.today() + timedelta(days=number)


def season(first, last):
    begins, ends = in_days(first), in_days(last)
    return Availability(season=((begins.month, begins.day), (ends.month, ends.day)))


@pytest.fixture
def loaf(bakery, erna):
    return offer(bakery, erna)


def limited(loaf, by, when):
    return actions.set_availability(offer=loaf, version=loaf.version, when=when, by=by)


def test_what_is_out_of_season_cannot_be_bought_and_the_page_says_when_again(client, loaf, erna):
    limited(loaf, erna, season(60, 90))
    assert queries.for_sale([loaf.pk])[loaf.pk].obstacle.startswith("Wieder zu haben ab ")
    text = client.get(loaf.get_absolute_url()).content.decode()
    assert "Zu haben" in text
    assert "Wieder zu haben ab" in text
    assert "In den Warenkorb" not in text


def test_what_can_be_had_within_a_week_can_be_bought_now(client, loaf, erna):
    limited(loaf, erna, season(3, 30))
    assert queries.for_sale([loaf.pk])[loaf.pk].obstacle == ""
    text = client.get(loaf.get_absolute_url()).content.decode()
    assert "Nächstes Mal am" in text
    assert "In den Warenkorb" in text


def test_a_day_that_is_over_ends_the_sale(loaf, erna):
    Offer.objects.filter(pk=loaf.pk).update(availability={"days": ["2020-01-01"]})
    assert queries.for_sale([loaf.pk])[loaf.pk].obstacle == "Das gibt es nicht mehr."


@pytest.mark.parametrize(
    ("when", "code"),
    [
        (Availability(begins=time(9), ends=time(8)), "hours"),
        (Availability(days=frozenset({date(2020, 1, 1)})), "never"),
        (Availability(weekdays=frozenset({9})), "never"),
    ],
)
def test_times_that_make_no_sense_are_refused(loaf, erna, when, code):
    with pytest.raises(ActionRefused) as refused:
        limited(loaf, erna, when)
    assert refused.value.code == code
    assert Offer.objects.get().availability == {}


def test_nobody_else_says_when_and_nobody_overwrites(bakery, loaf, erna):
    for by in (worker(bakery, Membership.PACKER, "paul"), owner(shop("Andere"), "otto")):
        with pytest.raises(NotAllowed):
            limited(loaf, by, MARKET)
    limited(loaf, erna, MARKET)
    with pytest.raises(Stale):
        limited(loaf, erna, HOLY)
    assert read_availability(Offer.objects.get().availability) == MARKET


def test_variants_can_be_had_when_the_first_one_can(loaf, erna):
    head = actions.name_variant(offer=loaf, variant="klein", by=erna)
    small = actions.add_variant(offer=head, variant="groß", price=head.price, quantity=3, by=erna)
    limited(Offer.objects.get(pk=loaf.pk), erna, MARKET)
    assert Offer.objects.get(pk=small.pk).availability == MARKET.as_json()
    third = actions.add_variant(offer=head, variant="riesig", price=head.price, quantity=3, by=erna)
    assert third.availability == MARKET.as_json()


def page(loaf):
    return f"/laden/baeckerei-musterkorn/angebote/{loaf.pk}/zeiten/"


def test_times_are_typed_on_a_page(loaf, erna):
    browser = signed_in(erna)
    typed = {
        "version": loaf.version, "weekdays": ["2", "5"], "begins": "07:00", "ends": "12:00", "season_from": "15.4.", "season_to": "24. 6.",
        "days": f"24.12.{clock.today().year + 1}", "per_day": "40",
    }  # fmt: skip
    assert browser.post(page(loaf), typed).status_code == 303
    kept = read_availability(Offer.objects.get().availability)
    assert (kept.weekdays, kept.season, kept.per_day) == (frozenset({2, 5}), ((4, 15), (6, 24)), 40)
    text = browser.get(page(loaf)).content.decode()
    assert 'value="15.4."' in text
    assert 'value="07:00"' in text
    late = browser.post(page(loaf), typed).content.decode()
    assert "Inzwischen hat jemand anderes" in late


@pytest.mark.parametrize(
    "wrong",
    [{"season_from": "31.2."}, {"season_from": "15.4."}, {"days": "heute"}, {"days": "24.12."}, {"per_day": "0"}, {"begins": "7 Uhr"}, {"weekdays": ["9"]}],
)  # fmt: skip
def test_a_wrong_entry_is_told_and_changes_nothing(loaf, erna, wrong):
    answer = signed_in(erna).post(page(loaf), {"version": loaf.version, **wrong})
    assert "field--error" in answer.content.decode()
    assert Offer.objects.get().availability == {}


def test_the_page_is_for_owner_and_staff(client, bakery, loaf, erna):
    assert signed_in(erna).get(page(loaf)).status_code == 200
    assert client.get(page(loaf)).status_code == 302
    for by in (worker(bakery, Membership.PACKER, "paul"), owner(shop("Andere"), "otto")):
        assert signed_in(by).get(page(loaf)).status_code == 404
        assert signed_in(by).post(page(loaf), {"version": loaf.version, "per_day": "1"}).status_code == 404
    assert Offer.objects.get().availability == {}
