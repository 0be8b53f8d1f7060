"""Marketplace and town hall share a mail server and nothing else: mails about orders are no reports, and the post shows none."""

from email.message import EmailMessage

import pytest

from stadtplatz.kit import jobs
from stadtplatz.notifications import actions as notifications
from stadtplatz.notifications.models import Message
from stadtplatz.orders.tests.town import offer_of, open_shop, ordered
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.queries import post

pytestmark = pytest.mark.django_db


def test_an_answer_about_an_order_opens_no_report_and_is_not_in_the_town_halls_post():
    ordered((offer_of(open_shop()), 1))
    jobs.run_all()
    asked = Message.objects.get(address="anna@example.org")
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = asked.address, f"rathaus+{asked.token}@stadt.example", "Re: Bestellung"
    made.set_content("Ich komme etwas später.")
    row = notifications.take_in(bytes(made))
    jobs.run_all()
    row.refresh_from_db()
    assert row.state == "taken"
    assert not Ticket.objects.exists()
    assert list(post.post().page) == []
    assert post.post().counts[""] == 0
    assert post.mail(row.pk) is None
