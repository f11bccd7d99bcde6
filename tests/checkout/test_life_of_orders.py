"""Any course that carts, orders, money and stock can take: after each step, everything still agrees.

Hypothesis looks for a course that breaks an invariant and tells the shortest one it finds.
"""

import os
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from checkout.enums import PAID_STATUSES, OrderPaymentMethod, OrderStatus, ReturnStatus
from checkout.gateways.razorpay import GatewayPayment
from checkout.invariants import CHECKS
from checkout.models import Cart, CartItem, Order, OrderItem, Payment, PaymentIntent, Refund
from checkout.services.buyers import Wishes
from checkout.services.carts import add_to_cart, change_quantity, create_cart, remove_item
from checkout.services.cash import NotCash, record_cash, take_back_order
from checkout.services.expiry import cancel_order, expire_order
from checkout.services.fulfilment import NothingToSend, fulfil_order
from checkout.services.orders import CartEmpty, place_order
from checkout.services.payments import record_payment
from checkout.services.shares import find_rest
from checkout.services.staff import set_payment_status
from checkout.services.transitions import TransitionRefused
from checkout.services.unsent_cash import end_unsent
from shop.models import Product
from shop.services.stock import OutOfStock, adjust_stock, release_stock
from tests.checkout.after_sale import AfterSale, choose, paid_orders, pick, quantities
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item, warm_settings
from tests.factories.coupons import make_coupon
from tests.factories.orders import make_buyer, make_intent, report_payment
from tests.factories.shipping import make_zone
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db

STOCK = (3, 10)  # of two products


class Shop(AfterSale):
    """One shopper after another, impatient staff, and a gateway that repeats itself and comes late."""

    def __init__(self) -> None:
        super().__init__()
        # Each course in a transaction of its own that is taken back; services may open durable ones inside.
        self.course = transaction.atomic()
        self.course._from_testcase = True
        self.course.__enter__()
        make_zone(cash=True)
        make_coupon("GIFT", value="100")
        warm_settings()
        self.products = [make_item(inventory=count) for count in STOCK]
        self.carts: list[Cart] = []
        self.staff = make_staff()
        self.now = timezone.now()
        self.reports: list[GatewayPayment] = []
        self.was_paid: set[int] = set()
        self.returned: Counter[OrderItem] = Counter()
        self.added = Counter({product.pk: count for product, count in zip(self.products, STOCK, strict=True)})

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.course.__exit__(None, None, None)

    # The cart

    @rule(which=pick, quantity=quantities)
    def fill_a_cart(self, which: int, quantity: int) -> None:
        self.carts.append(make_cart((choose(self.products, which), quantity)))

    @rule()
    def open_a_cart(self) -> None:
        self.carts.append(create_cart())

    @precondition(lambda self: self.carts)
    @rule(which=pick, product=pick, quantity=quantities)
    def add(self, which: int, product: int, quantity: int) -> None:
        cart, product = choose(self.carts, which), choose(self.products, product)
        before = count_in(cart, product)
        add_to_cart(cart_id=cart.pk, product_id=product.pk, quantity=quantity)
        assert count_in(cart, product) == before + quantity

    @precondition(lambda self: CartItem.objects.exists())
    @rule(which=pick, quantity=quantities, removes=st.booleans())
    def change_a_line(self, which: int, quantity: int, removes: bool) -> None:
        item = choose(CartItem.objects.order_by("pk"), which)
        if removes:
            remove_item(cart_id=item.cart_id, item_id=item.pk)
        else:
            change_quantity(cart_id=item.cart_id, item_id=item.pk, quantity=quantity)

    # The order

    @precondition(lambda self: self.carts)
    @rule(
        which=pick,
        way=st.sampled_from(OrderPaymentMethod.values),
        coupon=st.sampled_from(["", "", "", "GIFT"]),
    )
    def order(self, which: int, way: str = "online", coupon: str = "") -> None:
        cart = choose(self.carts, which)
        wanted = dict(cart.items.values_list("product_id", "quantity"))
        short = {pk for pk, count in wanted.items() if count > stock_of(pk)}
        try:
            placed = place_order(
                cart_id=cart.pk,
                buyer=make_buyer(),
                wishes=Wishes(coupon=coupon, payment_method=way),
                now=self.now,
            )
        except CartEmpty:
            assert not wanted
        except OutOfStock as refused:
            named = {shortage.product_id for shortage in refused.shortages}
            assert named == short != set()
        else:
            assert dict(placed.items.values_list("product_id", "quantity")) == wanted
            assert not short
            assert placed.status == (OrderStatus.PAID if coupon else OrderStatus.PLACED)
            assert placed.is_cash is (way == OrderPaymentMethod.CASH and not coupon)
            self.carts.remove(cart)

    @precondition(lambda self: Order.objects.exists())
    @rule(which=pick)
    def cancel(self, which: int) -> None:
        order = choose(Order.objects.order_by("pk"), which)
        try:
            cancel_order(order_id=order.pk, why="Changed their mind", at=self.now)
        except TransitionRefused:
            assert not order.can_be_cancelled
        else:
            assert order.status == OrderStatus.PLACED or (order.is_free and order.status == OrderStatus.PAID)

    @rule(minutes=st.sampled_from([1, 20, 60]))
    def let_time_pass(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: Order.objects.exists())
    @rule(which=pick)
    def expire(self, which: int) -> None:
        order = choose(Order.objects.order_by("pk"), which)
        is_due = order.status == OrderStatus.PLACED and not order.is_cash and order.expires_at <= self.now
        assert expire_order(order_id=order.pk, now=self.now) is is_due

    # The parcel

    @precondition(lambda self: Order.objects.exists())
    @rule(which=pick)
    def send(self, which: int) -> None:
        order = choose(Order.objects.order_by("pk"), which)
        is_due = order.status == (OrderStatus.PLACED if order.is_cash else OrderStatus.PAID)
        is_due |= order.status == OrderStatus.PAID
        try:
            fulfil_order(order_id=order.pk, at=self.now)
        except NothingToSend:
            assert order.is_refunded or not find_rest(order)
        except TransitionRefused:
            assert not is_due
        else:
            assert is_due

    @precondition(lambda self: Order.objects.exists())
    @rule(which=pick)
    def take_cash(self, which: int) -> None:
        order = choose(Order.objects.order_by("pk"), which)
        try:
            record_cash(order_id=order.pk, user=self.staff)
        except NotCash:
            assert not order.is_cash
        except TransitionRefused:
            assert order.is_paid or order.is_ended
        else:
            assert Order.objects.get(pk=order.pk).is_paid

    @precondition(lambda self: Order.objects.exists())
    @rule(which=pick)
    def come_back(self, which: int) -> None:
        order = choose(Order.objects.order_by("pk"), which)
        is_unpaid_parcel = order.is_cash and order.status == OrderStatus.FULFILLED and not order.is_paid
        try:
            take_back_order(order_id=order.pk, user=self.staff)
        except TransitionRefused:
            assert not is_unpaid_parcel
        else:
            assert is_unpaid_parcel

    @precondition(lambda self: Order.objects.exists())
    @rule(which=pick, days=st.sampled_from([13, 14]))
    def overlook(self, which: int, days: int) -> None:
        """Nobody sends it for so long."""
        order = choose(Order.objects.order_by("pk"), which)
        is_due = order.is_cash and order.status == OrderStatus.PLACED and days == 14
        assert end_unsent(order_id=order.pk, now=order.placed_at + timedelta(days=days)) is is_due

    # The money

    @precondition(lambda self: online_unpaid().exists())
    @rule(which=pick)
    def open_payment(self, which: int) -> None:
        make_intent(choose(online_unpaid().order_by("pk"), which))

    @precondition(lambda self: PaymentIntent.objects.exists())
    @rule(
        which=pick,
        status=st.sampled_from(["failed", "authorized", "captured", "captured"]),
        difference=st.sampled_from([0, 0, 0, 0, -1, 1]),
    )
    def pay(self, which: int, status: str, difference: int) -> None:
        intent = choose(PaymentIntent.objects.order_by("pk"), which)
        self.report(report_payment(intent, status=status, amount=intent.amount + difference))

    @precondition(lambda self: self.reports)
    @rule(which=pick)
    def repeat_a_report(self, which: int) -> None:
        before = self.count_effects()
        self.report(choose(self.reports, which))
        assert self.count_effects() == before

    @precondition(lambda self: any(report.status != "captured" for report in self.reports))
    @rule(which=pick)
    def capture_late(self, which: int) -> None:
        earlier = choose([report for report in self.reports if report.status != "captured"], which)
        self.report(GatewayPayment(**{**vars(earlier), "status": "captured"}))

    def report(self, reported: GatewayPayment) -> None:
        record_payment(reported=reported)
        self.reports.append(reported)

    @precondition(lambda self: Order.objects.unpaid().exists())
    @rule(which=pick, payment_status=st.sampled_from("CF"))
    def decide_as_staff(self, which: int, payment_status: str) -> None:
        order = choose(Order.objects.unpaid().order_by("pk"), which)
        set_payment_status(order_id=order.pk, payment_status=payment_status, user=self.staff)
        assert Order.objects.get(pk=order.pk).payment_status == payment_status

    @rule(which=pick, delta=st.integers(1, 5))
    def restock(self, which: int, delta: int) -> None:
        product = choose(self.products, which)
        adjust_stock(product_id=product.pk, delta=delta, user=self.staff)
        self.added[product.pk] += delta

    # What must hold

    @invariant()
    def everything_agrees(self) -> None:
        assert [complaint for check in CHECKS for complaint in check()] == []

    @invariant()
    def units_are_on_the_shelf_or_in_one_order(self) -> None:
        holding = Order.objects.filter(status__in=(OrderStatus.PLACED, *PAID_STATUSES))
        for product in Product.objects.filter(pk__in=self.added):
            held = holding.filter(items__product=product).aggregate(sum=Sum("items__quantity"))["sum"] or 0
            back = sum(count for item, count in self.returned.items() if item.product_id == product.pk)
            assert product.inventory + held == self.added[product.pk] + back
            assert product.inventory >= 0

    @invariant()
    def paid_orders_stay_paid(self) -> None:
        paid = set(paid_orders().values_list("pk", flat=True))
        assert self.was_paid <= paid
        self.was_paid = paid

    @invariant()
    def every_captured_payment_has_its_one_effect(self) -> None:
        captured = {report.id for report in self.reports if report.status == "captured"}
        acted = Payment.objects.filter(provider="razorpay").exclude(effect="")
        assert set(acted.values_list("provider_id", flat=True)) == captured

    def check_all(self) -> None:
        self.everything_agrees()
        self.units_are_on_the_shelf_or_in_one_order()
        self.paid_orders_stay_paid()
        self.every_captured_payment_has_its_one_effect()

    def count_effects(self) -> tuple[Any, ...]:
        effects = Counter(Payment.objects.values_list("effect", flat=True))
        return sorted(effects.items()), Refund.objects.count(), Order.objects.filter(paid_at=None).count()


def online_unpaid():
    return Order.objects.unpaid().filter(payment_method=OrderPaymentMethod.ONLINE)


def count_in(cart: Cart, product: Product) -> int:
    return cart.items.filter(product=product).aggregate(sum=Sum("quantity"))["sum"] or 0


def stock_of(product_id: int) -> int:
    return Product.objects.values_list("inventory", flat=True).get(pk=product_id)


@pytest.mark.race  # slow on purpose
def test_whatever_happens_everything_agrees():
    bounds = settings(
        max_examples=int(os.environ.get("COURSES", "15")),
        stateful_step_count=15,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Shop, settings=bounds)


def give_stock_back_twice(order: Order) -> None:
    for _ in range(2):
        release_stock(quantities=dict(order.items.values_list("product_id", "quantity")), order_id=order.pk)


def move_back_from_paid(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(status=OrderStatus.PLACED)


def refund_more_than_captured(order: Order) -> None:
    payment = order.payments.get()
    Refund.objects.create(payment=payment, key="too-much", amount=payment.amount + 1, reason="A slip")


def forget_the_effect(order: Order) -> None:
    order.payments.update(effect="")


@pytest.mark.parametrize(
    "damage", [give_stock_back_twice, move_back_from_paid, refund_more_than_captured, forget_the_effect]
)
def test_damage_is_noticed(damage):
    """The negative control: each of these would end a course."""
    shop = Shop()
    shop.fill_a_cart(0, 2)
    shop.order(0)
    shop.open_payment(0)
    shop.pay(0, "captured", 0)
    shop.check_all()
    damage(Order.objects.get())
    with pytest.raises(AssertionError):
        shop.check_all()
    shop.teardown()


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        (("send", "come_back"), "cancelled"),
        (("send", "take_cash"), "completed"),
        (("take_cash", "send"), "fulfilled"),
    ],
)
def test_life_of_a_cash_order(steps, status):
    """The courses that chance seldom takes to their end."""
    shop = Shop()
    shop.fill_a_cart(0, 2)
    shop.order(0, way="cod")
    for step in steps:
        getattr(shop, step)(0)
        shop.check_all()
    assert Order.objects.get().status == status
    shop.teardown()


@pytest.mark.parametrize(
    "back",
    [
        lambda shop: None,
        lambda shop: shop.refund(0, 50),
        lambda shop: shop.refund(0, 100),
        lambda shop: shop.send_back(0, 1, True),
        lambda shop: shop.refund_at_razorpay(0, 100, "processed"),
        lambda shop: shop.refund_at_razorpay(0, 100, "failed"),
    ],
    ids=["nothing", "half", "all", "a line", "all at Razorpay", "failed at Razorpay"],
)
def test_goods_come_back_whatever_became_of_the_money(back):
    shop = Shop()
    shop.fill_a_cart(0, 2)
    shop.order(0)
    shop.open_payment(0)
    shop.pay(0, "captured", 0)
    shop.ask_to_send_back(0, 2)
    shop.answer(0, ReturnStatus.ACCEPTED)
    back(shop)
    shop.check_all()
    shop.receive(0, True)
    shop.check_all()
    assert shop.products[0].movements.filter(reason="returned").aggregate(sum=Sum("delta"))["sum"] == 2
    shop.teardown()
