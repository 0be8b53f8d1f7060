"""What the reporter may do only after proving that the report is theirs: by a code sent to the address, or by the PIN."""

from __future__ import annotations

import json
import re
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.audit.actions import record
from stadtplatz.cases import actions as cases
from stadtplatz.cases.rules import link_holder
from stadtplatz.kit import clock, ratelimit
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import facts
from stadtplatz.tickets.actions.retention import anonymise, detach
from stadtplatz.tickets.models import Pin, Ticket

TRIES, PER = 5, timedelta(hours=1)


def make_pin(ticket: Ticket, *, at: datetime | None = None) -> str:
    """Six digits for a report without a mail address, told this once and kept only as a hash; empty if it has a PIN or an address."""
    contact = ticket.case.applicant_person or ticket.case.applicant_guest
    if contact is not None and contact.email:
        return ""
    digits = f"{secrets.randbelow(1_000_000):06d}"
    _pin, made = Pin.objects.get_or_create(
        ticket=ticket, defaults={"digest": _digest(ticket, digits), "made_at": at or clock.now()}
    )
    return digits if made else ""


def check_pin(ticket: Ticket, digits: str) -> None:
    """Refused unless these are the digits; five tries an hour for the report, right or wrong. Call it outside a transaction."""
    ratelimit.count("tickets.pin", str(ticket.pk), limit=TRIES, per=PER)
    pin = Pin.objects.filter(ticket=ticket).first()
    typed = re.sub(r"\D", "", digits)
    if pin is None or not constant_time_compare(pin.digest, _digest(ticket, typed)):
        raise ActionRefused(_("This PIN is not right. Please check it."), code="wrong-pin")


def send_code(ticket: Ticket) -> None:
    """A code is on its way to the address of the report. Refused without one, and after five codes an hour."""
    if ticket.case.applicant_guest is None:
        raise ActionRefused(_("No e-mail address was left, so no code can be sent."), code="no-address")
    accounts.send_code(ticket.case.applicant_guest, purpose=_purpose(ticket))


def check_code(ticket: Ticket, code: str) -> None:
    """Refused unless this is the code that was sent; the address then counts as proved."""
    if ticket.case.applicant_guest is None:
        raise ActionRefused(_("No e-mail address was left, so no code can be sent."), code="no-address")
    accounts.check_code(ticket.case.applicant_guest, purpose=_purpose(ticket), code=code)


@transaction.atomic
def change_contact(ticket: Ticket, *, email: str, at: datetime | None = None) -> Ticket:
    """News go to this address from now on, to none if it is empty; the earlier one is erased. The caller has seen the proof.

    The new address counts as unproved. The staff see that the contact changed, not what it was.
    """
    at, case = at or clock.now(), ticket.case
    guest = accounts.leave_contact(email=email, language=case.language) if email else None
    cases.set_contact(case, guest=guest, by=link_holder(case), at=at)
    by_pin = Pin.objects.filter(ticket=ticket).exists()
    record(facts.CONTACT_CHANGED, subject=case, by=link_holder(case), at=at, by_pin=by_pin)
    return Ticket.objects.select_related("case__applicant_guest", "category").get(pk=ticket.pk)


def erase(ticket: Ticket, *, at: datetime | None = None) -> bool:
    """What leads to the reporter is gone: of a closed report everything, of an open one contact and messages. True if everything.

    The caller has seen the proof. The link of the report opens nothing afterwards.
    """
    if ticket.case.closed_at:
        anonymise(ticket, why="request", by=link_holder(ticket.case), at=at)
        return True
    detach(ticket, by=link_holder(ticket.case), at=at)
    Pin.objects.filter(ticket=ticket).delete()
    return False


def as_file(data: list[dict]) -> bytes:
    """The reporter's data as readable JSON."""
    return json.dumps(data, ensure_ascii=False, indent=2, default=str).encode()


def _purpose(ticket: Ticket) -> str:
    return f"ticket:{ticket.pk}"


def _digest(ticket: Ticket, digits: str) -> str:
    return salted_hmac(f"tickets.pin:{ticket.pk}", digits, algorithm="sha256").hexdigest()
