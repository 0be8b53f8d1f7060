"""Other systems are told, signed and by ids alone, and nobody is led into our own network."""

import hmac
import json
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import transaction

from stadtplatz.audit import webhooks
from stadtplatz.audit.actions import listen, record, rotate_secret, send_again, stop_listening, try_endpoint
from stadtplatz.audit.models import Endpoint
from stadtplatz.audit.tests.facts import ASKED, SWEPT
from stadtplatz.kit import clock, jobs, outside
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.models import Job, RateCounter
from stadtplatz.kit.refusals import ActionRefused

pytestmark = pytest.mark.django_db
ANNA = Actor("guest", "g:anna-secret", guest_id=1)


@contextmanager
def neighbour(*answers: int, location: str = ""):
    """A real server next door; gives these answers in turn (the last for ever) and keeps what it was told."""
    told: list = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.append((self.path, dict(self.headers), body))
            self.send_response(answers[min(len(told), len(answers)) - 1])
            if location:
                self.send_header("Location", location)
            self.end_headers()

        def log_message(self, *args):
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook?town=1", told
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def open_house(settings):
    settings.WEBHOOKS_TO_PRIVATE = True


def sweep(fact=SWEPT, **keys):
    square = RateCounter.objects.create(key=f"square {time.perf_counter_ns()}", expires_at=clock.now())
    return record(fact, subject=square, by=ANNA, **keys)


def again() -> None:
    Job.objects.filter(state=Job.WAITING).update(run_at=clock.now() - timedelta(seconds=1))
    jobs.run_all()


def test_a_fact_is_told_signed_and_by_ids_alone(open_house):
    with neighbour(204) as (url, told):
        endpoint = listen(url, verbs=["square.swept"])
        row = sweep(times=3)
        sweep(ASKED)
        jobs.run_all()
    [(path, headers, body)] = told
    assert path == "/hook?town=1"
    assert json.loads(body) == {
        "id": row.pk,
        "verb": "square.swept",
        "subject": {"kind": "kit.ratecounter", "id": row.subject_id},
        "at": row.at.isoformat(),
        "keys": {"times": 3},
    }
    assert b"anna" not in body
    stamp = headers["Stadtplatz-Timestamp"]
    expected = hmac.new(endpoint.secret.encode(), stamp.encode() + b"." + body, sha256).hexdigest()
    assert headers["Stadtplatz-Signature"] == f"v1={expected}"
    assert abs(time.time() - int(stamp)) < 60
    assert headers["Stadtplatz-Delivery"] == f"{row.pk}-{endpoint.pk}"
    endpoint.refresh_from_db()
    assert endpoint.last_status == "204"


def test_a_whole_domain_or_everything_can_be_heard(open_house):
    with neighbour(200) as (url, told):
        listen(url, verbs=["square.*"])
        listen(url, verbs=["*"])
        sweep()
        jobs.run_all()
    assert len(told) == 2


def test_a_neighbour_who_is_out_is_told_again(open_house):
    with neighbour(500, 503, 200) as (url, told):
        listen(url, verbs=["*"])
        sweep()
        jobs.run_all()
        again()
        again()
        again()
    assert len(told) == 3
    assert len({headers["Stadtplatz-Delivery"] for _, headers, _ in told}) == 1
    assert not Job.objects.exists()


def test_a_neighbour_who_has_gone_is_told_no_more(open_house):
    with neighbour(410) as (url, told):
        listen(url, verbs=["*"])
        sweep()
        jobs.run_all()
        sweep()
        jobs.run_all()
    assert len(told) == 1
    assert not Endpoint.objects.get().active


def test_a_neighbour_who_never_answers_becomes_dead_letters(open_house):
    with neighbour(200) as (url, _told):
        pass
    listen(url, verbs=["*"])
    sweep()
    for _ in range(13):
        again()
    assert [job.name for job in jobs.dead()] == ["audit.webhooks.deliver"]


def test_a_redirect_is_not_followed(open_house):
    with neighbour(200) as (secret_url, secrets), neighbour(302, location=secret_url) as (url, told):
        listen(url, verbs=["*"])
        sweep()
        jobs.run_all()
    assert (len(told), secrets) == (1, [])


def test_who_stopped_listening_hears_nothing_not_even_what_was_waiting(open_house):
    with neighbour(200) as (url, told):
        endpoint = listen(url, verbs=["*"])
        sweep()
        stop_listening(endpoint.pk)
        sweep()
        jobs.run_all()
    assert told == []
    assert not Job.objects.exists()


def test_without_a_certificate_nothing_is_told(open_house):
    with neighbour(200) as (url, told):
        listen(url.replace("http:", "https:"), verbs=["*"])
        sweep()
        jobs.run_all()
    assert told == []
    assert Job.objects.get().attempts == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.7/",
        "https://192.168.1.1:8443/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fd00::1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0/",
        "https://224.0.0.1/",
        "https://user:word@192.0.2.1/",
        "https:///nohost",
        "https://example.org:99999/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
    ],
)
def test_nobody_is_led_into_our_own_network(url):
    with pytest.raises(ActionRefused):
        listen(url, verbs=["*"])
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize(
    "address", ["64:ff9b::7f00:1", "2002:7f00:1::", "100.64.0.1", "0.1.2.3", "::", "fe80::1%eth0", "255.255.255.255"]
)
def test_disguised_private_addresses_are_seen_through(address):
    assert not outside.is_public(address)


def test_public_addresses_are_public():
    assert outside.is_public("93.184.216.34")
    assert outside.is_public("2606:2800:220:1:248:1893:25c8:1946")


def test_an_endpoint_that_moved_into_our_network_later_is_not_served(settings):
    with neighbour(200) as (url, told):
        Endpoint.objects.create(url=url.replace("http:", "https:"), verbs=["*"])
        webhooks.forget()
        sweep()
        jobs.run_all()
    assert told == []


@pytest.mark.parametrize("verbs", [[], ["square.burnt"], ["squares.*"], ["square.swept", "nonsense"]])
def test_nobody_listens_for_what_is_never_said(open_house, verbs):
    with pytest.raises(ActionRefused):
        listen("http://127.0.0.1:9/", verbs=verbs)
    assert not Endpoint.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_each_attempt_is_kept_with_what_came_of_it(open_house):
    with neighbour(503, 200) as (url, _told):
        endpoint = listen(url, verbs=["*"])
        with transaction.atomic():
            sweep()
        jobs.run_all()
        again()
    assert [(one.status, one.taken) for one in endpoint.deliveries.order_by("id")] == [("503", False), ("200", True)]


def test_attempts_are_forgotten_after_thirty_days(open_house, monkeypatch):
    with neighbour(200) as (url, _told):
        endpoint = listen(url, verbs=["*"])
        sweep()
        jobs.run_all()
    webhooks.forget_deliveries()
    assert endpoint.deliveries.count() == 1
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    webhooks.forget_deliveries()
    assert endpoint.deliveries.count() == 0


def test_for_a_day_both_secrets_sign_and_then_only_the_new_one(open_house, monkeypatch):
    with neighbour(200) as (url, told):
        old = listen(url, verbs=["*"]).secret
        rotate_secret(Endpoint.objects.get().pk)
        sweep()
        jobs.run_all()
        later = clock.now() + timedelta(hours=25)
        monkeypatch.setattr(clock, "now", lambda: later)
        sweep()
        jobs.run_all()
    new = Endpoint.objects.get().secret
    first, second = [
        (headers["Stadtplatz-Signature"].split(","), headers["Stadtplatz-Timestamp"], body) for _, headers, body in told
    ]
    assert first[0] == [signature(secret, *first[1:]) for secret in (new, old)]
    assert second[0] == [signature(new, *second[1:])]


def test_a_test_message_is_sent_once_even_to_an_endpoint_that_is_off(open_house):
    with neighbour(500) as (url, told):
        endpoint = listen(url, verbs=["*"])
        Endpoint.objects.update(active=False)
        try_endpoint(endpoint.pk)
        jobs.run_all()
        again()
    [(_path, _headers, body)] = told
    assert json.loads(body)["verb"] == "audit.pinged"
    assert not Endpoint.objects.get().active
    assert not Job.objects.exists()


def test_what_happened_since_a_moment_is_told_again_in_order(open_house):
    with neighbour(200) as (url, told):
        sweep(times=1)
        sweep(times=2)
        sweep(ASKED)
        endpoint = listen(url, verbs=["square.swept"])
        assert send_again(endpoint.pk, since=clock.now() - timedelta(hours=1)) == 2
        jobs.run_all()
    assert [json.loads(body)["keys"]["times"] for _, _, body in told] == [1, 2]


def signature(secret, stamp, body):
    return "v1=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, sha256).hexdigest()
