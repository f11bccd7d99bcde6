"""What search engines, social sites and shopping sites read."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.core.cache import cache

from pages import sitemap
from pages.models import LandingPage, ShopSettings
from shop.models import Review
from tests.factories.catalogue import (
    make_collection,
    make_picture,
    make_product,
    make_variant,
    page_of,
    warm_settings,
)
from tests.factories.sales import make_sale

pytestmark = pytest.mark.django_db
SHOP = "http://testserver"
SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}
FEED = {"g": "http://base.google.com/ns/1.0"}


@pytest.fixture
def lamp(home):
    return make_product(
        title="Brass lamp",
        slug="lamp",
        sku="L-1",
        description="Turned by hand.",
        collection=make_collection(title="Lighting"),
        unit_price="100.00",
        pictures=[make_picture()],
    )


def read_facts(client, path: str) -> dict[str, dict]:
    page = client.get(path).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return {facts["@type"]: facts for facts in map(json.loads, found)}


def read_head(client, path: str) -> dict[str, str]:
    page = client.get(path).content.decode()
    metas = re.findall(r'<meta\s+(?:property|name)="([^"]+)"\s+content="([^"]*)"', page)
    return {**dict(metas), "canonical": "".join(re.findall(r'<link rel="canonical" href="([^"]+)"', page))}


def test_product_tells_offer_rating_and_where_it_stands(client, lamp):
    for rating, text in ((5, "Bright"), (4, "Warm"), (None, "No stars")):
        Review.objects.create(product=lamp, name="Asha", description=text, rating=rating)
    picture = SHOP + lamp.images.get().picture.file.url
    url = f"{SHOP}/lighting/lamp/"
    facts = read_facts(client, "/lighting/lamp/")
    assert facts["Product"]["review"][0]["author"] == {"@type": "Person", "name": "Asha"}
    assert [item["reviewRating"]["ratingValue"] for item in facts["Product"]["review"]] == [4, 5]
    del facts["Product"]["review"]
    assert facts["Product"] == {
        "@context": "https://schema.org",
        "@type": "Product",
        "@id": f"{url}#product",
        "name": "Brass lamp",
        "url": url,
        "sku": "L-1",
        "brand": {"@type": "Brand", "name": "Haat"},
        "description": "Turned by hand.",
        "image": [picture],
        "offers": {
            "@type": "Offer",
            "sku": "L-1",
            "url": f"{url}?variant={lamp.pk}",
            "price": "110.00",
            "priceCurrency": "INR",
            "availability": "https://schema.org/InStock",
            "itemCondition": "https://schema.org/NewCondition",
            "seller": {"@type": "Organization", "name": "Haat"},
        },
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": "4.5",
            "reviewCount": 2,
            "bestRating": 5,
            "worstRating": 1,
        },
    }
    assert facts["BreadcrumbList"]["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Haat", "item": f"{SHOP}/"},
        {"@type": "ListItem", "position": 2, "name": "Lighting", "item": f"{SHOP}/lighting/"},
        {"@type": "ListItem", "position": 3, "name": "Brass lamp", "item": url},
    ]


def test_variants_are_offers_of_one_product(client, lamp):
    make_variant(lamp, unit_price="300.00", inventory=0)
    offers = read_facts(client, "/lighting/lamp/")["Product"]["offers"]
    assert (offers["@type"], offers["lowPrice"], offers["highPrice"], offers["offerCount"]) == (
        "AggregateOffer",
        "110.00",
        "330.00",
        2,
    )
    assert [item["availability"].rpartition("/")[2] for item in offers["offers"]] == ["InStock", "OutOfStock"]


def test_what_is_not_for_sale_has_no_offer_and_without_stars_no_rating(client, home):
    made = make_product(title="Rug", slug="rug", collection=make_collection(title="Floor"), unit_price="0.00")
    assert not {"offers", "aggregateRating", "image"} & set(read_facts(client, "/floor/rug/")["Product"])
    assert made.is_live is False


def test_home_tells_the_shop_and_how_to_search_it(client, home):
    facts = read_facts(client, "/")
    assert (facts["Organization"]["name"], facts["Organization"]["url"]) == ("Haat", f"{SHOP}/")
    action = facts["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{SHOP}/search/?q={{search_term_string}}"
    assert action["query-input"] == "required name=search_term_string"


def test_home_tells_what_editors_say_of_the_shop(client, home):
    shop = ShopSettings.load()
    shop.tagline, shop.contact_email, shop.share_picture = "Made well", "help@example.com", make_picture()
    shop.social_links = [("profile", {"network": "instagram", "address": "https://www.instagram.com/haat"})]
    shop.save()
    cache.delete(ShopSettings.cache_key())
    facts = read_facts(client, "/")["Organization"]
    assert (facts["description"], facts["sameAs"]) == ("Made well", ["https://www.instagram.com/haat"])
    assert facts["contactPoint"]["email"] == "help@example.com"
    assert read_head(client, "/")["og:image"] == SHOP + shop.share_picture.file.url


def test_facts_cannot_end_their_script(client, home):
    make_product(title="</script><b>&", slug="x", collection=make_collection(title="Odd"))
    assert read_facts(client, "/odd/x/")["Product"]["name"] == "</script><b>&"


def test_head_of_a_product(client, lamp):
    page = page_of(lamp)
    page.search_description = "Light for evenings"
    page.save_revision().publish()
    head = read_head(client, f"/lighting/lamp/?variant={lamp.pk}")
    assert head["canonical"] == head["og:url"] == f"{SHOP}/lighting/lamp/"
    assert (head["og:type"], head["og:title"], head["description"].strip()) == (
        "product",
        "Brass lamp",
        "Light for evenings",
    )
    assert (head["product:price:amount"], head["product:price:currency"]) == ("110.00", "INR")
    assert head["og:image"] == SHOP + lamp.images.get().picture.file.url


def test_head_of_a_list_knows_its_page_but_no_filter(client, lamp, monkeypatch):
    monkeypatch.setattr("pages.listings.PAGE_SIZE", 1)
    make_product(title="Candle", collection=lamp.collection)
    assert read_head(client, "/lighting/?sort=price&tag=x")["canonical"] == f"{SHOP}/lighting/"
    assert read_head(client, "/lighting/?page=2")["canonical"] == f"{SHOP}/lighting/?page=2"
    assert "page 2" in re.sub(
        r"\s+", " ", client.get("/lighting/?page=2").content.decode().split("</title>")[0]
    )


def test_sitemap_names_public_pages_with_pictures(client, lamp, home):
    home.add_child(instance=LandingPage(title="Secret", slug="secret", live=False))
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = {
        url.find("s:loc", SITEMAP).text: [item.text for item in url.findall("i:image/i:loc", SITEMAP)]
        for url in tree.findall("s:url", SITEMAP)
    }
    picture = SHOP + lamp.images.get().picture.file.url
    assert found == {f"{SHOP}/": [], f"{SHOP}/lighting/": [], f"{SHOP}/lighting/lamp/": [picture]}


def test_large_sitemap_comes_in_parts(client, lamp, monkeypatch):
    monkeypatch.setattr(sitemap, "PART_SIZE", 2)
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert [item.text for item in tree.findall("s:sitemap/s:loc", SITEMAP)] == [
        f"{SHOP}/sitemap-1.xml",
        f"{SHOP}/sitemap-2.xml",
    ]
    part = ElementTree.fromstring(client.get("/sitemap-2.xml").content)
    assert [item.text for item in part.findall("s:url/s:loc", SITEMAP)] == [f"{SHOP}/lighting/lamp/"]
    assert client.get("/sitemap-3.xml").status_code == client.get("/sitemap-0.xml").status_code == 404


def test_robots_stay_out_of_what_is_private(client, home):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"User-agent: *", "Disallow: /admin/", "Disallow: /checkout/", "Allow: /"} <= set(lines)
    assert lines[-1] == f"Sitemap: {SHOP}/sitemap.xml"


def read_feed(client) -> dict[str, dict[str, str]]:
    tree = ElementTree.fromstring(client.get("/feeds/google.xml").getvalue())
    items = (
        {field.tag.rpartition("}")[2]: field.text for field in item} for item in tree.findall("channel/item")
    )
    return {item["id"]: item for item in items}


def test_feed_offers_products_and_variants(client, lamp):
    variant = make_variant(
        lamp, unit_price="123456.00", inventory=0, sku="L-2", options={"Colour": "Red & gold", "Fit": "x"}
    )
    make_product(title="Without a picture", collection=lamp.collection)
    make_sale(value="20", products=[lamp])
    picture = SHOP + lamp.images.get().picture.file.url
    feed = read_feed(client)
    assert feed["L-1"] == {
        "id": "L-1",
        "title": "Brass lamp",
        "description": "Turned by hand.",
        "link": f"{SHOP}/lighting/lamp/",
        "image_link": picture,
        "availability": "in_stock",
        "price": "110.00 INR",
        "sale_price": "88.00 INR",
        "item_group_id": "L-1",
        "brand": "Haat",
        "condition": "new",
        "identifier_exists": "no",
        "product_type": "Lighting",
    }
    assert feed["L-2"]["link"] == f"{SHOP}/lighting/lamp/?variant={variant.pk}"
    assert (feed["L-2"]["color"], feed["L-2"]["availability"]) == ("Red & gold", "out_of_stock")
    assert set(feed) == {"L-1", "L-2"}


def test_feed_of_several_batches_is_whole(client, lamp, monkeypatch):
    monkeypatch.setattr("pages.merchant_feed.BATCH", 1)
    make_product(sku="L-3", collection=lamp.collection, pictures=[make_picture()])
    assert set(read_feed(client)) == {"L-1", "L-3"}


@pytest.mark.parametrize("count", [1, 3])
def test_sitemap_and_feed_cost_the_same_however_many_products(client, lamp, count_queries, count):
    for _number in range(count):
        make_product(collection=lamp.collection, pictures=[make_picture()])
    warm_settings()
    client.get("/robots.txt")
    with count_queries(9):
        client.get("/sitemap.xml")
    with count_queries(12):
        client.get("/feeds/google.xml").getvalue()


def test_manifest_installs_the_shop(client, home):
    shop = ShopSettings.load()
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["name"], manifest["start_url"], manifest["theme_color"]) == ("Haat", "/", shop.accent)
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"][1:]} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    assert all(client.get(icon["src"]).status_code == 200 for icon in manifest["icons"])
