"""What a decision about a notice does to a shop or an entry of the map."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.city import actions as city
from stadtplatz.city.models import Place
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.moderation import actions as moderation
from stadtplatz.moderation import queries as notices
from stadtplatz.moderation.models import Complaint, Matter, Measure, Statement
from stadtplatz.shops import documents, rules
from stadtplatz.shops.actions.judging import restore_after, suspend_for
from stadtplatz.shops.content import SHOP, owner_of
from stadtplatz.shops.models import Shop


@transaction.atomic
def decide_about_shop(*, matter: Matter, ruling: moderation.Ruling, by: Actor, at: datetime | None = None) -> Statement:
    """The matter is decided, and the shop with its offers is suspended, or stands as before it was; its team is told why.

    Refused as `moderation.decide` does, and to members of the shop.
    """
    shop = Shop.objects.get(pk=matter.key)
    if rules.role_in(by, shop):
        raise NotAllowed(_("Nobody decides about a shop of their own."))
    was_down = notices.is_restricted(matter)
    said = moderation.decide(matter=matter, ruling=ruling, by=by, at=at)
    number = matter.case.number
    if ruling.restrict:
        suspend_for(shop=shop, notice=number, reasons=f"{said.basis}\n\n{said.facts}", by=by, at=at)
    elif was_down:
        restore_after(shop=shop, notice=number, by=by, at=at)
    return said


@transaction.atomic
def decide_about_place(
    *, matter: Matter, ruling: moderation.Ruling, by: Actor, at: datetime | None = None
) -> Statement:
    """The matter is decided, and the entry is hidden for good, also from later imports, or shown again. Refused as `moderation.decide` does."""
    was_down = notices.is_restricted(matter)
    said = moderation.decide(matter=matter, ruling=ruling, by=by, at=at)
    place = Place.objects.filter(pk=matter.key).first()
    if place is None:
        return said
    if ruling.restrict and not place.hidden_at:
        city.hide_place(place=place, version=place.version, by=SYSTEM, at=at)  # moderation has asked its own rule
    elif not ruling.restrict and was_down:
        city.show_place(place=place, version=place.version, by=SYSTEM, at=at)
    documents.push_places([place.pk])
    return said


@transaction.atomic
def complain_about_decision(
    *, shop: Shop, matter: Matter, text: str, by: Actor, at: datetime | None = None
) -> Complaint:
    """Somebody else than who decided looks at it. Refused: to all but owner and staff of the shop the content belongs to; else as
    `moderation.complain` does."""
    if matter.owner != owner_of(shop) or not rules.may_manage(by, shop):
        raise NotAllowed(_("Only the owner and staff may change this shop."))
    return moderation.complain(matter=matter, side=Complaint.OWNER, text=text, by=by, at=at)


def keep_down(shop: Shop, *, by: Actor, at: datetime | None = None) -> None:
    """After a suspension ended: if a measure against misuse still runs, or a notice took the shop down, it stays suspended for that."""
    fresh = Shop.objects.get(pk=shop.pk)
    if fresh.standing == Shop.SUSPENDED:
        return
    if measure := notices.running_measure(owner_of(fresh)):
        suspend_for_misuse(fresh, measure, by=by, at=at)
    elif matter := notices.restricting(SHOP, str(fresh.pk)):
        said = notices.last_statement(matter)
        suspend_for(shop=fresh, notice=matter.case.number, reasons=f"{said.basis}\n\n{said.facts}", by=by, at=at)


def suspend_for_misuse(shop: Shop, measure: Measure, *, by: Actor, at: datetime | None = None) -> None:
    """The shop is suspended for a measure against misuse, if it is not suspended for something else anyway."""
    suspend_for(shop=shop, notice=measure.number, reasons=measure.reasons, by=by, at=at)
