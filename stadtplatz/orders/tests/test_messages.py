"""Buyer and shop write to each other, on the page and by mail; an answer never becomes a report to the town hall."""

from email.message import EmailMessage

import pytest

from stadtplatz.audit.models import Record
from stadtplatz.kit import jobs
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.notifications import actions as notifications
from stadtplatz.notifications.models import Incoming, Message
from stadtplatz.orders import actions, privacy
from stadtplatz.orders.models import OrderMessage
from stadtplatz.orders.tests.town import actor, member_of, offer_of, open_shop, ordered

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    bakery, books = open_shop(), open_shop("Buchhandlung Blätterwald (erfunden)", "blaetterwald")
    people = {"baker": member_of(bakery), "packer": member_of(bakery, "packer"), "seller": member_of(books)}
    order = ordered((offer_of(bakery), 2), (offer_of(books, "Heimatkunde", 1290), 1))
    jobs.run_all()
    return order, people


def mail_about(address, part=None, **given):
    """The last mail of ours about an order to this address."""
    return Message.objects.filter(address=address, reply_to__startswith="order:", **given).latest("id")


def come(
    answered: Message, text="Ich komme etwas später.", *, sender="anna@example.org", to="", subject="Re: Bestellung"
):
    made = EmailMessage()
    made["From"], made["Subject"] = sender, subject
    made["To"] = to or f"markt+{answered.token}@stadt.example"
    made.set_content(text)
    row = notifications.take_in(bytes(made))
    jobs.run_all()
    row.refresh_from_db()
    return row


def told(email):
    return Message.objects.filter(address=email).latest("id")


def test_an_answer_to_the_confirmation_reaches_both_shops(town, client):
    order, people = town
    row = come(mail_about("anna@example.org"))
    assert (row.state, row.taken_as) == ("taken", f"order:{order.number}")
    message = OrderMessage.objects.get()
    assert (message.body, message.part, message.from_buyer, message.unsure) == (
        "Ich komme etwas später.",
        None,
        True,
        False,
    )
    assert "etwas später" in told(people["baker"].email).text
    assert "etwas später" in told(people["seller"].email).text
    assert "etwas später" in client.get(f"/bestellung/{order.secret}/").text


def test_an_answer_about_one_shops_goods_is_read_by_that_shop_alone(town, client):
    order, people = town
    actions.advance(order.parts.first(), move="confirm", by=actor(people["baker"]))
    jobs.run_all()
    come(mail_about("anna@example.org"), "Bitte geschnitten!")
    client.force_login(people["baker"])
    assert "Bitte geschnitten!" in client.get(f"/laden/musterkorn/bestellungen/{order.number}/").text
    client.force_login(people["seller"])
    assert "Bitte geschnitten!" not in client.get(f"/laden/blaetterwald/bestellungen/{order.number}/").text
    assert "Bitte geschnitten!" not in told(people["seller"].email).text


def test_the_token_decides_and_not_the_subject(town):
    order, _people = town
    other = ordered((offer_of(open_shop("Käse Kuhglück (erfunden)", "kuhglueck")), 1), email="bert@example.org")
    come(mail_about("anna@example.org"), subject=f"Bestellung {other.number}")
    assert OrderMessage.objects.get().order == order


def test_a_wrong_token_writes_nothing_on_any_order(town):
    answered = mail_about("anna@example.org")
    come(answered, to=f"markt+{'0' * 32}@stadt.example", subject=f"Re: {answered.errand_number}")
    assert not OrderMessage.objects.exists()


def test_from_another_address_it_is_shown_as_unproved(town, client):
    order, people = town
    come(mail_about("anna@example.org"), sender="anna.privat@example.net")
    assert OrderMessage.objects.get().unsure
    client.force_login(people["baker"])
    assert "von einer anderen Adresse" in client.get(f"/laden/musterkorn/bestellungen/{order.number}/").text
    assert "anderen Adresse" in told(people["baker"].email).text


def test_the_shop_answers_by_mail_in_its_own_name(town, client):
    order, people = town
    come(mail_about(people["baker"].email), "Gern, wir warten.", sender=people["baker"].email)
    message = OrderMessage.objects.get()
    assert (message.part.shop.slug, message.from_buyer) == ("musterkorn", False)
    assert "Gern, wir warten." in told("anna@example.org").text
    assert "Gern, wir warten." in client.get(f"/bestellung/{order.secret}/").text


def test_nobody_speaks_for_the_shop_from_another_address(town):
    _order, people = town
    before = Record.objects.filter(verb__startswith="orders.").count()
    row = come(mail_about(people["baker"].email), "Alles abgesagt!", sender="boese@example.net")
    assert (row.state, row.reason) == ("aside", "unsure")
    assert not OrderMessage.objects.exists()
    assert Record.objects.filter(verb__startswith="orders.").count() == before
    assert "nicht weitergegeben" in told(people["baker"].email).subject


def test_who_left_the_shop_no_longer_speaks_for_it(town):
    _order, people = town
    people["baker"].shop_memberships.all().delete()
    row = come(mail_about(people["baker"].email), "Hallo!", sender=people["baker"].email)
    assert row.state == "aside"
    assert not OrderMessage.objects.exists()


def test_other_mails_of_the_market_never_become_reports(town):
    other = notifications.notify_address(
        address="anna@example.org", template="orders/mail/shop_unsure", language="de", sender="market", capped=False
    )
    row = come(other, to="irgendwer@stadt.example")
    assert Incoming.objects.get(pk=row.pk).belongs_to in {"", "market"}
    row = come(other, "Noch einmal.")
    assert (row.belongs_to, row.state) == ("market", "read")


def test_both_write_on_their_pages(town, client):
    order, people = town
    page = f"/bestellung/{order.secret}/"
    part = order.parts.first()
    assert "An alle Geschäfte dieser Bestellung" in client.get(page).text
    answer = client.post(f"{page}nachricht/", {"words": "Ohne Tüte bitte.", "part": part.pk})
    assert answer.status_code == 303
    assert OrderMessage.objects.get().part == part
    client.force_login(people["baker"])
    shop = f"/laden/musterkorn/bestellungen/{order.number}/"
    assert client.post(f"{shop}nachricht/", {"words": "Machen wir."}).status_code == 303
    html = client.get(shop).text
    assert "Ohne Tüte bitte." in html
    assert "Machen wir." in html
    assert client.post(f"{shop}nachricht/", {"words": " "}).status_code == 422
    assert OrderMessage.objects.count() == 2


@pytest.mark.parametrize(("who", "status"), [(None, 302), ("packer", 403), ("seller", 404)])
def test_only_owner_and_staff_write_for_the_shop(town, client, who, status):
    order, people = town
    if who:
        client.force_login(people[who])
    answer = client.post(f"/laden/musterkorn/bestellungen/{order.number}/nachricht/", {"words": "Nein"})
    assert answer.status_code == status
    assert not OrderMessage.objects.exists()


def test_refused_words_are_kept_in_the_form(town, client):
    order, _people = town
    answer = client.post(f"/bestellung/{order.secret}/nachricht/", {"words": "x" * 5001})
    assert answer.status_code == 422
    assert "x" * 5001 in answer.text
    assert client.post("/bestellung/falsch/nachricht/", {"words": "Hallo"}).status_code == 404
    with pytest.raises(ActionRefused):
        actions.write_to_shop(order, body="Hallo", by=ANONYMOUS)
    assert not OrderMessage.objects.exists()


def test_erasing_takes_the_words_away_and_ends_the_talk(town, client):
    order, people = town
    actions.write_to_shop(order, body="Ich bin krank.", by=LINK_HOLDER)
    assert privacy.export(order.guest)["orders"][0]["messages"][0]["body"] == "Ich bin krank."
    privacy.erase(order.guest, by=actor(people["baker"]))
    order.refresh_from_db()
    assert not OrderMessage.objects.exists()
    with pytest.raises(ActionRefused):
        actions.write_to_shop(order, body="Noch da?", by=LINK_HOLDER)
    assert 'id="message"' not in client.get(f"/bestellung/{order.secret}/").text
