"""The checkout window: the page in the iframe that checkout.js opens, and the calls that page makes.

What a browser test can hold on to, inside `iframe[title="Razorpay checkout"]` (the labels of hosted pages are
the same):

- tabs: role `tab` named `Card`, `UPI`, `Net banking`
- card: labels `Card number`, `Expiry (MM/YY)`, `CVV`, `Name on card`; button `Use a test card`
- one-time password: label `One-time password`, button `Confirm`; 4 to 10 digits succeed, fewer fail
- UPI: label `UPI ID`; `success@razorpay` pays, `failure@razorpay` fails
- net banking: radios named by bank (`HDFC Bank` is chosen), then buttons `Success` and `Failure`
- each form's button is named after the amount, e.g. `Pay ₹1,299.00`
- always: button `Close`; after a failure: `#failure` (role alert) with the reason, button `Try again`
- ids: `#shop-name #amount #banner #card-number #card-expiry #card-cvv #card-name #otp #upi-id #bank-HDFC`,
  `#panel-card #panel-upi #panel-netbanking #view-methods #view-otp #view-bank #view-failed #view-done`
"""

from simulators.razorpay.cards import FieldError
from simulators.razorpay.checkout import (
    Progress,
    answer_bank,
    find_checkout_order,
    pay,
    require_public_key,
)
from simulators.razorpay.exchange import Request
from simulators.razorpay.instruments import BANKS
from simulators.razorpay.money import format_amount
from simulators.razorpay.shapes import Shape
from simulators.razorpay.store import Transaction


def show_preferences(transaction: Transaction, request: Request) -> Shape:
    """What the window needs to know of its order; the order's amount rules, not the page's."""
    require_public_key(transaction, request.read_parameter("key_id"))
    order = find_checkout_order(transaction, request.read_parameter("order_id"))
    due = order["amount"] - order["amount_paid"]
    return {
        "order_id": order["id"],
        "status": order["status"],
        "amount": due,
        "currency": order["currency"],
        "display_amount": format_amount(due or order["amount"], order["currency"]),
        "banks": BANKS,
    }


def start_window_payment(transaction: Transaction, request: Request) -> Progress:
    """Answers 200 for a payment that fails, too: to the window it is a result, and no error of its own."""
    form = request.read_json()
    require_public_key(transaction, form.get("key_id"))
    order = find_checkout_order(transaction, form.get("order_id"))
    try:
        return pay(transaction, order["id"], form.get("instrument") or {}, form.get("customer") or {})
    except FieldError as error:
        return {"next": "correct", "field": error.field, "message": error.message}


def answer_window_payment(transaction: Transaction, request: Request, payment_id: str) -> Progress:
    form = request.read_json()
    require_public_key(transaction, form.get("key_id"))
    return answer_bank(transaction, payment_id, form)
