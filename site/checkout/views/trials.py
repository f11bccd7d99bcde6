""" "Try prices" in the admin."""

from django.contrib.auth.decorators import user_passes_test
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from checkout.services.delivery import CashRefused, NotDeliverable
from checkout.trial_forms import TrialForm, TrialLines
from checkout.trials import Trial, try_prices

PERMISSIONS = ("shop.view_coupon", "shop.change_coupon", "shop.view_sale", "shop.change_sale")


def may_try_prices(user) -> bool:
    """Whoever may see one of the rules may see what they do together."""
    return any(user.has_perm(permission) for permission in PERMISSIONS)


def check_permission(user) -> bool:
    if not may_try_prices(user):
        raise PermissionDenied
    return True


@user_passes_test(check_permission)
@never_cache
@require_safe
def show_trial(request: HttpRequest) -> HttpResponse:
    """The form, and below it what it comes to. Only reads."""
    is_sent = f"{TrialLines.get_default_prefix()}-TOTAL_FORMS" in request.GET
    form, lines = TrialForm(request.GET if is_sent else None), TrialLines(request.GET if is_sent else None)
    trial: Trial | None = None
    if is_sent and all([form.is_valid(), lines.is_valid()]):
        try:
            trial = try_prices(
                lines.make_items(),
                buyer=form.describe_buyer(),
                wishes=form.describe_wishes(),
                membership=form.cleaned_data["membership"],
                at=form.cleaned_data["at"],
            )
        except NotDeliverable as error:
            form.add_error("postal_code", str(error))
        except CashRefused as error:
            form.add_error("payment_method", str(error))
    is_wrong = is_sent and trial is None
    context = {"form": form, "lines": lines, "trial": trial, "media": form.media + lines.media}
    return render(request, "checkout/desk/trial.html", context, status=400 if is_wrong else 200)
