"""The REST interface before a program that tries everything its document allows, and more."""

import pytest
from jsonschema import Draft202012Validator

from stadtplatz.kit import rest, throttle
from stadtplatz.tickets.actions import open_ticket
from stadtplatz.tickets.models import Category, Ticket
from tests.peers.conftest import PLACE, media, town
from tests.support.api_examples import document, tries

__all__ = ["media", "town"]


@pytest.fixture
def published(town, settings, monkeypatch):
    """One public report, and nobody who is told to slow down."""
    monkeypatch.setattr(throttle.Limit, "count", lambda self, who: None)
    Category.objects.update(release=Category.AUTOMATIC)
    town.pothole.refresh_from_db()
    from stadtplatz.kit.actors import ANONYMOUS

    return open_ticket(text="Tiefes Schlagloch", place=PLACE, category=town.pothole, by=ANONYMOUS)


def test_no_request_breaks_it_and_no_answer_is_a_surprise(published):
    assert tries(examples=2) >= 30
    assert Ticket.objects.filter(pk=published.pk).exists()


def test_the_document_is_a_valid_openapi_3_1(client, db):
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    for name, schema in told["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema), name
    assert {found.ok().label for found in document().get_all_operations()} >= {
        "GET /api/v1/categories",
        "GET /api/v1/tickets",
        "POST /api/v1/tickets",
        "GET /api/v1/own-tickets/{secret}",
    }
    assert rest.REFUSED
