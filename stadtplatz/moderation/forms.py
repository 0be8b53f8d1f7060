"""What is typed about content: a notice, a decision, a complaint, a kind."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.numbers import typed_id
from stadtplatz.kit.uploads import PictureField
from stadtplatz.moderation import queries
from stadtplatz.moderation.models import Ground, Measure, MisuseRule, Statement


class GroundChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.label


class NoticeForm(forms.Form):
    """What somebody thinks is wrong with the content on this page."""

    ground = GroundChoice(
        label=_("What is wrong?"), queryset=Ground.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    explanation = forms.CharField(
        label=_("Why must this not stand here?"), widget=forms.Textarea(attrs={"rows": 5}), min_length=10, max_length=4000,
        help_text=_("What exactly is wrong, and how do you know? One or two sentences are enough."),
    )  # fmt: skip
    photo = PictureField(label=_("Picture"), required=False, help_text=_("Such as the label of the product."))
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("The law asks for name and mail address, except for depictions of sexual abuse of children. The shop does not learn who you are."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Your mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("You get a receipt and the decision there."),
    )  # fmt: skip
    good_faith = forms.BooleanField(
        label=_(
            "What I write is right and complete as far as I know. I know that somebody decides about it and that notices without any ground are counted."
        )
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["ground"]).queryset = queries.grounds()
        chosen = typed_id(self.data.get("ground", "")) if self.is_bound else 0
        if chosen and queries.grounds().filter(pk=chosen, contact_needed=False).exists():
            self.fields["name"].required = self.fields["email"].required = False


class RulingForm(forms.Form):
    """A decision with its reasons."""

    outcome = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[(Statement.RESTRICTED, _("Show it no longer")), (Statement.KEPT, _("It stays, or is shown again"))],
    )  # fmt: skip
    basis_kind = forms.ChoiceField(
        label=_("What does it break?"),
        widget=forms.RadioSelect,
        choices=Statement.BASES,
        required=False,
        initial=Statement.LAW,
    )
    basis = forms.CharField(
        label=_("Which law, which clause?"), max_length=300, required=False, help_text=_("Such as § 5 PAngV. Needed if it goes."),
    )  # fmt: skip
    manifest = forms.BooleanField(
        label=_("Manifestly illegal: anybody sees it at once"), required=False,
        help_text=_("Counted for the shop (Art. 23 DSA); only if the content goes."),
    )  # fmt: skip
    facts = forms.CharField(
        label=_("What you found, and why you decide so"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000,
        help_text=_("Both sides read this. Do not name who gave notice."),
    )  # fmt: skip
    unfounded = forms.MultipleChoiceField(
        label=_("Manifestly without any ground"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Counted for each person (Art. 23 DSA); only if the content stays."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, notices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["unfounded"]).choices = notices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Statement.RESTRICTED and not cleaned.get("basis"):
            self.add_error("basis", _("Please name the law or the clause that the content breaks."))
        return cleaned


class ComplaintForm(forms.Form):
    text = forms.CharField(
        label=_("What is wrong with the decision?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )


class LinkForm(forms.Form):
    """The address of what somebody found."""

    address = forms.CharField(
        label=_("Address of the page"),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )


class GroundForm(forms.ModelForm):
    class Meta:
        model = Ground
        fields = ("name", "name_en", "source", "working_days", "contact_needed", "active", "position")
        labels = {
            "name": _("Name"),
            "name_en": _("Name in English"),
            "source": _("Law or rule it rests on"),
            "working_days": _("Working days until the decision"),
            "contact_needed": _("Name and mail address are needed"),
            "active": _("People can choose it"),
            "position": _("Place in the list"),
        }


class FindingForm(forms.Form):
    """A warning or a suspension with everything Art. 23 (3) DSA wants looked at."""

    kind = forms.ChoiceField(
        label=_("Measure"), choices=Measure.KINDS, widget=forms.RadioSelect, initial=Measure.WARNING
    )
    days = forms.IntegerField(
        label=_("For how many days"), min_value=1, required=False, help_text=_("Only for a suspension. As short as is enough."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    gravity = forms.CharField(
        label=_("How grave it is, and what followed"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    intention = forms.CharField(
        label=_("What is known of the intention"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=_("If nothing is known, say so."),
    )  # fmt: skip
    reasons = forms.CharField(
        label=_("Why this measure"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        help_text=_("The person concerned reads all three answers."),
    )  # fmt: skip


class WordsForm(forms.Form):
    """Why, in words that the other side reads."""

    words = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)


class MisuseRuleForm(forms.ModelForm):
    class Meta:
        model = MisuseRule
        fields = ("cases", "months", "longest_days", "source", "text")
        labels = {
            "cases": _("Manifest cases from which on it is frequent"),
            "months": _("Counted within how many months"),
            "longest_days": _("Longest suspension in days"),
            "source": _("Law or rule it rests on"),
            "text": _("The rule in words, with examples"),
        }
