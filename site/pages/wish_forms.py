"""Forms beside a product: to review it, and to hear when it is back."""

from django import forms
from django.utils.translation import gettext_lazy as _

STARS = [(5, _("5 stars")), (4, _("4 stars")), (3, _("3 stars")), (2, _("2 stars")), (1, _("1 star"))]
WATCH_WORDING = _("Mail me once when this is back in stock. I can change my mind by the link in that mail.")


class WatchForm(forms.Form):
    """Where to send word that a product is back. A public form: it carries no token."""

    product_id = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your email address, for example asha@example.com."),
            "invalid": _("Enter an email address such as asha@example.com."),
        },
    )
    consent = forms.BooleanField(
        label=WATCH_WORDING,
        error_messages={"required": _("Tick the box, so that we may write to you.")},
    )


class ReviewForm(forms.Form):
    """A customer's own words about a product."""

    rating = forms.TypedChoiceField(
        label=_("Your rating"),
        choices=STARS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose from one to five stars.")},
    )
    name = forms.CharField(
        label=_("Your name, as others will read it"),
        max_length=255,
        error_messages={"required": _("Enter the name that stands above your review.")},
    )
    description = forms.CharField(
        label=_("Your review"),
        max_length=5000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("What is it like to use? Would you buy it again?"),
        error_messages={"required": _("Write a sentence or two about the product.")},
    )
