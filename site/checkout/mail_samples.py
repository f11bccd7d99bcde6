"""Real data to try the words of a mail on: the latest order, or a made-up one in a shop that has none."""

from decimal import Decimal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from checkout.enums import OrderStatus
from checkout.mail_content import Content, describe_cart, describe_order, describe_parcel, describe_refund
from checkout.models import Cart, CartItem, Order, OrderItem, Shipment
from checkout.selectors.carts import price_items
from notifications.kinds import MailKind, Sample
from shop.models import Product
from shop.templatetags.money import money

ASKING = ("order_received", "payment_failed")
WITH_ADDRESS = ("order_confirmation", "order_free", "order_cash")
WITHOUT_LINES = ("order_came_back", "refund_failed", "credit_note")


def find_order() -> tuple[Order, list[OrderItem]]:
    """The newest order that names somebody, with its lines."""
    order = Order.objects.exclude(name="").first()
    return (order, list(order.items.all())) if order else make_up_order()


def make_up_order() -> tuple[Order, list[OrderItem]]:
    """Not saved: it looks like one, and is nobody's."""
    price, now = Decimal("1499.00"), timezone.now()
    order = Order(
        pk=1001,
        guest_key="sample",
        status=OrderStatus.PLACED,
        email="asha@example.com",
        name=_("Asha Rao"),
        line1=_("12, MG Road"),
        city=_("Bengaluru"),
        state="KA",
        postal_code="560001",
        placed_at=now,
        expires_at=now,
        subtotal=price * 2,
        tax=Decimal(0),
        total=price * 2,
    )
    line = OrderItem(
        title=_("Brass lamp"),
        sku="LAMP-1",
        quantity=2,
        unit_price=price,
        unit_tax=Decimal(0),
        total=price * 2,
    )
    line.list_price = price
    return order, [line]


def sample_order(kind: MailKind) -> Sample:
    order, lines = find_order()
    asks = kind.key in ASKING
    order.expires_at = order.expires_at or timezone.now()
    content = describe_order(
        order,
        lines=lines,
        asks_to_pay=asks,
        shows_lines=kind.key not in WITHOUT_LINES,
        shows_address=kind.key in WITH_ADDRESS,
    )
    return as_sample(content)


def sample_refund(kind: MailKind) -> Sample:
    order, lines = find_order()
    shows_lines = kind.key not in WITHOUT_LINES
    reason = _("Return of one item") if shows_lines else ""
    return as_sample(
        describe_refund(order, lines=lines, amount=order.total / 2, reason=reason, shows_lines=shows_lines)
    )


def sample_parcel(kind: MailKind) -> Sample:
    order, lines = find_order()
    parcel = Shipment(carrier="Delhivery", tracking_number="DL123456789IN")
    packed = [f"{line.quantity} × {line.title}" for line in lines]
    return as_sample(describe_parcel(order, lines=lines, parcel=parcel, packed=packed))


def sample_return(kind: MailKind) -> Sample:
    order, lines = find_order()
    returned = [f"1 × {line.title}" for line in lines[:1]]
    return as_sample(describe_order(order, lines=lines, things=returned, shows_lines=False))


def sample_cart(kind: MailKind) -> Sample:
    """The latest cart of a customer, or one of three products on sale."""
    link = {"url": f"{settings.BASE_URL}/cart/", "button": _("Back to my cart"), "unsubscribe_url": "#"}
    cart = Cart.objects.filter(items__isnull=False, customer__isnull=False).order_by("-updated_at").first()
    if cart is not None:
        content = describe_cart(cart)
        return Sample(values=content.values, context={**content.context, **link})
    items = [CartItem(product=product, quantity=1) for product in Product.objects.live().in_stock()[:3]]
    priced = price_items(items, at=timezone.now())
    lines = [
        {"title": item.product.full_title, "quantity": 1, "line_total": line.total}
        for item, line in zip(items, priced.lines, strict=True)
    ]
    values = {"name": _("Asha"), "total": money(priced.totals.total)}
    return Sample(values=values, context={"cart": {"lines": lines, "totals": priced.totals}, **link})


def as_sample(content: Content) -> Sample:
    return Sample(values=content.values, context=content.context)


def sample_staff_notice(kind: MailKind) -> Sample:
    return for_staff({"title": _("A payment fits no order")}, [])


def sample_staff_new_order(kind: MailKind) -> Sample:
    order, lines = find_order()
    values = describe_order(order, lines=lines).values
    return for_staff(values, [f"{line.quantity} × {line.title}" for line in lines])


def sample_staff_low_stock(kind: MailKind) -> Sample:
    low = Product.objects.live().low_in_stock()[:3]
    lines = [_("%(title)s: %(count)d left") % {"title": p.full_title, "count": p.inventory} for p in low]
    return for_staff({"count": str(len(lines) or 1)}, lines or [_("Brass lamp: 2 left")])


def for_staff(values: dict[str, str], lines: list[str]) -> Sample:
    link = f"{settings.BASE_URL}/admin/"
    return Sample(values=values, context={"lines": lines, "url": link, "button": _("Open the admin")})
