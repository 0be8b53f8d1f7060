"""How often something may be done, counted for all processes, without remembering who."""

from datetime import timedelta

import pytest

from stadtplatz.kit import clock, ratelimit, throttle
from stadtplatz.kit.models import RateCounter
from stadtplatz.kit.refusals import TooOften

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_up_to_the_limit_and_no_further():
    for _ in range(3):
        ratelimit.count("report", "192.0.2.7", limit=3, per=HOUR)
    with pytest.raises(TooOften) as refused:
        ratelimit.count("report", "192.0.2.7", limit=3, per=HOUR)
    assert 0 < refused.value.retry_after <= 3600
    ratelimit.count("report", "192.0.2.8", limit=3, per=HOUR)
    ratelimit.count("search", "192.0.2.7", limit=3, per=HOUR)


def test_a_dear_thing_may_count_more():
    ratelimit.count("mail", "a@example.org", limit=5, per=HOUR, cost=4)
    with pytest.raises(TooOften):
        ratelimit.count("mail", "a@example.org", limit=5, per=HOUR, cost=4)


def test_who_it_was_is_not_written_down():
    ratelimit.count("mail", "erika@example.org", limit=5, per=HOUR)
    assert "erika" not in RateCounter.objects.get().key


def test_a_home_with_a_million_addresses_is_one_visitor():
    for last in range(3):
        ratelimit.count("report", f"2001:db8:1:2::{last}", limit=3, per=HOUR)
    with pytest.raises(TooOften):
        ratelimit.count("report", "2001:db8:1:2:ffff::1", limit=3, per=HOUR)
    ratelimit.count("report", "2001:db8:1:3::1", limit=3, per=HOUR)


def test_ipv4_in_the_clothes_of_ipv6_is_not_one_household_of_all():
    ratelimit.count("report", "::ffff:192.0.2.7", limit=1, per=HOUR)
    ratelimit.count("report", "::ffff:192.0.2.8", limit=1, per=HOUR)
    with pytest.raises(TooOften):
        ratelimit.count("report", "192.0.2.7", limit=1, per=HOUR)


def test_reading_is_counted_by_household_too():
    limit = throttle.Limit("probe", most=1, seconds=10_000_000)
    limit.count("2001:db8:1:2::1")
    limit.count("192.0.2.7")
    with pytest.raises(TooOften):
        limit.count("2001:db8:1:2:ffff::1")


def test_what_is_over_is_forgotten():
    ratelimit.count("report", "192.0.2.7", limit=3, per=HOUR)
    assert ratelimit.forget_expired() == 0
    RateCounter.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert ratelimit.forget_expired() == 1


def test_asking_without_counting():
    assert ratelimit.used("report", "192.0.2.7", per=HOUR) == 0
    ratelimit.count("report", "192.0.2.7", limit=3, per=HOUR)
    assert ratelimit.used("report", "192.0.2.7", per=HOUR) == 1
