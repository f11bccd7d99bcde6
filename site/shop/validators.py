"""Rules for what staff type about goods and the seller."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.gstin import InvalidGstin, read_gstin

# Four, six or eight digits: what GST returns ask of small, larger and exporting sellers.
validate_hsn_code = RegexValidator(
    r"^[0-9]{4}([0-9]{2}){0,2}\Z", _("Enter an HSN code of 4, 6 or 8 digits, for example 6912.")
)
# With the financial year and a running number the whole stays within 16 characters (CGST Rules, rule 46).
validate_prefix = RegexValidator(r"^[A-Z0-9]{1,3}\Z", _("Enter one to three capital letters or digits."))


def validate_gstin(value: str) -> None:
    """Raises `ValidationError` with a sentence that says what is wrong."""
    try:
        read_gstin(value)
    except InvalidGstin as error:
        raise ValidationError(str(error)) from error
