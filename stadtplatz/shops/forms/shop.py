"""What the shop says about itself, and what lists are narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.uploads import PictureField
from stadtplatz.shops import categories
from stadtplatz.shops.models import Membership, Shop


class ShopFilter(forms.Form):
    """What the list of shops is narrowed to, read from the address."""

    q = forms.CharField(label=_("Name"), max_length=80, required=False)
    field_order = ("q", "kind", "district", "open")

    kind = forms.ChoiceField(label=_("Category"), choices=categories.choices_or_all, required=False)
    open = forms.BooleanField(label=_("Open now"), required=False)

    def __init__(self, *args, districts=(), **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("The whole town")), *((name, name) for name in districts)]
        self.fields["district"] = forms.ChoiceField(label=_("District"), choices=choices, required=False)
        self.order_fields(self.field_order)


class Versioned(forms.Form):
    """A form that remembers from which version it started."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class FieldsForm(Versioned):
    """A form over fields of the shop itself."""

    FIELDS: tuple[str, ...] = ()


class AddressFields(forms.Form):
    """Where the shop is."""

    street = forms.CharField(
        label=_("Street and house number"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.RegexField(
        r"^\d{5}$",
        label=_("Postcode"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
        error_messages={"invalid": _("A German postcode has five digits.")},
    )
    town = forms.CharField(
        label=_("Town"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )


class ProfileForm(AddressFields, FieldsForm):
    """What everybody reads about the shop."""

    FIELDS = (
        "name",
        "category",
        "description",
        "premises",
        "street",
        "postcode",
        "town",
        "phone",
        "email",
        "website",
        "pickup_note",
    )
    field_order = ("version", *FIELDS, "picture", "remove_picture")

    name = forms.CharField(label=_("Name of the shop"), max_length=80)
    category = forms.ChoiceField(label=_("Category"), choices=categories.choices)
    description = forms.CharField(
        label=_("About the shop"),
        help_text=_("What is special about you? Two or three sentences are enough."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        required=False,
    )
    premises = forms.ChoiceField(
        label=_("Where do you work?"),
        help_text=_(
            "Without a door for everybody you are not shown on the map; the address then stands in the imprint alone."
        ),
        choices=Shop.PREMISES,
    )
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("Mail address"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    pickup_note = forms.CharField(
        label=_("Note for collecting"),
        help_text=_("For example: at the side door, please ring."),
        max_length=200,
        required=False,
    )
    picture = PictureField(
        label=_("Picture of the shop"), help_text=_("JPEG, PNG or WebP, up to 20 MB."), required=False
    )
    remove_picture = forms.BooleanField(label=_("Remove the present picture"), required=False)


class InviteForm(forms.Form):
    """Somebody new for the team."""

    email = forms.EmailField(label=_("Mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("What may the person do?"), choices=Membership.ROLES, initial=Membership.STAFF)
