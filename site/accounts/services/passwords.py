"""Forgotten passwords: allauth's links and mails, for pages and API alike."""

from allauth.account.forms import ResetPasswordForm, default_token_generator
from allauth.account.utils import url_str_to_user_pk
from allauth.core.ratelimit import consume
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.models import User
from database.transactions import entry_service


class InvalidResetLink(Exception):
    """The link is of nobody, was used already or is too old."""

    def __init__(self) -> None:
        super().__init__("Invalid token for given user.")


def request_password_reset(*, request: HttpRequest, email: str) -> None:
    """Mail a link where an account has this address. Whoever asks learns nothing, nor when they ask too often."""
    form = ResetPasswordForm({"email": email})
    if form.is_valid() and consume(request, action="reset_password", key=email.lower()):
        mail_reset_link(request=request, form=form)


@entry_service
def mail_reset_link(*, request: HttpRequest, form: ResetPasswordForm) -> None:
    form.save(request)


def find_user_of_link(*, uid: str, token: str) -> User:
    """Raises `InvalidResetLink`."""
    try:
        user = User.objects.filter(pk=url_str_to_user_pk(uid), is_active=True).first()
    except (ValueError, OverflowError, ValidationError):
        user = None
    if user is None or not default_token_generator.check_token(user, token):
        raise InvalidResetLink
    return user


@entry_service
def reset_password(*, uid: str, token: str, password: str) -> None:
    """Set a new password by a link, once; every token and session ends. Raises `InvalidResetLink`."""
    user = find_user_of_link(uid=uid, token=token)
    user.set_password(password)
    user.save(update_fields=["password"])
