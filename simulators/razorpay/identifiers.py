"""Razorpay's ids: a prefix and 14 letters or digits, case sensitive."""

import re
import secrets
import string

from simulators.razorpay.errors import reject

ALPHABET = string.ascii_letters + string.digits
SUFFIX_LENGTH = 14


def create_suffix() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(SUFFIX_LENGTH))


def create_identifier(prefix: str) -> str:
    return f"{prefix}_{create_suffix()}"


def require_identifier(prefix: str, text: str) -> str:
    """Raises ApiError for an id that could never exist; Razorpay tells it from an unknown one."""
    if not re.fullmatch(rf"{prefix}_[A-Za-z0-9]{{{SUFFIX_LENGTH}}}", text):
        raise reject(f"{text} is not a valid id")
    return text


def create_digits(length: int) -> str:
    return "".join(secrets.choice(string.digits) for _ in range(length))
