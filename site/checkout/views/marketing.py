"""What marketing mails brought, in the admin."""

from datetime import timedelta

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from checkout.selectors.marketing import count_mails, count_subscribers, sum_recovered

PERIODS = (7, 30, 90, 365)
USUAL_PERIOD = 30


@permission_required("notifications.view_consent", raise_exception=True)
@require_safe
def show_marketing(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdecimal() and int(asked) in PERIODS else USUAL_PERIOD
    since = timezone.now() - timedelta(days=days)
    context = {
        "days": days,
        "periods": PERIODS,
        "kinds": count_mails(since=since),
        "recovered": sum_recovered(since=since),
        "subscribers": count_subscribers(),
    }
    return render(request, "checkout/desk/marketing.html", context)
