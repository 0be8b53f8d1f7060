"""What people type about shops."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.uploads import PictureField
from stadtplatz.shops import categories, hours, weekly
from stadtplatz.shops.models import Membership, Shop
from stadtplatz.shops.special import SpecialDays


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


class ProfileForm(FieldsForm):
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


class LegalForm(FieldsForm):
    """Who answers for the shop: needed before binding sale, shown with every offer."""

    FIELDS = ("legal_name", "legal_form", "represented_by", "register_entry", "vat_id", "small_business")

    legal_name = forms.CharField(
        label=_("Name of the business owner or company"),
        help_text=_("First and last name, for companies the registered name."),
        max_length=160,
        required=False,
    )
    legal_form = forms.ChoiceField(
        label=_("Legal form"), choices=[("", _("Please choose")), *Shop.LEGAL_FORMS], required=False
    )
    represented_by = forms.CharField(label=_("Represented by"), max_length=160, required=False)
    register_entry = forms.CharField(
        label=_("Register and number"),
        help_text=_("For example: Amtsgericht Stuttgart, HRB 12345. Only for forms that stand in a register."),
        max_length=120,
        required=False,
    )
    vat_id = forms.RegexField(
        r"^[A-Z]{2}\s?[0-9A-Z]{2,13}$",
        label=_("VAT ID"),
        help_text=_("For example: DE123456789. Not your tax number."),
        max_length=20,
        required=False,
        error_messages={"invalid": _("A German VAT ID is DE and nine digits.")},
    )
    small_business = forms.BooleanField(label=_("I am a small business and show no VAT (§ 19 UStG)"), required=False)


class HoursForm(Versioned):
    """One line a day, or the map's own syntax for whoever needs more."""

    special = forms.CharField(
        label=_("Special opening hours"),
        help_text=_(
            "For seasons and exceptions, in the syntax of OpenStreetMap. If this is filled in, it counts instead of the days above."
        ),
        max_length=255,
        required=False,
    )

    def __init__(self, *args, shop: Shop | None = None, **kwargs):
        if shop is not None:
            week = weekly.simple_week(shop.hours)
            start = {"version": shop.version, "special": "" if week is not None else shop.hours}
            for code, written in zip(weekly.DAYS, week or [""] * 7, strict=True):
                start[code] = written.replace("-", "–").replace(",", ", ")
            kwargs["initial"] = start | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for code, name in zip(weekly.DAYS, weekly.NAMES, strict=True):
            self.fields[code] = forms.CharField(label=name, max_length=60, required=False)

    @property
    def days(self):
        """The seven lines, Monday first."""
        return [self[code] for code in weekly.DAYS]

    def clean_special(self) -> str:
        special = self.cleaned_data["special"].strip()
        if special and not hours.readable(special):
            raise forms.ValidationError(_("These opening hours cannot be read. Please check the days and times."))
        return special

    def clean(self):
        cleaned = super().clean() or {}
        week = []
        for code in weekly.DAYS:
            try:
                week.append(weekly.read_day(cleaned.get(code, "")))
            except ValueError:
                self.add_error(code, _("Please write it like 8:00–12:30, 14:00–18:00, or leave it empty if closed."))
        if not self.errors:
            cleaned["hours"] = cleaned["special"] or weekly.compose(week)
        return cleaned


class SpecialDaysForm(Versioned):
    """Some days that differ from the week."""

    first = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(
        label=_("Last day"),
        help_text=_("Empty if it is one day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    times = forms.CharField(
        label=_("Open from and to"),
        help_text=_("For example 8:00–12:00. Empty means closed."),
        max_length=60,
        required=False,
    )
    note = forms.CharField(
        label=_("What people read"), help_text=_("For example: our holidays."), max_length=80, required=False
    )

    def clean_times(self) -> str:
        try:
            return weekly.read_day(self.cleaned_data["times"])
        except ValueError:
            message = _("Please write it like 8:00–12:30, 14:00–18:00, or leave it empty if closed.")
            raise forms.ValidationError(message) from None

    def clean(self):
        cleaned = super().clean() or {}
        if {"first", "times"} <= set(cleaned):
            first, last = cleaned["first"], cleaned.get("last") or cleaned["first"]
            try:
                cleaned["row"] = SpecialDays(first, last, cleaned["times"], cleaned.get("note", ""))
            except ValueError:
                self.add_error("last", _("The last day has to lie behind the first, by at most four months."))
        return cleaned


class MoveForm(forms.Form):
    """Open, pause or give up."""

    to = forms.ChoiceField(choices=Shop.STATES, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What should people read meanwhile?"),
        help_text=_("For example: on holiday until 6 January."),
        max_length=200,
        required=False,
    )
    until = forms.DateField(
        label=_("Last day of the pause"),
        help_text=_("On the day after, the shop is open again by itself. Empty if you do not know yet."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )


class InviteForm(forms.Form):
    """Somebody new for the team."""

    email = forms.EmailField(label=_("Mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("What may the person do?"), choices=Membership.ROLES, initial=Membership.STAFF)


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
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("For the call with which we check."),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    message = forms.CharField(
        label=_("What else should we know?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
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
