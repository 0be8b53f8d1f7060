"""Prices: the present one, those planned, and steps by quantity."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue.forms.fields import Moment
from stadtplatz.catalogue.rules import steps as steps_rules
from stadtplatz.kit.forms import EuroField
from stadtplatz.kit.money import Money


class PriceForm(forms.Form):
    """A new price."""

    HOW = [
        ("", _("Just the new price")),
        ("announce", _("Announce it as a reduction")),
        ("perishing", _("Reduced because it will not keep long")),
    ]

    version = forms.IntegerField(widget=forms.HiddenInput)
    price = EuroField(label=_("New price (euros, with VAT)"))
    how = forms.ChoiceField(
        label=_("How it is shown"),
        help_text=_(
            "Beside an announced reduction stands the lowest price of the last 30 days (§ 11 PAngV); what will not keep is shown"
            " with the price so far."
        ),
        choices=HOW,
        widget=forms.RadioSelect,
        required=False,
    )

    def change(self) -> dict:
        """What the action takes."""
        how = self.cleaned_data["how"]
        return {
            "version": self.cleaned_data["version"],
            "price": self.cleaned_data["price"],
            "announce": how == "announce",
            "perishing": how == "perishing",
        }


class PlanForm(forms.Form):
    """A price for later."""

    price = EuroField(label=_("Planned price (euros, with VAT)"))
    starts_at = forms.DateTimeField(label=_("From"), widget=Moment)
    ends_at = forms.DateTimeField(
        label=_("Until"),
        help_text=_("Then it costs again what it did before. Empty: it stays."),
        widget=Moment,
        required=False,
    )
    announce = forms.BooleanField(
        label=_("Announce it as a reduction"),
        help_text=_("The page then shows the lowest price of the last 30 days beside it (§ 11 PAngV)."),
        required=False,
    )


class StepsForm(forms.Form):
    """Up to five steps: from how many pieces, how much for each."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, steps=(), **kwargs):
        super().__init__(*args, **kwargs)
        rows = [*steps, *[(None, None)] * steps_rules.MOST][: steps_rules.MOST]
        for number, (least, cents) in enumerate(rows, 1):
            self.fields[f"least_{number}"] = forms.IntegerField(
                label=_("From how many pieces"), min_value=2, max_value=1000, initial=least, required=False
            )
            self.fields[f"price_{number}"] = EuroField(
                label=_("Each (euros)"), initial=Money(cents) if cents else None, required=False
            )

    def rows(self):
        """The bound fields, two by two."""
        return [(self[f"least_{number}"], self[f"price_{number}"]) for number in range(1, steps_rules.MOST + 1)]

    def steps(self) -> list[tuple[int, int]]:
        """What the action takes; half-filled rows do not count."""
        typed = [
            (self.cleaned_data[f"least_{number}"], self.cleaned_data[f"price_{number}"])
            for number in range(1, steps_rules.MOST + 1)
        ]
        return sorted((least, price.cents) for least, price in typed if least and price)
