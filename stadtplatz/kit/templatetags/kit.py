"""Filters and tags that every template has without loading."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

import segno
from django import forms, template
from django.utils import formats
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from stadtplatz.kit import clock, icons
from stadtplatz.kit import languages as tongues
from stadtplatz.kit.money import Money

register = template.Library()


@register.filter
def money(amount: Money | None) -> str:
    """`12,90 €` in German, `€12.90` in English; an empty string for nothing."""
    if amount is None:
        return ""
    if (get_language() or "de").startswith("en"):
        sign = "−" if amount.cents < 0 else ""
        return f"{sign}€{abs(amount.cents) // 100:,}.{abs(amount.cents) % 100:02d}"
    return str(amount)


@register.filter
def emphasised(pieces: Iterable[tuple[str, bool]], tag: str = "mark") -> SafeString:
    """Pieces of text with whether they were searched for: those that were stand in this tag. As a loop in a template it cost a tenth of a page."""
    parts = (f"<{tag}>{escape(piece)}</{tag}>" if found else escape(piece) for piece, found in pieces)
    return mark_safe("".join(parts))  # noqa: S308 - each piece was escaped, the tag is the template's own


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """`{% icon "basket" %}`: a line icon as decoration; the words beside it carry the meaning."""
    return icons.svg(name, css)


@register.filter
def day(moment: date | datetime | None) -> str:
    """`Donnerstag, 3. Dezember`, with the year when it is not this one; Berlin time."""
    if moment is None:
        return ""
    local = clock.local(moment).date() if isinstance(moment, datetime) else moment
    pattern = "l, j. F" if tongues.speaks_german() else "l, j F"
    return formats.date_format(local, pattern if local.year == clock.today().year else f"{pattern} Y")


@register.filter
def hour(moment: datetime | None) -> str:
    """`14:05 Uhr`, `14:05` in English; Berlin time."""
    if moment is None:
        return ""
    text = f"{clock.local(moment):%H:%M}"
    return f"{text} Uhr" if tongues.speaks_german() else text


@register.filter
def day_and_hour(moment: datetime | None) -> str:
    """`Donnerstag, 3. Dezember, 14:05 Uhr`."""
    return f"{day(moment)}, {hour(moment)}" if moment else ""


@register.filter
def ago(moment: datetime | None) -> SafeString | str:
    """`vor 2 Stunden` as a <time> element with the exact moment beside it for whoever asks (title and datetime)."""
    if moment is None:
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        day_and_hour(moment),
        _relative(moment),
    )


def _relative(moment: datetime) -> str:
    seconds = (clock.now() - moment).total_seconds()
    for size, past, future in _SPANS:
        if (count := int(abs(seconds) // size)) >= 1:
            return (past if seconds > 0 else future)(count) % {"count": count}
    return _("just now")


_SPANS: list[tuple[int, Callable[[int], str], Callable[[int], str]]] = [
    (
        31_557_600,
        lambda n: ngettext("%(count)d year ago", "%(count)d years ago", n),
        lambda n: ngettext("in %(count)d year", "in %(count)d years", n),
    ),
    (
        2_629_800,
        lambda n: ngettext("%(count)d month ago", "%(count)d months ago", n),
        lambda n: ngettext("in %(count)d month", "in %(count)d months", n),
    ),
    (
        86_400,
        lambda n: ngettext("%(count)d day ago", "%(count)d days ago", n),
        lambda n: ngettext("in %(count)d day", "in %(count)d days", n),
    ),
    (
        3_600,
        lambda n: ngettext("%(count)d hour ago", "%(count)d hours ago", n),
        lambda n: ngettext("in %(count)d hour", "in %(count)d hours", n),
    ),
    (
        60,
        lambda n: ngettext("%(count)d minute ago", "%(count)d minutes ago", n),
        lambda n: ngettext("in %(count)d minute", "in %(count)d minutes", n),
    ),
]


@register.filter
def widget_kind(field: forms.BoundField) -> str:
    """checkbox, group (radios, several checkboxes), file, hidden, textarea, select or text."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if field.use_fieldset:
        return "group"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    return getattr(widget, "input_type", "text")


@register.simple_tag(takes_context=True)
def other_language(context: template.Context) -> dict[str, str]:
    """The same page in the other language: code, name and address."""
    code, name = ("de", "Deutsch") if (get_language() or "de").startswith("en") else ("en", "English")
    request = context.get("request")
    return {"code": code, "name": name, "url": tongues.address_in(request, code) if request else f"/{code}/"}


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[tongues.Language]:
    """This page in all languages it can be read in."""
    request = context.get("request")
    return tongues.choices(request, every=getattr(request, "speaks_all", False)) if request else []


@register.filter
def direction(code: str) -> str:
    """`rtl` or `ltr`, for texts in another language than the page."""
    return tongues.direction(code)


@register.filter
def unlocalised(number: float | int | str | None) -> str:
    """A number for machines: a point, no grouping, whatever the language."""
    return "" if number in (None, "") else str(number)


@register.simple_tag
def qr(text: str) -> SafeString:
    """A QR code of the text as SVG in the page, dark on white in every theme; give the same thing in words beside it."""
    drawn = segno.make_qr(text, error="m").svg_inline(
        border=0, omitsize=True, svgclass=None, lineclass=None, dark="#000"
    )
    return format_html(
        '<svg role="img" aria-label="{}" width="128" height="128" {}',
        _("QR code"),
        mark_safe(drawn.removeprefix("<svg ")),  # noqa: S308 - drawn from modules; the text is not in it
    )


@register.filter
def minutes(seconds: int) -> int:
    """Seconds as whole minutes, rounded up."""
    return -(-int(seconds) // 60)
