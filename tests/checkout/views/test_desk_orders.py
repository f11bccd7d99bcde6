from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission

from checkout.models import Concern, Dispute, Order, Payment, Refund
from checkout.services.concerns import open_concern
from checkout.services.intents import open_payment
from database.transactions import Busy
from shop.models import Product
from tests.factories.catalogue import make_item
from tests.factories.orders import make_intent, make_order, make_paid_order, make_payment
from tests.factories.users import make_admin, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make_admin())
    return client


@pytest.fixture
def order() -> Order:
    """₹275.00 paid: two lamps of ₹110.00 and a rug of ₹55.00."""
    return make_paid_order(
        (make_item(unit_price="100.00", inventory=5), 2), (make_item(unit_price="50.00", inventory=5), 1)
    )


def inspect(order: Order) -> str:
    return f"/admin/checkout/order/inspect/{order.pk}/"


def refund_url(order: Order) -> str:
    return f"/admin/orders/{order.pk}/refund/"


def send(staff, order: Order, **data):
    return staff.post(refund_url(order), {"reason": "Came broken", "key": "k" * 32, **data})


def test_refund_form_says_what_can_go_back(staff, order):
    page = staff.get(refund_url(order))
    content = page.content.decode()
    assert page.status_code == 200
    assert "₹275 of payment" in content
    assert [field.name for field in page.context["form"].line_fields] == [
        f"line-{item.pk}" for item in order.items.all()
    ]
    assert f'href="{refund_url(order)}"' in staff.get(inspect(order)).content.decode()


def test_refund_of_everything(staff, order):
    answer = send(staff, order, way="whole", restock="on")
    assert (answer.status_code, answer.url) == (302, inspect(order))
    refund = Refund.objects.get()
    assert (refund.amount, refund.reason, refund.by) == (
        Decimal("275.00"),
        "Came broken",
        answer.wsgi_request.user,
    )
    assert list(Product.objects.values_list("inventory", flat=True)) == [5, 5]


def test_refund_of_lines_and_of_an_amount(staff, order):
    lamp = order.items.first()
    send(staff, order, way="lines", **{f"line-{lamp.pk}": "1"})
    send(staff, order, way="amount", amount="5.50", key="other")
    assert sorted(Refund.objects.values_list("amount", flat=True)) == [Decimal("5.50"), Decimal("110.00")]


def test_refund_form_sent_twice_is_one_refund(staff, order):
    for _ in range(2):
        assert send(staff, order, way="amount", amount="5.00").status_code == 302
    assert Refund.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"way": "amount"}, "amount"),
        ({"way": "amount", "amount": "0"}, "amount"),
        ({"way": "amount", "amount": "1", "restock": "on"}, "restock"),
        ({"way": "lines"}, "way"),
        ({}, "way"),
        ({"way": "whole", "reason": ""}, "reason"),
    ],
)
def test_refund_form_says_what_is_missing(staff, order, data, field):
    answer = send(staff, order, **data)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert Refund.objects.count() == 0


def test_refund_of_too_much_comes_back_filled(staff, order):
    answer = send(staff, order, way="amount", amount="275.01")
    assert answer.status_code == 400
    assert "The refund is more than what was captured." in answer.content.decode()
    assert 'value="275.01"' in answer.content.decode()


def test_held_payment_is_refunded_without_lines(staff):
    order = make_order()
    held = make_payment(make_intent(order), amount=Decimal("5.00"))
    url = f"{refund_url(order)}?payment={held.pk}"
    assert f'href="{url}"' in staff.get(inspect(order)).content.decode()
    assert staff.get(url).context["form"].line_fields == []
    staff.post(url, {"way": "whole", "reason": "Wrong amount", "key": "k"})
    assert Refund.objects.get().payment == held


def test_order_without_money_has_no_refund_form(staff):
    order = make_order()
    answer = staff.get(refund_url(order), follow=True)
    assert answer.redirect_chain == [(inspect(order), 302)]
    assert "No money was captured for this order." in answer.content.decode()


def make_clerk(client, *codenames: str):
    """Staff with access to the admin, and these rights only."""
    user = make_staff()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    client.force_login(user)
    return client


def test_each_action_needs_its_right(client, order):
    paths = ("refund", "cancel", "ask")
    clerk = make_clerk(client, "view_payment")
    assert [clerk.post(f"/admin/orders/{order.pk}/{path}/").status_code for path in paths] == [302, 302, 302]
    assert Refund.objects.count() == 0
    clerk = make_clerk(client, "refund_payment", "view_order")
    assert clerk.get(refund_url(order)).status_code == 200


def test_staff_cancel_an_unpaid_order(staff):
    lamp = make_item(inventory=3)
    order = make_order((lamp, 2))
    url = f"/admin/orders/{order.pk}/cancel/"
    assert staff.get(url).status_code == 200
    assert staff.post(url, {"reason": ""}).status_code == 400
    assert staff.post(url, {"reason": "Buyer rang"}).status_code == 302
    row = order.transitions.last()
    assert (row.to_status, row.why) == ("cancelled", "Cancelled by staff: Buyer rang")
    assert Product.objects.get(pk=lamp.pk).inventory == 3


def test_paid_order_is_not_cancelled(staff, order):
    answer = staff.post(f"/admin/orders/{order.pk}/cancel/", {"reason": "Buyer rang"})
    assert answer.status_code == 400
    assert "An order that is paid cannot become cancelled." in answer.content.decode()


def test_staff_ask_razorpay_about_an_order(staff, simulator, pay):
    order = make_order()
    pay(open_payment(order_id=order.pk, now=order.placed_at).intent.razorpay_order_id)
    answer = staff.post(f"/admin/orders/{order.pk}/ask/", follow=True)
    assert "Razorpay was asked" in answer.content.decode()
    assert Order.objects.get(pk=order.pk).status == "paid"


def test_staff_are_told_that_razorpay_is_away(staff):
    order = make_order()
    make_intent(order)
    answer = staff.post(f"/admin/orders/{order.pk}/ask/", follow=True)
    assert "Razorpay did not answer" in answer.content.decode()


def test_busy_database_leaves_the_form_filled(staff, order, monkeypatch):
    def fail(**fields):
        raise Busy("The shop is very busy right now.")

    monkeypatch.setattr("checkout.views.desk_orders.refund_order", fail)
    answer = send(staff, order, way="whole")
    assert (answer.status_code, "very busy" in answer.content.decode()) == (400, True)


def test_concern_is_shown_and_settled(staff, order):
    open_concern(subject="payment-held:pay_1", text="Payment pay_1 is held.", order_id=order.pk)
    concern = Concern.objects.get()
    assert "Payment pay_1 is held." in staff.get("/admin/checkout/concern/").content.decode()
    assert "Payment pay_1 is held." in staff.get(inspect(order)).content.decode()
    assert staff.get(f"/admin/checkout/concern/inspect/{concern.pk}/").status_code == 200
    assert staff.post(f"/admin/concerns/{concern.pk}/settle/").status_code == 302
    concern.refresh_from_db()
    assert concern.settled_by is not None


def test_dispute_is_shown_beside_its_payment(staff, order):
    Dispute.objects.create(
        razorpay_dispute_id="disp_1",
        payment=Payment.objects.get(),
        amount=Decimal("110.00"),
        currency="INR",
        status="open",
        respond_by=order.placed_at + timedelta(days=5),
        reported_at=order.placed_at,
    )
    for path in ("/admin/checkout/dispute/", inspect(order)):
        assert "disp_1" in staff.get(path).content.decode()
