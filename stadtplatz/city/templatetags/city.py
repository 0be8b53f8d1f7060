"""Small words for the templates of the town."""

from django import template

from stadtplatz.city.conditions import in_words
from stadtplatz.city.models import Conditions

register = template.Library()


@register.filter
def conditions_in_words(conditions: Conditions, without: str = "") -> str:
    """Where and when a rule holds; without="district" leaves out what the page shows already."""
    return in_words(conditions, with_district=without != "district")
