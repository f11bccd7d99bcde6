"""Which carts became orders on a day: the one place where these figures are defined."""

from datetime import date

from django.db.models import Count, Q

from checkout.models import Order
from reports.models import CartDay
from reports.periods import Period

IS_PAID = Q(paid_at__isnull=False)


def compute_carts(day: date) -> CartDay:
    """The orders placed on a day, and how many of them were paid, whenever that was. One query."""
    period = Period(day, day)
    placed = Order.objects.filter(placed_at__gte=period.begins_at, placed_at__lt=period.ends_at).order_by()
    return CartDay(day=day, **placed.aggregate(ordered=Count("pk"), paid=Count("pk", filter=IS_PAID)))
