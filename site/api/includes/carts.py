"""What carts say on request."""

import uuid
from collections.abc import Sequence
from typing import Any

from rest_framework.request import Request

from api.includes.asking import Loader
from api.quoting import quote_cart
from api.serializers.totals import shape_quote
from checkout.models import Cart
from checkout.selectors.carts import CartLine, show_cart


def load_lines(carts: Sequence[Cart], request: Request) -> dict[uuid.UUID, list[dict[str, Any]]]:
    """The lines as the cart's page shows them: with tax, a picture, and what is wrong with them."""
    return {cart.pk: [shape_line(line, request) for line in show_cart(cart).lines] for cart in carts}


def shape_line(line: CartLine, request: Request) -> dict[str, Any]:
    return {
        "id": line.item_id,
        "product_id": line.product_id,
        "title": line.title,
        "url": request.build_absolute_uri(line.url),
        "image": request.build_absolute_uri(line.picture.src) if line.picture else None,
        "price_with_tax": line.unit_price,
        "quantity": line.quantity,
        "total_with_tax": line.line_total,
        "available": line.available,
        "problem": line.problem,
    }


def load_totals(carts: Sequence[Cart], request: Request) -> dict[uuid.UUID, dict[str, Any]]:
    """What an order of each would cost the caller, without address and coupon."""
    return {cart.pk: shape_quote(quote_cart(cart, request)) for cart in carts}


CART_INCLUDES: dict[str, Loader] = {"lines_detail": load_lines, "totals": load_totals}
