"""Who may act, refused in the same words everywhere."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.rules import is_operator
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.shops import rules
from stadtplatz.shops.models import Shop


def must_manage(by: Actor, shop: Shop) -> None:
    """Refused (NotAllowed) to all but owner and staff."""
    if not rules.may_manage(by, shop):
        raise NotAllowed(_("Only the owner and staff may change this shop."))


def must_own(by: Actor, shop: Shop) -> None:
    """Refused (NotAllowed) to all but owners: the file of the seller, its terms, its complaints."""
    if not rules.may_own(by, shop):
        raise NotAllowed(_("Only the owner may change this."))


def must_lead_team(by: Actor, shop: Shop) -> None:
    """Refused (NotAllowed) to all but owners: who works there, and how many doors the shop has."""
    if not rules.may_own(by, shop):
        raise NotAllowed(_("Only the owner may change the team."))


def must_decide(by: Actor) -> None:
    """Refused (NotAllowed) to all but the market desk."""
    if not rules.may_decide(by):
        raise NotAllowed(_("Only the market desk decides this."))


def must_judge(by: Actor, shop: Shop) -> None:
    """Refused (NotAllowed) to all but the market desk, and to its people who work in this shop."""
    if not rules.may_decide(by) or rules.role_in(by, shop):
        raise NotAllowed(_("Only the market desk decides this, and nobody about a shop of their own."))


def must_operate(by: Actor) -> None:
    """Refused (NotAllowed) to all but the operator."""
    if not (rules.may_decide(by) and is_operator(by)):
        raise NotAllowed(_("Only the operator changes this."))
