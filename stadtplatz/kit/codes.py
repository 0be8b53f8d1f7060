"""Numbers and codes for errands: easy to read aloud, impossible to guess where they must be.

The alphabet has 31 signs (a prime), without 0/O, 1/I/L. The check sign is a weighted sum modulo 31, so that every
single wrong sign and every swap of two neighbours is noticed (ISO 7064 explains the idea for MOD 37).
"""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}


def new_number(prefix: str) -> str:
    """A fresh errand number such as `A-4K7-MX2P`: prefix letter, six random signs, one check sign. Not a secret."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return _spelled(prefix, body + check_sign(prefix + body))


def check_sign(text: str) -> str:
    """The check sign of the text; letters outside the alphabet (prefixes) count by their place in A-Z."""
    total = sum((position + 2) * _value(sign) for position, sign in enumerate(text))
    return ALPHABET[-total % 31]


def read_number(typed: str) -> str | None:
    """The number as we write it, from whatever a person typed (case, spaces, dashes); None if it cannot be one."""
    signs = re.sub(r"[\s\-–./]", "", typed).upper()
    if not re.fullmatch(rf"[A-Z][{ALPHABET}]{{7}}", signs):
        return None
    return _spelled(signs[0], signs[1:]) if check_sign(signs[:-1]) == signs[-1] else None


def new_typed_code() -> str:
    """Ten random signs (49 bits) for typing from paper; valid only together with the number and five tries an hour."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


def read_typed_code(typed: str) -> str:
    """The code as stored, from whatever a person typed."""
    return re.sub(r"[\s\-–./]", "", typed).upper()


def spelled_code(code: str) -> str:
    """The code in two groups of five, as printed on paper."""
    return f"{code[:5]} {code[5:]}"


def new_secret() -> str:
    """128 random bits for a link, 22 signs, safe in a URL."""
    return secrets.token_urlsafe(16)


def _spelled(prefix: str, rest: str) -> str:
    return f"{prefix}-{rest[:3]}-{rest[3:]}"


def _value(sign: str) -> int:
    return _VALUES[sign] if sign in _VALUES else ord(sign) % 31
