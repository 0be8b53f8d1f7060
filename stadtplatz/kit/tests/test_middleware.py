"""Around every request: an id, safe headers, refusals as pages, maintenance, health."""

import json
import logging

import pytest
from django.db import connection
from django.utils import timezone

from stadtplatz.kit import health, logs
from stadtplatz.kit.models import Heartbeat
from stadtplatz.kit.tests.pages import drawn

pytestmark = [pytest.mark.django_db, pytest.mark.urls("stadtplatz.kit.tests.pages")]


def test_each_answer_carries_an_id_and_takes_a_harmless_given_one(client):
    assert len(client.get("/plain/")["X-Request-ID"]) == 16
    assert client.get("/plain/", headers={"x-request-id": "abc-12345"})["X-Request-ID"] == "abc-12345"
    for evil in ("short", "a" * 65, "abc\tdef123", "<script>alert"):
        assert client.get("/plain/", headers={"x-request-id": evil})["X-Request-ID"] != evil


def test_every_answer_is_strict(client):
    response = client.get("/plain/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(("how", "status"), [("refused", 409), ("forbidden", 403), ("often", 429)])
def test_a_refusal_nobody_caught_becomes_a_page(client, how, status):
    response = client.get(f"/refuse/{how}/")
    assert response.status_code == status
    assert response.get("Retry-After") == ("7" if how == "often" else None)


def test_our_own_mistake_is_a_page_with_a_number(client):
    client.raise_request_exception = False
    response = client.get("/refuse/broken/", headers={"x-request-id": "number-4711"})
    assert response.status_code == 500
    assert "number-4711" in response.content.decode()
    assert "erika" not in response.content.decode()


def test_maintenance_closes_every_page_but_health(client, settings, tmp_path):
    settings.VAR = tmp_path
    (tmp_path / "maintenance").touch()
    response = client.get("/plain/")
    assert (response.status_code, response["Retry-After"]) == (503, "900")
    assert "<h1>" in response.content.decode()
    assert client.get("/healthz").status_code == 200
    (tmp_path / "maintenance").unlink()
    assert client.get("/plain/").status_code == 200


@pytest.mark.parametrize("announced", ["110000001", "99999999999999", "-1", "abc"])
def test_a_request_that_is_far_too_large_is_not_even_read(client, announced):
    drawn.clear()
    assert client.post("/plain/", CONTENT_LENGTH=announced).status_code == 413
    assert drawn == []


def test_health_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_ready_means_database_and_migrations_and_tells_of_the_worker(client):
    health._migrated = False
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {"ready": True, "database": True, "migrations": True, "worker_seen_seconds_ago": None}
    Heartbeat.objects.create(worker="house:1", seen_at=timezone.now())
    assert client.get("/readyz").json()["worker_seen_seconds_ago"] in {0, 1}


def test_a_waiting_migration_is_not_ready(client):
    health._migrated = False
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'pools'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] is False


def formatted(message: str, *args, **extra) -> dict:
    record = logging.makeLogRecord(
        {"name": "stadtplatz.test", "levelname": "INFO", "msg": message, "args": args, **extra}
    )
    return json.loads(logs.JsonFormatter().format(record))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mail to erika.muster@example.org failed", "mail to <mail> failed"),
        ("Internal Server Error: /anliegen/Zx8_kP2mQ4rT6vW8yA0b-C/", "Internal Server Error: /anliegen/<secret>/"),
        ("from 192.0.2.17 and 2001:db8:0:1::7", "from <address> and <address>"),
        ("call 07032 924-0123 or +49 7032 924123", "call <phone> or <phone>"),
        ("DETAIL:  Key (name)=(Erika) already exists.", "DETAIL: <values>"),
        ("job 1234567 done in 12.5 s at 2026-11-22T10:15:00", "job 1234567 done in 12.5 s at 2026-11-22T10:15:00"),
    ],
)
def test_logs_hold_no_personal_data(text, masked):
    assert formatted(text)["message"] == masked
    assert formatted("%s", text)["message"] == masked
    assert formatted("x", note=text)["note"] == masked
