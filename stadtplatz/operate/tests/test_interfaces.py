"""Other systems at the desk: keys are shown once, web hooks are tried, followed and turned, and only by those who run the house."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stadtplatz.accounts.models import Person
from stadtplatz.audit.models import Delivery, Endpoint, Record
from stadtplatz.kit import clock
from stadtplatz.kit.models import Job
from stadtplatz.tickets.models import ApiClient
from stadtplatz.tickets.queries.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client):
    client.force_login(Person.objects.create_user("betrieb@example.org", is_operator=True))
    return client


@pytest.fixture
def hook(settings):
    settings.WEBHOOKS_TO_PRIVATE = True
    return Endpoint.objects.create(url="http://127.0.0.1:9/hook", verbs=["tickets.*"])


def shown_key(page) -> str:
    return page.content.decode().split("<code>")[1].split("</code>")[0]


def test_a_key_is_made_shown_once_changed_and_revoked(operator):
    made = operator.post(reverse("desk-client-new"), {"name": "Kreis-App", "contact": "Frau Muster", "per_hour": 60})
    key = shown_key(made)
    program = client_of(key)
    assert (program.name, program.per_hour) == ("Kreis-App", 60)
    page = operator.get(reverse("desk-interfaces")).content.decode()
    assert "Kreis-App" in page
    assert key not in page
    newer = shown_key(operator.post(reverse("desk-client-rekey", args=[program.pk])))
    assert (client_of(key), client_of(newer)) == (None, program)
    operator.post(reverse("desk-client-revoke", args=[program.pk]))
    assert client_of(newer) is None


def test_a_refused_program_keeps_what_was_typed(operator):
    response = operator.post(reverse("desk-client-new"), {"name": "", "contact": "Frau Muster", "per_hour": "60"})
    assert response.status_code == 400
    assert "Frau Muster" in response.content.decode()
    assert not ApiClient.objects.exists()


def test_the_operator_sets_up_and_removes_a_web_hook(operator, settings):
    settings.WEBHOOKS_TO_PRIVATE = True
    operator.post(reverse("desk-hook-new"), {"url": "http://127.0.0.1:9/hook", "verbs": "city.*, *"})
    endpoint = Endpoint.objects.get()
    assert endpoint.verbs == ["city.*", "*"]
    assert "127.0.0.1:9/hook" in operator.get(reverse("desk-interfaces")).content.decode()
    operator.post(reverse("desk-hook-end", args=[endpoint.pk]))
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"url": "https://127.0.0.1/", "verbs": "*"},
        {"url": "https://[::1]/", "verbs": "*"},
        {"url": "https://169.254.169.254/latest", "verbs": "*"},
        {"url": "", "verbs": "nonsense"},
    ],
)
def test_a_refused_web_hook_keeps_what_was_typed(operator, typed):
    response = operator.post(reverse("desk-hook-new"), typed)
    assert response.status_code == 400
    assert typed["verbs"] in response.content.decode()
    assert not Endpoint.objects.exists()


def test_deliveries_are_seen_and_the_secret_is_turned(operator, hook):
    Delivery.objects.create(
        endpoint=hook, verb="tickets.opened", at=clock.now(), status="503", taken=False, milliseconds=12
    )
    page = operator.get(reverse("desk-hook", args=[hook.pk])).content.decode()
    assert "tickets.opened" in page
    assert "503" in page
    operator.post(reverse("desk-hook-rotate", args=[hook.pk]))
    turned = Endpoint.objects.get()
    assert turned.secret != hook.secret
    assert turned.old_secret == hook.secret
    operator.post(reverse("desk-hook-test", args=[hook.pk]))
    assert Job.objects.filter(name="audit.webhooks.ping").count() == 1


def test_what_was_missed_is_sent_again(operator, hook):
    for verb, hours in (("tickets.opened", 2), ("tickets.done", 30), ("city.unit_opened", 2)):
        Record.objects.create(
            verb=verb, subject_kind="cases.case", subject_id=1, actor="system", at=clock.now() - timedelta(hours=hours)
        )
    operator.post(reverse("desk-hook-again", args=[hook.pk]), {"hours": "24"})
    [job] = Job.objects.filter(name="audit.webhooks.deliver")
    assert job.args == [hook.pk, Record.objects.get(verb="tickets.opened").pk]


def test_nobody_else_gets_in(client, hook):
    posts = [reverse("desk-client-new"), reverse("desk-hook-new")]
    names = ("desk-hook-test", "desk-hook-again", "desk-hook-rotate", "desk-hook-end", "desk-client-rekey")
    posts += [reverse(name, args=[hook.pk]) for name in (*names, "desk-client-revoke")]
    for address in posts:
        assert client.post(address, {"name": "App", "per_hour": 1}).status_code == 302
    client.force_login(Person.objects.create_user("erika@example.org"))
    for address in posts:
        assert client.post(address, {"name": "App", "per_hour": 1}).status_code == 403
    for address in (reverse("desk-interfaces"), reverse("desk-hook", args=[hook.pk])):
        assert client.get(address).status_code == 403
    assert Endpoint.objects.get().secret == hook.secret
    assert not ApiClient.objects.exists()


def test_the_page_asks_the_same_with_many_programs(operator, django_assert_max_num_queries):
    ApiClient.objects.bulk_create(
        ApiClient(name=f"App {n}", key_digest=str(n), key_start="sp_", made_at=clock.now(), made_by="system")
        for n in range(30)
    )
    with django_assert_max_num_queries(12):
        operator.get(reverse("desk-interfaces"))
