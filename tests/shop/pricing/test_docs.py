"""The worked examples of docs/pricing.md come to what it says."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from shop.pricing import (
    CouponRule,
    Line,
    PricedCart,
    SaleRule,
    ShippingRate,
    Targets,
    TaxTerms,
    Terms,
    price_cart,
    round_to_paisa,
)
from tests.shop.pricing.strategies import AT

PAGE = Path(__file__).resolve().parents[3] / "docs" / "pricing.md"
EXAMPLES = [tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", PAGE.read_text(), re.DOTALL)]


def read_amount(values: dict, name: str, default: str = "0") -> Decimal:
    return Decimal(values.get(name, default))


def read_coupon(said: dict) -> CouponRule:
    return CouponRule(
        id=1,
        code="EXAMPLE",
        kind=said["kind"],
        value=Decimal(said["value"]),
        minimum=read_amount(said, "minimum"),
        targets=Targets(product_ids=frozenset(said.get("products", ()))),
    )


def read_terms(example: dict) -> Terms:
    sale, coupon, shipping = example.get("sale"), example.get("coupon"), example.get("shipping")
    return Terms(
        tax=TaxTerms(
            rate=read_amount(example, "rate", "10"),
            prices_include_tax=example.get("prices_include_tax", False),
            seller_state=example.get("seller_state", ""),
        ),
        sales=(SaleRule(1, "Sale", sale["kind"], Decimal(sale["value"]), Targets()),) if sale else (),
        tier_percent=read_amount(example, "tier"),
        coupon=read_coupon(coupon) if coupon else None,
        shipping=ShippingRate(
            name="Post",
            charge=Decimal(shipping["charge"]),
            free_from=Decimal(shipping["free_from"]) if "free_from" in shipping else None,
        )
        if shipping
        else None,
        surcharge=read_amount(example, "surcharge"),
        place_of_supply=example.get("state", ""),
    )


def price_example(example: dict) -> PricedCart:
    lines = [
        Line(
            product_id=number,
            quantity=said.get("quantity", 1),
            typed_price=Decimal(said["price"]),
            tax_rate=Decimal(said["rate"]) if "rate" in said else None,
        )
        for number, said in enumerate(example["lines"], start=1)
    ]
    return price_cart(lines, terms=read_terms(example), at=AT)


def describe(cart: PricedCart) -> dict[str, object]:
    """What an example may expect, under the page's names."""
    return {
        **{name: str(round_to_paisa(value)) for name, value in vars(cart.totals).items() if name != "count"},
        "tier": str(cart.tier_discount),
        "coupon": str(cart.coupon_discount),
        "shipping_tax": str(cart.shipping_split.tax),
        "coupon_shares": [str(line.discounts.coupon) for line in cart.lines],
        "payable": [str(line.payable) for line in cart.lines],
        **{
            name: [str(getattr(line.split, name)) for line in cart.lines]
            for name in ("taxable", "cgst", "sgst", "igst")
        },
    }


def test_page_has_its_examples():
    assert len(EXAMPLES) == 8


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_comes_to_what_the_page_says(example):
    told = describe(price_example(example))
    assert {name: told[name] for name in example["expect"]} == example["expect"]
