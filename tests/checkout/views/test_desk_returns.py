from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from checkout.models import Refund, ReturnRequest
from checkout.services.refunds import refund_order
from checkout.services.returns import request_return
from shop.models import Product
from tests.factories.catalogue import make_item
from tests.factories.orders import make_paid_order
from tests.factories.users import make_admin, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make_admin())
    return client


@pytest.fixture
def wish() -> ReturnRequest:
    """Two of three lamps of ₹110.00."""
    order = make_paid_order((make_item(title="Lamp", unit_price="100.00", inventory=5), 3))
    lines = {order.items.get().pk: 2}
    return request_return(order_id=order.pk, lines=lines, reason="Broken", now=timezone.now())


def inspect(wish: ReturnRequest) -> str:
    return f"/admin/checkout/returnrequest/inspect/{wish.pk}/"


def answer(staff, wish: ReturnRequest, **data):
    return staff.post(f"/admin/returns/{wish.pk}/answer/", data, follow=True)


def receive(staff, wish: ReturnRequest, **data):
    return staff.post(f"/admin/returns/{wish.pk}/receive/", data, follow=True)


def test_return_is_listed_and_shown(staff, wish):
    assert "Broken" in staff.get("/admin/checkout/returnrequest/").content.decode()
    page = staff.get(inspect(wish)).content.decode()
    assert "2 × 3 × Lamp" in page
    assert 'value="accepted"' in page


def test_return_is_accepted_and_received(staff, wish):
    assert "gets your answer" in answer(staff, wish, to_status="accepted").content.decode()
    assert "received" not in ReturnRequest.objects.get().status
    page = receive(staff, wish, restock="on")
    assert page.redirect_chain == [(inspect(wish), 302)]
    assert "₹220.00 are on their way back." in page.content.decode()
    assert (Refund.objects.get().amount, Product.objects.get().inventory) == (Decimal("220.00"), 4)


def test_rejection_needs_a_sentence(staff, wish):
    assert "needs a sentence" in answer(staff, wish, to_status="rejected").content.decode()
    assert ReturnRequest.objects.get().status == "requested"
    answer(staff, wish, to_status="rejected", answer="It was worn.")
    assert ReturnRequest.objects.values_list("status", "answer").get() == ("rejected", "It was worn.")
    assert "cannot become accepted" in answer(staff, wish, to_status="accepted").content.decode()


@pytest.mark.parametrize(
    ("goodwill", "sentence"),
    [
        ("330.00", "Nothing was left of the payment, so no money goes back."),
        ("230.00", "₹100.00 are on their way back. That was all that was left of the payment."),
    ],
)
def test_goods_are_received_with_what_is_left_of_the_money(staff, wish, goodwill, sentence):
    answer(staff, wish, to_status="accepted")
    refund_order(order_id=wish.order_id, amount=Decimal(goodwill), reason="Goodwill")
    assert sentence in receive(staff, wish, restock="on").content.decode()
    assert (ReturnRequest.objects.get().status, Product.objects.get().inventory) == ("received", 4)


def test_each_step_needs_its_right(client, wish):
    user = make_staff()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_returnrequest"]))
    client.force_login(user)
    client.post(f"/admin/returns/{wish.pk}/answer/", {"to_status": "accepted"})
    assert ReturnRequest.objects.get().status == "requested"
    assert client.get("/admin/returns/0/answer/").status_code in (302, 403, 405)
