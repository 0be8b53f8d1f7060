"""Who waits for something sold out confirms the address, is told once, and is then forgotten."""

from datetime import timedelta

import pytest

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.catalogue import actions, jobs, privacy
from stadtplatz.catalogue.actions import watching
from stadtplatz.catalogue.models import Offer, Watch
from stadtplatz.catalogue.rules import stock_key
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit import clock
from stadtplatz.kit import jobs as work
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER, SYSTEM
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.notifications.models import Message
from stadtplatz.pools import actions as pools


@pytest.fixture
def gone(bakery, erna):
    """An offer of which nothing is left."""
    made = offer(bakery, erna, quantity=0)
    work.run_all()
    return made


def wait(gone, email="anna@example.org", *, confirmed=True):
    actions.watch(offer=gone, email=email, by=ANONYMOUS)
    row = Watch.objects.get(guest__email=email)
    return actions.confirm_watch(row, by=LINK_HOLDER) if confirmed else row


def subjects():
    work.run_all()
    return [row.subject.split(":")[0] for row in Message.objects.order_by("pk")]


def restock(gone, erna, quantity=5):
    actions.set_stock(offer=gone, quantity=quantity, by=erna)


def test_from_the_offer_to_the_one_mail(client, gone, erna):
    html = client.get(f"/angebot/{gone.pk}-{gone.slug}/").content.decode()
    assert f'href="/angebot/{gone.pk}/bescheid/"' in html
    answer = client.post(f"/angebot/{gone.pk}/bescheid/", {"email": "Anna@Example.org"})
    assert "Bitte sehen Sie in Ihr Postfach" in answer.content.decode()
    row = Watch.objects.get()
    assert subjects() == ["Bitte bestätigen"]
    assert f"/bescheid/{row.secret}/" in Message.objects.get().text
    client.get(f"/bescheid/{row.secret}/")
    assert Watch.objects.get().confirmed_at is None
    client.post(f"/bescheid/{row.secret}/")
    restock(gone, erna)
    assert subjects() == ["Bitte bestätigen", "Wieder da"]
    assert "sessionid" not in client.cookies


def test_without_confirming_nothing_more_is_sent(gone, erna):
    wait(gone, confirmed=False)
    restock(gone, erna)
    assert subjects() == ["Bitte bestätigen"]


def test_one_mail_and_no_second_one(gone, erna):
    wait(gone)
    for quantity in (5, 0, 5):
        restock(gone, erna, quantity)
        work.run_all()
    assert subjects().count("Wieder da") == 1


def test_what_comes_back_from_elsewhere_is_told_by_the_clock(gone):
    wait(gone)
    pools.supply(stock_key(gone), 1)
    jobs.tell_who_waits()
    assert subjects()[-1] == "Wieder da"


def test_nobody_is_told_of_what_is_no_longer_shown(gone):
    wait(gone)
    pools.supply(stock_key(gone), 1)
    Offer.objects.update(state=Offer.WITHDRAWN)
    assert actions.tell_who_waits() == 0


def test_the_answer_is_the_same_for_known_unknown_and_too_many(client, gone, monkeypatch):
    wait(gone)
    monkeypatch.setattr(watching, "MOST", 0)
    pages = [
        client.post(f"/angebot/{gone.pk}/bescheid/", {"email": email}).content.decode().count("<h1>")
        for email in ("anna@example.org", "neu@example.org")
    ]
    assert pages == [1, 1]
    assert Watch.objects.count() == 1
    assert Guest.objects.count() == 1


def test_asking_again_sends_the_link_again_and_waits_once(gone):
    wait(gone)
    actions.watch(offer=gone, email="ANNA@example.org", by=ANONYMOUS)
    assert Watch.objects.count() == 1
    assert subjects() == ["Bitte bestätigen", "Bitte bestätigen"]


def test_a_signed_in_persons_own_address_counts_at_once(client, gone, erna):
    mira = Person.objects.create_user("mira@example.org", name="Mira")
    client.force_login(mira)
    answer = client.post(f"/angebot/{gone.pk}/bescheid/", {"email": "mira@example.org"})
    row = Watch.objects.get()
    assert (answer.status_code, answer["location"]) == (303, f"/bescheid/{row.secret}/")
    restock(gone, erna)
    assert subjects() == ["Wieder da"]


def test_one_click_ends_it_and_the_address_is_gone(client, gone, erna):
    row = wait(gone)
    client.post(f"/bescheid/{row.secret}/", {"end": "1"})
    assert not Watch.objects.exists()
    assert Guest.objects.get().email == ""
    restock(gone, erna)
    assert "Wieder da" not in subjects()
    assert client.get(f"/bescheid/{row.secret}/").status_code == 404


@pytest.mark.parametrize(
    ("confirmed", "told", "days", "left"),
    [
        (False, False, 1, 1),
        (False, False, 3, 0),
        (True, False, 89, 1),
        (True, False, 91, 0),
        (True, True, 13, 1),
        (True, True, 15, 0),
    ],
)
def test_it_ends_by_itself(gone, confirmed, told, days, left):
    row = wait(gone, confirmed=confirmed)
    if told:
        Watch.objects.filter(pk=row.pk).update(told_at=clock.now())
    actions.forget_watches(at=clock.now() + timedelta(days=days))
    assert Watch.objects.count() == left
    assert bool(Guest.objects.get().email) is bool(left)


def test_what_is_there_or_not_shown_cannot_be_waited_for(gone, erna):
    restock(gone, erna)
    with pytest.raises(ActionRefused):
        wait(gone)
    pools.set_available(stock_key(gone), 0)
    Offer.objects.update(state=Offer.WITHDRAWN)
    with pytest.raises(ActionRefused):
        wait(Offer.objects.select_related("shop").get())
    assert not Watch.objects.exists()


def test_no_mail_address_no_watch(client, gone):
    answer = client.post(f"/angebot/{gone.pk}/bescheid/", {"email": "kein at"})
    assert answer.status_code == 422
    assert 'value="kein at"' in answer.content.decode()
    assert not Watch.objects.exists()


def test_the_eleventh_try_in_an_hour_waits(client, gone):
    for number in range(10):
        client.post(f"/angebot/{gone.pk}/bescheid/", {"email": f"a{number}@example.org"})
    assert client.post(f"/angebot/{gone.pk}/bescheid/", {"email": "b@example.org"}).status_code == 429
    assert Watch.objects.count() == 10


def test_export_and_erasure(gone):
    wait(gone)
    guest = Guest.objects.get()
    assert privacy.export(guest)["waits_for"][0]["offer"] == gone.title
    assert privacy.erase(guest, by=SYSTEM) == []
    assert not Watch.objects.exists()


def test_few_queries(client, gone, django_assert_max_num_queries):
    row = wait(gone)
    for address in (f"/angebot/{gone.pk}/bescheid/", f"/bescheid/{row.secret}/"):
        with django_assert_max_num_queries(4, info=address):
            client.get(address)
