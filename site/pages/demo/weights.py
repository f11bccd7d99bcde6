"""What a parcel weighs: by the shelf it comes from, and more for what costs more."""

from decimal import Decimal

from pages.demo.specimens import DemoProduct

USUAL = 500  # grams
BY_SHELF = {
    "clothing": 300,
    "beauty-and-care": 200,
    "stationery": 250,
    "home-and-garden": 1200,
    "kitchen": 800,
    "footwear": 700,
}
# From this price on, so many times the shelf's own weight.
HEAVIER = ((Decimal(20_000), 12), (Decimal(5_000), 5), (Decimal(2_000), 2))


def weigh_product(product: DemoProduct) -> int:
    """Grams with the packing."""
    factor = next((factor for price, factor in HEAVIER if product.unit_price >= price), 1)
    return BY_SHELF.get(product.collection_slug, USUAL) * factor
