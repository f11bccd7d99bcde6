"""Somebody who wants to be forgotten: the row stays, since others point at it, and says nothing any more."""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from accounts.models import Address, Customer, User

FORGOTTEN_DOMAIN = "deleted.invalid"  # RFC 2606: nobody ever has an address there


def make_forgotten_email() -> str:
    """By chance, so that nobody can take it first."""
    return f"{secrets.token_hex(16)}@{FORGOTTEN_DOMAIN}"


def forget_user(*, user: User, now: datetime) -> None:
    """Anonymise user and customer, delete addresses and authenticators, end every token and session. Inner service."""
    Address.objects.filter(customer__user=user).delete()
    Customer.objects.filter(user=user).update(phone="", birth_date=None)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    # No username that anybody may choose has a colon.
    user.username, user.email = f"deleted:{user.pk}", make_forgotten_email()
    user.first_name = user.last_name = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.deleted_at = now
    user.groups.clear()
    user.user_permissions.clear()
    user.set_unusable_password()
    user.save()
