"""Which shops are open and which are hidden is kept in memory, and never old."""

from stadtplatz.kit import kept as keeping
from stadtplatz.kit.kept import kept
from stadtplatz.shops import queries
from stadtplatz.shops.kept import HOURS
from stadtplatz.shops.models import Shop
from stadtplatz.shops.tests.builders import berlin, shop

MONDAY = berlin("2026-11-23 10:00")


def test_a_new_shop_counts_at_once_and_one_that_was_suspended_no_more(db):
    first = shop()
    assert queries.open_slugs(MONDAY) == {first.slug}
    second = shop("Zweite", email="zwei@example.org")
    assert queries.open_slugs(MONDAY) == {first.slug, second.slug}
    Shop.objects.filter(pk=first.pk).update(standing=Shop.SUSPENDED)
    assert queries.open_slugs(MONDAY) == {second.slug}
    assert queries.hidden() == {first.pk}
    assert queries.open_slugs(berlin("2026-11-23 13:00")) == frozenset()  # noon break


def test_who_opens_soonest_is_told_by_day_and_by_night(db):
    early = shop(hours="Mo-Fr 08:00-18:00")
    late = shop("Spät", email="spaet@example.org", hours="Mo-Fr 12:00-20:00")
    count, shown = queries.open_soonest(5, MONDAY)
    assert (count, [found.slug for found, _state in shown]) == (1, [early.slug])
    count, shown = queries.open_soonest(5, berlin("2026-11-23 22:00"))
    assert (count, [found.slug for found, _state in shown]) == (0, [early.slug, late.slug])


def test_only_dear_figures_may_be_a_little_old(db, monkeypatch):
    def counted() -> int:
        return Shop.objects.count()

    fresh, rested = kept(HOURS)(counted), kept(HOURS, share=0.000001)(counted)
    shop()
    assert (fresh(), rested()) == (1, 1)
    monkeypatch.setattr(keeping, "CHEAP", 0.0)
    shop("Zweite", email="zwei@example.org")
    assert (fresh(), rested()) == (2, 2)
    shop("Dritte", email="drei@example.org")
    assert (fresh(), rested()) == (3, 2)
