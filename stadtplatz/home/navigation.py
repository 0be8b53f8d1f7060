"""What the house itself offers."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.rules import may_enter_desk
from stadtplatz.home import errands, square, texts
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.navigation import Entry


def _errands_work(actor: Actor) -> bool:
    return bool(errands.kinds())


def _shops_work(actor: Actor) -> bool:
    return bool(square.doors_for_shops())


def _written(slug: str, actor: Actor) -> bool:
    return texts.exists(slug)


ENTRIES = [
    Entry("square", 80, _("For shops"), "for-shops", _shops_work),
    Entry("mine", 50, _("My errands"), "mine", _errands_work, "bookmark"),
    Entry("mine", 60, _("Desk"), "desk", may_enter_desk, "desk"),
    Entry("desk", 0, _("Overview"), "desk", may_enter_desk, "desk"),
    Entry("footer", 10, _("Imprint"), "imprint", partial(_written, "impressum")),
    Entry("footer", 20, _("Privacy"), "privacy", partial(_written, "datenschutz")),
    Entry("footer", 30, _("Terms of use"), "terms", partial(_written, "nutzungsbedingungen")),
    Entry("footer", 40, _("Accessibility"), "accessibility", partial(_written, "barrierefreiheit")),
    Entry("footer", 50, _("Right of withdrawal"), "withdrawal-text", partial(_written, "widerrufsbelehrung")),
]
