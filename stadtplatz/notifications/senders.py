"""The two controllers that write: the town hall and the marketplace, each with its own name and address from the city pack."""

from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from stadtplatz.kit.identity import city
from stadtplatz.notifications.rendering import one_line

TOWNHALL, MARKET = "townhall", "market"


@dataclass(frozen=True)
class Sender:
    name: str
    address: str
    postal: str

    def from_header(self) -> str:
        return formataddr((self.name, self.address))

    def reply_address(self, token: str) -> str:
        """The sender's address with the message's token after a plus, so that an answer finds its errand."""
        local, _at, domain = self.address.partition("@")
        return f"{local}+{token}@{domain}"


def sender_of(code: str) -> Sender:
    """The sender with this code. The pack's contact may name `townhall_name`, `townhall_email`, `townhall_postal`, and the same for market."""
    contact, name = city().contact, city().name
    default = _("Town hall %(city)s") if code == TOWNHALL else _("Marketplace %(city)s")
    address = contact.get(f"{code}_email") or contact.get("email") or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return Sender(
        name=one_line(contact.get(f"{code}_name") or default % {"city": name}),
        address=one_line(address),
        postal=one_line(contact.get(f"{code}_postal") or contact.get("postal", "")),
    )
