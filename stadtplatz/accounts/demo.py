"""The people of the demo who belong to no unit and no shop: a citizen with an account, one whose account is protected twice, and the operator."""

from datetime import datetime

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from stadtplatz.accounts.actions import create_person, join_guests
from stadtplatz.accounts.models import Person

CITIZEN = "mira.erdacht@example.org"
OPERATOR = "olga.betrieb@example.org"
CAREFUL = "zita.zweifach@example.org"
APP_KEY = "STADTPLATZDEMOZWEIFACHERSCHUTZ23"
"""What the careful one's authenticator app knows; it opens nothing but an invented account."""


def build(now: datetime) -> None:
    """Citizens and operator exist. Their errands come later, from the domains above, under the citizen's address."""
    create_person(email=CITIZEN, name="Mira Erdacht (erfunden)")
    careful = create_person(email=CAREFUL, name="Zita Zweifach (erfunden)")
    TOTP.activate(careful, APP_KEY)
    RecoveryCodes.activate(careful)
    create_person(email=OPERATOR, name="Olga Betrieb (erfunden)", is_operator=True)


def settle() -> None:
    """What guests left under the citizen's address is now in the citizen's account."""
    join_guests(Person.objects.get(email=CITIZEN))
