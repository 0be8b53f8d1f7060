"""Whom the news of something put aside reach: who wants it, and the people of the shop."""

from django.urls import reverse

from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.notifications import actions as notifications
from stadtplatz.orders.models import Reservation
from stadtplatz.orders.reactions.orders import MARKET, keepers


@reacts_to("orders.reserved")
def confirm_reservation(record: Record) -> None:
    """The citizen reads until when it is kept and the code; the shop reads what to put aside, for whom."""
    reservation = _reservation(record)
    _tell_citizen(reservation, "orders/mail/reserved", record)
    _tell_shop(reservation, "orders/mail/shop_reserved", record)


@reacts_to("orders.put_ready", "orders.not_there", "orders.run_out", "orders.longer_answered")
def tell_reserver(record: Record) -> None:
    """The citizen reads that it lies ready, is not there, is kept longer or not, or that the time is over."""
    news = record.verb.removeprefix("orders.")
    granted = bool(record.keys.get("granted"))
    _tell_citizen(_reservation(record), "orders/mail/reservation_news", record, news=news, granted=granted)


@reacts_to("orders.called_off", "orders.longer_asked")
def tell_keeper(record: Record) -> None:
    """The shop reads that it is no longer needed, or that more time is asked for."""
    news = record.verb.removeprefix("orders.")
    _tell_shop(_reservation(record), "orders/mail/shop_reservation_news", record, news=news)


def _tell_citizen(reservation: Reservation, template: str, record: Record, **context: object) -> None:
    guest, person = reservation.guest, reservation.person
    contact = guest if guest and (guest.email or person is None) else person
    if contact is None:
        return
    notifications.notify(
        to=contact,
        template=template,
        context={"reservation": reservation, "shop": reservation.shop, **context},
        errand_number=reservation.number,
        link=reservation.link(),
        sender=MARKET,
        once=f"{record.pk}:reserver",
        at=record.at,
    )


def _tell_shop(reservation: Reservation, template: str, record: Record, **context: object) -> None:
    for person in keepers(reservation.shop_id):
        notifications.notify(
            to=person,
            template=template,
            context={"reservation": reservation, "guest": reservation.guest, **context},
            errand_number=reservation.number,
            link=reverse("shop-reservation", args=[reservation.shop.slug, reservation.number]),
            kind="shop",
            sender=MARKET,
            once=f"{record.pk}:{person.key}",
            at=record.at,
        )


def _reservation(record: Record) -> Reservation:
    return Reservation.objects.select_related("guest", "person", "shop").get(pk=record.subject_id)
