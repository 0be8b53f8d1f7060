"""The REST interface, tried at length; the short run is tests/peers/test_rest.py."""

from stadtplatz.tickets.models import Ticket
from tests.peers.test_rest import media, published, town
from tests.support.api_examples import tries

__all__ = ["media", "published", "town"]


def test_thousands_of_requests_do_not_break_it(published):
    assert tries(examples=150) > 2_000
    assert Ticket.objects.filter(pk=published.pk).exists()
