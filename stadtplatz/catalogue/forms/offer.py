"""What a shop says about an offer and its variants."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue import categories, meaning, particulars, units, vat
from stadtplatz.catalogue.exemptions import EXEMPT
from stadtplatz.catalogue.forms.fields import CategoryField, barcode
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit.forms import EuroField
from stadtplatz.kit.money import Money
from stadtplatz.kit.uploads import PictureField


class OfferForm(forms.Form):
    """One offer: what it is, how much is in it, what the law wants to know."""

    FIELDS = (
        "title", "gtin", "brand", "sku", "category", "kind", "description", "content_amount", "content_unit", "drained_amount", "withdrawal",
        "allergens", "food_info", "vat_class", "deposit", "age_limit", "unit_price_exempt",
        "lead_days", "window", "cooled", "bulky", "pickup_only",
    )  # fmt: skip

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    picture = PictureField(
        label=_("Photo"), help_text=_("From above or in daylight it looks best. Up to 20 MB."), required=False
    )
    remove_picture = forms.BooleanField(label=_("Remove the present photo"), required=False)
    title = forms.CharField(
        label=_("What is it?"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "next"}),
    )
    gtin = forms.CharField(
        label=_("Barcode (GTIN, EAN)"),
        help_text=_("The number below the bars."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    brand = forms.CharField(label=_("Brand"), max_length=80, required=False)
    sku = forms.CharField(
        label=_("Article number"), help_text=_("Your own, as in your till."), max_length=40, required=False
    )
    category = CategoryField()
    kind = forms.ChoiceField(
        label=_("How is it sold?"),
        choices=[
            (Offer.GOODS, _("Packed or by the piece")),
            (Offer.LOOSE, _("Loose, weighed or cut for the customer")),
            (Offer.MADE, _("Made to the customer's order")),
            (Offer.SURPRISE, _("Surprise bag: one price, you choose what is in it")),
            (Offer.SHOWCASE, _("Shown here, sold only in the shop")),
            (Offer.QUOTE, _("Shown here, price on request")),
            (Offer.SERVICE, _("A service at an appointed time")),
        ],
        initial=Offer.GOODS,
    )
    content_amount = forms.DecimalField(
        label=_("Content"),
        help_text=_("How much does the customer get for this price? For loose goods: the portion."),
        max_digits=10,
        decimal_places=3,
        min_value=0,
        localize=True,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    content_unit = forms.ChoiceField(label=_("Unit of measure"), choices=units.CHOICES, initial=units.PIECE)
    drained_amount = forms.DecimalField(
        label=_("Drained weight"),
        help_text=_(
            "For preserves in liquid: in grams, or in kilograms if the content is told in kilograms or litres."
        ),
        max_digits=10,
        decimal_places=3,
        min_value=0,
        localize=True,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    withdrawal = forms.ChoiceField(
        label=_("May the customer return it?"),
        help_text=_("You have to decide this for every offer (§ 312g BGB)."),
        choices=lambda: [("", _("Please choose")), *Offer.WITHDRAWAL],
    )
    allergens = forms.CharField(
        label=_("Allergens"),
        help_text=_("For example: wheat, milk. If there are none: none."),
        max_length=300,
        required=False,
    )
    food_info = forms.CharField(
        label=_("Ingredients and food information"),
        help_text=_("Ingredients, origin, storage. Needed for packed food."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=3000,
        required=False,
    )
    description = forms.CharField(
        label=_("Description"), widget=forms.Textarea(attrs={"rows": 4}), max_length=3000, required=False
    )
    vat_class = forms.ChoiceField(
        label=_("VAT"), choices=[("", _("As usual for the category")), *vat.CLASSES], required=False
    )
    deposit = EuroField(label=_("Deposit (euros)"), help_text=_("Shown apart from the price."), required=False)
    age_limit = forms.TypedChoiceField(label=_("Age limit"), choices=Offer.AGES, coerce=int, initial=0, required=False)

    unit_price_exempt = forms.ChoiceField(
        label=_("No unit price because"),
        help_text=_("Only if one of the exceptions of the law fits (§ 4 Abs. 3 PAngV)."),
        choices=[("", _("No exception: the unit price is shown")), *EXEMPT],
        required=False,
    )

    lead_days = forms.IntegerField(
        label=_("Working days to make it"), min_value=0, max_value=120, initial=0, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    window = forms.CharField(
        label=_("When the bag is collected"),
        help_text=_("For example: today from 17:30 to 18:00."),
        max_length=80,
        required=False,
    )
    cooled = forms.BooleanField(label=_("Must be kept cool"), required=False)
    bulky = forms.BooleanField(label=_("Bulky or heavy"), required=False)
    pickup_only = forms.BooleanField(label=_("Only to be collected, not delivered"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        said = (kwargs.get("initial") or {}).get("particulars") or {}
        for one in particulars.ALL:
            if one.yes:
                self.fields[one.name] = forms.BooleanField(
                    label=one.label, help_text=one.help, required=False, initial=bool(said.get(one.name))
                )
                continue
            if one.choices:
                self.fields[one.name] = forms.ChoiceField(
                    label=one.label,
                    help_text=one.help,
                    required=False,
                    initial=said.get(one.name, ""),
                    choices=[("", _("None")), *one.choices],
                )
                continue
            widget = forms.Textarea(attrs={"rows": 2}) if one.long else forms.TextInput()
            self.fields[one.name] = forms.CharField(
                label=one.label, help_text=one.help, max_length=1000, required=False, widget=widget,
                initial=said.get(one.name, ""),
            )  # fmt: skip

    def particular_fields(self):
        """The bound fields about food, about product safety and about environmental claims."""
        return tuple(
            [self[one.name] for one in particulars.ALL if getattr(one, part)] for part in ("food", "goods", "green")
        )

    def clean_lead_days(self) -> int:
        return self.cleaned_data["lead_days"] or 0

    def clean_gtin(self) -> str:
        return barcode(self.cleaned_data["gtin"])

    def clean(self):
        cleaned = super().clean() or {}
        category = categories.all_categories().get(cleaned.get("category", ""))
        if category:
            cleaned["vat_class"] = cleaned.get("vat_class") or category.vat
            cleaned["age_limit"] = max(int(cleaned.get("age_limit") or 0), category.age)
            if category.kinds and cleaned.get("kind") and cleaned["kind"] not in category.kinds:
                self.add_error("kind", _("What belongs to “{name}” is not sold this way.").format(name=category.name))
        said = {one.name: _said(cleaned.get(one.name)) for one in particulars.ALL}
        for name, words in particulars.faults(said, category, cleaned.get("brand", "")).items():
            self.add_error(name, words)
        cleaned["particulars"] = {name: words for name, words in said.items() if words}
        if cleaned.get("content_unit") == units.PIECE and not cleaned.get("content_amount"):
            cleaned["content_amount"] = 1
        return cleaned

    def details(self) -> dict:
        """What the actions take."""
        return {name: self.cleaned_data[name] for name in self.FIELDS} | {
            "particulars": self.cleaned_data["particulars"]
        }


def _said(value: object) -> str:
    return particulars.YES if value is True else str(value or "").strip()


class NewOfferForm(OfferForm):
    """The first time also price and count, so that one page is enough. A category that nobody named is taken from the title; `used` are
    those the shop has used before."""

    price = EuroField(
        label=_("Price (euros, with VAT)"), help_text=_("May stay empty if the price is on request."), required=False
    )
    quantity = forms.IntegerField(
        label=_("How many are there?"),
        min_value=0,
        max_value=100_000,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args, used: Sequence[str] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.used = used
        self.fields["category"].required = False
        self.fields["category"].help_text = _("Left empty, it follows from the title.")

    def clean(self):
        if not self.cleaned_data.get("category") and "category" not in self.errors:
            if found := meaning.suggested(self.cleaned_data.get("title", ""), self.used, most=1):
                self.cleaned_data["category"] = found[0].code
            else:
                self.add_error("category", _("Please say what it is: the title does not tell us."))
        cleaned = super().clean()
        if not cleaned.get("price"):
            cleaned["price"] = Money(0)
            if cleaned.get("kind") != Offer.QUOTE and "price" not in self.errors:
                self.add_error("price", _("Please write an amount like 12,90."))
        return cleaned


class VariantForm(forms.Form):
    """One more size or colour."""

    variant = forms.CharField(label=_("Size, colour"), help_text=_("Such as: M, red."), max_length=60)
    price = EuroField(label=_("Price (euros, with VAT)"))
    quantity = forms.IntegerField(label=_("How many are there?"), min_value=0, max_value=100_000, initial=1)
    gtin = forms.CharField(label=_("Barcode (GTIN, EAN)"), max_length=20, required=False)

    def clean_gtin(self) -> str:
        return barcode(self.cleaned_data["gtin"])
