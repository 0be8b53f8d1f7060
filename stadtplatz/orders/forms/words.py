"""Words between buyers and shops."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.forms import offer_choices


class MessageForm(forms.Form):
    """Words of a shop to the buyer."""

    words = forms.CharField(
        label=_("Your message"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BuyerMessageForm(MessageForm):
    """Words of the buyer to one shop of the order, or to all of them."""

    part = forms.ChoiceField(label=_("To which shop?"), required=False)

    field_order = ("part", "words")

    def __init__(self, *args, shops: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        if len(shops) > 1:
            offer_choices(self, "part", [("", _("To all shops of this order")), *shops])
        else:
            del self.fields["part"]
