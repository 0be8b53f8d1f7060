"""Who gets where: every address of reporting, tried by every kind of visitor. An address without a row fails.

Each row says how a visitor is answered: `in` (the page, or the refusal of what was typed), `login` (sign in first), `no` (not yours: 403)
or `hidden` (404: that it exists is not told). Whoever holds a secret link is let in with it, whoever they are. `API` has one row for each verb
of the interfaces for programs: there no sign-in counts, only the secret in the address or a program's key.
"""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.cases import actions as cases
from stadtplatz.cases.urls import urlpatterns as case_urls
from stadtplatz.city.models import Membership, Unit
from stadtplatz.kit.rest import build as build_rest
from stadtplatz.kit.uploads import accept_image
from stadtplatz.tickets import actions
from stadtplatz.tickets import urls as ticket_urls
from stadtplatz.tickets.actions.clients import make_client
from stadtplatz.tickets.models import ReplyTemplate
from stadtplatz.tickets.tests.conftest import MONDAY, picture

VISITORS = ("stranger", "reporter", "citizen", "councillor", "gardener", "worker", "head", "admin", "operator")
"""Nobody signed in; who sent the report, with an account; an account without any unit; a member of the town council; another unit; the
responsible; the head above; who administers the unit above; who runs it."""

EVERYBODY = "in in in in in in in in in"
NOBODY = "hidden hidden hidden hidden hidden hidden hidden hidden hidden"
DESK = "login no no in in in in in in"
OWN = "login no no hidden hidden in in in hidden"
OWN_NO = "login no no hidden asked-no in in in hidden"
READER = "login no no hidden asked in in in hidden"
HEADS = "login no no no no no in in in"
OPERATOR = "login no no no no no no no in"
NO_STRANGERS = "login in in in in in in in in"
NOT_BY_SESSION = "no no no no no no no no no"

TABLE = {
    # everybody, and whoever holds the link
    "tickets": EVERYBODY,
    "tickets-developers": EVERYBODY,
    "tickets-help": EVERYBODY,
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
    "desk-field-worker": EVERYBODY,
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
    "tickets-weekly": NO_STRANGERS,
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
    "desk-figures": "login no no no no no in in no",
    "desk-ticket-new": "login no no in in in in in hidden",
    "desk-publication-queue": DESK,
    "desk-publication-many": DESK,
    "desk-post": "login no no hidden hidden hidden in in hidden",
    "desk-mail": "login no no hidden hidden hidden hidden hidden hidden",
    "desk-mail-take": "login no no hidden hidden hidden hidden hidden hidden",
    "desk-mail-accept": "login no no hidden hidden hidden hidden hidden hidden",
    "desk-retention": "login no no hidden hidden hidden hidden hidden in",
    "desk-retention-rule": "login no no hidden hidden hidden hidden hidden in",
    "desk-languages": "login no no in in in in in in",
    "desk-tickets": DESK,
    "desk-tickets-bulk": DESK,
    "desk-filter-keep": DESK,
    "desk-filter-drop": DESK,
    "desk-field": DESK,
    "desk-dangers": DESK,
    "desk-danger": "login no no hidden hidden hidden in in in",  # the heads of the unit on call
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
    "desk-ticket-all-clear": OWN_NO,
    "desk-ticket-message": OWN_NO,
    "desk-ticket-translate": OWN_NO,
    "desk-ticket-close": OWN_NO,
    "desk-ticket-move": OWN_NO,
    "desk-ticket-pass-on": OWN,
    "desk-ticket-place": OWN,
    "desk-ticket-letter": "login no no hidden hidden hidden hidden hidden hidden",  # reports from the web have no letter
    "desk-publication": OWN,
    "desk-publication-off": OWN,
    "desk-ticket-category": OWN,
    "desk-ticket-assign": OWN,
    "desk-ticket-task": OWN,
    "desk-ticket-split": OWN,
    "desk-ticket-export": OWN_NO,
}
API = {
    # nobody signs in here: a session changes nothing
    "GET api:openapi-json": EVERYBODY,
    "GET api:api-categories": EVERYBODY,
    "GET api:api-tickets": EVERYBODY,
    "POST api:api-tickets": EVERYBODY,
    "POST api:api-tickets wrong key": NOT_BY_SESSION,
    "GET api:api-ticket": NOBODY,  # not released
    "GET api:api-own-ticket": EVERYBODY,
    "GET api:api-own-ticket wrong secret": NOBODY,
    "POST api:api-own-message": EVERYBODY,
    "POST api:api-own-message wrong secret": NOBODY,
    "POST api:api-own-photos": EVERYBODY,
    "POST api:api-own-photos wrong secret": NOBODY,
    "POST api:api-own-reopen": EVERYBODY,
    "POST api:api-own-reopen wrong secret": NOBODY,
    "POST api:api-own-withdraw": EVERYBODY,
    "POST api:api-own-withdraw wrong secret": NOBODY,
    "POST open311-requests": NOT_BY_SESSION,  # without a key
    "POST open311-requests wrong key": NOT_BY_SESSION,
    "POST open311-requests right key": EVERYBODY,
    "GET open311-request right key": NOBODY,  # not sent by this program
    # web hooks and keys are set up by the operator
    "GET desk-interfaces": OPERATOR,
    "POST desk-client-new": OPERATOR,
    "POST desk-client-rekey": OPERATOR,
    "POST desk-client-revoke": OPERATOR,
    "POST desk-hook-new": OPERATOR,
    "GET desk-hook": OPERATOR,
    "POST desk-hook-test": OPERATOR,
    "POST desk-hook-again": OPERATOR,
    "POST desk-hook-rotate": OPERATOR,
    "POST desk-hook-end": OPERATOR,
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
    "desk-ticket-translate": {"text": "", "version": "0"},
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


def test_every_verb_of_the_interfaces_has_a_row():
    """REST by its own document, Open311 by what it lets send, web hooks and keys by their addresses."""
    tried = {" ".join(row.split()[:2]) for row in API}
    paths = build_rest().get_openapi_schema(path_prefix="")["paths"]
    wanted = {
        f"{verb.upper()} {path}"
        for path, verbs in paths.items()
        for verb, told in verbs.items()
        if REPORTS in told["tags"]
    }
    given = {f"{row.split()[0]} {shape_of(row.split()[1])}" for row in tried if "api:api-" in row}
    assert given == wanted
    desk = {name for name in get_resolver().reverse_dict if isinstance(name, str) and re.match(NEEDS_A_ROW, name)}
    assert {row.split()[1] for row in tried} >= desk


REPORTS = "Reports"
NEEDS_A_ROW = r"desk-(interfaces|client|hook)"


def shape_of(name):
    """The path of a name of the REST interface as its document writes it, below the version."""
    given = {"api:api-ticket": ["NUMBER-1"]}.get(name) or (
        [] if name in ("api:api-categories", "api:api-tickets") else ["x" * 22]
    )
    path = reverse(name, args=given).removeprefix("/api/v1")
    return path.replace("NUMBER-1", "{number}").replace("x" * 22, "{secret}")


@pytest.fixture
def world(report, guest, town, worker, shaft):
    """One report with a photo and a task outside, and everything that addresses name."""
    ticket = report(contact=guest, photos=[accept_image(picture())])
    draft = actions.begin_draft(at=MONDAY)
    actions.add_photos(draft, [picture()])
    outside = cases.add_task(ticket.case, kind="consult", question="Frage?", outsider=guest, shared=True, by=worker)
    inside = cases.add_task(ticket.case, kind="consult", question="Frage?", unit=town.roads, by=worker)
    guest.person = town.people.reporter
    guest.save()
    _client, key = make_client(name="Kreis-App", contact="app@example.org", by=actor_for(town.people.operator))
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
        "key": key,
    }


@pytest.fixture
def town(town):
    """Beside the others: who reported, a member of the council, and who administers the department."""
    council = Unit.objects.create(slug="rat", name="Gemeinderat", kind=Unit.COUNCIL)
    for name in ("reporter", "councillor", "admin"):
        setattr(town.people, name, Person.objects.create_user(f"{name}-konto@example.org", name=name.title()))
    Membership.objects.create(person=town.people.councillor, unit=council, role=Membership.MEMBER)
    Membership.objects.create(person=town.people.admin, unit=town.roads.parent, role=Membership.ADMIN)
    return town


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
        "desk-retention-rule": ["road-damage"],
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
    if sent and "version" in sent and name != "desk-ticket-translate":
        sent = {**sent, "version": type(world["ticket"].case).objects.get(pk=world["ticket"].case.pk).version}
    answer = client.get(where) if sent is None else client.post(where, sent)
    target = answer.get("Location", "")
    if "/konto/login/" in target:
        return "login"
    return told(answer)


def told(answer):
    """What the answer says about being let in; refusals of what was sent count as in."""
    assert answer.status_code < 500
    return {403: "no", 404: "hidden"}.get(answer.status_code, "in")


def called(client, row, world):
    """One verb of an interface, as this visitor calls it."""
    verb, name, *how = row.split(" ", 2)
    how = how[0] if how else ""
    secret = "x" * 22 if how == "wrong secret" else world["secret"]
    key = {"wrong key": "unknown", "right key": world["key"]}.get(how, "")
    given = {
        "api:api-ticket": [world["number"]],
        "open311-requests": ["json"],
        "open311-request": [world["number"], "json"],
    }.get(name)
    if given is None:
        given = (
            [secret]
            if "api-own" in name
            else [1]
            if re.fullmatch(r"desk-(client-re.*|hook|hook-(?!new).*)", name)
            else []
        )
    where = reverse(name, args=given)
    if verb == "GET":
        return client.get(where, {"api_key": key} if key else {})
    if name.startswith("open311"):
        sent = {"service_code": "road-damage", "description": "Ein Loch", "lon": "", "api_key": key}
        return client.post(where, sent)
    if name == "api:api-own-photos":
        return client.post(where, {"photos": picture()})
    headers = {"Api-Key": key} if key else {}
    body = {"text": "Ein tiefes Loch", "category": "road-damage", "lon": 1, "lat": 1, "body": ""}
    return client.post(where, body, content_type="application/json", headers=headers)


@pytest.mark.parametrize("who", VISITORS)
def test_every_visitor_at_every_verb_for_programs(browser, world, town, at_noon, who):
    """Being signed in neither opens nor closes anything for programs; hooks and keys belong to the operator."""
    client = browser(None if who == "stranger" else getattr(town.people, who))
    wrong = []
    for row, answers in API.items():
        if "withdraw" in row and "wrong" not in row:
            continue  # it would end the report for the next row; see the last test
        answer = called(client, row, world)
        got = "login" if "/konto/login/" in answer.get("Location", "") else told(answer)
        expected = answers.split()[VISITORS.index(who)]
        if row.split()[1].startswith("desk-") and expected == "in" and got == "hidden":
            got = "in"  # let in, and told that there is no hook or key of this number
        if got != expected:
            wrong.append((row, got, expected))
    assert not wrong, str(wrong)


def test_the_secret_alone_takes_a_report_back(browser, world, town, at_noon):
    assert told(called(browser(), "POST api:api-own-withdraw", world)) == "in"
    assert type(world["ticket"].case).objects.get(pk=world["ticket"].case_id).state == "withdrawn"


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
