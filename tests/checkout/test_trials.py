"""Why a delivery costs what it does, and what a sale did, in the words of “Try prices”."""

from decimal import Decimal

import pytest

from checkout.models import CartItem
from checkout.selectors.carts import Quote
from checkout.trials import explain_line, explain_shipping
from shop.models import Product
from shop.pricing import CouponRule, Line, SaleRule, ShippingRate, Targets, TaxTerms, Terms, price_cart
from tests.shop.pricing.strategies import AT

POST = ShippingRate(name="Post", charge=Decimal(59), free_from=Decimal(500))
FREE = CouponRule(id=1, code="FREESHIP", kind="free_shipping", value=Decimal(0))


def quote(terms: Terms, *, price: str = "100") -> Quote:
    lines = [Line(product_id=1, quantity=1, typed_price=Decimal(price))]
    return Quote(items=(), terms=terms, priced=price_cart(lines, terms=terms, at=AT))


@pytest.mark.parametrize(
    ("terms", "price", "sentence"),
    [
        (Terms(TaxTerms()), "100", "No delivery method is set for this address: nothing is charged."),
        (Terms(TaxTerms(), shipping=POST), "100", "Delivery “Post”: ₹59."),
        (Terms(TaxTerms(), shipping=POST), "500", "Delivery “Post”: free from ₹500 on."),
        (Terms(TaxTerms(), shipping=POST, coupon=FREE), "100", "Delivery “Post”: free by the coupon."),
    ],
)
def test_delivery_says_why_it_costs_what_it_does(terms, price, sentence):
    assert explain_shipping(quote(terms, price=price)) == sentence


def test_line_names_the_sale_that_made_its_price():
    sale = SaleRule(id=1, name="Diwali", kind="percent", value=Decimal(20), targets=Targets())
    asked = quote(Terms(TaxTerms(), sales=(sale,)))
    item = CartItem(product=Product(pk=1), quantity=1)
    assert explain_line(item, asked.priced.lines[0], terms=asked.terms) == [
        "Sale “Diwali”: ₹88 instead of ₹110 for one, with tax.",
        "Tax 10 % (the shop's own rate), as CGST and SGST, half each.",
    ]
