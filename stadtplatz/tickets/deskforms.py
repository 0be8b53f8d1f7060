"""Forms of the desk beyond one report: bulk actions, assigning, tasks, splitting, standard answers."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Person
from stadtplatz.cases.models import CaseTask
from stadtplatz.city.models import Duty, Unit
from stadtplatz.kit.forms import offer_choices, offer_rows
from stadtplatz.tickets.actions.opening import LONGEST
from stadtplatz.tickets.flow import OUTCOMES
from stadtplatz.tickets.forms.desk import CloseForm
from stadtplatz.tickets.models import Category


class AssignForm(forms.Form):
    """To which colleague."""

    person = forms.ModelChoiceField(label=_("Colleague"), queryset=Person.objects.none())

    def __init__(self, *args: Any, people: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_rows(self, "person", Person.objects.filter(pk__in=people).order_by("name", "email"))


class BulkForm(forms.Form):
    """What is done with many reports at once; `do` decides which of the other fields there are."""

    DOING = [
        ("accept", _("Take on")),
        ("assign", _("Assign to a colleague")),
        ("category", _("Change the category")),
        ("message", _("Write to the reporters")),
        ("close", _("Close with a reason")),
    ]
    FIELDS = {
        "accept": (),
        "assign": ("person",),
        "category": ("category",),
        "message": ("words",),
        "close": ("outcome", "said_by", "forwarded_to", "words", "remedy"),
    }

    do = forms.ChoiceField(choices=DOING, widget=forms.HiddenInput)
    person = forms.ModelChoiceField(label=_("Colleague"), queryset=Person.objects.none())
    category = forms.ModelChoiceField(label=_("New category"), queryset=Category.objects.none())
    words = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Fields such as {number}, {category}, {place}, {due} and {unit} are filled in for each report."),
    )

    def __init__(self, *args: Any, do: str, people: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        closing = deepcopy(CloseForm.base_fields)
        self.fields |= {name: closing[name] for name in ("outcome", "said_by", "forwarded_to", "remedy")}
        offer_rows(self, "person", Person.objects.filter(pk__in=people).order_by("name", "email"))
        offer_rows(self, "category", Category.objects.filter(active=True))
        outcomes = CloseForm.base_fields["outcome"].choices  # type: ignore[attr-defined]  # a choice field
        offer_choices(self, "outcome", [row for row in outcomes if row[0] != "duplicate"])
        wanted = ("do", *self.FIELDS[do])
        self.fields = {name: self.fields[name] for name in wanted}  # type: ignore[assignment]  # a plain dict keeps the order, too

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == "not_our_duty" and not data.get("said_by"):
            self.add_error("said_by", _("Please say who said that this is not a duty of the city."))
        return data


class TaskForm(forms.Form):
    """Asking another unit, or somebody outside without an account."""

    kind = forms.ChoiceField(label=_("What is asked?"), choices=[k for k in CaseTask.KINDS if k[0] != CaseTask.PAYMENT])
    question = forms.CharField(label=_("In words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label="–")
    email = forms.EmailField(
        label=_("or e-mail of somebody outside"),
        required=False,
        help_text=_("A link is sent there. It opens the question, nothing else, and needs no account."),
    )
    name = forms.CharField(label=_("Name of that person or company"), required=False, max_length=120)
    shared = forms.BooleanField(
        label=_("Outsiders may see the place and the pictures, too"), required=False, initial=True
    )
    deadline = forms.DateField(
        label=_("By when?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_rows(self, "unit", Unit.objects.filter(closed=False).exclude(pk=unit.pk))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("unit")) == bool(data.get("email")) and not self.errors:
            self.add_error("unit", _("Please name one unit or one person outside."))
        return data


class AnswerForm(forms.Form):
    """The answer to a task."""

    answer = forms.CharField(label=_("Answer"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class LinkForm(forms.Form):
    """The number of another report."""

    number = forms.CharField(label=_("Number of the other report"), max_length=20)


class SplitForm(forms.Form):
    """What the second report says, and what it is about."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Text of the second report"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none())

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_rows(self, "category", Category.objects.filter(active=True))


class DangerForm(forms.Form):
    """The number that is shown in a danger, and who is alarmed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    phone = forms.CharField(
        label=_("Number to call"),
        max_length=30,
        help_text=_("112, or the on-call number that answers at any hour."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    name_de = forms.CharField(label=_("Who answers there, in German"), max_length=120)
    name_en = forms.CharField(label=_("Who answers there, in English"), max_length=120, required=False)
    duty = forms.ChoiceField(
        label=_("Duty that is on call"), help_text=_("Who has it is kept under “Who answers for what”.")
    )
    active = forms.BooleanField(label=_("Ask about this danger"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        known = dict(Duty.objects.filter(ended=False, planned=False).order_by("code").values_list("code", "title"))
        start = self.initial.get("duty", "")
        codes = {code: title for code, title in known.items() if code.partition(".")[0] in {"danger", start}}
        labels = {start: "", **codes} if start not in codes else codes
        offer_choices(self, "duty", [(code, f"{code} · {title}" if title else code) for code, title in labels.items()])


def _days(label: Any, help_text: Any = "", *, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, required=required, min_value=1, max_value=3650)


class RetentionForm(forms.Form):
    """After how many days which part of a closed report is forgotten, and why."""

    stamp = forms.CharField(widget=forms.HiddenInput, max_length=40)
    photo_days = _days(_("Photos deleted after days"), _("Empty: together with the reporter's data."))
    retention_days = _days(_("Made anonymous after days"), required=True)
    delete_days = _days(_("Deleted after days"), _("Empty: never; what is left stays for statistics."))
    source = forms.CharField(
        label=_("What this rests on"),
        max_length=300,
        help_text=_("A law, a decision, the register of processing; with its date."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReplyForm(forms.Form):
    """A standard answer, in German and English; other languages of the pack stay as they are."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name_de = forms.CharField(label=_("Name"), max_length=80)
    body_de = forms.CharField(label=_("Text in German"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 7}))
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    body_en = forms.CharField(
        label=_("Text in English"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 7})
    )
    move = forms.ChoiceField(label=_("Meant for"), required=False)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        labels = dict(CloseForm.base_fields["outcome"].choices)  # type: ignore[attr-defined]  # a choice field
        offer_choices(
            self, "move", [("", _("any message")), ("ask", _("a question")), *((o, labels[o]) for o in OUTCOMES)]
        )
