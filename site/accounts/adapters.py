"""allauth's hooks: accounts made on pages are those of the API, links are of the configured domain."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.users import ensure_customer

WRONG_CREDENTIALS = _("That name and password do not belong together. Check both, or reset your password.")

CONFIRMATION = ("account_confirmation", "activate_url", _("Confirm this address"))
# Of allauth's mails these two are the shop's own, whose words editors may change (notifications.mail_kinds).
SHOP_MAILS = {
    "account/email/email_confirmation": CONFIRMATION,
    "account/email/email_confirmation_signup": CONFIRMATION,
    "account/email/password_reset_key": (
        "password_reset",
        "password_reset_url",
        _("Choose a new password"),
    ),
}


@dataclass(frozen=True)
class HomeSite:
    """What allauth's mails call `current_site`."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Write to us if you want to use it again."),
        "email_password_mismatch": WRONG_CREDENTIALS,
        "username_password_mismatch": WRONG_CREDENTIALS,
        "incorrect_password": _("That is not your password. Please try again."),
        "too_many_login_attempts": _("That was too often. Please wait a minute and try again."),
    }

    def clean_email(self, email: str) -> str:
        """On pages as in the API: nobody's address is the name by which another signs in."""
        email = super().clean_email(email)
        if User.objects.filter(username__iexact=email).exists():
            raise self.validation_error("email_taken")
        return email

    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=commit)
        if commit:
            ensure_customer(user=user)
        return user

    def get_email_confirmation_url(self, request, emailconfirmation) -> str:
        return settings.BASE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Name the shop and link to it by the configured domain, whatever host the request was sent to."""
        site = HomeSite(name=settings.WAGTAIL_SITE_NAME, domain=urlsplit(settings.BASE_URL).netloc)
        links = {name: move_home(link) for name, link in context.items() if name.endswith("_url")}
        known = {"email": email, "current_site": site, **context, **links}
        message = self.render_mail(template_prefix, email, known)
        if template_prefix in SHOP_MAILS:
            message.shop_mail = describe_mail(template_prefix, known)
        message.send()


def describe_mail(template_prefix: str, context: dict[str, Any]) -> dict[str, Any]:
    """Kind, values and context of one of the shop's own mails, for the outbox that the message goes to."""
    kind, link, button = SHOP_MAILS[template_prefix]
    user = context.get("user")
    name = (user.first_name or user.username) if user else context["email"]
    return {"kind": kind, "values": {"name": name}, "context": {"url": context[link], "button": str(button)}}


def move_home(link: str) -> str:
    home = urlsplit(settings.BASE_URL)
    return urlsplit(link)._replace(scheme=home.scheme, netloc=home.netloc).geturl()
