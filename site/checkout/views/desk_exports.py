"""Orders and customers as files for a spreadsheet."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from checkout.exported_records import (
    CUSTOMER_COLUMNS,
    ORDER_COLUMNS,
    export_customers,
    export_orders,
    find_orders,
)
from shop.sheet_answers import send_sheet


@permission_required("checkout.view_order", raise_exception=True)
@require_safe
def orders(request: HttpRequest, kind: str) -> HttpResponseBase:
    """`?first=` and `?last=` are days; without them all orders."""
    found = find_orders(first=read_day(request, "first"), last=read_day(request, "last"))
    return send_sheet(kind, name=name_file("orders"), header=ORDER_COLUMNS, rows=export_orders(found))


@permission_required("accounts.view_customer", raise_exception=True)
@require_safe
def customers(request: HttpRequest, kind: str) -> HttpResponseBase:
    return send_sheet(kind, name=name_file("customers"), header=CUSTOMER_COLUMNS, rows=export_customers())


def read_day(request: HttpRequest, name: str):
    """None where it is no day: a link that somebody mistyped still answers."""
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None


def name_file(stem: str) -> str:
    return f"{stem}-{timezone.localdate().isoformat()}"
