import pytest
from django.core.exceptions import ValidationError

from accounts.validators import validate_phone, validate_pin_code


@pytest.mark.parametrize("phone", ["+91 98765 43210", "9876543210", "080-1234567", "1234567"])
def test_phone(phone):
    validate_phone(phone)


@pytest.mark.parametrize(
    "phone", ["", "123456", "+", "call me", "+91 98765 43210 12345 1", "98765\n43210", "9876543210\n"]
)
def test_phone_that_is_none(phone):
    with pytest.raises(ValidationError) as caught:
        validate_phone(phone)
    assert caught.value.messages == ["Enter a phone number with 7 to 15 digits, for example +91 98765 43210."]


@pytest.mark.parametrize("code", ["560001", "110011"])
def test_pin_code(code):
    validate_pin_code(code)


@pytest.mark.parametrize("code", ["", "060001", "56000", "5600011", "56000a", "560001\n"])
def test_pin_code_that_is_none(code):
    with pytest.raises(ValidationError) as caught:
        validate_pin_code(code)
    assert caught.value.messages == ["Enter a PIN code of six digits, for example 560001."]
