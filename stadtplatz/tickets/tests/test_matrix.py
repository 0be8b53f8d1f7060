"""Who gets where: every address of reporting, tried by every kind of visitor. An address without a row fails.

Each row says how a visitor is answered: `in` (the page, or the refusal of what was typed), `login` (sign in first), `no` (not yours: 403)
or `hidden` (404: that it exists is not told). Whoever holds a secret link is let in with it, whoever they are.
"""

import re

import pytest
from django.urls import URLPattern, URLResolver, reverse

from stadtplatz.cases import actions as cases
from stadtplatz.cases.urls import urlpatterns as case_urls
from stadtplatz.kit.uploads import accept_image
from stadtplatz.tickets import actions
from stadtplatz.tickets import urls as ticket_urls
from stadtplatz.tickets.models import ReplyTemplate
from stadtplatz.tickets.tests.conftest import MONDAY, picture

VISITORS = ("stranger", "citizen", "gardener", "worker", "head", "operator")
"""Nobody signed in; an account without any unit, which is what a councillor has; another unit; the responsible; the head above; who runs it."""

EVERYBODY = "in in in in in in"
NOBODY = "hidden hidden hidden hidden hidden hidden"
DESK = "login no in in in in"
OWN = "login no hidden in in hidden"
READER = "login no asked in in hidden"
HEADS = "login no no no in in"
OPERATOR = "login no no no no in"

TABLE = {
    # everybody, and whoever holds the link
    "tickets": EVERYBODY,
    "tickets-developers": EVERYBODY,
    "tickets-new": EVERYBODY,
    "tickets-draft-text": EVERYBODY,
    "tickets-draft-place": EVERYBODY,
    "tickets-draft-category": EVERYBODY,
    "tickets-draft-review": EVERYBODY,
    "tickets-draft-photo": EVERYBODY,
    "tickets-draft-photo-remove": EVERYBODY,
    "tickets-page": EVERYBODY,
    "tickets-sent": EVERYBODY,
    "tickets-answer": EVERYBODY,
    "tickets-reopen": EVERYBODY,
    "tickets-withdraw": EVERYBODY,
    "tickets-photo": EVERYBODY,
    "case-task": EVERYBODY,
    "case-task-photo": EVERYBODY,
    "open311-discovery": EVERYBODY,
    "open311-services": EVERYBODY,
    "open311-service": EVERYBODY,
    "open311-requests": EVERYBODY,
    "open311-request": NOBODY,  # not released: nobody is told that it exists
    "open311-token": NOBODY,
    "tickets-worker": EVERYBODY,
    "tickets-offline": EVERYBODY,
    "tickets-take": NOBODY,  # takes only what a kept draft sends
    "tickets-draft-danger": EVERYBODY,
    "tickets-draft-nearby": EVERYBODY,
    "tickets-draft-nearby-photo": NOBODY,
    "tickets-draft-questions": EVERYBODY,
    "tickets-join": NOBODY,
    "tickets-echo": NOBODY,
    "tickets-unfollow": NOBODY,
    "tickets-feedback": EVERYBODY,
    "tickets-echo-feedback": NOBODY,
    "tickets-news": EVERYBODY,
    "tickets-data": EVERYBODY,
    "tickets-data-file": EVERYBODY,
    "tickets-bell": EVERYBODY,
    "tickets-bell-off": EVERYBODY,
    "tickets-list": EVERYBODY,
    "tickets-district": NOBODY,  # this town has no districts
    "tickets-weekly": "login in in in in in",
    "tickets-open-data": EVERYBODY,
    "tickets-open-data-file": NOBODY,  # nothing is released
    "tickets-map": EVERYBODY,
    "tickets-map-data": EVERYBODY,
    "tickets-public": NOBODY,  # not released: nobody is told that it exists
    "tickets-public-photo": NOBODY,
    "tickets-sitemap": EVERYBODY,
    "tickets-feed": EVERYBODY,
    "tickets-district-feed": NOBODY,
    # the desk as a whole
    "desk-figures": "login no no no in no",
    "desk-ticket-new": "login no in in in hidden",
    "desk-publication-queue": DESK,
    "desk-publication-many": DESK,
    "desk-post": "login no hidden hidden in hidden",
    "desk-mail": "login no hidden hidden hidden hidden",
    "desk-mail-take": "login no hidden hidden hidden hidden",
    "desk-mail-accept": "login no hidden hidden hidden hidden",
    "desk-retention": "login no hidden hidden hidden in",
    "desk-languages": "login no in in in in",
    "desk-tickets": DESK,
    "desk-tickets-bulk": DESK,
    "desk-filter-keep": DESK,
    "desk-filter-drop": DESK,
    "desk-field": DESK,
    "desk-dangers": DESK,
    "desk-danger": "login no hidden hidden in in",  # the heads of the unit on call
    "desk-replies": DESK,
    "desk-reply": DESK,
    "desk-reply-new": DESK,
    "desk-rules-trial": HEADS,
    "desk-rules-plan": OPERATOR,
    # one report
    "desk-ticket": READER,
    "desk-ticket-photo": READER,
    "desk-ticket-lookout": READER,
    "desk-ticket-link": READER,
    "desk-ticket-task-answer": READER,
    "desk-ticket-all-clear": "login no asked-no in in hidden",
    "desk-ticket-message": "login no asked-no in in hidden",
    "desk-ticket-close": "login no asked-no in in hidden",
    "desk-ticket-move": "login no asked-no in in hidden",
    "desk-ticket-pass-on": OWN,
    "desk-ticket-place": OWN,
    "desk-ticket-letter": "login no hidden hidden hidden hidden",  # reports from the web have no letter
    "desk-publication": OWN,
    "desk-publication-off": OWN,
    "desk-ticket-category": OWN,
    "desk-ticket-assign": OWN,
    "desk-ticket-task": OWN,
    "desk-ticket-split": OWN,
    "desk-ticket-export": "login no asked-no in in hidden",
}
POSTED = {
    "tickets-draft-photo-remove": {},
    "tickets-answer": {"words": ""},
    "tickets-reopen": {"words": ""},
    "tickets-withdraw": None,
    "tickets-news": {"news": "on"},
    "tickets-bell": {},
    "tickets-bell-off": {},
    "tickets-unfollow": {},
    "desk-mail-take": {},
    "desk-mail-accept": {},
    "desk-ticket-place": {},
    "desk-publication-many": {},
    "desk-publication-off": {},
    "desk-tickets-bulk": {},
    "desk-filter-keep": {},
    "desk-filter-drop": {},
    "desk-rules-plan": {"category": "road-damage", "taker": "gruen"},
    "desk-ticket-lookout": {},
    "desk-ticket-link": {"number": ""},
    "desk-ticket-all-clear": {},
    "desk-ticket-message": {"words": "Guten Tag", "version": "1", "note": "1"},
    "desk-ticket-close": {"words": "", "outcome": "done", "version": "1"},
    "desk-ticket-move": {"version": "1"},
    "desk-ticket-export": {},
}
"""Addresses that take only what is sent, and what is sent; None is asked with GET, since it would end the report for the next visitor."""


def names():
    found = []
    queue = [*ticket_urls.urlpatterns, *getattr(ticket_urls, "machine_urls", []), *case_urls]
    while queue:
        row = queue.pop()
        if isinstance(row, URLResolver):
            queue += row.url_patterns
        elif isinstance(row, URLPattern) and row.name:
            found.append(row.name)
    return found


def test_every_address_has_a_row_and_every_row_an_address():
    assert sorted(set(names())) == sorted(TABLE)


@pytest.fixture
def world(report, guest, town, worker, shaft):
    """One report with a photo and a task outside, and everything that addresses name."""
    ticket = report(contact=guest, photos=[accept_image(picture())])
    draft = actions.begin_draft(at=MONDAY)
    actions.add_photos(draft, [picture()])
    outside = cases.add_task(ticket.case, kind="consult", question="Frage?", outsider=guest, shared=True, by=worker)
    inside = cases.add_task(ticket.case, kind="consult", question="Frage?", unit=town.roads, by=worker)
    ReplyTemplate.objects.create(code="danke", names={"de": "Danke"}, bodies={"de": "Danke."})
    return {
        "ticket": ticket,
        "number": ticket.case.number,
        "secret": ticket.case.secret,
        "token": draft.token,
        "task_token": outside.token,
        "task": inside.pk,
        "photo": ticket.case.documents.get().pk,
        "draft_photo": draft.photos.get().pk,
    }


def address(name, world):
    """The address with the ids of this world."""
    given = {
        "tickets-draft-photo": [world["token"], world["draft_photo"]],
        "tickets-draft-photo-remove": [world["token"], world["draft_photo"]],
        "tickets-photo": [world["secret"], world["photo"]],
        "case-task": [world["task_token"]],
        "case-task-photo": [world["task_token"], world["photo"]],
        "open311-service": ["road-damage", "json"],
        "open311-request": [world["number"], "json"],
        "open311-token": ["unknown", "json"],
        "desk-filter-drop": [1],
        "desk-ticket-new": [],
        "desk-publication": [world["number"]],
        "desk-publication-off": [world["number"]],
        "tickets-public": [world["number"]],
        "tickets-public-photo": [world["number"], world["photo"]],
        "tickets-district": ["mitte"],
        "tickets-district-feed": ["mitte"],
        "tickets-open-data-file": [2026, "csv"],
        "desk-mail": [1],
        "desk-mail-take": [1],
        "desk-mail-accept": [1],
        "tickets-join": [world["number"]],
        "tickets-draft-nearby-photo": [world["token"], world["photo"]],
        "desk-reply": ["danke"],
        "desk-danger": ["shaft"],
        "desk-ticket-photo": [world["number"], world["photo"]],
        "desk-ticket-task-answer": [world["number"], world["task"]],
        "desk-ticket-move": [world["number"], "accept"],
    }
    if name in given:
        return reverse(name, args=given[name])
    if name.startswith("open311-"):
        return reverse(name, args=["json"])
    if name.startswith("tickets-draft-"):
        return reverse(name, args=[world["token"]])
    if re.fullmatch(r"tickets-(page|sent|answer|reopen|withdraw|bell.*|data.*|feedback|news|echo.*|unfollow)", name):
        return reverse(name, args=[world["secret"]])
    if name.startswith("desk-ticket-") or name == "desk-ticket":
        return reverse(name, args=[world["number"]])
    return reverse(name)


def answer_of(client, name, world, **more):
    where, sent = address(name, world), POSTED.get(name)
    if sent is not None:
        sent = {**sent, **more}
    if sent and "version" in sent:
        sent = {**sent, "version": type(world["ticket"].case).objects.get(pk=world["ticket"].case.pk).version}
    answer = client.get(where) if sent is None else client.post(where, sent)
    target = answer.get("Location", "")
    if "/konto/login/" in target:
        return "login"
    assert answer.status_code < 500
    return {403: "no", 404: "hidden"}.get(answer.status_code, "in")


@pytest.mark.parametrize("who", VISITORS)
def test_every_visitor_at_every_address(browser, world, town, at_noon, who):
    """Another unit that was asked nothing does not learn that the report exists."""
    client = browser(None if who == "stranger" else getattr(town.people, who))
    wrong = []
    for name, row in TABLE.items():
        expected = row.split()[VISITORS.index(who)]
        expected = {"asked": "hidden", "asked-no": "hidden"}.get(expected, expected)
        if (got := answer_of(client, name, world)) != expected:
            wrong.append((name, got, expected))
    assert not wrong, str(wrong)


def test_a_unit_that_was_asked_reads_and_answers_and_does_nothing_else(browser, world, town, worker, at_noon):
    cases.add_task(world["ticket"].case, kind="consult", question="Noch eine?", unit=town.green, by=worker)
    client = browser(town.people.gardener)
    before = dict(vars(type(world["ticket"].case).objects.get()))
    for name, row in TABLE.items():
        expected = row.split()[VISITORS.index("gardener")]
        if (
            expected in ("asked", "asked-no") and name != "desk-ticket-message"
        ):  # a note may be written by who was asked
            given = {"words": "Fertig."} if name in POSTED else {}
            assert answer_of(client, name, world, **given) == {"asked": "in", "asked-no": "no"}[expected], name
    after = vars(type(world["ticket"].case).objects.get())
    assert (after["state"], after["unit_id"], after["assignee_id"]) == (
        before["state"],
        before["unit_id"],
        before["assignee_id"],
    )
