"""The form of a client's address."""

import ipaddress
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from notifications.gateways.addresses import is_public
from notifications.models import WebhookEndpoint
from notifications.selectors import list_kinds


class WebhookEndpointForm(WagtailAdminModelForm):
    url = forms.URLField(
        label=gettext_lazy("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy(
            "Where events are posted to, for example https://client.example.com/haat/events. "
            "Give it to nobody else: whoever knows it can call it, too."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Events"),
        choices=list_kinds,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What the client is told about. It can ignore what it does not know."),
    )

    class Meta:
        model = WebhookEndpoint
        fields = ["name", "url", "kinds", "is_enabled"]

    def clean_url(self) -> str:
        """What can be said without asking the name service; each call looks where the name leads."""
        url = self.cleaned_data["url"]
        parts = urlsplit(url)
        if not url.isascii():
            raise ValidationError(_("Write the address in ASCII; a name in another script as xn--…."))
        if "@" in parts.netloc or parts.fragment:
            raise ValidationError(_("Leave out user name, password and what follows a #."))
        if not settings.WEBHOOK_ALLOW_PRIVATE:
            check_public(scheme=parts.scheme, host=parts.hostname or "")
        elif parts.scheme not in ("http", "https"):
            raise ValidationError(_("The address begins with https:// or http://."))
        return url


def check_public(*, scheme: str, host: str) -> None:
    if scheme != "https":
        raise ValidationError(_("The address begins with https://: events are sent encrypted only."))
    if host == "localhost" or not is_public_name(host):
        raise ValidationError(
            _("Events are sent to public addresses only. Ask whoever runs the shop to allow private ones.")
        )


def is_public_name(host: str) -> bool:
    """A name may lead anywhere; a number is what it is."""
    try:
        return is_public(ipaddress.ip_address(host))
    except ValueError:
        return True
