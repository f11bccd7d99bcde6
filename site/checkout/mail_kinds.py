"""The mails of orders, carts and staff: their words, and what those may name."""

from django.utils.translation import gettext_lazy as _

from notifications.kinds import MailKind

ORDERS, MONEY, RETURNS, STAFF = _("Orders"), _("Payments"), _("Returns"), _("To staff")
MARKETING = _("Marketing")
BECAUSE_OF_ORDER = _("{shop_name} sent this mail because of your order.")
BECAUSE_OF_WORK = _("You get this mail because you look after {shop_name}.")
ORDER_NAMES = {
    "order_number": _("the order's number"),
    "name": _("the buyer's name"),
    "total": _("what the order costs, with ₹"),
}
AMOUNT = {**ORDER_NAMES, "amount": _("the money that goes back, with ₹")}


def order_kind(key: str, label, subject, heading, opening, *, group=ORDERS, names=None, **more) -> MailKind:
    return MailKind(
        key=key,
        label=label,
        group=group,
        subject=subject,
        heading=heading,
        opening=opening,
        why_sent=BECAUSE_OF_ORDER,
        placeholders=names or ORDER_NAMES,
        template="order",
        sample=f"checkout.mail_samples.sample_{more.pop('sample', 'order')}",
        **more,
    )


def staff_kind(key: str, label, subject, heading, opening, *, names) -> MailKind:
    return MailKind(
        key=key,
        label=label,
        group=STAFF,
        subject=subject,
        heading=heading,
        opening=opening,
        why_sent=BECAUSE_OF_WORK,
        placeholders=names,
        template="staff",
        sample=f"checkout.mail_samples.sample_{key}",
    )


KINDS = (
    order_kind(
        "order_received",
        _("Please pay"),
        _("Order #{order_number}: we keep your items, please pay"),
        _("One step left: pay"),
        _(
            "Hello {name},\n\nwe have your order #{order_number} and keep its items for you until {pay_until}."
        ),
        names={**ORDER_NAMES, "pay_until": _("until when the order is kept")},
        closing=_(
            "You have changed your mind? You need not do anything: an order that is not paid in time ends by "
            "itself and costs nothing."
        ),
        still_wanted="checkout.services.mails.is_unpaid",
    ),
    order_kind(
        "order_confirmation",
        _("Order paid"),
        _("Order #{order_number} is paid – thank you"),
        _("Thank you, {name}!"),
        _("Your order #{order_number} is paid: we received {total}."),
    ),
    order_kind(
        "order_free",
        _("Order with nothing to pay"),
        _("Order #{order_number} is confirmed – thank you"),
        _("Thank you, {name}!"),
        _("Your order #{order_number} is confirmed. There is nothing to pay."),
    ),
    order_kind(
        "order_cash",
        _("Order to be paid in cash"),
        _("Order #{order_number} is placed: you pay in cash on delivery"),
        _("Thank you, {name}!"),
        _("We have your order #{order_number} and pack it next. You pay {total} in cash when it arrives."),
    ),
    order_kind(
        "order_sent",
        _("Parcel sent"),
        _("Order #{order_number} is on its way"),
        _("It is on its way"),
        _("Hello {name},\n\na parcel of your order #{order_number} has left us. In it:"),
        names={
            **ORDER_NAMES,
            "carrier": _("who carries the parcel, or nothing"),
            "tracking_number": _("the parcel's number, or nothing"),
        },
        sample="parcel",
    ),
    order_kind(
        "order_cancelled",
        _("Order cancelled"),
        _("Order #{order_number} is cancelled"),
        _("Order #{order_number} is cancelled"),
        _(
            "Hello {name},\n\nyour order #{order_number} is cancelled. Nothing will be sent, and you owe us "
            "nothing."
        ),
    ),
    order_kind(
        "order_came_back",
        _("Parcel came back"),
        _("Order #{order_number} is cancelled"),
        _("Order #{order_number} is cancelled"),
        _(
            "Hello {name},\n\nThe parcel of your order #{order_number} has come back to us, so we cancelled the "
            "order. You owe us nothing."
        ),
        closing=_(
            "Do you still want it? Please order again and look at the address and the phone number: the courier "
            "needs them to find you."
        ),
    ),
    order_kind(
        "order_expired",
        _("Order not paid in time"),
        _("Order #{order_number} has ended"),
        _("Your order has ended"),
        _(
            "Hello {name},\n\nyour order #{order_number} was not paid in time, so we no longer keep its items. It "
            "costs you nothing."
        ),
        closing=_(
            "Do you still want these things? Please order them again. Money that you sent too late is not lost: "
            "it pays the order after all, or goes back to you by itself."
        ),
    ),
    order_kind(
        "payment_failed",
        _("Payment failed"),
        _("Order #{order_number}: the payment did not go through"),
        _("Your payment did not go through"),
        _(
            "Hello {name},\n\na payment for your order #{order_number} failed. We keep its items for you until "
            "{pay_until}: please try again, or pay another way."
        ),
        names={**ORDER_NAMES, "pay_until": _("until when the order is kept")},
        closing=_("If your bank took money all the same, it gives it back by itself, as a rule within days."),
        group=MONEY,
        still_wanted="checkout.services.mails.is_unpaid",
    ),
    order_kind(
        "payment_late",
        _("Paid too late, refunded"),
        _("Order #{order_number}: your payment came too late, {amount} goes back to you"),
        _("Your payment came too late"),
        _(
            "Hello {name},\n\nyour payment for order #{order_number} came after the order had ended, and its items "
            "are sold out. We are sorry. We are sending {amount} back the way it was paid. Banks usually take "
            "five to seven working days to show it."
        ),
        group=MONEY,
        names=AMOUNT,
        sample="refund",
    ),
    order_kind(
        "order_refunded",
        _("Refund on its way"),
        _("Order #{order_number}: {amount} goes back to you"),
        _("{amount} goes back to you"),
        _(
            "Hello {name},\n\nwe are sending {amount} of order #{order_number} back the way it was paid. Banks "
            "usually take five to seven working days to show it."
        ),
        group=MONEY,
        names=AMOUNT,
        sample="refund",
    ),
    order_kind(
        "credit_note",
        _("Refund arrived, credit note"),
        _("Credit note for order #{order_number}"),
        _("{amount} has been sent back"),
        _(
            "Hello {name},\n\n{amount} of order #{order_number} has been sent back. Banks usually take five to "
            "seven working days to show the money."
        ),
        group=MONEY,
        names=AMOUNT,
        sample="refund",
    ),
    order_kind(
        "refund_failed",
        _("Refund failed"),
        _("Order #{order_number}: {amount} could not be sent back yet"),
        _("Your refund needs another way"),
        _(
            "Hello {name},\n\nwe tried to send {amount} of order #{order_number} back the way it was paid, and the "
            "payment service refused. Our staff are looking for another way and will write to you. You need not "
            "do anything."
        ),
        group=MONEY,
        names=AMOUNT,
        sample="refund",
    ),
    order_kind(
        "return_requested",
        _("Return asked for"),
        _("Order #{order_number}: we have your wish to send things back"),
        _("We have your wish to send things back"),
        _("Hello {name},\n\nwe look at your wish about order #{order_number} and write to you soon."),
        group=RETURNS,
        sample="return",
    ),
    order_kind(
        "return_accepted",
        _("Return accepted"),
        _("Order #{order_number}: please send it back"),
        _("Please send it back"),
        _(
            "Hello {name},\n\nplease send this of order #{order_number} back to us. Your money follows as soon as "
            "it is here."
        ),
        group=RETURNS,
        sample="return",
    ),
    order_kind(
        "return_rejected",
        _("Return rejected"),
        _("Order #{order_number}: about your return"),
        _("We cannot take it back"),
        _("Hello {name},\n\nwe looked at your wish about order #{order_number}, and cannot take this back."),
        group=RETURNS,
        sample="return",
    ),
    order_kind(
        "return_received",
        _("Return received"),
        _("Order #{order_number}: what you sent back is here"),
        _("It is here, thank you"),
        _("Hello {name},\n\nwhat you sent back of order #{order_number} is here."),
        group=RETURNS,
        sample="return",
    ),
    MailKind(
        key="cart_reminder",
        label=_("Full cart that was left"),
        group=MARKETING,
        subject=_("Your cart at {shop_name} is still here"),
        heading=_("Your cart is still here"),
        opening=_("Hello {name},\n\nyou left these things in your cart. We have kept it for you."),
        closing=_("Prices and stock may change until you order."),
        why_sent=_("You get this mail because you asked {shop_name} to remind you of your cart."),
        placeholders={"name": _("the customer's name"), "total": _("what the cart costs, with ₹")},
        template="cart",
        sample="checkout.mail_samples.sample_cart",
        still_wanted="checkout.services.cart_reminders.is_still_left",
    ),
    staff_kind(
        "staff_notice",
        _("Something waits for staff"),
        _("For staff: {title}"),
        _("This waits for you"),
        _("{title}"),
        names={"title": _("what it is about")},
    ),
    staff_kind(
        "staff_new_order",
        _("New order"),
        _("New order #{order_number}: {total}"),
        _("New order #{order_number}"),
        _("{name} ordered for {total}."),
        names=ORDER_NAMES,
    ),
    staff_kind(
        "staff_low_stock",
        _("Low stock"),
        _("Running low: {count} products"),
        _("These run low"),
        _("Since the last look these products fell to the number that you set for each, or below."),
        names={"count": _("how many products")},
    ),
)
