"""Checks the German texts: complete, up to date with the sources, the same placeholders, one meaning for one English text."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.core.management import call_command

PACKAGE = Path(__file__).resolve().parents[2] / "stadtplatz"
CATALOGUE = Path("locale/de/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*(?:![rsa])?(?::[^{}]*)?\}")

Text = tuple[str | None, str, str]
"""Context, English text, its plural."""


def catalogues() -> dict[str, polib.POFile]:
    """The German texts of each domain that has any."""
    return {path.parents[3].name: polib.pofile(str(path)) for path in sorted(PACKAGE.glob(f"*/{CATALOGUE}"))}


def texts(catalogue: polib.POFile) -> set[Text]:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}


def unfinished(domain: str, catalogue: polib.POFile) -> Iterator[str]:
    """Texts without German, with a guess of msgmerge's, or left over from earlier."""
    found = {
        "has no German": catalogue.untranslated_entries(),
        "is only guessed": catalogue.fuzzy_entries(),
        "is not used any more": catalogue.obsolete_entries(),
    }
    for trouble, entries in found.items():
        yield from (f"{domain}: “{entry.msgid}” {trouble}." for entry in entries)


def wrong_placeholders(domain: str, catalogue: polib.POFile) -> Iterator[str]:
    """German sentences that would fill in something else than the English one. “One” may name the number or not."""
    for entry in catalogue.translated_entries():
        names = [set(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural or entry.msgid)]
        if entry.msgid_plural:
            one, *more = [set(PLACEHOLDER.findall(text)) for _n, text in sorted(entry.msgstr_plural.items())]
            fits = one in names and all(form == names[1] for form in more)
        else:
            fits = set(PLACEHOLDER.findall(entry.msgstr)) == names[0]
        if not fits:
            yield f"{domain}: “{entry.msgid}” has other placeholders in German."


def two_meanings(found: dict[str, polib.POFile]) -> Iterator[str]:
    """Django keeps all domains in one dictionary, so one English text (in one context) can have one German text only."""
    known: dict[Text, tuple[str, str]] = {}
    for domain, catalogue in found.items():
        for entry in catalogue.translated_entries():
            german = entry.msgstr or " | ".join(entry.msgstr_plural.values())
            first, other = known.setdefault((entry.msgctxt, entry.msgid, entry.msgid_plural), (german, domain))
            if first != german:
                yield f"{domain}: “{entry.msgid}” is “{german}” here and “{first}” in {other}."


def out_of_date(found: dict[str, polib.POFile]) -> Iterator[str]:
    """What makemessages would add or take away; it works on a copy."""
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted(path.parent for path in PACKAGE.glob("*/apps.py")):
            copy = Path(folder) / source.name
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__", "static", "data"))
            (copy / "locale").mkdir(exist_ok=True)
            now = found.get(source.name, polib.POFile())
            anew = _collected(copy)
            yield from (f"{source.name}: “{text}” is not in the catalogue." for _c, text, _p in anew - texts(now))
            yield from (f"{source.name}: “{text}” is not in the sources." for _c, text, _p in texts(now) - anew)


def _collected(folder: Path) -> set[Text]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        call_command("makemessages", locale=["de"], no_obsolete=True, add_location="file", verbosity=0)
    finally:
        os.chdir(before)
    path = folder / CATALOGUE
    return texts(polib.pofile(str(path))) if path.exists() else set()


def main() -> int:
    found = catalogues()
    troubles = [line for item in found.items() for check in (unfinished, wrong_placeholders) for line in check(*item)]
    troubles += two_meanings(found)
    if shutil.which("xgettext"):
        troubles += out_of_date(found)
    else:
        print("Without gettext it was not checked whether the catalogues are up to date.")
    print("\n".join(troubles) or f"{sum(len(texts(one)) for one in found.values())} texts in {len(found)} domains.")
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
