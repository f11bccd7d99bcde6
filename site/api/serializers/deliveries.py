"""What an address is offered: ways of delivery with their charge for this cart, and cash on delivery."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from checkout.selectors.carts import Quote
from checkout.services.buyers import Buyer
from checkout.services.choices import list_options
from checkout.services.delivery import find_offer
from shop.pricing.delivery import CashTerms


class DeliveryChoiceAnswer(serializers.Serializer):
    """`id` is what `delivery` takes; `charge` in rupees with tax; `days` from the order to the door."""

    id = serializers.CharField()
    name = serializers.CharField()
    charge = serializers.DecimalField(max_digits=12, decimal_places=2)
    days_min = serializers.IntegerField(allow_null=True)
    days_max = serializers.IntegerField(allow_null=True)


class CashAnswer(serializers.Serializer):
    """Rupees: the `fee` is added to the delivery, a total above `cap` is paid online."""

    fee = serializers.DecimalField(max_digits=12, decimal_places=2)
    cap = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)


def shape_offer(quote: Quote, buyer: Buyer) -> dict[str, Any]:
    """Without an address nothing is delivered, so there is nothing to choose."""
    offer = find_offer(buyer)
    if offer is None:
        return {"delivery_choices": [], "cash_on_delivery": None}
    options = list_options(offer, quote=quote, today=timezone.localdate())
    return {
        "delivery_choices": [
            {
                "id": option.slug,
                "name": option.name,
                "charge": option.charge,
                "days_min": option.days[0] if option.days else None,
                "days_max": option.days[1] if option.days else None,
            }
            for option in options
        ],
        "cash_on_delivery": shape_cash(offer.cash),
    }


def shape_cash(cash: CashTerms | None) -> dict[str, Any] | None:
    return {"fee": cash.fee, "cap": cash.cap} if cash else None
