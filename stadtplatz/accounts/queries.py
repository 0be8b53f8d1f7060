"""Who stands behind a pseudonymous key."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Guest, Invitation, Person
from stadtplatz.accounts.secretcodes import fingerprint
from stadtplatz.kit import clock
from stadtplatz.kit.identity import city


def person_of(actor_key: str) -> Person | None:
    """The person with an account behind the key: directly, or because a guest's errands were joined to their account."""
    if actor_key.startswith("p:"):
        return Person.objects.filter(key=actor_key).first()
    guest = guest_of(actor_key)
    return guest.person if guest else None


def guest_of(actor_key: str) -> Guest | None:
    """The guest contact behind the key, None for every other kind of key."""
    if not actor_key.startswith("g:"):
        return None
    return Guest.objects.select_related("person").filter(key=actor_key).first()


def holder_of(actor_key: str) -> Person | Guest | None:
    """Exactly the person or guest contact with this key, without following a guest to their account. For erasing."""
    model = Person if actor_key.startswith("p:") else Guest
    return model.objects.filter(key=actor_key).first()


def name_for_staff(actor_key: str) -> str:
    """The name that staff may read. Never for public pages: those name functions."""
    return names_for_staff([actor_key])[actor_key]


def names_for_staff(actor_keys: Iterable[str]) -> dict[str, str]:
    """The names of many keys in at most two queries."""
    wanted = set(actor_keys)
    known: dict[str, str] = {}
    people = [key for key in wanted if key.startswith("p:")]
    guests = [key for key in wanted if key.startswith("g:")]
    if people:
        known |= {key: name or email for key, name, email in _rows(Person, people)}
    if guests:
        known |= {key: name or email or _("Guest") for key, name, email in _rows(Guest, guests)}
    return {key: known.get(key) or _stand_in(key) for key in wanted}


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation behind a link, if it can still be accepted or was accepted already."""
    row = Invitation.objects.filter(token_hash=fingerprint(token), withdrawn_at=None).first()
    if row is None or (row.accepted_at is None and row.expires_at <= clock.now()):
        return None
    return row


def invitation(key: str) -> Invitation | None:
    """The invitation that a fact names."""
    return Invitation.objects.filter(key=key).first()


def open_invitations(purpose: str, **payload: object) -> list[Invitation]:
    """Invitations for this purpose that nobody has accepted yet, newest first; `payload` narrows by its values."""
    rows = Invitation.objects.filter(
        purpose=purpose, accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now()
    ).order_by("-id")
    return [row for row in rows[:500] if all(row.payload.get(key) == value for key, value in payload.items())]


def _rows(model, keys: list[str]):
    return model.objects.filter(key__in=keys).values_list("key", "name", "email")


def _stand_in(key: str) -> str:
    """What to call those without a row: the system, a link holder, somebody erased."""
    if key == "system":
        return city().name
    if key.startswith(("p:", "g:")):
        return _("Erased contact")
    return _("Holder of the link") if key == "link" else _("Without a name")
