"""Who may look at notices about content, decide about them and complain."""

from hashlib import blake2s

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.rules import is_operator, may_enter_desk
from stadtplatz.cases.models import Case
from stadtplatz.city import queries as city
from stadtplatz.kit.actors import Actor, once_a_request
from stadtplatz.moderation.models import ContentNotice, Matter

DUTY = "market.shops.notices"
"""The duty whose unit decides; a town that names none for it asks whoever looks after shops."""
NOT_YOURS = _("Only the desk that looks after notices decides this.")


@once_a_request
def may_moderate(actor: Actor) -> bool:
    """Members of the unit that answers for notices, and the operator of the installation."""
    return may_enter_desk(actor) and (is_operator(actor) or city.works_for(actor, DUTY))


def may_decide(actor: Actor, case: Case) -> bool:
    """As `may_moderate`, for the flow."""
    return may_moderate(actor)


def may_edit_grounds(actor: Actor) -> bool:
    """The list of kinds is the operator's: it says what the town takes notices about and what each rests on."""
    return may_enter_desk(actor) and is_operator(actor)


def sender_key(email: str) -> str:
    """A pseudonym of whoever gives notice: the same mail address always gives the same, and nothing leads back."""
    return "c-" + blake2s(email.strip().lower().encode(), key=settings.SECRET_KEY.encode()[:32], digest_size=16).hexdigest() if email.strip() else ""  # fmt: skip


def gave_notice(actor: Actor, matter: Matter) -> bool:
    """Whether this person gave one of the notices, by account or mail address; then somebody else decides."""
    if not actor.is_person:
        return False
    own = Q(person=actor.person_id) | Q(contact__person=actor.person_id) | Q(sender=sender_key(_mail_of(actor)))
    return matter.notices.filter(own).exists()


def _mail_of(actor: Actor) -> str:
    return Person.objects.values_list("email", flat=True).filter(pk=actor.person_id).first() or "-"


def notice_holder(notice: ContentNotice) -> Actor:
    """Whoever holds the secret link of this notice, and of no other."""
    return Actor("link", f"link:notice-{notice.pk}")


def may_complain(actor: Actor, case: Case) -> bool:
    """Whoever holds the link of a notice; and a signed-in person whom the content's own action has recognised as its owner."""
    return actor.is_person or (actor.kind == "link" and actor.key.startswith("link:notice-"))
