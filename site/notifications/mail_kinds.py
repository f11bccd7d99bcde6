"""Mails that are about an address or an account alone."""

from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from notifications.kinds import MailKind, Sample

SAMPLE_BUTTONS = {
    "account_confirmation": _("Confirm this address"),
    "password_reset": _("Choose a new password"),
    "newsletter_confirmation": _("Yes, send me the newsletter"),
}


def sample_link(kind: MailKind) -> Sample:
    return Sample(
        values={"name": _now("Asha")},
        context={"url": settings.BASE_URL, "button": str(SAMPLE_BUTTONS[kind.key])},
    )


ACCOUNTS = _("Accounts")
MARKETING = _("Marketing")
NAME = {"name": _("the customer's name")}

KINDS = (
    MailKind(
        key="account_confirmation",
        label=_("Confirm an address"),
        group=ACCOUNTS,
        subject=_("Please confirm your address"),
        heading=_("Is this your address?"),
        opening=_(
            "Hello {name},\n\nplease confirm that this address belongs to your account at {shop_name}."
        ),
        closing=_("You did not ask for this? Then you need not do anything."),
        why_sent=_("You get this mail because somebody gave this address at {shop_name}."),
        placeholders=NAME,
        sample="notifications.mail_kinds.sample_link",
    ),
    MailKind(
        key="password_reset",
        label=_("New password"),
        group=ACCOUNTS,
        subject=_("Choose a new password"),
        heading=_("Choose a new password"),
        opening=_("Hello {name},\n\nthis link lets you choose a new password at {shop_name}. It works once."),
        closing=_("You did not ask for this? Then you need not do anything: your password stays as it is."),
        why_sent=_("You get this mail because somebody asked for a new password at {shop_name}."),
        placeholders=NAME,
        sample="notifications.mail_kinds.sample_link",
    ),
    MailKind(
        key="newsletter_confirmation",
        label=_("Confirm the newsletter"),
        group=MARKETING,
        subject=_("Do you want our newsletter?"),
        heading=_("One step left"),
        opening=_(
            "Please confirm that you want the newsletter of {shop_name}. Without this we send nothing."
        ),
        closing=_("You did not ask for it? Then you need not do anything."),
        why_sent=_(
            "You get this mail because somebody asked for the newsletter of {shop_name} for this address."
        ),
        sample="notifications.mail_kinds.sample_link",
    ),
)
