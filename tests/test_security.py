"""What holds at every address of the site, whoever wrote it: forms from elsewhere, strict answers, careful cookies."""

import ast
import re
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver

from stadtplatz.kit.models import RateCounter

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ["1", "A" * 22, "probe", "A-222-2222", "2026-11-02", "probe.jpg", "a" * 32, "Az09-_" * 8]

FROM_ELSEWHERE = {
    "unsubscribe": "mail programs send it without a page of ours (one-click unsubscribe)",
    "open311-": "programs send it; whoever they are stands in their key, no cookie counts",
}
"""Names of addresses that take a POST from anywhere, or how they begin, and why."""


def addresses() -> dict[str, str]:
    """Every named address with something plausible in the place of its variables."""
    found = {}
    resolver = get_resolver()
    for name in (name for name in resolver.reverse_dict if isinstance(name, str)):
        for possibilities, pattern, _defaults, _converters in resolver.reverse_dict.getlist(name):
            for route, variables in possibilities:
                for given in product(SAMPLES, repeat=len(variables)):
                    path = route % dict(zip(variables, given, strict=True))
                    if re.search(f"^{pattern}", path):
                        found[name] = f"/{path}"
                        break
    return found


ADDRESSES = addresses()


def test_the_sweep_finds_every_named_address():
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert named - ADDRESSES.keys() == set()
    assert len(named) > 120


def test_a_form_on_a_foreign_page_changes_nothing_anywhere():
    visitor = Client(
        enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site", "origin": "https://boese.example"}
    )
    taken = {
        name: answer.status_code
        for name, path in ADDRESSES.items()
        if not name.startswith(tuple(FROM_ELSEWHERE)) and (answer := visitor.post(path)).status_code != 403
    }
    assert taken == {}
    assert not RateCounter.objects.exists()


class Looker(HTMLParser):
    """Notes what the policy forbids: scripts and styles in the page, handlers in attributes, parts from elsewhere."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "style" or "style" in given or any(name.startswith(("on", "hx-on")) for name in given):
            self.found.append(self.get_starttag_text())
        if (
            tag == "script"
            and "src" not in given
            and given.get("type") not in {"application/ld+json", "application/json"}
        ):
            self.found.append(self.get_starttag_text())
        loaded = given.get("src") or (given.get("href") if tag == "link" and given.get("rel") != "canonical" else "")
        if loaded and re.match(r"(https?:)?//", loaded) and given.get("rel") != "alternate":
            self.found.append(self.get_starttag_text())


def test_every_answer_to_a_stranger_is_strict_and_leaves_no_session():
    faults = []
    for name, path in ADDRESSES.items():
        answer = Client(raise_request_exception=True).get(path)
        policy = answer.get("Content-Security-Policy", "")
        faults += [f"{name}: {path} {answer.status_code}"] if answer.status_code >= 500 else []
        faults += [f"{name}: policy {policy!r}"] if "default-src 'none'" not in policy or "unsafe" in policy else []
        faults += [f"{name}: may be sniffed"] if answer.get("X-Content-Type-Options") != "nosniff" else []
        faults += [f"{name}: may be framed"] if answer.get("X-Frame-Options") != "DENY" else []
        faults += [f"{name}: keeps a session"] if "sessionid" in answer.cookies else []
        faults += [f"{name}: {key} is open" for key, cookie in answer.cookies.items() if not careful(cookie)]
        if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            looker = Looker()
            looker.feed(answer.text)
            faults += [f"{name}: {found}" for found in looker.found]
    assert faults == []


def careful(cookie) -> bool:
    return bool(cookie["httponly"] and cookie["samesite"]) or cookie["max-age"] == 0


def test_every_cookie_of_our_own_is_closed_to_scripts_foreign_pages_and_open_lines():
    wanted = {"httponly", "secure", "samesite"}
    loose = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in ROOT.glob("stadtplatz/**/*.py")
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in {"set_cookie", "set_signed_cookie"}
        and not wanted <= {word.arg for word in node.keywords}
    ]
    assert loose == []
