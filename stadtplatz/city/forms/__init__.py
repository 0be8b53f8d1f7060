"""Forms of the organisation's desk. Each carries the version it started from."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Person
from stadtplatz.city.models import Absence, Function, Membership, Unit
from stadtplatz.kit import clock
from stadtplatz.kit.forms import offer_rows


class Versioned(forms.Form):
    """A form that knows which version of the thing it shows."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class UnitForm(forms.ModelForm):
    """A unit."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Unit
        fields = ["name", "parent", "kind", "task", "phone", "email", "address", "order"]
        widgets = {
            "task": forms.Textarea(attrs={"rows": 2}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }
        help_texts = {
            "task": _("One sentence that citizens understand."),
            "order": _("Smaller numbers stand further up."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = Unit.objects.filter(closed=False)
        parent = offer_rows(self, "parent", others.exclude(pk=self.instance.pk) if self.instance.pk else others)
        parent.empty_label = _("nothing (topmost)")

    def _post_clean(self):
        """Only the action writes to the unit."""


class FunctionForm(Versioned):
    """A function of a unit."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("What citizens read instead of a person's name.")
    )
    closed = forms.BooleanField(label=_("Closed: answers for nothing any more"), required=False)


class NewFunctionForm(forms.Form):
    """One more function."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("What citizens read instead of a person's name.")
    )


class InvitationForm(forms.Form):
    """Inviting somebody into a unit."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("An invitation is sent there. It is valid for 14 days."))
    role = forms.ChoiceField(label=_("Role"), choices=Membership.ROLES)
    function = forms.ModelChoiceField(label=_("Function"), queryset=Function.objects.none(), required=False)

    def __init__(self, *args, unit: Unit, **kwargs):
        super().__init__(*args, **kwargs)
        offer_rows(self, "function", unit.functions.filter(closed=False))


class MemberForm(Versioned):
    """A member's role, function and standing deputy."""

    role = forms.ChoiceField(label=_("Role"), choices=Membership.ROLES)
    function = forms.ModelChoiceField(label=_("Function"), queryset=Function.objects.none(), required=False)
    deputy = forms.ModelChoiceField(
        label=_("Deputy"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Stands in whenever an absence names nobody else."),
    )
    named = forms.BooleanField(
        label=_("Citizens read the name"),
        required=False,
        help_text=_("Only for posts whose holders the city publishes. Otherwise citizens read unit and function."),
    )

    def __init__(self, *args, membership: Membership, **kwargs):
        super().__init__(*args, **kwargs)
        offer_rows(self, "function", membership.unit.functions.filter(closed=False))
        offer_rows(self, "deputy", staff().exclude(pk=membership.person_id))


class AbsenceForm(forms.Form):
    """When somebody is away."""

    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    deputy = forms.ModelChoiceField(
        label=_("Deputy"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Empty: the standing deputy. The reason of the absence is not asked and not kept."),
    )

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        offer_rows(self, "deputy", staff().exclude(pk=person.pk))
        self.fields["starts_on"].initial = clock.today()


class WhoForm(forms.Form):
    """Trying out who answers for something."""

    code = forms.CharField(label=_("Short code"), max_length=80)
    address = forms.CharField(label=_("Address"), max_length=160, required=False)


def staff():
    """Everybody who is in some unit."""
    return Person.objects.filter(is_active=True, unit_memberships__ended=False).distinct().order_by("name", "email")


def start_of(row: Unit | Function | Membership | Absence, *names: str) -> dict:
    """What a form about this row shows first."""
    return {"version": row.version, **{name: getattr(row, name) for name in names}}
