"""Links in marketing mails. Their token is the right to use them: nobody signs in.

Looking changes nothing: mail programs and virus scanners open links by themselves. A button does it.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.models import Consent
from notifications.services.consents import confirm_consent, withdraw_consent

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@READ_OR_POST
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    consent = Consent.objects.standing().filter(token=token).first()
    if request.method == "POST":
        consent = confirm_consent(token=token, at=timezone.now())
    status = 200 if consent else 404
    return render(request, "notifications/confirm.html", {"consent": consent}, status=status)


@csrf_exempt  # mail programs post here by themselves (RFC 8058), from no page of ours
@READ_OR_POST
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    consent = Consent.objects.filter(token=token).first()
    if request.method == "POST":
        is_one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        consent = withdraw_consent(
            token=token,
            how="one click in the mail program" if is_one_click else "link in a mail",
            at=timezone.now(),
            everything="everything" in request.POST,
        )
    status = 200 if consent else 404
    return render(request, "notifications/unsubscribe.html", {"consent": consent}, status=status)
