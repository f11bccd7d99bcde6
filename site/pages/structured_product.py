"""A product as schema.org describes one: offers with price and stock, rating, reviews."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

SHOWN_REVIEWS = 5
CURRENCY = "INR"


def describe_product(
    page, *, context: dict[str, Any], absolute: Callable[[str], str], shop: str
) -> dict[str, Any]:
    """What the page's context shows, the prices with tax included; what is not for sale has no offer."""
    product = context["product"]
    url = absolute(page.url or "/")
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "@id": f"{url}#product",
        "name": page.title,
        "url": url,
        "sku": product.sku,
        "brand": {"@type": "Brand", "name": shop},
    }
    if page.description:
        facts["description"] = page.description
    if context["gallery"]:
        facts["image"] = [absolute(picture.large) for picture in context["gallery"]]
    if context["for_sale"]:
        facts["offers"] = describe_offers(context["offers"], url=url, shop=shop)
    return facts | describe_rating(context)


def describe_offers(choices, *, url: str, shop: str) -> dict[str, Any]:
    offers = [describe_offer(choice, url=url, shop=shop) for choice in choices]
    if len(offers) == 1:
        return offers[0]
    prices = [choice.price for choice in choices]
    return {
        "@type": "AggregateOffer",
        "priceCurrency": CURRENCY,
        "lowPrice": plain(min(prices)),
        "highPrice": plain(max(prices)),
        "offerCount": len(offers),
        "offers": offers,
    }


def describe_offer(choice, *, url: str, shop: str) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "sku": choice.sku,
        "url": f"{url}{choice.url}",
        "price": plain(choice.price),
        "priceCurrency": CURRENCY,
        "availability": f"https://schema.org/{'OutOfStock' if choice.sold_out else 'InStock'}",
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {"@type": "Organization", "name": shop},
    }


def describe_rating(context: dict[str, Any]) -> dict[str, Any]:
    if not context["rating"]:
        return {}
    return {
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": str(context["rating"]),
            "reviewCount": context["rated_count"],
            "bestRating": 5,
            "worstRating": 1,
        },
        "review": [
            {
                "@type": "Review",
                "author": {"@type": "Person", "name": review["name"]},
                "datePublished": review["date"].isoformat(),
                "reviewBody": review["text"],
                "reviewRating": {"@type": "Rating", "ratingValue": review["rating"], "bestRating": 5},
            }
            for review in context["reviews"]
            if review["rating"]
        ][:SHOWN_REVIEWS],
    }


def plain(amount: Decimal) -> str:
    return f"{amount:.2f}"
