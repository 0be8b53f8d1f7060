"""What people ask in an invented market town is answered, in the same order on every database."""

import json
from pathlib import Path

import pytest

from stadtplatz.search import queries
from stadtplatz.search.tests import town

pytestmark = pytest.mark.django_db
ORDER = Path(__file__).parent / "order.json"


@pytest.fixture(scope="module")
def market_town(standing):
    """Pushed once: here it is only asked."""
    with standing():
        town.load()
        yield


def test_nearly_every_question_is_answered_among_the_first_five(market_town):
    success, gain, _ = town.quality()
    assert success >= 0.95
    assert gain >= 0.93


def test_both_databases_give_the_same_order_as_the_one_written_down(market_town):
    expected = json.loads(ORDER.read_text(encoding="utf-8"))
    assert len(expected) >= 100
    assert {text: town.answers(text) for text in expected} == expected


def test_counts_and_totals_do_not_depend_on_the_kind_asked_for(market_town):
    everything = queries.find("Brot")
    offers = queries.find("Brot", kinds=["offer"])
    assert offers.counts_by_kind == everything.counts_by_kind
    assert offers.total == everything.counts_by_kind["offer"] == len(offers.hits)
    assert {hit.kind for hit in offers.hits} == {"offer"}


def test_pages_of_results_do_not_overlap_and_leave_nothing_out(market_town):
    whole = [hit.key for hit in queries.find("Fahrrad", limit=50).hits]
    pages = [hit.key for offset in range(0, 50, 5) for hit in queries.find("Fahrrad", limit=5, offset=offset).hits]
    assert pages == whole
