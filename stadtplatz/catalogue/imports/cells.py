"""Understanding one cell as German shops write it. Each reader returns the value or raises Fault with words that help."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from stadtplatz.kit.money import Money

MAX_PRICE = Decimal(100_000)
_PIECES = re.compile(r"[\s\u00a0\u202f'’]|€|eur(?:o)?\b", re.I)
_PACK = re.compile(
    r"(\d{1,4})\s*-?er[\s-]*(?:packung|pack|set|karton|kiste|kasten|beutel|schachtel)\b[\s:,]*(.*)", re.I
)
_CONTENT = re.compile(
    r"(?:(\d{1,4})\s*(?:[x×*]|(?:st(?:ü|ue)?c?k\.?|fl\.?|flaschen|dosen)?\s*[àá@])\s*)?([\d.,]+)\s*([^\d\s.,][^\d]*|m[23]|cm2)?",
    re.I,
)
UNIT_WORDS = {
    "g": "g", "gr": "g", "gramm": "g", "gram": "g", "kg": "kg", "kilo": "kg", "kilogramm": "kg",
    "ml": "ml", "milliliter": "ml", "cl": "cl", "zentiliter": "cl", "l": "l", "ltr": "l", "liter": "l", "lt": "l",
    "cm": "cm", "zentimeter": "cm", "m": "m", "meter": "m", "lfm": "m", "m2": "m2", "m²": "m2", "qm": "m2",
    "quadratmeter": "m2", "cm2": "cm2", "cm²": "cm2", "m3": "m3", "m³": "m3", "cbm": "m3", "kubikmeter": "m3",
    "stk": "piece", "stck": "piece", "stück": "piece", "stueck": "piece", "st": "piece", "piece": "piece",
    "pieces": "piece", "pcs": "piece", "pc": "piece",
}  # fmt: skip
YES = {"ja", "j", "yes", "y", "1", "true", "wahr", "x", "aktiv", "active", "sichtbar", "online", "in stock"}
NO = {"nein", "n", "no", "0", "false", "falsch", "inaktiv", "inactive", "unsichtbar", "offline", "entwurf"}


class Fault(Exception):
    """What is wrong with a cell. `code` names the kind, the message is for people."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code, self.message = code, message


def number(text: str) -> Decimal:
    """`1.234,50`, `1234,5`, `1,234.50`, `12.90` as a number. The later of comma and dot divides off the decimals; a single dot
    before exactly three digits groups thousands unless a zero stands before it. ValueError if it is none."""
    plain = _PIECES.sub("", text).replace(",-", "").replace(",–", "").replace(".-", "")
    comma, dot = plain.rfind(","), plain.rfind(".")
    if comma > dot:
        plain = _grouped(plain[:comma], ".") + "." + plain[comma + 1 :]
    elif comma >= 0:
        plain = _grouped(plain[:dot], ",") + plain[dot:]
    elif plain.count(".") > 1 or re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", plain):
        plain = _grouped(plain, ".")
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", plain):
        raise ValueError(text)
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise ValueError(text) from None


def _grouped(text: str, sign: str) -> str:
    """The digits before the decimals, thousands grouped by this sign or not at all; as it is, and so no number, if they are not."""
    return text.replace(sign, "") if re.fullmatch(rf"-?\d{{1,3}}(?:\{sign}\d{{3}})+", text) else text


def price(text: str) -> Money:
    """Gross, above zero."""
    found = money(text)
    if found.cents <= 0:
        raise Fault("price-range", _("The price must be above zero."))
    return found


def money(text: str) -> Money:
    """An amount in euros with at most two decimals."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d(T[\d:]+)?", text):
        words = _(
            "“{text}”: the spreadsheet made a date of the amount. Format the column as a number and type it again."
        )
        raise Fault("price-date", words.format(text=_short(text)))
    try:
        amount = number(text)
    except ValueError:
        raise Fault("price", _("“{text}” is no amount. Write it like 12,90.").format(text=_short(text))) from None
    if amount != amount.quantize(Decimal("0.01")):
        raise Fault("price", _("“{text}” has more than two decimals.").format(text=_short(text)))
    if not 0 <= amount <= MAX_PRICE:
        raise Fault("price-range", _("“{text}” is not between 0 and 100,000 euros.").format(text=_short(text)))
    return Money(int(amount * 100))


def gtin(text: str) -> str:
    """A barcode number as we keep it: 8, 13 or 14 digits with the right check digit; empty for an empty cell.

    The 12 digits of an American product are 13 with a zero in front, as scanners read them. Leading zeros lost in a spreadsheet come
    back, and the ten digits of an old book become its barcode.
    """
    plain = re.sub(r"[\s\u2010-\u2015-]", "", text)
    plain = re.sub(r"^(\d{8,14})[.,]0$", r"\1", plain)
    if not plain:
        return ""
    if re.fullmatch(r"\d{9}[\dXx]", plain) and (book := _from_isbn_10(plain.upper())):
        return book
    if re.fullmatch(r"\d[.,]\d+E\+?\d+", plain, re.I):
        raise Fault(
            "gtin-rounded",
            _("“{text}”: the spreadsheet has rounded the barcode. Format the column as text and save again.").format(
                text=_short(text)
            ),
        )
    if not plain.isascii() or not plain.isdigit() or not 8 <= len(plain) <= 14:
        raise Fault(
            "gtin",
            _("“{text}” is no barcode number (GTIN, EAN): it has 8, 12, 13 or 14 digits.").format(text=_short(text)),
        )
    plain = plain if len(plain) in (8, 12, 13, 14) else plain.zfill(12 if len(plain) < 12 else 13)
    if check_digit(plain[:-1]) != plain[-1]:
        raise Fault(
            "gtin-check",
            _("“{text}”: the last digit of the barcode does not fit. Is there a typing error?").format(
                text=_short(text)
            ),
        )
    return f"0{plain}" if len(plain) == 12 else plain[1:] if len(plain) == 14 and plain[0] == "0" else plain


def _from_isbn_10(isbn: str) -> str:
    """The barcode number of a book with an old number; empty if its check digit does not fit."""
    total = sum((10 - place) * (10 if sign == "X" else int(sign)) for place, sign in enumerate(isbn))
    body = f"978{isbn[:9]}"
    return body + check_digit(body) if total % 11 == 0 else ""


def check_digit(body: str) -> str:
    """The last digit of a GTIN of any length from the digits before it."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-total % 10)


def content(text: str, unit_text: str = "") -> tuple[Decimal | None, str]:
    """`750 g`, `6 x 0,33 l`, `0,75` with a unit of its own, as amount and unit; (None, "") for an empty cell."""
    if not text.strip():
        return None, ""
    if pack := _PACK.fullmatch(text.strip()):
        return (Decimal(pack[1]), "piece") if not pack[2].strip() else content(f"{pack[1]} x {pack[2]}", unit_text)
    match = _CONTENT.fullmatch(text.strip())
    if match:
        times, amount_text, unit_word = match.groups()
        unit = UNIT_WORDS.get((unit_word or unit_text).strip(" .").casefold())
        try:
            amount = number(amount_text) * int(times or 1)
        except ValueError:
            unit = None
        if unit and 0 < amount < 1_000_000:
            return amount.quantize(Decimal("0.001")), unit
    if unit_text.strip() and unit_text.strip(" .").casefold() not in UNIT_WORDS:
        raise Fault(
            "unit", _("“{text}” is no unit we know: g, kg, ml, l, m, m², m³ or Stück.").format(text=_short(unit_text))
        )
    raise Fault("content", _("“{text}” is no content. Write it like 750 g or 6 x 0,33 l.").format(text=_short(text)))


def stock(text: str) -> int | None:
    """A whole number from 0 on; None for an empty cell."""
    if not text.strip():
        return None
    try:
        amount = number(text)
    except ValueError:
        raise Fault("stock", _("“{text}” is no number of pieces.").format(text=_short(text))) from None
    if amount != int(amount) or not 0 <= amount <= 100_000:
        raise Fault("stock", _("“{text}”: the stock is a whole number from 0 to 100,000.").format(text=_short(text)))
    return int(amount)


def yes(text: str, default: bool) -> bool:
    """`ja`, `nein`, `1`, `0`, `aktiv` ..."""
    word = text.strip().casefold()
    if not word:
        return default
    if word in YES:
        return True
    if word in NO:
        return False
    raise Fault("yes-no", _("“{text}” is neither yes nor no.").format(text=_short(text)))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
