"""Carts with things in them, through the cart's own services."""

from accounts.models import Customer
from checkout.models import Cart
from checkout.services.carts import add_to_cart, create_cart, open_customer_cart
from shop.models import Product
from tests.factories.catalogue import make_item


def make_cart(*lines: tuple[Product, int], customer: Customer | None = None) -> Cart:
    """A cart with these products and quantities; of nobody unless a customer is given."""
    cart = open_customer_cart(customer_id=customer.pk) if customer else create_cart()
    for product, quantity in lines:
        add_to_cart(
            cart_id=cart.pk,
            product_id=product.pk,
            quantity=quantity,
            customer_id=customer.pk if customer else None,
        )
    return cart


def make_full_cart(count: int = 1, *, quantity: int = 1, customer: Customer | None = None, **item) -> Cart:
    """A cart with `count` new products; `item` says what each is like."""
    return make_cart(*((make_item(**item), quantity) for _ in range(count)), customer=customer)
