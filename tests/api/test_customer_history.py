"""What a customer has ordered, for staff who may see it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.models import Customer
from tests.api.wire import FORBIDDEN, NOT_FOUND, UNAUTHENTICATED, Api, missing_body, refused_method, sign_in
from tests.factories.orders import make_cancelled_order, make_order
from tests.factories.users import make_admin, make_customer, make_staff, make_user

pytestmark = pytest.mark.django_db

CUSTOMERS = "/store/customers/"


def path_of(customer: Customer, rest: str) -> str:
    return f"{CUSTOMERS}{customer.pk}/{rest}"


@pytest.fixture
def clerk(db) -> Api:
    """Staff who may see histories."""
    user = make_staff(username="kiran")
    user.user_permissions.add(Permission.objects.get(codename="view_history"))
    return sign_in(user)


def test_history_who(guest, shopper, staff, clerk, customer):
    path = path_of(customer, "history/")
    assert guest.get(path).told == UNAUTHENTICATED
    assert shopper.get(path).told == FORBIDDEN
    assert staff.get(path).told == FORBIDDEN  # staff without the permission
    assert clerk.get(path).told == (200, [])
    assert sign_in(make_admin()).get(path).told == (200, [])


def test_history_permission_alone_is_not_enough(customer):
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="view_history"))
    assert sign_in(user).get(path_of(customer, "history/")).told == FORBIDDEN


def test_history(clerk, shopper, customer):
    now = timezone.now()
    orders = [make_order(customer=customer, now=now - timedelta(days=days)) for days in (2, 0, 1)]
    make_cancelled_order(customer=make_customer())
    answer = clerk.get(path_of(customer, "history/"))
    newest_first = [orders[1].pk, orders[2].pk, orders[0].pk]
    assert (answer.status, [order["id"] for order in answer.body]) == (200, newest_first)
    assert answer.body == shopper.get("/store/orders/").body
    page = clerk.get(path_of(customer, "history/?page=2&page_size=2")).body
    assert (page["count"], [order["id"] for order in page["results"]]) == (3, newest_first[2:])


@pytest.mark.parametrize("rows", [1, 3])
def test_history_query_count(clerk, customer, count_queries, rows):
    for _ in range(rows):
        make_order(customer=customer)
    # the caller, two for permissions, the customer, the orders, their lines
    with count_queries(6) as counted:
        assert len(clerk.get(path_of(customer, "history/")).body) == rows
    assert len(counted) == 6


def test_history_of_nobody(clerk):
    assert clerk.get(f"{CUSTOMERS}987654/history/").told == (404, missing_body("Customer"))
    assert clerk.get(f"{CUSTOMERS}me/history/").told == NOT_FOUND


def test_post_history(clerk, customer):
    assert clerk.post(path_of(customer, "history/"), {}).told == refused_method("POST")
