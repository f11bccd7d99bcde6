"""The development mailbox. Routed only where mail is written to files (see settings.urls)."""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from notifications.mailbox import Mail, find_mail, list_mails


@require_safe
@never_cache
def show_mailbox(request: HttpRequest) -> HttpResponse:
    return render(request, "notifications/mailbox.html", {"mails": list_mails()})


@require_safe
@never_cache
def show_mail(request: HttpRequest, mail_id: str) -> HttpResponse:
    mail = get_mail_or_404(mail_id)
    html_url = reverse("mail_html", args=[mail.id]) if mail.html else ""
    return render(request, "notifications/mail.html", {"mail": mail, "html_url": html_url})


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_replace({"script-src": [NONE], "style-src": [UNSAFE_INLINE]})
def show_mail_html(request: HttpRequest, mail_id: str) -> HttpResponse:
    """The mail's own HTML for the frame: no script runs in it, and its styles are its own."""
    return HttpResponse(get_mail_or_404(mail_id).html)


def get_mail_or_404(mail_id: str) -> Mail:
    mail = find_mail(mail_id)
    if mail is None:
        raise Http404("No mail has this address.")
    return mail
