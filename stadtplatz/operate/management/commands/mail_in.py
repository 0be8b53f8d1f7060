"""For the mail server of the city: `stadtplatz mail-in < message`, from a pipe or an alias."""

import os
import sys

from django.core.management.base import BaseCommand
from django.db import Error

from stadtplatz.notifications.actions import take_in
from stadtplatz.notifications.rules import MOST_BYTES

TRY_AGAIN = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and tries again."""


class Command(BaseCommand):
    help = "Take in one mail from standard input. It is kept before this ends; exit 75 asks the mail server to try again later."

    def add_arguments(self, parser):
        parser.add_argument(
            "--from", dest="sender", default=os.environ.get("SENDER"), help="envelope sender; '' for reports"
        )
        parser.add_argument(
            "--to", dest="recipient", default=os.environ.get("ORIGINAL_RECIPIENT", ""), help="envelope recipient"
        )

    def handle(self, *, sender, recipient, **options):
        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        if not raw.strip():
            self.stderr.write("There is no mail on standard input.")
            sys.exit(65)
        try:
            mail = take_in(_without_mbox_line(raw), envelope_sender=sender, envelope_recipient=recipient)
        except (Error, OSError) as problem:
            self.stderr.write(f"The mail could not be kept ({type(problem).__name__}); please try again.")
            sys.exit(TRY_AGAIN)
        self.stdout.write(f"Kept as {mail.pk}.")


def _without_mbox_line(raw: bytes) -> bytes:
    """Some mail servers write a line `From sender date` above a piped mail."""
    return raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw
