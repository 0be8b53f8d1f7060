"""Who works in a shop: invited by mail, joined by accepting, never without an owner."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts.models import Invitation, Person
from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops import facts
from stadtplatz.shops.actions.permission import must_lead_team
from stadtplatz.shops.models import Membership, Shop

PURPOSE = "shops.member"


@transaction.atomic
def invite(
    *, shop: Shop, email: str, role: str, by: Actor, language: str = "de", at: datetime | None = None
) -> Invitation:
    """The address gets an invitation to the team, valid for 14 days. Refused to all but the owner, and for unknown roles."""
    must_lead_team(by, shop)
    return send_invitation(shop=shop, email=email, role=role, by=by, language=language, at=at)


def send_invitation(*, shop: Shop, email: str, role: str, by: Actor, language: str, at: datetime | None) -> Invitation:
    """As `invite`, after the caller has asked its own rule (the desk that grants a claim)."""
    if role not in dict(Membership.ROLES):
        raise ActionRefused(_("Please choose a role."), code="role")
    row = accounts.invite(
        email=email,
        purpose=PURPOSE,
        payload={"shop": shop.pk, "role": role, "then": f"{reverse('my-shops')}?neu=1"},
        note=_("Work in the shop {name}").format(name=shop.name),
        by=by,
        language=language,
        at=at,
    )
    record(facts.INVITED, subject=shop, by=by, at=at, shop=shop.pk, invitation=row.key, role=role)
    return row


@transaction.atomic
def add_member(*, shop: Shop, person: Person, role: str, by: Actor, at: datetime | None = None) -> Membership:
    """The person works in the shop with this role; who already does keeps the role. For accepted invitations and setting up."""
    row, is_new = Membership.objects.get_or_create(
        shop=shop, person=person, defaults={"role": role, "since": at or clock.now()}
    )
    if is_new:
        record(facts.JOINED, subject=shop, by=by, at=at, shop=shop.pk, person=person.key, role=role)
    return row


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: Actor, at: datetime | None = None) -> None:
    """The person has the new role. Refused to all but the owner, and for the last owner."""
    _check(membership, by)
    if role not in dict(Membership.ROLES):
        raise ActionRefused(_("Please choose a role."), code="role")
    if role != Membership.OWNER:
        _not_the_last_owner(membership)
    Membership.objects.filter(pk=membership.pk).update(role=role)
    shop, person = membership.shop, membership.person
    record(facts.JOINED, subject=shop, by=by, at=at, shop=shop.pk, person=person.key, role=role)


@transaction.atomic
def remove_member(*, membership: Membership, by: Actor, at: datetime | None = None) -> None:
    """The person no longer works in the shop. Everybody may leave; others are removed by the owner alone. Never the last owner."""
    if by.person_id != membership.person_id:
        _check(membership, by)
    leave(membership=membership, by=by, at=at)


@transaction.atomic
def leave(*, membership: Membership, by: Actor, at: datetime | None = None) -> None:
    """As `remove_member`, after the caller has asked its own rule (erasing a person). Never the last owner."""
    _not_the_last_owner(membership)
    Membership.objects.filter(pk=membership.pk).delete()
    record(facts.LEFT, subject=membership.shop, by=by, at=at, shop=membership.shop_id, person=membership.person.key)


def _check(membership: Membership, by: Actor) -> None:
    must_lead_team(by, membership.shop)


def _not_the_last_owner(membership: Membership) -> None:
    """The shop's row is locked first, so that two owners cannot leave at the same moment."""
    Shop.objects.select_for_update().get(pk=membership.shop_id)
    owners = Membership.objects.filter(shop=membership.shop_id, role=Membership.OWNER)
    if not owners.exclude(pk=membership.pk).exists():
        raise ActionRefused(_("A shop needs at least one owner."), code="last-owner")
