"""Reading messages: one's own, the mailbox of the demo, and what an unsubscribe link is about."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from stadtplatz.kit import clock, media
from stadtplatz.kit.actors import Actor
from stadtplatz.notifications import push, rules
from stadtplatz.notifications.incoming import letters
from stadtplatz.notifications.incoming.letters import File
from stadtplatz.notifications.kinds import KINDS, Kind
from stadtplatz.notifications.models import Incoming, MailFolder, Message, Silence

MEDIA = (Message.MAIL, Message.LETTER, Message.LABEL, Message.CODE)


def mailbox(limit: int = 50, kind: str = "", offset: int = 0) -> list[Message]:
    """Everything this installation wrote, newest first; `kind` narrows to a medium (mail, letter, label, code) or a kind of message.

    For the demo's mailbox page and the operator. Bodies are loaded too: keep `limit` small.
    """
    rows = Message.objects.order_by("-id")
    if kind in MEDIA:
        rows = rows.filter(medium=kind)
    elif kind:
        rows = rows.filter(kind=kind)
    return list(rows[offset : offset + limit])


def message(pk: int) -> Message | None:
    """One message by id, whoever it is for: ask `rules.may_read` before showing it."""
    return Message.objects.select_related("guest").filter(pk=pk).first()


def own(actor: Actor) -> QuerySet[Message]:
    """The messages of this person and of their joined guest contacts, newest first; none for anybody else."""
    if not actor.is_person:
        return Message.objects.none()
    mine = Q(person_id=actor.person_id) | Q(guest__person_id=actor.person_id)
    return Message.objects.filter(mine, medium=Message.MAIL).exclude(kind="security").order_by("-id")


def unread_count(actor: Actor) -> int:
    """How many messages the person has not opened; no query for anybody without an account."""
    return own(actor).filter(read_at=None).count() if actor.is_person else 0


def stopped_kinds(address: str) -> set[str]:
    """The kinds of mail that this address has switched off."""
    return set(Silence.objects.filter(address_hash=rules.address_hash(address)).values_list("kind", flat=True))


@dataclass(frozen=True)
class UnsubscribePage:
    """What an unsubscribe link is about. `kind` is None for a link nobody was sent."""

    kind: Kind | None = None
    address: str = ""
    stoppable: bool = False


def unsubscribe_page(token: str) -> UnsubscribePage:
    """The kind and address behind an unsubscribe link."""
    row = Message.objects.filter(token=token.lower()).only("kind", "address").first()
    if row is None or row.kind not in KINDS or not row.address:
        return UnsubscribePage()
    return UnsubscribePage(KINDS[row.kind], row.address, rules.can_be_stopped(row.kind))


def incoming(pk: int) -> Incoming | None:
    """One mail from outside: ask your own rule before showing it."""
    return Incoming.objects.select_related("answers").filter(pk=pk).first()


def incoming_mails(state: str = "") -> QuerySet[Incoming]:
    """Mails from outside, newest first, without their words; `state` narrows."""
    rows = Incoming.objects.defer("text", "original").order_by("-id")
    return rows.filter(state=state) if state else rows


def incoming_counts(which: Q | None = None) -> dict[str, int]:
    """How many mails stand in each state; `which` narrows."""
    return dict(Incoming.objects.filter(which or Q()).values_list("state").annotate(count=Count("pk")))


def taken_as(thing: str) -> QuerySet[Incoming]:
    """The mails that a domain has taken on as this thing of its own, oldest first."""
    return Incoming.objects.filter(taken_as=thing).order_by("id")


def files_of(mail: Incoming) -> list[File]:
    """The files that came with the mail, decorations such as logos left out; none once the kept original is gone."""
    try:
        raw = media.read(mail.path) if mail.path else b""
    except FileNotFoundError:
        return []
    return [file for file in letters.files_of(letters.parse(raw)) if not file.decoration]


def mail_folders() -> list[MailFolder]:
    """The folders of the mail server that are read, and how that goes."""
    return list(MailFolder.objects.order_by("name"))


def push_key() -> str:
    """The public key that browsers need to subscribe to messages of this installation."""
    return push.public_key()


@dataclass(frozen=True)
class MailState:
    """How mail goes, in figures: for whoever runs the installation, who reads none of it."""

    sending: int
    failed: int
    aside: int
    folders: list[MailFolder]


def mail_state() -> MailState:
    """Mails on their way out, those of the last 30 days that did not arrive, mails from outside put aside, and the fetched folders."""
    lately = Q(state=Message.FAILED, created_at__gt=clock.now() - timedelta(days=30))
    out = Message.objects.aggregate(
        sending=Count("pk", filter=Q(state=Message.WAITING)), failed=Count("pk", filter=lately)
    )
    return MailState(**out, aside=incoming_counts().get(Incoming.ASIDE, 0), folders=mail_folders())
