"""One form for each step of the guided list. `SHOP` names fields of the shop, `FILE` fields of the seller's file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.shops import texts
from stadtplatz.shops.forms.shop import AddressFields, Versioned
from stadtplatz.shops.models import Seller, Shop


class StepForm(Versioned):
    """A form over some fields of the shop, or of its seller's file; never of both, because each has its own version."""

    SHOP: tuple[str, ...] = ()
    FILE: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return self.SHOP or self.FILE

    @property
    def changes(self) -> dict[str, Any]:
        """What the person wants to stand there."""
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def certify(self) -> bool:
        return False

    @property
    def texts_read(self) -> bool:
        return False


class IdentityForm(StepForm):
    SHOP = ("legal_name", "legal_form", "represented_by", "register_entry")

    legal_name = forms.CharField(
        label=_("Name of the business owner or company"),
        help_text=_("First and last name, for companies the registered name."),
        max_length=160,
    )
    legal_form = forms.ChoiceField(label=_("Legal form"), choices=[("", _("Please choose")), *Shop.LEGAL_FORMS])
    represented_by = forms.CharField(
        label=_("Represented by"),
        help_text=_(
            "Who may sign for the company, first and last name. Not for sole traders and registered merchants (e. K.)."
        ),
        max_length=160,
        required=False,
    )
    register_entry = forms.CharField(
        label=_("Register and number"),
        help_text=_("For example: Amtsgericht Stuttgart, HRB 12345. Only for forms that stand in a register."),
        max_length=120,
        required=False,
    )


class TaxForm(StepForm):
    SHOP = ("vat_id", "small_business")

    vat_id = forms.CharField(
        label=_("VAT ID"),
        help_text=_("For example: DE136695976. Not your tax number."),
        max_length=20,
        required=False,
    )
    small_business = forms.BooleanField(label=_("I am a small business and show no VAT (§ 19 UStG)"), required=False)

    def clean(self):
        cleaned = super().clean() or {}
        if not cleaned.get("vat_id") and not cleaned.get("small_business"):
            self.add_error("vat_id", _("Please give your VAT ID, or say that you are a small business."))
        return cleaned


class ContactForm(AddressFields, StepForm):
    SHOP = ("street", "postcode", "town", "phone", "email")

    phone = forms.CharField(
        label=_("Phone number"), max_length=40, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    )
    email = forms.EmailField(label=_("Mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class AccountForm(StepForm):
    FILE = ("account_holder", "iban")

    account_holder = forms.CharField(label=_("Account holder"), max_length=120)
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=42,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class PackagingForm(StepForm):
    FILE = ("packaging", "lucid")

    packaging = forms.ChoiceField(label=_("What packaging you use"), choices=Seller.PACKAGING, widget=forms.RadioSelect)
    lucid = forms.CharField(
        label=_("LUCID number"),
        help_text=_("DE and 13 digits, from the register of the Zentrale Stelle Verpackungsregister."),
        max_length=24,
        required=False,
    )

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.get("packaging") == "lucid" and not cleaned.get("lucid"):
            self.add_error("lucid", _("Please give your LUCID number."))
        return cleaned


class SafetyForm(StepForm):
    FILE = ("safety_name", "safety_contact")

    safety_name = forms.CharField(label=_("Name"), max_length=120)
    safety_contact = forms.CharField(label=_("Phone number or mail address"), max_length=120)


class HandingOverForm(StepForm):
    FILE = ("handing_over",)

    handing_over = forms.MultipleChoiceField(
        label=_("How do the goods reach people?"), choices=Seller.HANDING_OVER, widget=forms.CheckboxSelectMultiple
    )


class TextsForm(StepForm):
    FILE = ("imprint", "terms", "withdrawal", "privacy")

    read = forms.BooleanField(label=_("I have read the four texts, and they fit my business."))
    field_order = (*FILE, "read")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in self.FILE:
            self.fields[kind] = forms.CharField(
                label=str(texts.KINDS[kind]),
                help_text=_("Empty: the town's template with your data, as shown above."),
                widget=forms.Textarea(attrs={"rows": 8}),
                max_length=20_000,
                required=False,
            )
        self.order_fields(self.field_order)

    @property
    def texts_read(self) -> bool:
        return self.cleaned_data["read"]


class PromiseForm(StepForm):
    certified = forms.BooleanField(
        label=_("I offer here only goods and services that keep to the law of the European Union and of Germany."),
    )

    @property
    def certify(self) -> bool:
        return self.cleaned_data["certified"]


BY_STEP: dict[str, type[StepForm]] = {
    "identity": IdentityForm,
    "tax": TaxForm,
    "contact": ContactForm,
    "account": AccountForm,
    "packaging": PackagingForm,
    "safety": SafetyForm,
    "handing-over": HandingOverForm,
    "texts": TextsForm,
    "promise": PromiseForm,
}


class ReasonForm(forms.Form):
    """Why, in words that the other side reads."""

    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
