"""A long list of choices is written as Django writes it."""

from django import forms
from django.test.html import parse_html

from stadtplatz.kit.forms import LongSelect

CHOICES = [("", "Alle"), ("a<b", "A & <b>"), (3, "Drei")]


def written(widget: type[forms.Select], given: dict[str, str]) -> object:
    class Form(forms.Form):
        shop = forms.ChoiceField(choices=CHOICES, required=False, widget=widget(attrs={"class": "wide"}))

    return parse_html(str(Form(given)["shop"]))


def test_it_says_the_same_whatever_is_chosen():
    for chosen in ("", "a<b", "3", "unknown"):
        assert written(LongSelect, {"shop": chosen}) == written(forms.Select, {"shop": chosen})
