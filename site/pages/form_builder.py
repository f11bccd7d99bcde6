"""How the questions of a form page become fields."""

from django import forms
from wagtail.contrib.forms.forms import FormBuilder

LONGEST_ANSWER = 5000


class ShopFormBuilder(FormBuilder):
    """Wagtail's, with the keyboards that phones should show, and an end to what may be written."""

    def create_multiline_field(self, field, options):
        widget = forms.Textarea({"rows": 6})
        return forms.CharField(**options, widget=widget, max_length=LONGEST_ANSWER)

    def create_email_field(self, field, options):
        return forms.EmailField(**options, widget=forms.EmailInput({"autocomplete": "email"}))

    def create_date_field(self, field, options):
        return forms.DateField(**options, widget=forms.DateInput({"type": "date"}))

    def create_datetime_field(self, field, options):
        return forms.DateTimeField(**options, widget=forms.DateTimeInput({"type": "datetime-local"}))
