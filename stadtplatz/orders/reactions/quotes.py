"""Whom the news of an asked price reach: who asked, and the owners and staff of the shop."""

from django.urls import reverse

from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.notifications import actions as notifications
from stadtplatz.orders.models import Quote
from stadtplatz.orders.reactions.orders import MARKET, keepers


@reacts_to("orders.price_asked", "orders.price_offered", "orders.price_refused", "orders.price_ended")
def tell_asker(record: Record) -> None:
    """The citizen gets number and link, then the price or the reason, and reads when it is over."""
    quote = _quote(record)
    guest, person = quote.guest, quote.person
    contact = guest if guest and (guest.email or person is None) else person
    if contact is not None:
        notifications.notify(
            to=contact,
            template="orders/mail/quote",
            context={"quote": quote, "shop": quote.shop, "news": record.verb.removeprefix("orders.price_")},
            errand_number=quote.number,
            link=quote.link(),
            sender=MARKET,
            once=f"{record.pk}:asker",
            at=record.at,
        )


@reacts_to("orders.price_asked", "orders.price_accepted", "orders.price_declined", "orders.price_called_off")
def tell_shop_of_question(record: Record) -> None:
    """The shop reads what is needed, and what the citizen said to its price."""
    quote = _quote(record)
    for person in keepers(quote.shop_id):
        notifications.notify(
            to=person,
            template="orders/mail/shop_quote",
            context={"quote": quote, "news": record.verb.removeprefix("orders.price_")},
            errand_number=quote.number,
            link=reverse("shop-quote", args=[quote.shop.slug, quote.number]),
            kind="shop",
            sender=MARKET,
            once=f"{record.pk}:{person.key}",
            at=record.at,
        )


def _quote(record: Record) -> Quote:
    return Quote.objects.select_related("guest", "person", "shop").get(pk=record.subject_id)
