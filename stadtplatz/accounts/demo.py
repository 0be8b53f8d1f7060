"""The two people of the demo who belong to no unit and no shop: a citizen with an account, and the operator."""

from datetime import datetime

from stadtplatz.accounts.actions import create_person, join_guests
from stadtplatz.accounts.models import Person

CITIZEN = "mira.erdacht@example.org"
OPERATOR = "olga.betrieb@example.org"


def build(now: datetime) -> None:
    """Citizen and operator exist. Their errands come later, from the domains above, under the citizen's address."""
    create_person(email=CITIZEN, name="Mira Erdacht (erfunden)")
    create_person(email=OPERATOR, name="Olga Betrieb (erfunden)", is_operator=True)


def settle() -> None:
    """What guests left under the citizen's address is now in the citizen's account."""
    join_guests(Person.objects.get(email=CITIZEN))
