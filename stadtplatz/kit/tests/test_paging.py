"""Narrowed lists are counted up to where people page, and no further."""

import pytest
from django.core.paginator import EmptyPage

from stadtplatz.kit.paging import REACHABLE, Pages


class Rows(list):
    """Rows that say how many they are, as those of a database do."""

    def __getitem__(self, at):
        return Rows(super().__getitem__(at)) if isinstance(at, slice) else super().__getitem__(at)

    def count(self):
        return len(self)


def test_a_short_list_is_counted_whole():
    pages = Pages(Rows(range(50)), 24)
    assert (pages.count, pages.num_pages, pages.has_more) == (50, 3, False)
    assert list(pages.page(3)) == [48, 49]


def test_a_long_one_ends_where_nobody_pages_any_more():
    pages = Pages(Rows(range(REACHABLE + 500)), 24)
    assert (pages.count, pages.has_more) == (REACHABLE, True)
    with pytest.raises(EmptyPage):
        pages.page(pages.num_pages + 1)


def test_what_is_known_already_is_not_counted():
    pages = Pages(range(7), 24, known=100_000)
    assert (pages.count, pages.has_more) == (100_000, False)
