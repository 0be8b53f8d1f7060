"""What the shop says while it packs and hands out."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.templatetags.kit import money
from stadtplatz.orders.models import OrderLine


class DeclineForm(forms.Form):
    """Why the shop does not sell."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The customer reads this as you write it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WeighForm(forms.Form):
    """What the scales showed, for each of the loose goods; empty where it was not weighed yet."""

    def __init__(self, *args, lines: Iterable[OrderLine], **kwargs):
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[f"grams-{line.pk}"] = forms.IntegerField(
                label=_("{title}: grams").format(title=line.title),
                help_text=_("Ordered: about {grams} g. At most {most} is charged.").format(
                    grams=line.grams, most=money(line.most)
                ),
                initial=line.weighed,
                min_value=1,
                max_value=1_000_000,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def weighed(self) -> dict[int, int]:
        """Grams by line id, of those that were weighed."""
        given = self.cleaned_data.items()
        return {int(name.removeprefix("grams-")): grams for name, grams in given if grams is not None}


class HandOverForm(forms.Form):
    """Number and collection code, typed or read from the customer's QR code."""

    number = forms.CharField(
        label=_("Order number"), max_length=16, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    code = forms.CharField(
        label=_("Collection code"),
        max_length=12,
        help_text=_("Six signs, from the customer's phone or paper."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
