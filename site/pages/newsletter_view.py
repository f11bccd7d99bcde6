"""Signing up for the newsletter, from the foot of every page and from blocks."""

from django import forms
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from checkout.origins import same_origin_required
from notifications.services.consents import request_newsletter_consent
from pages.blocks.newsletter import read_asking
from pages.form_views import TRAP, FormThrottle

# Kept with the consent as what was agreed to; components/newsletter.html shows the same sentence.
WORDING = "Send me the newsletter by email. I can leave it at any time by the link in every mail."


class NewsletterForm(forms.Form):
    """Where to send it. A public form: it carries no token.

    A block has words of its own; `asking` brings them back signed, and cleaned it is wording and source.
    """

    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your email address, for example asha@example.com."),
            "invalid": _("Enter an email address such as asha@example.com."),
        },
    )
    asking = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)

    def clean_asking(self) -> dict[str, str]:
        if not self.cleaned_data["asking"]:
            return {"wording": WORDING, "source": "footer"}
        try:
            return read_asking(self.cleaned_data["asking"])
        except BadSignature:
            self.add_error("email", _("This form is no longer valid. Open the page again."))
            return {}

    @property
    def wording(self) -> str:
        """What stands beside the form when it comes back."""
        return self.cleaned_data.get("asking", {}).get("wording", WORDING)


@require_POST
@never_cache
@same_origin_required
def join_newsletter(request: HttpRequest) -> HttpResponse:
    """Mail a link to confirm. The answer is the same whether or not the address is known."""
    form = NewsletterForm(request.POST)
    if form.is_valid() and not FormThrottle().allow_request(request, None):
        form.add_error("email", _("These were many requests. Please wait a minute and try again."))
        return render(request, "pages/newsletter.html", {"form": form}, status=429)
    if not form.is_valid():
        return render(request, "pages/newsletter.html", {"form": form}, status=400)
    if not request.POST.get(TRAP):
        request_newsletter_consent(email=form.cleaned_data["email"], **form.cleaned_data["asking"])
    return render(request, "pages/newsletter.html", {"email": form.cleaned_data["email"]})
