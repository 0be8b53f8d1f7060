"""What people and shops type."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.forms import offer_choices
from stadtplatz.kit.money import Money, read_euros
from stadtplatz.kit.templatetags.kit import money
from stadtplatz.orders import rules
from stadtplatz.orders.models import OrderLine
from stadtplatz.shops.rules import KEEPING

BIG = 2**62


class AddForm(forms.Form):
    """One offer into the basket."""

    offer = forms.IntegerField(min_value=1, max_value=BIG)
    quantity = forms.IntegerField(min_value=1, max_value=rules.MAX_QUANTITY)


class ChangeForm(forms.Form):
    """Another quantity of an offer in the basket; 0 takes it out."""

    offer = forms.IntegerField(min_value=1, max_value=BIG)
    quantity = forms.IntegerField(min_value=0, max_value=rules.MAX_QUANTITY)


class ContactForm(forms.Form):
    """Whom to tell. One of mail and phone is enough."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("The shops ask for it at the counter."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        help_text=_("The confirmation and your collection codes come here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=40,
        help_text=_(
            "If you have no mail address: the shop can call you. You then find everything with number and code."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )

    def clean(self):
        data = super().clean() or self.cleaned_data
        if not data.get("email") and not data.get("phone") and "email" not in self.errors:
            self.add_error("email", _("Please leave a mail address or a phone number."))
        return data


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


class ReserveForm(forms.Form):
    """What is put aside for whom. A nickname will do."""

    quantity = forms.TypedChoiceField(label=_("How many?"), coerce=int)
    name = forms.CharField(
        label=_("Name or nickname"),
        max_length=60,
        help_text=_("The shop writes it on the note. You need no account."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        help_text=_("So that we can tell you when it lies ready. Without it, keep the link or number and code."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(self, *args, most: int, **kwargs):
        super().__init__(*args, **kwargs)
        offer_choices(self, "quantity", [(number, str(number)) for number in range(1, most + 1)])


class AskPriceForm(forms.Form):
    """What a price is asked for."""

    wish = forms.CharField(
        label=_("What do you need?"),
        max_length=3_000,
        help_text=_("How many, how big, by when? The more exact, the better the answer."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        help_text=_("So that the answer reaches you. Without it, keep the link or number and code."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class EuroField(forms.Field):
    """`12,90`, `12.9` or `12` as Money."""

    def to_python(self, value: object) -> Money | None:
        text = str(value or "").replace("€", "").strip()
        if not text:
            return None
        try:
            return read_euros(text)
        except ValueError:
            raise forms.ValidationError(_("Please write an amount like 12,90.")) from None


class NamePriceForm(forms.Form):
    """The shop's answer to a question for a price."""

    price = EuroField(
        label=_("Price for all of it, incl. VAT"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": "12"}),
    )
    valid_until = forms.DateField(
        label=_("Until when does it hold?"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    words = forms.CharField(
        label=_("What is included"),
        max_length=3_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(forms.Form):
    """Why the shop cannot: in its own words, for the customer."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The customer reads this as you write it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NoPriceForm(ReasonForm):
    """Why the shop names no price."""


class NotThereForm(ReasonForm):
    """Why the shop does not have what was to be put aside."""

    back_on_sale = forms.BooleanField(
        label=_("The goods are there, put them back on sale"),
        required=False,
        help_text=_("Without the tick they are taken off the count."),
    )


class KeepForm(forms.Form):
    """For how long a shop puts things aside; the hours, or None for "until we close on our next day"."""

    NEXT_DAY = "next-day"

    reserve_hours = forms.TypedChoiceField(
        label=_("How long do you put things aside?"),
        coerce=lambda value: None if value == KeepForm.NEXT_DAY else int(value),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(self.NEXT_DAY if hours is None else hours, label) for hours, label in KEEPING]
        offer_choices(self, "reserve_hours", choices)


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


class WithdrawalForm(forms.Form):
    """All that § 356a BGB lets us ask."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    contract = forms.CharField(
        label=_("Number of the order"),
        max_length=80,
        help_text=_("It stands in your confirmation, for example B-4K7-MX2P."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("Mail address for the receipt"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    what = forms.CharField(
        label=_("Only some of the goods? Which ones?"),
        required=False,
        max_length=1000,
        help_text=_("Leave empty to withdraw from the whole order. You need not give a reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RemediesForm(forms.Form):
    """What buyers of something illegal can do."""

    remedies = forms.CharField(
        label=_("What buyers can do"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000,
        help_text=_("Return it, destroy it, get the money back, whom to call. Everybody who ordered it reads this."),
    )  # fmt: skip
