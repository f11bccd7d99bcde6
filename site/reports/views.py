"""Reports in Wagtail's admin."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.figures import add_up, sales_by_day

PERIOD = timedelta(days=30)


@require_safe
def show_sales(request: HttpRequest) -> HttpResponse:
    """The last thirty days, today included, against the thirty before."""
    if not request.user.has_perm("checkout.view_order"):
        raise PermissionDenied
    today = timezone.localdate()
    first = today - PERIOD + timedelta(days=1)
    days = sales_by_day(first=first, last=today)
    before = sales_by_day(first=first - PERIOD, last=first - timedelta(days=1))
    return render(
        request, "reports/sales.html", {"days": days, "total": add_up(days), "before": add_up(before)}
    )
