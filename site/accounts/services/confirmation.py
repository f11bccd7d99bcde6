"""Confirmation of email addresses, by allauth's rules: the same account on pages and through the API."""

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.conf import settings

from accounts.models import User


def ensure_email_address(*, user: User) -> EmailAddress:
    """allauth's row of the user's address, unconfirmed where it is new. Inner service."""
    defaults = {"primary": True}
    return EmailAddress.objects.get_or_create(user=user, email=user.email, defaults=defaults)[0]


def replace_email_address(*, user: User) -> None:
    """Forget earlier addresses, which must open nothing any more, and ask to confirm the new one. Inner service."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    start_confirmation(user=user)


def tell_earlier_address(*, user: User, earlier: str) -> None:
    """Mail the address that was replaced: whoever did not do it themself learns of it there. Inner service."""
    context = {"user": user, "name": user.get_full_name() or user.username, "new_email": user.email}
    get_adapter().send_mail("accounts/emails/email_changed", earlier, context)


def start_confirmation(*, user: User) -> None:
    """Inner service: the mail is written in the transaction that made the account or changed its address."""
    address = ensure_email_address(user=user)
    if settings.ACCOUNT_EMAIL_VERIFICATION != "none" and not address.verified:
        ask_to_confirm(address=address, signup=True)


def ask_to_confirm(*, address: EmailAddress, signup: bool = False) -> None:
    # Without the request: the link is of the configured domain, whatever host was asked.
    address.send_confirmation(None, signup=signup)
