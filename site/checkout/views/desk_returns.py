"""What staff do with a return: accept or reject it, and receive the goods."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from checkout.desk_forms import ReturnAnswerForm
from checkout.models import ReturnRequest
from checkout.services.refunds import count_refundable
from checkout.services.returns import ReturnRefused, answer_return, receive_return
from database.transactions import Busy


def back_to(return_id: int) -> HttpResponse:
    return redirect(reverse("checkout_returnrequest_modeladmin_inspect", args=[return_id]))


@permission_required("checkout.change_returnrequest", raise_exception=True)
@require_POST
def answer(request: HttpRequest, return_id: int) -> HttpResponse:
    get_object_or_404(ReturnRequest, pk=return_id)
    form = ReturnAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose an answer; a rejection needs a sentence for the customer."))
        return back_to(return_id)
    try:
        answer_return(return_id=return_id, at=timezone.now(), by_id=request.user.pk, **form.cleaned_data)
    except (ReturnRefused, Busy) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The customer gets your answer by mail."))
    return back_to(return_id)


@permission_required(["checkout.change_returnrequest", "checkout.refund_payment"], raise_exception=True)
@require_POST
def receive(request: HttpRequest, return_id: int) -> HttpResponse:
    """The goods are here: the money goes back."""
    get_object_or_404(ReturnRequest, pk=return_id)
    try:
        done = receive_return(
            return_id=return_id,
            restock="restock" in request.POST,
            at=timezone.now(),
            by_id=request.user.pk,
        )
    except (ReturnRefused, Busy) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, describe_receipt(done))
    return back_to(return_id)


def describe_receipt(done: ReturnRequest) -> str:
    if done.refund is None:
        return _("Noted as received. Nothing was left of the payment, so no money goes back.")
    sentence = _("₹%(amount)s are on their way back.") % {"amount": done.refund.amount}
    if count_refundable(done.refund.payment):
        return sentence
    return " ".join((sentence, _("That was all that was left of the payment.")))
