"""Mails that came in: each is kept once, as it came, before anything is made of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stadtplatz.notifications.models.message import Message

STATES = {
    "new": _("just came in"),
    "read": _("read; nobody has taken it on yet"),
    "taken": _("taken on"),
    "aside": _("put aside"),
    "returned": _("a mail of ours came back"),
}
REASONS = {
    "": "",
    "automatic": _("It was written by a machine, such as an out-of-office notice."),
    "list": _("It comes from a mailing list or newsletter."),
    "own": _("It is a mail of our own that came back to us."),
    "sender": _("It names no sender, so that nobody could be answered."),
    "too-many": _("There were too many mails from this address."),
    "too-many-here": _("There were too many mails about this errand."),
    "too-big": _("It was too big to be read."),
    "finished": _("It belongs to an errand that is finished for good."),
    "unsure": _("It answers a mail to a shop, but from another address than the one we wrote to."),
    "failed": _("A mail of ours could not be delivered."),
    "delayed": _("A mail of ours is late."),
    "other-report": _("It reports about the delivery of a mail that is none of ours."),
}


class Incoming(models.Model):
    """One mail that came in. `once` names its content, so that the same mail twice is one row, whichever way it came."""

    NEW, READ, TAKEN, ASIDE, RETURNED = "new", "read", "taken", "aside", "returned"
    IMAP, PIPE = "imap", "pipe"

    once = models.CharField(max_length=64, unique=True)
    way = models.CharField(max_length=8, default=PIPE)
    state = models.CharField(max_length=10, default=NEW)
    reason = models.CharField(max_length=20, blank=True)
    """Why it is not taken on; one of REASONS."""
    path = models.CharField(max_length=200, blank=True)
    """The mail as it came, in private media; never served."""
    size = models.PositiveIntegerField(default=0)
    envelope_sender = models.CharField(max_length=320, blank=True)
    empty_envelope = models.BooleanField(default=False)
    """Whether the mail server said that nobody wants an answer to it (`MAIL FROM:<>`)."""
    envelope_recipient = models.CharField(max_length=320, blank=True)
    message_id = models.CharField(max_length=250, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    sender_name = models.CharField(max_length=120, blank=True)
    authentic = models.BooleanField(default=False)
    """Whether our own mail server says that the sender's domain stands for this mail (SPF, DKIM or DMARC)."""
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    """What the person wrote, without quotes and signature."""
    original = models.TextField(blank=True)
    """The whole text as it came."""
    language = models.CharField(max_length=12, default="de")
    files = models.PositiveSmallIntegerField(default=0)
    answers = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="answered_by")
    """The mail of ours that it answers."""
    belongs_to = models.CharField(max_length=40, blank=True)
    """What it is about, as the domain that sent our mail calls it; empty for a new mail."""
    taken_as = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-id"]),
            models.Index(fields=["belongs_to", "id"]),
            models.Index(fields=["taken_as", "id"]),
            models.Index(fields=["sender"]),
            models.Index(fields=["emptied_at", "received_at"]),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"

    @property
    def state_words(self) -> str:
        return str(STATES.get(self.state, ""))

    @property
    def reason_words(self) -> str:
        return str(REASONS.get(self.reason, ""))


class MailFolder(models.Model):
    """How far a folder of the mail server has been read. `validity` changes when the server numbers its mails anew."""

    name = models.CharField(max_length=250, unique=True)
    validity = models.CharField(max_length=20, blank=True)
    last_uid = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.name


class FailingAddress(models.Model):
    """Mails to this address came back for good: nothing more is sent to it until it is proved anew. Kept as a keyed hash."""

    address_hash = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=12, blank=True)
    """What the other mail server said, such as 5.1.1."""
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.code
