"""What a list of offers is narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.forms import EuroField, LongSelect


class OfferFilter(forms.Form):
    """What a list of offers is narrowed to, read from the address."""

    SORTS = (
        ("new", _("newest first")),
        ("price", _("cheapest first")),
        ("price-down", _("dearest first")),
        ("name", _("by name")),
    )

    q = forms.CharField(label=_("In the title"), max_length=80, required=False)
    field_order = ("q", "shop", "district", "most", "organic", "sort")

    most = EuroField(label=_("Up to (euros)"), required=False)
    organic = forms.BooleanField(label=_("Organic only"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), choices=SORTS, required=False)

    def __init__(self, *args, shops=(), districts=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shop"] = forms.ChoiceField(
            label=_("Shop"), choices=[("", _("All shops")), *shops], required=False, widget=LongSelect
        )
        self.fields["district"] = forms.ChoiceField(
            label=_("District"),
            choices=[("", _("The whole town")), *((name, name) for name in districts)],
            required=False,
        )
        self.order_fields(self.field_order)
