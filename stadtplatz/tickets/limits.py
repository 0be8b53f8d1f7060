"""How much one address on the network may do in an hour without an account. Generous for a school class, tight for a flood."""

from datetime import timedelta

from stadtplatz.kit import ratelimit
from stadtplatz.kit.actors import Actor

HOUR = timedelta(hours=1)
DRAFTS, PHOTOS, REPORTS, MESSAGES, ECHOES = 60, 120, 30, 60, 30


def count_draft(ip: str) -> None:
    ratelimit.count("tickets.draft", ip, limit=DRAFTS, per=HOUR)


def count_photos(ip: str, number: int) -> None:
    if number:
        ratelimit.count("tickets.photo", ip, limit=PHOTOS, per=HOUR, cost=number)


def count_report(ip: str, email: str) -> None:
    """Counts for the address on the network, and for the contact, so that nobody is written to without end."""
    ratelimit.count("tickets.send", ip, limit=REPORTS, per=HOUR)
    count_contact(email)


def count_contact(email: str) -> None:
    """Nobody is written to without end, whoever names the address."""
    if email.strip():
        ratelimit.count("tickets.contact", email.strip().lower(), limit=6, per=HOUR)


def count_echo(ip: str, email: str) -> None:
    """Joining somebody else's report; a contact is counted as for reports, since mail follows."""
    ratelimit.count("tickets.echo", ip, limit=ECHOES, per=HOUR)
    if email:
        ratelimit.count("tickets.contact", email.strip().lower(), limit=6, per=HOUR)


def count_message(ip: str, by: Actor) -> None:
    ratelimit.count("tickets.message", by.key if by.kind == "link" else ip, limit=MESSAGES, per=HOUR)
