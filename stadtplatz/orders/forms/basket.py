"""What goes into the basket."""

from django import forms

from stadtplatz.orders import rules

BIG = 2**62


class AddForm(forms.Form):
    """One offer into the basket."""

    offer = forms.IntegerField(min_value=1, max_value=BIG)
    quantity = forms.IntegerField(min_value=1, max_value=rules.MAX_QUANTITY)


class ChangeForm(forms.Form):
    """Another quantity of an offer in the basket; 0 takes it out."""

    offer = forms.IntegerField(min_value=1, max_value=BIG)
    quantity = forms.IntegerField(min_value=0, max_value=rules.MAX_QUANTITY)
