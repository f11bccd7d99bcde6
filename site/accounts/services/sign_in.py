"""Signing in with a password where there is no session: limits, a confirmed address, a second factor."""

from dataclasses import dataclass

from allauth.account.utils import has_verified_email
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.services.attempts import Limit, release_attempt, reserve_attempt
from accounts.services.confirmation import ask_to_confirm, ensure_email_address
from accounts.services.users import users_signing_in_by
from database.transactions import entry_service

SECONDS_BETWEEN_MAILS = 180


class WrongCredentials(Exception):
    """Unknown name, wrong password or inactive account: which of them is nobody's business."""

    def __init__(self) -> None:
        super().__init__("No active account found with the given credentials")


class WrongPassword(Exception):
    def __init__(self) -> None:
        super().__init__("Invalid password.")


class EmailUnconfirmed(Exception):
    def __init__(self) -> None:
        super().__init__("Please confirm your email address first: we have sent you a link.")


class SecondFactorRequired(Exception):
    """The password was right; a code is missing, or there is no authenticator yet that could make one."""


class SecondFactorWrong(Exception):
    def __init__(self) -> None:
        super().__init__("This code is wrong or was used already. Please enter the current one.")


@dataclass(frozen=True)
class SignInLimits:
    """How many failed attempts, and from where this one comes."""

    address: str
    per_account: Limit
    per_address: Limit


def sign_in(
    *, request: HttpRequest, login: str, password: str, code: str = "", limits: SignInLimits | None = None
) -> User:
    """The user who may have tokens. `login` is a username or an email address; without `limits` none apply.

    Raises `TooManyAttempts`, `WrongCredentials`, `EmailUnconfirmed`, `SecondFactorRequired` and
    `SecondFactorWrong`.
    """
    now = timezone.now()
    counted = name_counters(login, limits) if limits else {}
    if counted:
        reserve_attempt(limits=counted, now=now)
    user = authenticate(request, username=login, password=password)
    if user is None:
        raise WrongCredentials
    check_email_confirmed(user)
    check_second_factor(user, code)
    if counted:
        release_attempt(names=list(counted), now=now)
    return user


def confirm_password(*, user: User, password: str, limits: SignInLimits | None = None) -> None:
    """Check the password of somebody who is signed in; a wrong one counts as a failure to sign in.

    Raises `TooManyAttempts` and `WrongPassword`.
    """
    now = timezone.now()
    counted = name_counters(user.username, limits) if limits else {}
    if counted:
        reserve_attempt(limits=counted, now=now)
    if not user.check_password(password):
        raise WrongPassword
    if counted:
        release_attempt(names=list(counted), now=now)


def name_counters(login: str, limits: SignInLimits) -> dict[str, Limit]:
    """What attempts are counted under. Both names of one account are one account."""
    user = users_signing_in_by(login).only("pk").first()
    account = f"user:{user.pk}" if user else f"name:{login.lower()}"
    return {account: limits.per_account, f"address:{limits.address}": limits.per_address}


def check_email_confirmed(user: User) -> None:
    if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory" or has_verified_email(user):
        return
    if cache.add(f"confirmation-asked:{user.pk}", "", SECONDS_BETWEEN_MAILS):
        ask_again(user=user)
    raise EmailUnconfirmed


@entry_service
def ask_again(*, user: User) -> None:
    ask_to_confirm(address=ensure_email_address(user=user))


def check_second_factor(user: User, code: str) -> None:
    authenticators = [
        row for row in Authenticator.objects.filter(user=user) if row.type != Authenticator.Type.WEBAUTHN
    ]
    if not authenticators:
        if user.is_staff and settings.STAFF_SECOND_FACTOR:
            raise SecondFactorRequired("Staff need a second factor: set it up in your account first.")
        return
    if not code:
        raise SecondFactorRequired("Please send the code of your authenticator app as well.")
    used = next((row for row in authenticators if row.wrap().validate_code(code)), None)
    if used is None:
        raise SecondFactorWrong
    used.record_usage()
