"""A town with published reports behind a real HTTP server, for programs of others."""

from datetime import timedelta

import pytest

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM
from stadtplatz.questionnaires.actions import publish
from stadtplatz.tickets import actions
from stadtplatz.tickets.actions.clients import make_client
from stadtplatz.tickets.models import Category
from stadtplatz.tickets.open311 import views
from stadtplatz.tickets.tests.conftest import PLACE, media, town

__all__ = ["PLACE", "media", "town"]
QUESTIONS = [
    {
        "name": "kind",
        "kind": "choice",
        "labels": {"de": "Was ist mit dem Baum?"},
        "options": [
            {"value": "dead", "labels": {"de": "Er ist dürr"}},
            {"value": "leaning", "labels": {"de": "schief"}},
        ],
        "required": True,
    },
    {
        "name": "parts",
        "kind": "choices",
        "labels": {"de": "Welche Teile?"},
        "options": [{"value": "root", "labels": {"de": "Wurzel"}}, {"value": "crown", "labels": {"de": "Krone"}}],
    },
    {"name": "street", "kind": "yes_no", "labels": {"de": "Steht er an einer Straße?"}},
    {"name": "height", "kind": "number", "labels": {"de": "Höhe in Metern"}, "least": 0, "most": 60},
    {"name": "more", "kind": "text", "labels": {"de": "Noch etwas?"}, "when": {"question": "kind", "is": "dead"}},
]


@pytest.fixture
def square(transactional_db, town, live_server, settings):
    """The address of the server, with reports of the last months: published ones, one that is not, one from long ago."""
    settings.BASE_URL = live_server.url
    views.READING.forget()
    Category.objects.update(release=Category.AUTOMATIC)
    town.pothole.refresh_from_db()
    town.tree.refresh_from_db()
    publish("tickets:green", QUESTIONS, by=SYSTEM)
    worker = actor_for(town.people.worker)
    for days in (1, 3, 10, 30, 60, 85, 120):
        at = clock.now() - timedelta(days=days)
        ticket = actions.open_ticket(
            text=f"Schlagloch & Pfütze <Nr. {days}>", place=PLACE, category=town.pothole, by=ANONYMOUS, at=at
        )
        if days % 2:
            actions.close(ticket, outcome="done", words="Erledigt.", by=worker, at=at + timedelta(hours=5))
    actions.open_ticket(text="Ein Ast hängt über dem Weg", place=PLACE, category=town.tree, by=ANONYMOUS)
    return live_server.url


@pytest.fixture
def key(square, town):
    """The key of a program that may report."""
    return make_client(name="App der Nachbarstadt", by=actor_for(town.people.operator))[1]
