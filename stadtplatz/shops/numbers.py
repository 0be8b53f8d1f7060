"""Numbers that can be wrong in themselves: VAT ID, IBAN, packaging register, trade register.

Each function returns the number as it is kept, or raises ValueError with a sentence for people. The libraries behind them are loaded
only when somebody types such a number: no page that only shows them pays for it.
"""

import re

from django.utils.translation import gettext as _

REGISTERS = {
    "registered": ("HRA",),
    "ohg": ("HRA",),
    "kg": ("HRA",),
    "gmbh": ("HRB",),
    "ug": ("HRB",),
    "ag": ("HRB",),
    "eg": ("GnR", "GENR"),
    "ev": ("VR",),
}
"""Which part of which register a legal form stands in."""
_REGISTER = re.compile(
    r"^(?P<court>\D{3,80}?)[,\s]+(?P<part>HRA|HRB|GnR|GENR|VR|PR)\s*(?P<number>\d{1,7}\s?[A-Z]{0,3})$"
)
_LUCID = re.compile(r"DE\d{13}")


def vat_id(typed: str) -> str:
    """`DE136695976` from whatever spelling, of any country of the EU; the check digit is looked at, the tax office is not asked."""
    from stdnum.eu import vat
    from stdnum.exceptions import ValidationError

    try:
        return vat.validate(typed)
    except ValidationError:
        message = _("This VAT ID cannot be right: please check every digit. A German one is DE and nine digits.")
        raise ValueError(message) from None


def iban(typed: str) -> str:
    """`DE89370400440532013000` from whatever spelling; length, country and check digits are looked at, the bank is not asked."""
    from schwifty import IBAN
    from schwifty.exceptions import SchwiftyException

    try:
        return IBAN(typed).compact
    except SchwiftyException:
        raise ValueError(_("This IBAN cannot be right: please check every digit.")) from None


def bank_of(number: str) -> str:
    """The name of the bank behind an IBAN, as far as the public list of banks knows it."""
    from schwifty import IBAN
    from schwifty.exceptions import SchwiftyException

    try:
        return IBAN(number).bank_name or ""
    except SchwiftyException:
        return ""


def lucid(typed: str) -> str:
    """`DE1234567890123`: DE and 13 digits. The register itself is public and has to be looked at by the desk."""
    number = re.sub(r"[\s\-.]", "", typed).upper()
    if not _LUCID.fullmatch(number):
        raise ValueError(_("A LUCID number is DE and 13 digits."))
    return number


def register_entry(typed: str, legal_form: str) -> str:
    """`Amtsgericht Stuttgart, HRB 12345` in the part of the register where this legal form stands."""
    match = _REGISTER.match(" ".join(typed.split()))
    if not match:
        raise ValueError(_("Please write court, register and number, for example: Amtsgericht Stuttgart, HRB 12345."))
    parts = REGISTERS.get(legal_form, ())
    if parts and match["part"] not in parts:
        message = _("This legal form stands in the register {part}, not in {typed}.")
        raise ValueError(message.format(part=parts[0], typed=match["part"]))
    return f"{match['court'].strip(' ,')}, {match['part']} {match['number']}"
