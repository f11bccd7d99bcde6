from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer, User
from accounts.validators import validate_phone


class ProfileForm(forms.ModelForm):
    """Name and phone of the customer who is signed in."""

    phone = forms.CharField(
        label=_("Mobile number"), max_length=20, required=False, validators=[validate_phone]
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name"]

    def __init__(self, *args, customer: Customer, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.customer = customer
        self.fields["phone"].initial = customer.phone


class SignInForm(LoginForm):
    """allauth's form, with a label that says what to type."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email or username")
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
