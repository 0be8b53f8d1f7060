"""What is for the demo stays in the demo; what is unsafe does not start in production."""

import pytest

from stadtplatz.notifications.models import Message
from stadtplatz.operate.demo.views import with_links_to

PRODUCTION = {
    "STADTPLATZ_MODE": "production",
    "STADTPLATZ_SECRET_KEY": "x" * 60,
    "STADTPLATZ_BASE_URL": "https://platz.example",
}


def test_production_does_not_start_without_a_secret(installation_words):
    said = installation_words("check", fails=True, **PRODUCTION | {"STADTPLATZ_SECRET_KEY": ""})
    assert "STADTPLATZ_SECRET_KEY is required" in said


def test_production_does_not_start_without_https(installation_words):
    said = installation_words("check", fails=True, **PRODUCTION | {"STADTPLATZ_BASE_URL": "http://platz.example"})
    assert "must start with https://" in said


def test_production_has_no_demo_bar_no_demo_pages_and_no_movable_clock(installation_words):
    code = """
from datetime import timedelta
from django.urls import resolve, Resolver404
from stadtplatz.kit import clock
from stadtplatz.operate.context import demo_bar
print("bar", demo_bar(None))
for path in ("/demo/rolle/", "/demo/uhr/", "/demo/briefkasten/", "/demo/briefkasten/1/"):
    try:
        print("resolves", resolve(path).func.__module__)
    except Resolver404:
        print("nothing at", path)
try:
    clock.move(timedelta(days=1))
except RuntimeError as refusal:
    print(refusal)
"""
    said = installation_words("shell", "--verbosity", "0", "-c", code, **PRODUCTION)
    assert "bar {}" in said
    assert "stadtplatz.operate.demo" not in said
    assert "Only the demo's clock can be moved." in said


def test_the_demo_does_not_run_in_production(installation_words):
    assert "runs only with STADTPLATZ_MODE=demo" in installation_words("demo", fails=True, **PRODUCTION)


def test_links_in_the_demos_mailbox_lead_to_where_the_demo_runs_now():
    link = "http://localhost:8000/anliegen/AAAAAAAAAAAAAAAAAAAAAA/"
    html = f'<a href="{link}">Hier</a> https://www.example.org/'
    message = with_links_to("https://192.0.2.7:8443/", Message(text=f"Hier: {link}", html=html))
    assert message.text == "Hier: https://192.0.2.7:8443/anliegen/AAAAAAAAAAAAAAAAAAAAAA/"
    assert message.html.count("https://192.0.2.7:8443/anliegen/") == 1
    assert "https://www.example.org/" in message.html


@pytest.fixture
def installation_words(tmp_path):
    """Runs a command in a folder without database."""
    from stadtplatz.operate.tests.conftest import Installation

    return Installation(tmp_path / "var", f"sqlite:///{tmp_path}/town.sqlite3").run
