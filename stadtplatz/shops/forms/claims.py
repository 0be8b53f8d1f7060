"""What people ask about entries of the map, and how the desk answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit import scanning
from stadtplatz.kit.forms import offer_choices
from stadtplatz.kit.uploads import UploadRefused, accept_image
from stadtplatz.shops import categories
from stadtplatz.shops.models import ClaimRequest, Shop


class DocumentField(forms.FileField):
    """A PDF, or a picture that is painted anew; the cleaned value is (ending, content) or None."""

    widget = forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp,.heic,.heif"})
    MOST = 10_000_000

    def clean(self, data, initial=None):
        uploaded = super().clean(data, initial)
        if not uploaded:
            return None
        if uploaded.size > self.MOST:
            raise forms.ValidationError(_("This file is larger than 10 MB."))
        content = uploaded.read()
        if content.startswith(b"%PDF-"):
            verdict = scanning.scan(content)
            if verdict.infected or (scanning.is_configured() and not verdict.clean):
                raise forms.ValidationError(_("This file could not be checked for viruses. It was not kept."))
            return (".pdf", content)
        uploaded.seek(0)
        try:
            return (".jpg", accept_image(uploaded).jpeg)
        except UploadRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class ClaimForm(forms.Form):
    """ "This is my business." """

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    position = forms.CharField(
        label=_("What are you in the business?"), help_text=_("For example: owner, manager."), max_length=80
    )
    email = forms.EmailField(
        label=_("Mail address"),
        help_text=_("The invitation goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    way = forms.ChoiceField(
        label=_("How may we check that it is you?"),
        choices=ClaimRequest.WAYS,
        widget=forms.RadioSelect,
        initial=ClaimRequest.CALL,
    )
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("For the call with which we check."),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        required=False,
    )
    document = DocumentField(
        label=_("Document"),
        help_text=_(
            "A PDF or a photo, up to 10 MB. Only the market desk sees it, and it is deleted with the decision."
        ),
        required=False,
    )
    message = forms.CharField(
        label=_("What else should we know?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )


class PlaceClaimForm(ClaimForm):
    """As ClaimForm for an entry of the map, which may become a further place of a shop one owns."""

    def __init__(self, *args, owned=(), **kwargs):
        super().__init__(*args, **kwargs)
        if owned:
            choices = [("", _("A shop of its own")), *((shop.pk, shop.name) for shop in owned)]
            self.fields["branch_of"] = forms.TypedChoiceField(
                label=_("A further place of one of your shops?"), choices=choices, coerce=int, empty_value=None,
                required=False,
            )  # fmt: skip


class BusinessForm(ClaimForm):
    """A business that the map does not know."""

    business = forms.CharField(label=_("Name of the business"), max_length=80)
    category = forms.ChoiceField(label=_("Category"), choices=lambda: [("", _("Please choose")), *categories.choices()])
    premises = forms.ChoiceField(label=_("Where do you work?"), choices=Shop.PREMISES, widget=forms.RadioSelect)
    street = forms.CharField(label=_("Street and house number"), max_length=120)
    postcode = forms.RegexField(
        r"^\d{5}$",
        label=_("Postcode"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("A German postcode has five digits.")},
    )
    town = forms.CharField(label=_("Town"), max_length=80)
    BUSINESS = ("business", "category", "premises", "street", "postcode", "town")
    field_order = (*BUSINESS, "name", "position", "way", "phone", "document", "email", "message")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_choices(self, "way", [row for row in ClaimRequest.WAYS if row[0] != ClaimRequest.LETTER])

    @property
    def asked(self) -> dict[str, str]:
        """What is said about the business itself."""
        return {name: self.cleaned_data[name] for name in self.BUSINESS}


class CodeForm(forms.Form):
    """The code of a letter."""

    code = forms.CharField(
        label=_("Code from the letter"),
        help_text=_("Ten letters and digits."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Mail address"),
        help_text=_("The invitation goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class RemovalForm(forms.Form):
    """ "Please take it off." """

    message = forms.CharField(
        label=_("Why should the entry go?"),
        help_text=_("You need not give a reason. It helps us to decide quickly, for example: the shop closed in 2022."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    email = forms.EmailField(
        label=_("Mail address for the answer"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        required=False,
    )


class DecisionForm(forms.Form):
    """The market desk's answer."""

    grant = forms.BooleanField(required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class LettersForm(forms.Form):
    """How many letters the desk writes now."""

    most = forms.IntegerField(label=_("How many letters?"), min_value=1, max_value=50, initial=20)


class BranchForm(forms.Form):
    """A further place of the shop."""

    name = forms.CharField(label=_("Name of this place"), max_length=80)
    street = forms.CharField(label=_("Street and house number"), max_length=120)
    postcode = forms.RegexField(r"^\d{5}$", label=_("Postcode"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    town = forms.CharField(label=_("Town"), max_length=80)
    phone = forms.CharField(label=_("Phone number"), max_length=40, required=False)
    hours = forms.CharField(
        label=_("Opening hours"),
        help_text=_("In the syntax of OpenStreetMap, for example: Mo-Fr 08:00-18:00; Sa 08:00-13:00"),
        max_length=255,
        required=False,
    )
