import re

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from checkout.models import Concern, Order, WebhookEvent
from checkout.services.returns import request_return
from tests.factories.orders import make_intent, make_order, make_paid_order, make_payment
from tests.factories.users import make_admin, make_customer, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make_admin())
    return client


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("checkout/order", "asha@example.com"),
        ("checkout/payment", "pay_first"),
        ("checkout/refund", "refund-pay_second-1"),
        ("checkout/webhookevent", "evt_1"),
        ("notifications/outgoingemail", "order_confirmation"),
    ],
)
def test_orders_and_their_records_are_listed_in_the_admin(staff, path, shown):
    order = make_order(email="asha@example.com")
    intent = make_intent(order)
    make_payment(intent, payment_id="pay_first")
    make_payment(intent, payment_id="pay_second")
    WebhookEvent.objects.create(event_id="evt_1", name="order.paid", body="{}")
    response = staff.get(f"/admin/{path}/")
    assert response.status_code == 200
    assert shown in response.content.decode()


def test_order_is_inspected_and_never_edited(staff):
    order = make_paid_order()
    page = staff.get(f"/admin/checkout/order/inspect/{order.pk}/")
    assert page.status_code == 200
    assert f"#{order.pk}" in page.content.decode()
    for path in ("create/", f"edit/{order.pk}/", f"delete/{order.pk}/"):
        assert staff.post(f"/admin/checkout/order/{path}").status_code in (302, 403, 404)
    assert Order.objects.get().status == "paid"


def test_shoppers_do_not_see_orders(client):
    client.force_login(make_customer().user)
    assert client.get("/admin/checkout/order/").status_code == 302


def test_menu_of_orders_is_not_called_like_that_of_price_sales(staff):
    page = staff.get("/admin/").content.decode()
    groups = re.findall(r'SubMenuItem", "_args": \[{"name": "[^"]*", "label": "([^"]*)"', page)
    assert {"Orders", "Prices"} <= set(groups)
    assert "Sales" not in groups


def test_first_page_says_what_waits(staff):
    assert "This waits for you" not in staff.get("/admin/").content.decode()
    for number in range(6):
        Concern.objects.create(subject=f"concern:{number}", text=f"Payment pay_{number} is held.")
    order = make_paid_order()
    request_return(order_id=order.pk, lines={order.items.get().pk: 1}, reason="Broken", now=timezone.now())
    page = staff.get("/admin/").content.decode()
    assert all(f"Payment pay_{number} is held." in page for number in range(1, 6))
    assert "Payment pay_0 is held." not in page
    assert ("All 6 concerns" in page, "1 return to answer" in page) == (True, True)


def test_first_page_tells_editors_nothing_of_the_checkout(client):
    Concern.objects.create(subject="concern:1", text="Payment pay_1 is held.")
    user = make_staff()
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)
    assert "Payment pay_1 is held." not in client.get("/admin/").content.decode()
