"""Who asks."""

from django.db.models import QuerySet
from rest_framework.request import Request

from accounts.models import Address, Customer
from accounts.services.users import ensure_customer


def find_customer_id(request: Request) -> int | None:
    """The caller's customer id, or None. Staff without a profile have none."""
    customer = getattr(request.user, "customer", None) if request.user.is_authenticated else None
    return customer.pk if customer else None


def get_customer(request: Request) -> Customer:
    """The signed-in caller's profile, made where there is none."""
    return getattr(request.user, "customer", None) or ensure_customer(user=request.user)


def find_addresses(request: Request) -> QuerySet[Address]:
    """The addresses that the caller has saved, newest first."""
    return Address.objects.filter(customer__user_id=request.user.pk)
