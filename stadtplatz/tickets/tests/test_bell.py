"""Messages without content to a device. Tested against: contract fake - a server on this machine that checks what RFC 8030 and RFC 8292
ask for. No push service of a browser maker can be reached from a test."""

import base64
import json
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from stadtplatz.kit import clock, jobs
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.models import Job
from stadtplatz.notifications import push
from stadtplatz.notifications.models import Bell
from stadtplatz.tickets import actions

pytestmark = pytest.mark.django_db


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def fault_of(headers, body: bytes, origin: str) -> str:
    """What a push service would refuse a request for; empty if nothing."""
    if "TTL" not in headers:
        return "no TTL"
    if body or headers.get("Content-Length") != "0":
        return "a body without encryption"
    if len(headers.get("Topic", "")) > 32:
        return "topic too long"
    scheme, _space, rest = headers.get("Authorization", "").partition(" ")
    fields = dict(part.strip().split("=", 1) for part in rest.split(","))
    said, _dot, signature = fields["t"].rpartition(".")
    claims = json.loads(unb64(said.split(".")[1]))
    raw = unb64(signature)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(fields["k"]))
    try:
        numbers = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        key.verify(numbers, said.encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return "wrong signature"
    if claims["aud"] != origin or not time.time() < claims["exp"] <= time.time() + 24 * 3600:
        return "wrong claims"
    return "" if scheme == "vapid" and claims["sub"].startswith("mailto:") else "wrong scheme"


@contextmanager
def contract_fake():
    """Stands in for a push service: answers 201 if the request keeps the contract, 400 if not, or what it is told to."""

    class Service(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            fault = fault_of(self.headers, body, self.server.origin)
            self.server.asked.append((self.path, fault))
            self.send_response(self.server.answer or (400 if fault else 201))
            self.end_headers()

        def log_message(self, *args):
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Service)
    server.asked, server.answer, server.origin = [], 0, f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def service(settings):
    settings.WEBHOOKS_TO_PRIVATE, settings.PUSH_SERVICES = True, ["127.0.0.1"]
    with contract_fake() as server:
        yield server


@pytest.fixture
def ask(ticket, browser, service):
    """A phone asks to be told of the report."""

    def asked(path="/send/phone", end="", **more):
        url = f"/anliegen/{ticket.case.secret}/glocke/{end}"
        return browser().post(url, {"endpoint": f"{service.origin}{path}", **more})

    return asked


def news(ticket, worker):
    actions.write(ticket, body="Morgen kommt die Kolonne.", by=worker)
    jobs.run_all()


def test_a_device_that_asked_rings_when_there_is_news_and_learns_nothing_of_it(ask, ticket, worker, service):
    assert ask().status_code == 204
    news(ticket, worker)
    assert service.asked == [("/send/phone", "")]
    assert Bell.objects.get().rung_at


def test_a_device_asks_once_and_takes_it_back(ask, ticket, worker, service):
    ask()
    ask()
    assert Bell.objects.count() == 1
    assert ask(end="ende/").status_code == 204
    assert ask(end="ende/").status_code == 204
    news(ticket, worker)
    assert service.asked == []


@pytest.mark.parametrize("answer", [404, 410])
def test_a_device_that_is_gone_is_forgotten(ask, ticket, worker, service, answer):
    ask()
    service.answer = answer
    news(ticket, worker)
    assert not Bell.objects.exists()


def test_a_push_service_that_is_busy_is_asked_again_and_one_that_refuses_is_left_alone(ask, ticket, worker, service):
    ask()
    service.answer = 503
    news(ticket, worker)
    assert Job.objects.filter(name__endswith="ring_bell").exists()
    assert Bell.objects.exists()
    Job.objects.all().delete()
    service.answer = 403
    for _time in range(3):
        news(ticket, worker)
    assert not Bell.objects.exists()


def test_what_happens_within_a_moment_rings_once(ask, ticket, worker, service):
    ask()
    actions.accept(ticket, by=worker)
    actions.write(ticket, body="Morgen.", by=worker)
    actions.write(ticket, body="Oder übermorgen.", by=worker)
    jobs.run_all()
    assert len(service.asked) <= 3
    assert len({path for path, _fault in service.asked}) == 1


def test_internal_notes_and_the_reporters_own_words_ring_nowhere(ask, ticket, worker, reporter, service):
    ask()
    actions.write(ticket, body="Nur für uns.", internal=True, by=worker)
    actions.answer(ticket, body="Noch etwas.", by=reporter)
    jobs.run_all()
    assert service.asked == []


def test_a_report_that_is_over_rings_nowhere(ask, ticket, reporter, service):
    ask()
    actions.withdraw(ticket, by=reporter)
    jobs.run_all()
    assert not Bell.objects.exists()
    assert ask().status_code == 404
    actions.detach(ticket, by=SYSTEM)


def test_a_subscription_ends_when_the_browser_says_so(ask, ticket, worker, service, monkeypatch):
    ends = clock.now() + timedelta(days=3)
    ask(expires=str(ends.timestamp()))
    assert abs(Bell.objects.get().ends_at - ends) < timedelta(seconds=1)
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: real + timedelta(days=4))
    news(ticket, worker)
    assert service.asked == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "ftp://127.0.0.1/x",
        "https://example.org/x",
        "http://fcm.googleapis.com.example.org/x",
        "https://user@127.0.0.1/x",
        "x" * 1500,
        "http://[",
        "https://127.0.0.1.example.org/",
    ],
)
def test_nobody_can_have_us_call_any_address(ticket, browser, service, endpoint):
    answer = browser().post(f"/anliegen/{ticket.case.secret}/glocke/", {"endpoint": endpoint})
    assert answer.status_code == 400
    assert not Bell.objects.exists()


def test_in_earnest_only_https_to_the_browsers_own_services_is_called(settings):
    assert push.is_push_service("https://fcm.googleapis.com/fcm/send/abc")
    assert push.is_push_service("https://updates.push.services.mozilla.com/wpush/v2/abc")
    assert not push.is_push_service("http://fcm.googleapis.com/fcm/send/abc")
    assert not push.is_push_service("https://evilfcm.googleapis.com.example/")


def test_only_who_holds_the_link_may_ask_and_ten_devices_at_most(ask, ticket, browser, service):
    nobody = browser().post("/anliegen/AAAAAAAAAAAAAAAAAAAAAA/glocke/", {"endpoint": f"{service.origin}/x"})
    assert nobody.status_code == 404
    for number in range(10):
        assert ask(path=f"/send/{number}").status_code == 204
    assert ask(path="/send/11").status_code == 400
    assert Bell.objects.count() == 10
    assert ask(expires="bald").status_code == 400


def test_the_page_offers_it_and_the_worker_is_a_script_of_ours(ticket, browser):
    page = browser().get(f"/anliegen/{ticket.case.secret}/").text
    assert push.public_key() in page
    assert "<script>" not in page
    script = browser().get("/glocke.js?lang=en")
    assert script["Content-Type"].startswith("text/javascript")
    assert "News about your errand" in script.text
    assert "/en/meine/" in script.text
    assert "Neues zu Ihrem Vorgang" in browser().get("/glocke.js").text
