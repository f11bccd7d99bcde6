"""What staff do to mails and addresses in the admin. Each view asks for the right it needs."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from notifications.services.dead_mails import resend_email
from notifications.services.suppressions import lift_suppression


@permission_required("notifications.change_outgoingemail", raise_exception=True)
@require_POST
def send_again(request: HttpRequest, email_id: int) -> HttpResponse:
    if resend_email(email_id=email_id, at=timezone.now()):
        messages.success(request, _("The mail is queued again."))
    else:
        messages.error(request, _("This mail is on its way or has arrived: it is not sent again."))
    return redirect("notifications_outgoingemail_modeladmin_inspect", email_id)


@permission_required("notifications.change_suppression", raise_exception=True)
@require_POST
def lift(request: HttpRequest, suppression_id: int) -> HttpResponse:
    if lift_suppression(suppression_id=suppression_id, by_id=request.user.pk, at=timezone.now()):
        messages.success(
            request, _("Mail goes to this address again. Take it out of Mailgun's own suppressions, too.")
        )
    return redirect("notifications_suppression_modeladmin_index")
