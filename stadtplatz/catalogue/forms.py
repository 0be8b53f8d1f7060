"""What people type about offers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue import categories, particulars, units, vat
from stadtplatz.catalogue.exemptions import EXEMPT
from stadtplatz.catalogue.imports import cells
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.rules import steps as steps_rules
from stadtplatz.kit.money import Money, read_euros
from stadtplatz.kit.uploads import PictureField


class EuroField(forms.Field):
    """`12,90`, `12.9` or `12` as Money."""

    def __init__(self, **kwargs):
        attributes = {"inputmode": "decimal", "autocomplete": "off", "maxlength": "12"}
        super().__init__(widget=forms.TextInput(attrs=attributes), **kwargs)

    def to_python(self, value) -> Money | None:
        text = str(value or "").replace("€", "").strip()
        if not text:
            return None
        try:
            return read_euros(text)
        except ValueError:
            raise forms.ValidationError(_("Please write an amount like 12,90.")) from None

    def prepare_value(self, value):
        return f"{value.cents // 100},{value.cents % 100:02d}" if isinstance(value, Money) else value


def barcode(text: str) -> str:
    """The digits of a barcode; refused (ValidationError) if its check digit does not fit."""
    try:
        return cells.gtin(text)
    except cells.Fault as fault:
        raise forms.ValidationError(fault.message, code=fault.code) from fault


class OfferFilter(forms.Form):
    """What a list of offers is narrowed to, read from the address."""

    SORTS = (
        ("new", _("newest first")),
        ("price", _("cheapest first")),
        ("price-down", _("dearest first")),
        ("name", _("by name")),
    )

    q = forms.CharField(label=_("In the title"), max_length=80, required=False)
    field_order = ("q", "shop", "district", "most", "sort")

    most = EuroField(label=_("Up to (euros)"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), choices=SORTS, required=False)

    def __init__(self, *args, shops=(), districts=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shop"] = forms.ChoiceField(label=_("Shop"), choices=[("", _("All shops")), *shops], required=False)
        self.fields["district"] = forms.ChoiceField(
            label=_("District"),
            choices=[("", _("The whole town")), *((name, name) for name in districts)],
            required=False,
        )
        self.order_fields(self.field_order)


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
    title = forms.CharField(label=_("What is it?"), max_length=120)
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
    category = forms.ChoiceField(label=_("Category"), choices=categories.choices_or_none)
    kind = forms.ChoiceField(
        label=_("How is it sold?"),
        choices=[
            (Offer.GOODS, _("Packed or by the piece")),
            (Offer.LOOSE, _("Loose, weighed or cut for the customer")),
            (Offer.MADE, _("Made to the customer's order")),
            (Offer.SURPRISE, _("Surprise bag: one price, you choose what is in it")),
            (Offer.SHOWCASE, _("Shown here, sold only in the shop")),
            (Offer.QUOTE, _("Shown here, price on request")),
        ],
        initial=Offer.GOODS,
        widget=forms.RadioSelect,
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
        help_text=_("For preserves in liquid, in the same unit."),
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
        choices=Offer.WITHDRAWAL,
        widget=forms.RadioSelect,
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
            widget = forms.Textarea(attrs={"rows": 2}) if one.long else forms.TextInput()
            self.fields[one.name] = forms.CharField(
                label=one.label, help_text=one.help, max_length=1000, required=False, widget=widget,
                initial=said.get(one.name, ""),
            )  # fmt: skip

    def particular_fields(self):
        """The bound fields about food and about product safety."""
        return [self[one.name] for one in particulars.ALL if one.food], [
            self[one.name] for one in particulars.ALL if one.goods
        ]

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
        said = {one.name: (cleaned.get(one.name) or "").strip() for one in particulars.ALL}
        for name, words in particulars.faults(said).items():
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


class NewOfferForm(OfferForm):
    """The first time also price and count, so that one page is enough."""

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

    def clean(self):
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


class Moment(forms.DateTimeInput):
    """A day and a time, picked by the browser."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


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


class StockForm(forms.Form):
    """A count of the shelf."""

    quantity = forms.IntegerField(label=_("On the shelf"), min_value=0, max_value=100_000)
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)


class KeyForm(forms.Form):
    """A key for a till."""

    name = forms.CharField(label=_("Name of the till or program"), max_length=60)


class BarcodeForm(forms.Form):
    """Which product it is."""

    gtin = forms.CharField(
        label=_("Barcode (GTIN, EAN)"),
        help_text=_("The number below the bars. A hand scanner types it by itself."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_gtin(self) -> str:
        return barcode(self.cleaned_data["gtin"])


class QuickForm(forms.Form):
    """Photo, price, stock: all that a known product still needs."""

    picture = PictureField(label=_("Photo"), required=False)
    price = EuroField(label=_("Price (euros, with VAT)"))
    quantity = forms.IntegerField(
        label=_("How many are there?"), min_value=0, max_value=100_000, initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
