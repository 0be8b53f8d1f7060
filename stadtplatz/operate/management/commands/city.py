"""`stadtplatz city check|diff|load <slug or folder>`: what is particular to a city, as data."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stadtplatz.domains import DOMAINS
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.packs import PackBroken, Problem, Report, folder_of, rehearse

SHOWN = 12
"""Names per list; more are counted."""


def packs() -> Iterator[tuple[str, ModuleType]]:
    """The `pack.py` of each domain that has one, from low to high."""
    for domain in reversed(DOMAINS):
        if find_spec(f"stadtplatz.{domain}.pack"):
            yield domain, import_module(f"stadtplatz.{domain}.pack")


def check(folder: Path) -> list[Problem]:
    """What every domain finds wrong with the pack."""
    return [problem for _domain, pack in packs() for problem in pack.check(folder)]


def load(folder: Path) -> dict[str, Report]:
    """Every domain has taken its part of the pack. PackBroken, and nothing changed, if any of them finds a problem."""
    if problems := check(folder):
        raise PackBroken(problems)
    return {domain: pack.load(folder, SYSTEM) for domain, pack in packs()}


def diff(folder: Path) -> dict[str, Report]:
    """What `load` would do; nothing is changed."""
    if problems := check(folder):
        raise PackBroken(problems)
    return {domain: _diff_of(pack, folder) for domain, pack in packs()}


def _diff_of(pack: ModuleType, folder: Path) -> Report:
    if hasattr(pack, "diff"):
        return pack.diff(folder, SYSTEM)
    return rehearse(pack.load, folder, SYSTEM)


class Command(BaseCommand):
    help = "Check, compare or load a city pack."

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["check", "diff", "load"])
        parser.add_argument("pack", help="slug of a pack, or its folder")

    def handle(self, *args, action: str, pack: str, **options):
        try:
            folder = folder_of(pack)
            if action == "check":
                self._check(folder)
            else:
                self._report({"load": load, "diff": diff}[action](folder))
        except FileNotFoundError as missing:
            raise CommandError(str(missing)) from None
        except PackBroken as broken:
            raise CommandError(self._problems(broken.problems)) from None

    def _check(self, folder: Path) -> None:
        problems = check(folder)
        if problems:
            raise PackBroken(problems)
        self.stdout.write(_("The pack in %(folder)s is in order.") % {"folder": folder})

    def _problems(self, problems: list[Problem]) -> str:
        head = ngettext("%(n)s problem:", "%(n)s problems:", len(problems)) % {"n": len(problems)}
        return "\n".join([head, *(f"  {problem}" for problem in problems)])

    def _report(self, reports: dict[str, Report]) -> None:
        titles = {
            "created": _("new"),
            "changed": _("changed"),
            "removed": _("removed"),
            "kept": _("kept as staff left it"),
        }
        for domain, report in reports.items():
            for name, title in titles.items():
                rows = getattr(report, name)
                if rows:
                    more = f" … (+{len(rows) - SHOWN})" if len(rows) > SHOWN else ""
                    self.stdout.write(f"{domain}: {len(rows)} {title}: {'; '.join(rows[:SHOWN])}{more}")
            for note in report.notes:
                self.stdout.write(f"{domain}: {note}")
        if all(report.is_empty and not report.notes for report in reports.values()):
            self.stdout.write(_("Nothing to do: everything is as the pack says."))
