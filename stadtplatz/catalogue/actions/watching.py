"""Being told when something sold out is there again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts import queries as people
from stadtplatz.audit.actions import record
from stadtplatz.catalogue import facts, queries
from stadtplatz.catalogue.models import Offer, Watch
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused

LASTS = timedelta(days=90)
TO_CONFIRM = timedelta(days=2)
AFTER_TELLING = timedelta(days=14)
MOST = 20
"""Offers one address may wait for."""


@transaction.atomic
def watch(*, offer: Offer, email: str, by: Actor, language: str = "de", at: datetime | None = None) -> Watch | None:
    """A mail is on its way to the address, with a link that has to be pressed before anything else is sent (reactions).

    A signed-in person's own address counts as confirmed, and only then the watch is returned. Whoever waits already, confirmed or not, gets the same mail again; above
    MOST nothing is sent. The caller cannot tell these apart, and so learns nothing about an address.
    Refused while the offer is not shown, while it is there, and for what cannot be a mail address.
    """
    at = at or clock.now()
    if not offer.is_on_sale or queries.cards([offer])[0].available:
        raise ActionRefused(_("This offer is there, or it is no longer offered."), code="not-sold-out")
    person, address = people.person_of(by.key) if by.is_person else None, email.strip().lower()
    lasting = {"asked_at": at, "expires_at": at + LASTS}
    if person and person.email.lower() == address:
        mine, _new = Watch.objects.get_or_create(offer=offer, person=person, told_at=None, defaults=lasting)
        return _confirm(mine, by=by, at=at)
    own = Watch.objects.filter(guest__email=address, told_at=None, expires_at__gt=at)
    row: Watch | None = own.filter(offer=offer).first()
    if row is None and own.count() < MOST:
        guest = accounts.leave_contact(email=email, language=language)
        row = Watch.objects.create(offer=offer, guest=guest, **lasting)
    if row is not None:
        record(facts.WATCHED, subject=offer, by=by, at=at, offer=offer.pk, watch=row.pk)
    return None


@transaction.atomic
def confirm_watch(watch: Watch, *, by: Actor, at: datetime | None = None) -> Watch:
    """The address was shown to be right; the next time the offer is there one mail goes out. Doing it twice changes nothing."""
    row = Watch.objects.select_for_update().get(pk=watch.pk)
    return _confirm(row, by=by, at=at or clock.now())


@transaction.atomic
def end_watch(watch: Watch, *, by: Actor = SYSTEM, at: datetime | None = None) -> None:
    """Nobody waits any more, and the address is gone."""
    row = Watch.objects.select_related("guest").filter(pk=watch.pk).first()
    if row is None:
        return
    row.delete()
    if row.guest:
        accounts.erase_guest(row.guest, by=by, at=at)


def tell_who_waits(*, at: datetime | None = None) -> int:
    """Everybody who waits for something that is there again is told, once (reactions); returns how many that are.

    Called after facts about stock, and by a job for what comes back otherwise, such as from a cancelled order.
    """
    at = at or clock.now()
    due = Watch.objects.filter(told_at=None, confirmed_at__isnull=False, expires_at__gt=at)
    wanted = due.values_list("offer_id", flat=True).distinct()[:2000]
    there = queries.cards(queries.on_sale().filter(pk__in=list(wanted))) if due.exists() else []
    return sum(_tell(card.offer, at) for card in there if card.available)


@transaction.atomic
def _tell(offer: Offer, at: datetime) -> int:
    rows = Watch.objects.select_for_update().filter(
        offer=offer, told_at=None, confirmed_at__isnull=False, expires_at__gt=at
    )
    told = sorted(rows.values_list("pk", flat=True))
    Watch.objects.filter(pk__in=told).update(told_at=at)
    if told:
        record(facts.BACK, subject=offer, by=SYSTEM, at=at, offer=offer.pk, watches=told)
    return len(told)


def forget_watches(*, at: datetime | None = None, limit: int = 200) -> int:
    """What was never confirmed, has told, or has waited for 90 days is deleted with its address; returns how many."""
    at = at or clock.now()
    over = Watch.objects.filter(
        Q(expires_at__lte=at) | Q(confirmed_at=None, asked_at__lt=at - TO_CONFIRM) | Q(told_at__lt=at - AFTER_TELLING)
    )
    rows = list(over.order_by("pk")[:limit])
    for row in rows:
        end_watch(row, at=at)
    return len(rows)


def _confirm(row: Watch, *, by: Actor, at: datetime) -> Watch:
    if row.confirmed_at is None:
        row.confirmed_at, row.expires_at = at, at + LASTS
        row.save(update_fields=["confirmed_at", "expires_at"])
        record(facts.WATCH_CONFIRMED, subject=row.offer, by=by, at=at, offer=row.offer_id, watch=row.pk)
    return row
