import pytest
from django.core.management import CommandError, call_command

from checkout.services.intents import open_payment
from tests.factories.orders import make_intent, make_order, make_paid_order

pytestmark = pytest.mark.django_db


def test_command_finds_the_money_and_says_so(simulator, pay, capsys):
    order = make_order()
    window = open_payment(order_id=order.pk, now=order.placed_at)
    payment_id = pay(window.intent.razorpay_order_id)["payment_id"]
    call_command("reconcile_order", f"#{order.number}")
    assert capsys.readouterr().out.splitlines() == [
        f"Order #{order.pk}: placed → paid, total {order.total}",
        f"  {payment_id}: {order.total} captured applied",
    ]


def test_command_says_what_did_not_change(capsys):
    order = make_order()
    call_command("reconcile_order", order.number)
    assert capsys.readouterr().out == f"Order #{order.pk}: placed, total {order.total}\n"


@pytest.mark.parametrize("number", ["0", "#987654", "abc"])
def test_command_knows_no_such_order(number):
    make_paid_order()
    with pytest.raises(CommandError, match="There is no order"):
        call_command("reconcile_order", number)


def test_command_fails_while_the_gateway_is_away():
    order = make_order()
    make_intent(order)
    with pytest.raises(CommandError, match="could not be reconciled: Razorpay did not answer"):
        call_command("reconcile_order", order.number)
