"""What a cart or an order comes to, component by component: one shape for totals and quotes, before and after.

Rupees. `unit_price` and `list_price` are for one, before tax; `total` is for all of a line, with tax. What is
paid for a line is `payable`, and `taxable` + `cgst` + `sgst` + `igst` make it up. Of the whole it holds that
`subtotal` − `tier` − `coupon` + `shipping` = `total`; `surcharge` is part of the shipping, `tax` of the total.
"""

from typing import Any

from rest_framework import serializers

from api.serializers.deliveries import CashAnswer, DeliveryChoiceAnswer
from checkout.models import Order, OrderItem
from checkout.selectors.carts import Quote
from shop.pricing import PricedLine, TaxSplit


def shape_quote(quote: Quote) -> dict[str, Any]:
    """What lines cost one buyer now."""
    priced, terms = quote.priced, quote.terms
    lines = zip(quote.items, priced.lines, strict=True)
    return {
        "currency": "INR",
        "lines": [shape_quoted_line(line, title=item.product.title) for item, line in lines],
        "subtotal": priced.totals.subtotal,
        "tier": priced.tier_discount,
        "coupon": priced.coupon_discount,
        "coupon_code": terms.coupon.code if terms.coupon else "",
        "discount": priced.totals.discount,
        "delivery": terms.shipping.name if terms.shipping else "",
        "shipping": priced.totals.shipping,
        "surcharge": priced.surcharge,
        "shipping_tax": shape_split(priced.shipping_split),
        "tax": priced.totals.tax,
        "total": priced.totals.total,
    }


def shape_order_totals(order: Order) -> dict[str, Any]:
    """What an order cost, as it stored it. Its items are loaded."""
    return {
        "currency": order.currency,
        "lines": [shape_ordered_line(item) for item in order.items.all()],
        "subtotal": order.subtotal,
        "tier": order.tier_discount,
        "coupon": order.coupon_discount,
        "coupon_code": order.coupon_code,
        "discount": order.discount,
        "delivery": order.shipping_method,
        "shipping": order.shipping,
        "surcharge": order.surcharge,
        "shipping_tax": {
            "cgst": order.shipping_cgst,
            "sgst": order.shipping_sgst,
            "igst": order.shipping_igst,
        },
        "tax": order.tax,
        "total": order.total,
    }


def shape_quoted_line(line: PricedLine, *, title: str) -> dict[str, Any]:
    return {
        "product_id": line.product_id,
        "title": title,
        "quantity": line.quantity,
        "list_price": line.list_unit.net,
        "sale": line.sale.name if line.sale else "",
        "unit_price": line.unit.net,
        "unit_tax": line.unit.tax,
        "tax_rate": line.tax_rate,
        "total": line.total,
        "tier": line.discounts.tier,
        "coupon": line.discounts.coupon,
        "payable": line.payable,
        "taxable": line.split.taxable,
        **shape_split(line.split),
    }


def shape_ordered_line(item: OrderItem) -> dict[str, Any]:
    return {
        "product_id": item.product_id,
        "title": item.title,
        "quantity": item.quantity,
        "list_price": item.list_price,
        "sale": item.sale_name,
        "unit_price": item.unit_price,
        "unit_tax": item.unit_tax,
        "tax_rate": item.tax_rate,
        "total": item.total,
        "tier": item.tier_discount,
        "coupon": item.coupon_discount,
        "payable": item.payable,
        "taxable": item.taxable,
        "cgst": item.cgst,
        "sgst": item.sgst,
        "igst": item.igst,
    }


def shape_split(split: TaxSplit) -> dict[str, Any]:
    return {"cgst": split.cgst, "sgst": split.sgst, "igst": split.igst}


def amount_field() -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=12, decimal_places=2)


class TaxSplitAnswer(serializers.Serializer):
    cgst = amount_field()
    sgst = amount_field()
    igst = amount_field()


class TotalsLineAnswer(TaxSplitAnswer):
    product_id = serializers.IntegerField()
    title = serializers.CharField()
    quantity = serializers.IntegerField()
    list_price = amount_field()
    sale = serializers.CharField(help_text="Name of the sale that made the price, or empty.")
    unit_price = amount_field()
    unit_tax = amount_field()
    tax_rate = serializers.DecimalField(max_digits=5, decimal_places=2)
    total = amount_field()
    tier = amount_field()
    coupon = amount_field()
    payable = amount_field()
    taxable = amount_field()


class TotalsAnswer(serializers.Serializer):
    currency = serializers.CharField()
    lines = TotalsLineAnswer(many=True)
    subtotal = amount_field()
    tier = amount_field()
    coupon = amount_field()
    coupon_code = serializers.CharField()
    discount = amount_field()
    delivery = serializers.CharField()
    shipping = amount_field()
    surcharge = amount_field()
    shipping_tax = TaxSplitAnswer()
    tax = amount_field()
    total = amount_field()


class QuoteAnswer(TotalsAnswer):
    delivery_choices = DeliveryChoiceAnswer(many=True)
    cash_on_delivery = CashAnswer(allow_null=True)
