"""The outbox: every mail and every piece of printed matter, who it went to and what became of it. Also what people want to hear."""

import re
import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Guest, Person

STATE_WORDS = {
    "waiting": _("on its way"),
    "sent": _("sent"),
    "failed": _("could not be delivered"),
    "held": _("held back: too many emails to this address"),
    "kept": _("kept in this mailbox"),
}


def message_token() -> str:
    """128 random bits for one message's unsubscribe link and reply address; lower case, since mail systems may fold case."""
    return secrets.token_hex(16)


class Message(models.Model):
    """One mail, in-app message or printed thing. The row is written in the transaction of its cause and sent by a job."""

    WAITING, SENT, FAILED, HELD, KEPT, IN_APP = "waiting", "sent", "failed", "held", "kept", "in-app"
    MAIL, LETTER, LABEL, CODE = "mail", "letter", "label", "code"

    medium = models.CharField(max_length=8, default=MAIL)
    kind = models.CharField(max_length=20)
    """What the message is about; see kinds.py."""
    sender = models.CharField(max_length=10, default="townhall")
    """Which of the two controllers writes: townhall or market."""
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="messages")
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.CASCADE, related_name="messages")
    address = models.EmailField(blank=True)
    """Where it goes; kept as it was when the message was written."""
    language = models.CharField(max_length=12, default="de")
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    """An iCalendar file (RFC 5545) that goes along, so that a mail program offers to enter the date."""
    errand_number = models.CharField(max_length=20, blank=True)
    link = models.CharField(max_length=200, blank=True)
    reply_to = models.CharField(max_length=40, blank=True)
    """What an answer to this mail belongs to, as the sending domain calls it."""
    in_reply_to = models.CharField(max_length=250, blank=True)
    """The Message-ID of the mail from outside that this one answers by itself."""
    token = models.CharField(max_length=32, unique=True, default=message_token, editable=False)
    once = models.CharField(max_length=160, unique=True, null=True, blank=True)
    """The cause; a second message for the same cause is not written."""
    state = models.CharField(max_length=8, default=WAITING)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)
    """When the text was deleted because its time was over."""

    class Meta:
        indexes = [
            models.Index(fields=["person", "-id"]),
            models.Index(fields=["state", "id"]),
            models.Index(fields=["emptied_at", "created_at"]),
            models.Index(fields=["reply_to", "id"]),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def state_words(self) -> str:
        """What became of it, in words; nothing for what simply lies in the list."""
        return str(STATE_WORDS.get(self.state, ""))

    @property
    def fragment(self) -> str:
        """The body alone, without its heading, for showing it below the subject on a page of ours.

        Written by our own templates, which escape everything typed.
        """
        start, end = self.html.find("<!--body-->"), self.html.find("<!--/body-->")
        if not 0 <= start < end:
            return self.html
        return re.sub(r"\s*<h1>.*?</h1>", "", self.html[start + len("<!--body-->") : end], count=1, flags=re.DOTALL)


class Silence(models.Model):
    """Nothing of this kind goes to this address any more. The address is kept only as a keyed hash."""

    address_hash = models.CharField(max_length=32)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address_hash", "kind"], name="one_silence_per_kind")]

    def __str__(self) -> str:
        return self.kind
