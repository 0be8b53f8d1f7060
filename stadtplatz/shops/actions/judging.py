"""Two people of the market desk look at the file of a seller; one can suspend at once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.moderation.models import MEASURES
from stadtplatz.shops import facts
from stadtplatz.shops.actions.files import digest_of, empty_approvals
from stadtplatz.shops.actions.permission import must_judge
from stadtplatz.shops.actions.standing import set_standing
from stadtplatz.shops.models import Seller, Shop


@dataclass(frozen=True)
class Stage:
    """What a file looks like after a decision: its state, and the shop's standing."""

    state: str
    standing: str


@transaction.atomic
def approve(*, shop: Shop, digest: str, by: Actor, at: datetime | None = None) -> Seller:
    """The first look is noted; with the second, by somebody else, the shop may sell and its owners hear so.

    `digest` names what was looked at. Refused: to everybody but the market desk and to members of the shop; to the person who looked
    first, at whatever moment and however often they press; when other data stand there meanwhile or the file does not wait.
    """
    must_judge(by, shop)
    waiting = Seller.objects.filter(shop=shop, state=Seller.SUBMITTED, digest=digest)
    now = at or clock.now()
    if waiting.filter(first_by="").exclude(submitted_by=by.key).update(first_by=by.key, first_at=now):
        record(facts.LOOKED_AT, subject=shop, by=by, at=at, shop=shop.pk)
        return Seller.objects.get(shop=shop)
    second = waiting.exclude(first_by="").exclude(first_by=by.key)
    if not second.update(second_by=by.key, second_at=now, state=Seller.APPROVED, decided_by=by.key, decided_at=now):
        if waiting.filter(first_by=by.key).exists():
            raise NotAllowed(_("You have looked at this file. The second look has to be somebody else's."))
        raise ActionRefused(_("This file is not waiting any more, or was changed meanwhile."), code="state")
    set_standing(Shop.objects.get(pk=shop.pk), Shop.APPROVED, by, at)
    record(facts.APPROVED, subject=shop, by=by, at=at, shop=shop.pk)
    return Seller.objects.get(shop=shop)


@transaction.atomic
def send_back(*, shop: Shop, reasons: str, by: Actor, at: datetime | None = None) -> Seller:
    """The file is back with the owners, who read why and how to complain. Refused: to everybody but the market desk and to members of
    the shop; without reasons; when it does not wait."""
    seller = _judged(shop, reasons, by, at, {Seller.SUBMITTED}, Stage(Seller.RETURNED, Shop.KNOWN))
    record(facts.RETURNED, subject=shop, by=by, at=at, shop=shop.pk)
    return seller


@transaction.atomic
def suspend(*, shop: Shop, reasons: str, by: Actor, at: datetime | None = None) -> Seller:
    """The shop and its offers are no longer shown; orders that exist are still handed out. The owners read why and how to complain
    (Art. 17, 20, 30 (3) DSA; Art. 4 P2B). One person may do this, because danger does not wait.

    Refused: to everybody but the market desk and to members of the shop; without reasons; when it is suspended already.
    """
    states = {code for code, _name in Seller.STATES} - {Seller.SUSPENDED}
    seller = _judged(shop, reasons, by, at, states, Stage(Seller.SUSPENDED, Shop.SUSPENDED))
    record(facts.SUSPENDED, subject=shop, by=by, at=at, shop=shop.pk)
    return seller


@transaction.atomic
def lift(*, shop: Shop, reasons: str, by: Actor, at: datetime | None = None) -> Seller:
    """The suspension is over: the shop is shown and puts aside again; for selling its file is submitted and approved anew.
    Refused as `suspend` is, and for a measure against misuse, which ends on its own page."""
    if Seller.objects.filter(shop=shop, state=Seller.SUSPENDED, notice__startswith=MEASURES).exists():
        raise ActionRefused(
            _("This suspension is a measure against misuse. Please end it on its own page."), code="measure"
        )
    seller = _judged(shop, reasons, by, at, {Seller.SUSPENDED}, Stage(Seller.FILLING, Shop.KNOWN))
    empty_approvals(seller)
    seller.save()
    record(facts.LIFTED, subject=shop, by=by, at=at, shop=shop.pk)
    return seller


def suspend_for(*, shop: Shop, notice: str, reasons: str, by: Actor, at: datetime | None) -> None:
    """As `suspend`, decided about a notice with its own reasons and complaint; a shop that is suspended already stays so. The caller
    has asked its own rule."""
    states = {code for code, _name in Seller.STATES} - {Seller.SUSPENDED}
    done = Seller.objects.filter(shop=shop, state__in=states).update(
        state=Seller.SUSPENDED, reasons=reasons[:4000], notice=notice, decided_by=by.key, decided_at=at or clock.now()
    )
    if done:
        set_standing(Shop.objects.get(pk=shop.pk), Shop.SUSPENDED, by, at)
        record(facts.SUSPENDED, subject=shop, by=by, at=at, shop=shop.pk, notice=notice)


def restore_after(*, shop: Shop, notice: str, by: Actor, at: datetime | None) -> None:
    """The shop stands as before it was suspended for this notice; nothing happens if it is suspended for something else."""
    if Seller.objects.filter(shop=shop, state=Seller.SUSPENDED, notice=notice).update(notice=""):
        restore(shop, by, at)
        record(facts.LIFTED, subject=shop, by=by, at=at, shop=shop.pk, notice=notice)


def _judged(shop: Shop, reasons: str, by: Actor, at: datetime | None, states: set[str], after: Stage) -> Seller:
    must_judge(by, shop)
    if not reasons.strip():
        raise ActionRefused(_("Please say why, so that the person understands."), code="reason")
    done = Seller.objects.filter(shop=shop, state__in=states).update(
        state=after.state, reasons=reasons.strip()[:4000], notice="", decided_by=by.key, decided_at=at or clock.now()
    )
    if not done:
        raise ActionRefused(_("This file is not waiting any more, or was changed meanwhile."), code="state")
    set_standing(Shop.objects.get(pk=shop.pk), after.standing, by, at)
    return Seller.objects.get(shop=shop)


def restore(shop: Shop, by: Actor, at: datetime | None) -> None:
    """As it was before the decision that was wrong; an approval counts again only if two people gave it to these very data."""
    shop = Shop.objects.get(pk=shop.pk)
    seller = Seller.objects.select_for_update().get(shop=shop)
    if seller.state == Seller.RETURNED:
        seller.state, seller.digest = Seller.SUBMITTED, digest_of(shop, seller)
        empty_approvals(seller)
    elif seller.state == Seller.SUSPENDED:
        whole = bool(seller.second_by) and seller.digest == digest_of(shop, seller)
        seller.state = Seller.APPROVED if whole else Seller.FILLING
        set_standing(shop, Shop.APPROVED if whole else Shop.KNOWN, by, at)
    seller.save()
