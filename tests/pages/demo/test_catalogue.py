import hashlib
import re
from collections import Counter
from decimal import Decimal

import pytest

from pages.demo.catalogue import generate_collections, generate_products
from pages.demo.pictures import MOTIFS

PRODUCTS = generate_products()
SOLD = [item for lead in PRODUCTS for item in (lead, *lead.variants)]

TAGS = {
    "bestseller",
    "everyday",
    "festive",
    "gift",
    "handmade",
    "kids",
    "monsoon",
    "new",
    "office",
    "organic",
    "recycled",
    "summer",
    "travel",
    "winter",
}


def by_motif(name: str) -> list[Decimal]:
    return [lead.unit_price for lead in PRODUCTS if lead.pictures[0].motif == name]


def digest(products) -> str:
    return hashlib.sha256(repr(products).encode()).hexdigest()


def test_generate_products_same_seed_gives_the_same_shop():
    assert digest(generate_products()) == digest(generate_products())


def test_generate_products_on_any_machine_gives_this_shop():
    assert digest(PRODUCTS) == "ee817785559a2457f87b230a41aa1264fbad175c08e6ef57a12437b4342ecc7f"


def test_generate_products_another_seed_gives_other_prices_of_the_same_goods():
    others = generate_products(seed=7)
    assert [lead.sku for lead in others] == [lead.sku for lead in PRODUCTS]
    assert [lead.unit_price for lead in others] != [lead.unit_price for lead in PRODUCTS]


def test_generate_collections_are_ten_in_shop_order():
    assert [collection.slug for collection in generate_collections()] == [
        "kitchen",
        "clothing",
        "home-and-garden",
        "pantry",
        "play",
        "footwear",
        "stationery",
        "beauty-and-care",
        "accessories",
        "electronics",
    ]


def test_generate_products_leads_of_each_collection():
    assert Counter(lead.collection_slug for lead in PRODUCTS) == {
        "kitchen": 104,
        "clothing": 90,
        "home-and-garden": 110,
        "pantry": 104,
        "play": 104,
        "footwear": 80,
        "stationery": 104,
        "beauty-and-care": 100,
        "accessories": 100,
        "electronics": 104,
    }


def test_generate_products_totals():
    assert len(PRODUCTS) == 1000
    assert sum(bool(lead.variants) for lead in PRODUCTS) == 135
    assert sum(len(lead.variants) for lead in PRODUCTS) == 405
    assert sum(bool(lead.reviews) for lead in PRODUCTS) == 391
    assert sum(lead.inventory == 0 for lead in PRODUCTS) == 57
    assert sum(0 < lead.inventory <= lead.low_stock_threshold for lead in PRODUCTS) == 56


@pytest.mark.parametrize("name", ["sku", "title", "slug"])
def test_generate_products_never_repeats(name):
    repeated = [value for value, times in Counter(getattr(item, name) for item in SOLD).items() if times > 1]
    assert repeated == []


def test_generate_products_prices_stay_within_the_shop():
    assert min(item.unit_price for item in SOLD) == Decimal(55)
    assert max(item.unit_price for item in SOLD) == Decimal(87490)
    assert {item.unit_price % Decimal("0.50") for item in SOLD} == {Decimal(0)}


@pytest.mark.parametrize(
    ("motif", "low", "high"),
    [
        ("stationery/pencil", 59, 362),
        ("electronics/laptop", 28_990, 89_688),
        ("apparel/sari", 1_299, 24_999),
        ("pantry/green-tea", 99, 1_838),
        ("footwear/flip-flop", 149, 699),
        ("beauty/soap", 75, 264),
    ],
)
def test_generate_products_prices_suit_the_motif(motif, low, high):
    prices = by_motif(motif)
    assert prices != []
    assert [price for price in prices if not low <= price <= high] == []


def test_generate_products_slugs_are_plain():
    assert [item.slug for item in SOLD if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", item.slug)] == []


def test_generate_products_hsn_codes_have_four_six_or_eight_digits():
    assert [lead.hsn_code for lead in PRODUCTS if not re.fullmatch(r"\d{4}(\d\d){0,2}", lead.hsn_code)] == []


def test_generate_products_use_only_known_tags_once():
    assert {tag for lead in PRODUCTS for tag in lead.tags} == TAGS
    assert [lead.sku for lead in PRODUCTS if len(set(lead.tags)) != len(lead.tags)] == []


def test_generate_products_variants_differ_in_their_options():
    for lead in PRODUCTS:
        if lead.variants:
            options = [lead.options, *(variant.options for variant in lead.variants)]
            assert len(set(options)) == len(options), lead.title
            assert {tuple(name for name, _ in option) for option in options} == {
                tuple(name for name, _ in lead.options)
            }
            assert 2 <= len(lead.variants) <= 5
        else:
            assert lead.options == ()


def test_generate_products_of_two_options_cross_sizes_with_colours():
    kurta = next(lead for lead in PRODUCTS if lead.title == "Cotton cambric short kurta")
    assert [name for name, _ in kurta.options] == ["Size", "Colour"]
    assert len(kurta.variants) == 5
    assert {dict(variant.options)["Colour"] for variant in kurta.variants} == {"Indigo", "Rani pink"}


def test_generate_products_another_colour_has_its_own_picture_and_another_size_has_not():
    kurta = next(lead for lead in PRODUCTS if lead.title == "Cotton cambric short kurta")
    assert [(dict(item.options)["Colour"], len(item.pictures)) for item in kurta.variants] == [
        ("Indigo", 0),
        ("Indigo", 0),
        ("Rani pink", 1),
        ("Rani pink", 1),
        ("Rani pink", 1),
    ]


def test_generate_products_all_motifs_are_used_and_exist():
    used = {picture.motif for lead in PRODUCTS for picture in lead.pictures}
    stored = {path.relative_to(MOTIFS).with_suffix("").as_posix() for path in MOTIFS.glob("*/*.webp")}
    assert used == stored
    assert len(used) == 137


def test_generate_collections_motifs_exist():
    assert all((MOTIFS / f"{item.picture.motif}.webp").is_file() for item in generate_collections())


def test_generate_products_neighbours_in_a_grid_have_different_tints():
    shelves = [PRODUCTS] + [
        [lead for lead in PRODUCTS if lead.collection_slug == collection.slug]
        for collection in generate_collections()
    ]
    for shelf in shelves:
        tints = [lead.pictures[0].tint for lead in shelf]
        for step in (1, 2, 3, 4):
            assert [pair for pair in zip(tints, tints[step:], strict=False) if pair[0] == pair[1]] == []


def test_generate_products_texts_are_complete():
    for lead in PRODUCTS:
        assert len(lead.body) == 3
        assert all(text.endswith((".", "!", "?")) for text in (lead.description, *lead.body)), lead.title
        assert 40 <= len(lead.description) <= 260, lead.description
        assert len(lead.title) <= 80
        names = [name for name, _ in lead.specifications]
        assert len(set(names)) == len(names), lead.title
        assert lead.specifications[-1] == ("Country of origin", "India")


def test_generate_products_reviews_are_plausible():
    reviews = [review for lead in PRODUCTS for review in lead.reviews]
    assert {review.rating for review in reviews} == {1, 2, 3, 4, 5}
    assert all(2 <= review.days_ago <= 364 for review in reviews)
    for lead in PRODUCTS:
        assert len(lead.reviews) <= 6
        assert len({review.description for review in lead.reviews}) == len(lead.reviews), lead.title
        assert len({review.name for review in lead.reviews}) == len(lead.reviews)


def test_generate_products_bestsellers_are_reviewed():
    assert [lead.sku for lead in PRODUCTS if "bestseller" in lead.tags and not lead.reviews] == []
