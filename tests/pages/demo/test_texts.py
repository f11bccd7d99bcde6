import re

from pages.demo.catalogue import generate_collections, generate_products
from pages.demo.pictures import MOTIFS
from pages.demo.texts.home import HOME
from pages.demo.texts.landing import LANDING_PAGES
from pages.demo.texts.policies import POLICY_PAGES
from pages.demo.texts.shop import SHOP
from pages.demo.texts.standard import FORM_PAGES, STANDARD_PAGES

PAGES = (*LANDING_PAGES, *STANDARD_PAGES, *POLICY_PAGES, *FORM_PAGES)
BLOCKS = [*HOME, *(block for page in PAGES for block in page.blocks)]
SLUGS = {collection.slug for collection in generate_collections()} | {page.slug for page in PAGES}
TAGS = {tag for lead in generate_products() for tag in lead.tags}

FIELDS = {
    "hero": {"heading", "text", "motif", "link_label", "link_slug"},
    "collection_grid": {"heading"},
    "banner": {"heading", "text", "link_label", "link_slug"},
    "rich_text": {"html"},
    "picture_with_text": {"heading", "text", "motif", "picture_side", "link_label", "link_slug"},
    "faq": {"heading", "questions"},
    "quote": {"text", "author"},
    "call_to_action": {"heading", "text", "link_label", "link_slug"},
    "columns": {"heading", "columns"},
}


def test_pages_have_these_slugs():
    assert [page.slug for page in PAGES] == [
        "monsoon-essentials",
        "gifts-under-999",
        "about",
        "terms",
        "privacy",
        "shipping",
        "returns",
        "contact",
    ]


def test_blocks_have_their_fields():
    for name, values in BLOCKS:
        if name == "product_grid":
            assert {"heading", "source", "count"} <= set(values) <= FIELDS_OF_GRID
        else:
            assert set(values) == FIELDS[name]


FIELDS_OF_GRID = {"heading", "source", "count", "collection", "tag", "price"}


def test_blocks_all_kinds_are_used():
    assert {name for name, _ in BLOCKS} == {*FIELDS, "product_grid"}


def test_blocks_link_to_existing_pages():
    assert {values["link_slug"] for _, values in BLOCKS if "link_slug" in values} <= SLUGS
    assert {slug for _, links in SHOP.footer_columns for _, slug in links} <= SLUGS


def test_blocks_show_existing_motifs():
    motifs = [values["motif"] for _, values in BLOCKS if "motif" in values]
    assert [motif for motif in motifs if not (MOTIFS / f"{motif}.webp").is_file()] == []


def test_product_grids_find_products():
    assert {values["tag"] for _, values in BLOCKS if "tag" in values} <= TAGS


def test_texts_close_their_tags():
    for _, values in BLOCKS:
        html = " ".join(str(value) for value in values.values())
        for tag in ("p", "h2", "ul", "ol", "li", "a"):
            assert len(re.findall(rf"<{tag}[ >]", html)) == html.count(f"</{tag}>"), html


def test_shop_name():
    assert (SHOP.name, SHOP.tagline) == ("Haat", "Things made well, from across India")
