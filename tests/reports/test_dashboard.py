from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from checkout.models import Cart, Order, Payment
from notifications.models import OutgoingEmail
from reports.dashboard import TASKS, count_today, list_tasks
from reports.periods import find_day, midnight
from shop.models import Product, Review
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item, make_product
from tests.factories.orders import make_cash_order, make_paid_order
from tests.factories.users import make_admin, make_staff

pytestmark = pytest.mark.django_db

NOON = midnight(find_day(timezone.now())) + timedelta(hours=12)
DAY = timedelta(days=1)


def pay_at(*moments) -> None:
    for moment in moments:
        order = make_paid_order((make_item(unit_price="100.00"), 1))
        Order.objects.filter(pk=order.pk).update(placed_at=moment, paid_at=moment)


def find_figures() -> dict[str, tuple]:
    return {str(each.name): (each.today, each.yesterday, each.week_ago) for each in count_today(NOON)}


def test_today_is_compared_with_the_same_time_of_other_days():
    hour = timedelta(hours=1)
    pay_at(
        NOON - hour, NOON - hour, NOON - DAY - hour, NOON - DAY + hour, NOON - 7 * DAY - hour, NOON - 3 * DAY
    )

    figures = find_figures()

    assert figures["Sales"] == (Decimal("220.00"), Decimal("110.00"), Decimal("110.00"))
    assert figures["Paid orders"] == (2, 1, 1)


def test_shop_without_orders_has_sold_nothing():
    assert find_figures() == {"Sales": (0, 0, 0), "Paid orders": (0, 0, 0), "Carts": (0, 0, 0)}


def test_carts_are_those_in_use_and_those_that_were_ordered():
    pay_at(NOON - timedelta(hours=2))
    for moment in (NOON - timedelta(hours=1), NOON - DAY - timedelta(hours=1)):
        Cart.objects.filter(pk=make_cart((make_item(), 1)).pk).update(updated_at=moment)
    make_cart()

    assert find_figures()["Carts"] == (2, 1, 0)


def test_today_costs_three_queries(count_queries):
    pay_at(NOON - DAY)
    with count_queries(3):
        count_today(NOON)


def test_what_waits_is_counted_for_those_who_may_act_on_it():
    make_paid_order()
    make_cash_order()
    product = make_product()
    Product.objects.update(inventory=50)
    Product.objects.filter(pk=product.pk).update(inventory=1, is_live=True)
    Review.objects.create(product=product, name="Ravi", description="Fine", is_approved=False)
    Payment.objects.update(effect="held")
    OutgoingEmail.objects.create(purpose="x", to="a@example.com", subject="x", text="x", status="bounced")

    tasks = {name: count for name, count, _ in list_tasks(make_admin(), timezone.now())}

    assert tasks == {
        "Orders to send": 2,
        "Products that run low": 1,
        "Reviews to approve": 1,
        "Payments held for you": 1,
        "Mails that bounced this week": 1,
    }


def test_nobody_sees_what_is_not_theirs(client):
    make_paid_order()
    staff = make_staff()
    staff.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert list(list_tasks(staff, timezone.now())) == []

    staff.user_permissions.add(Permission.objects.get(codename="change_order"))
    staff = type(staff).objects.get(pk=staff.pk)
    ((name, count, address),) = list_tasks(staff, timezone.now())
    assert (name, count, address) == ("Orders to send", 1, "/admin/checkout/order/?status__exact=paid")


def test_first_page_shows_today_and_what_waits(client):
    make_paid_order((make_item(unit_price="100.00"), 1))
    client.force_login(make_admin())

    page = client.get("/admin/").content.decode()

    assert "Orders to send" in page
    assert "Yesterday by now" in page
    assert "₹110" in page


def test_every_task_leads_to_a_page(client):
    client.force_login(make_admin())
    for task in TASKS:
        assert client.get(task.address()).status_code == 200, task.name
