"""Texts of the city pack (imprint, privacy ...): a small, safe subset of Markdown, filled from the city's identity.

Known: `# title`, `## heading`, `### heading`, `- list`, blank lines between paragraphs, `**strong**`, `[words](address)`.
Everything else is shown as it stands. Addresses may be https, mailto, tel or begin with / or #.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from stadtplatz.kit.identity import Identity, city

PAGES = {
    "impressum": "imprint",
    "datenschutz": "privacy",
    "nutzungsbedingungen": "terms",
    "barrierefreiheit": "accessibility",
    "widerrufsbelehrung": "withdrawal",
}
_LINK = re.compile(r"\[([^\]]+)\]\(((?:https://|mailto:|tel:|/|#)[^)\s]*)\)")


@dataclass(frozen=True)
class Page:
    title: str
    body: SafeString
    language: str


def read(slug: str, language: str) -> Page | None:
    """The text of this address in this language, else in German; None if the pack has none."""
    for code in dict.fromkeys((language[:2], "de")):
        if file := _file(city().slug, slug, code):
            return _page(file.read_text(encoding="utf-8"), city(), code)
    return None


def exists(slug: str) -> bool:
    """Whether the city's pack holds this text."""
    return _file(city().slug, slug, "de") is not None


def blanks(text: str) -> set[str]:
    """The names in braces a text wants filled."""
    return set(re.findall(r"\{(\w+)\}", text))


def values(identity: Identity) -> dict[str, str]:
    """What a text may say in braces."""
    return {"name": identity.name, "long_name": identity.long_name, **{k: str(v) for k, v in identity.contact.items()}}


@lru_cache(maxsize=64)
def _file(city_slug: str, slug: str, language: str) -> Path | None:
    if not city_slug or slug not in PAGES:
        return None
    candidates = (Path(pack) / city_slug / "legal" / f"{PAGES[slug]}.{language}.md" for pack in settings.CITY_PACKS)
    return next((file for file in candidates if file.is_file()), None)


def _page(text: str, identity: Identity, language: str) -> Page:
    filled = re.sub(r"\{(\w+)\}", lambda hit: values(identity).get(hit[1], hit[0]), text)
    title, _, rest = filled.partition("\n")
    return Page(title.removeprefix("# ").strip(), render(rest), language)


def render(text: str) -> SafeString:
    """The text as HTML; whatever is not of the subset is escaped."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text.strip()))
    return mark_safe("\n".join(_block(block) for block in blocks if block))  # noqa: S308 - every word was escaped


def _block(block: str) -> str:
    if heading := re.fullmatch(r"(##|###) (.+)", block):
        level = len(heading[1])
        return f"<h{level}>{_inline(heading[2])}</h{level}>"
    lines = block.splitlines()
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>"
    return "<p>" + "<br>".join(_inline(line) for line in lines) + "</p>"


def _inline(text: str) -> str:
    strong = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text))
    return _LINK.sub(r'<a href="\2">\1</a>', strong)
