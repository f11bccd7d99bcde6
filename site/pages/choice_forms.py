"""A size or colour as an editor types it."""

from django import forms


class ChoiceForm(forms.Form):
    """`own` is what the product above is called among its choices, where nobody said so yet."""

    name = forms.CharField(max_length=40)
    own = forms.CharField(max_length=80, required=False)
    value = forms.CharField(max_length=80)
    unit_price = forms.DecimalField(min_value=1, max_digits=12, decimal_places=2)
    inventory = forms.IntegerField(min_value=0, max_value=10_000_000)
