"""What staff do with events of Razorpay that could not take effect, in Wagtail's admin."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from checkout.desk_forms import ReasonForm
from checkout.models import WebhookEvent
from checkout.services.parked_webhooks import NotParked, retry_webhook, set_webhook_aside
from database.transactions import Busy

may_change = permission_required("checkout.change_webhookevent", raise_exception=True)


@may_change
@require_POST
def retry(request: HttpRequest, webhook_id: int) -> HttpResponse:
    def step() -> None:
        retry_webhook(webhook_id=webhook_id, user=request.user)

    return act(request, webhook_id, step=step, done=_("The event is being processed again."))


@may_change
@require_POST
def set_aside(request: HttpRequest, webhook_id: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why nothing has to be done about it."))
        return back_to(webhook_id)

    def step() -> None:
        reason = form.cleaned_data["reason"]
        set_webhook_aside(webhook_id=webhook_id, user=request.user, reason=reason)

    return act(request, webhook_id, step=step, done=_("The event is set aside."))


def act(request: HttpRequest, webhook_id: int, *, step: Callable[[], None], done: str) -> HttpResponse:
    """Do it, say so or why not, and show the event again."""
    get_object_or_404(WebhookEvent, pk=webhook_id)
    try:
        step()
    except (NotParked, Busy) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return back_to(webhook_id)


def back_to(webhook_id: int) -> HttpResponse:
    return redirect(reverse("checkout_webhookevent_modeladmin_inspect", args=[webhook_id]))
