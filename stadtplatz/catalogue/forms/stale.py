"""What a shop answers about an old count."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """Still true, sold out, or a new number."""

    offer = forms.IntegerField(widget=forms.HiddenInput)
    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    answer = forms.ChoiceField(choices=[("same", ""), ("none", ""), ("number", "")])
    quantity = forms.IntegerField(label=_("New number"), min_value=0, max_value=100_000, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "number" and cleaned.get("quantity") is None and "quantity" not in self.errors:
            self.add_error("quantity", _("Please give a whole number."))
        return cleaned

    def count(self) -> int | None:
        """How many there are; None: as many as were thought."""
        return {"same": None, "none": 0}.get(self.cleaned_data["answer"], self.cleaned_data["quantity"])
