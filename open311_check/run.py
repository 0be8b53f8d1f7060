"""Running checks one after the other; one that breaks counts as failed and stops nobody."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from open311_check.framework import REGISTRY, Check, Failed, Skipped
from open311_check.server import Server, Unusable

GROUPS = ("discovery", "formats", "services", "definitions", "requests", "filters", "single", "errors", "posting")


@dataclass(frozen=True)
class Result:
    check: Check
    state: str
    """passed, failed or skipped"""
    words: str = ""


def all_checks() -> list[Check]:
    """Every check, in the order in which a client would meet it."""
    for group in GROUPS:
        import_module(f"open311_check.checks.{group}")
    return list(REGISTRY.values())


def run(server: Server, *, only: str = "") -> list[Result]:
    """Try the server; `only` keeps checks whose name contains one of these words."""
    wanted = [word.strip() for word in only.split(",") if word.strip()]
    chosen = [one for one in all_checks() if not wanted or any(word in one.name for word in wanted)]
    return [_try(one, server) for one in chosen]


def _try(one: Check, server: Server) -> Result:
    try:
        one.function(server)
    except Skipped as why:
        return Result(one, "skipped", str(why))
    except (Failed, Unusable) as why:
        return Result(one, "failed", str(why))
    except OSError as error:
        return Result(one, "failed", f"no answer: {error}")
    except (AttributeError, TypeError, KeyError, IndexError, ValueError) as error:
        return Result(one, "failed", f"the answer has another shape ({type(error).__name__}: {error})")
    return Result(one, "passed")
