"""Filters and tags that every template has without loading."""

from datetime import date, datetime, timedelta

import segno
from django import forms, template
from django.urls import translate_url
from django.utils import formats, timesince
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stadtplatz.kit import clock, icons
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
    english = (get_language() or "de").startswith("en")
    pattern = "l, j F" if english else "l, j. F"
    return formats.date_format(local, pattern if local.year == clock.today().year else f"{pattern} Y")


@register.filter
def hour(moment: datetime | None) -> str:
    """`14:05 Uhr`, `14:05` in English; Berlin time."""
    if moment is None:
        return ""
    text = f"{clock.local(moment):%H:%M}"
    return text if (get_language() or "de").startswith("en") else f"{text} Uhr"


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
    now = clock.now()
    if abs(now - moment) < timedelta(minutes=1):
        return _("just now")
    if moment <= now:
        return _("%(span)s ago") % {"span": timesince.timesince(moment, now, depth=1)}
    return _("in %(span)s") % {"span": timesince.timeuntil(moment, now, depth=1)}


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
    return {"code": code, "name": name, "url": translate_url(request.get_full_path(), code) if request else f"/{code}/"}


@register.filter
def unlocalised(number: float | int | str | None) -> str:
    """A number for machines: a point, no grouping, whatever the language."""
    return "" if number in (None, "") else str(number)


@register.simple_tag
def qr(text: str) -> SafeString:
    """A QR code of the text as SVG in the page, dark on white in every theme; give the same thing in words beside it."""
    code = segno.make_qr(text, error="m")
    return mark_safe(  # noqa: S308 - drawn by segno from modules; the text itself does not appear
        code.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None, dark="#000").replace(
            "<svg ", f'<svg role="img" aria-label="{_("QR code")}" width="128" height="128" ', 1
        )
    )


@register.filter
def minutes(seconds: int) -> int:
    """Seconds as whole minutes, rounded up."""
    return -(-int(seconds) // 60)
