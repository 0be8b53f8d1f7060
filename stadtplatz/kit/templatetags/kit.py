"""Filters and tags that every template has without loading."""

from django import template
from django.utils.translation import get_language

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
