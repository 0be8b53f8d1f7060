"""Kinds of messages: what people may switch off, and what must reach them anyway."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """`needed` says why a message cannot be switched off; an empty one can. `hours` limits how long its text is kept."""

    code: str
    label: str | Promise
    needed: str | Promise = ""
    for_staff: bool = False
    hours: int | None = None


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in [
        Kind("errand", _("News about your reports and orders")),
        Kind(
            "contract",
            _("Order confirmations and receipts"),
            needed=_("The law asks for them (§ 312f and § 312i BGB)."),
        ),
        Kind("notice", _("Formal decisions of the town hall"), needed=_("They take effect when they reach you.")),
        Kind("security", _("Codes and changes to your sign-in"), needed=_("They protect your account."), hours=24),
        Kind("privacy", _("Answers about your data"), needed=_("The law asks for them (Art. 12 GDPR).")),
        Kind("invitation", _("Invitations to work in a shop or at the town hall")),
        Kind("shop", _("New orders and questions for your shop")),
        Kind(
            "alarm",
            _("Immediate danger in the town"),
            needed=_("Danger does not wait for a quiet hour."),
            for_staff=True,
        ),
        Kind("weekly", _("Weekly letter about reports in your part of town")),
        Kind("desk", _("New and overdue errands of your unit"), for_staff=True),
    ]
}
