"""Reads settings from environment variables and remembers each one with its sentence.

`docs/settings.md` is tested against `DECLARED`, so a setting without a documented line cannot exist.
"""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    name: str
    default: str
    help: str


DECLARED: dict[str, Variable] = {}


def text(name: str, default: str, help: str) -> str:
    DECLARED[name] = Variable(name, default, help)
    return os.environ.get(name, default)


def flag(name: str, default: bool, help: str) -> bool:
    value = text(name, "1" if default else "0", help).strip().lower()
    if value in {"1", "true", "yes", "on", "ja"}:
        return True
    if value in {"0", "false", "no", "off", "nein", ""}:
        return False
    raise ValueError(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int, help: str) -> int:
    value = text(name, str(default), help)
    try:
        return int(value)
    except ValueError:
        raise ValueError(f"{name} must be a whole number, not {value!r}.") from None


def names(name: str, default: str, help: str) -> list[str]:
    return [part.strip() for part in text(name, default, help).split(",") if part.strip()]
