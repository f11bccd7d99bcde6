"""Rules for what a person types about themself, shared by models, forms and serializers."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

validate_phone = RegexValidator(
    r"^\+?[0-9][0-9 \-]{6,18}\Z", _("Enter a phone number with 7 to 15 digits, for example +91 98765 43210.")
)
# India Post: six digits, the first is the zone and never zero.
validate_pin_code = RegexValidator(
    r"^[1-9][0-9]{5}\Z", _("Enter a PIN code of six digits, for example 560001.")
)
