"""Reading products: anyone, what is sold."""

from decimal import Decimal

import pytest

from tests.api.wire import NOT_FOUND, Api, detail_body, missing_body
from tests.factories.catalogue import (
    make_collection,
    make_item,
    make_picture,
    make_product,
    make_tax_class,
    make_variant,
    page_of,
    set_tax,
)

pytestmark = pytest.mark.django_db


def test_product_list_shape(guest):
    product = make_item(
        title="Brass lamp", description="For the hall", slug="brass-lamp", unit_price="71.88", inventory=4
    )
    answer = guest.get("/store/products/")
    assert answer.told == (
        200,
        {
            "count": 1,
            "next": None,
            "previous": None,
            "results": [
                {
                    "id": product.pk,
                    "title": "Brass lamp",
                    "description": "For the hall",
                    "slug": "brass-lamp",
                    "inventory": 4,
                    "unit_price": Decimal("71.88"),
                    "price_with_tax": Decimal("79.07"),
                    "collection": product.collection_id,
                    "images": [],
                }
            ],
        },
    )
    assert b'"unit_price":71.88,"price_with_tax":79.07,' in answer.content
    assert answer.headers["Content-Type"] == "application/json"


def test_product_detail_shape(guest):
    product = make_item(unit_price="100.00", inventory=0)
    answer = guest.get(f"/store/products/{product.pk}/")
    assert answer.status == 200
    assert list(answer.body) == [
        "id",
        "title",
        "description",
        "slug",
        "inventory",
        "unit_price",
        "price_with_tax",
        "collection",
        "images",
    ]
    assert (answer.body["inventory"], answer.body["unit_price"], answer.body["price_with_tax"]) == (
        0,
        100,
        110,
    )


def test_product_image_url_is_absolute(guest):
    picture = make_picture()
    product = make_product(pictures=[picture])
    image = product.images.get()
    body = guest.get(f"/store/products/{product.pk}/").body
    assert body["images"] == [{"id": image.pk, "image": f"http://testserver{picture.file.url}"}]


@pytest.mark.parametrize(
    ("rate", "included", "expected"),
    [("18.00", False, "118.0"), ("18.00", True, "100.0"), ("0.00", False, "100.0")],
)
def test_product_price_with_tax_follows_the_tax_settings(guest, rate, included, expected):
    product = make_item(unit_price="100.00")
    set_tax(rate=rate, prices_include_tax=included)
    body = guest.get(f"/store/products/{product.pk}/").body
    assert str(body["price_with_tax"]) == expected


def test_product_price_with_tax_follows_its_tax_class(guest):
    product = make_item(unit_price="100.00", tax_class_id=make_tax_class(rate="5.00").pk)
    assert guest.get(f"/store/products/{product.pk}/").body["price_with_tax"] == 105


def test_product_that_is_not_live_is_absent(guest, staff):
    product = make_product()
    page_of(product).unpublish()
    missing = (404, missing_body("Product"))
    assert guest.get("/store/products/").body["count"] == 0
    assert guest.get(f"/store/products/{product.pk}/").told == missing
    assert staff.get(f"/store/products/{product.pk}/").told == missing


def test_variant_answers_by_id_and_is_not_listed(guest):
    lead = make_product(title="Kurta")
    variant = make_variant(lead, unit_price="120.00", options={"Size": "M"})
    assert [row["id"] for row in guest.get("/store/products/").body["results"]] == [lead.pk]
    assert guest.get(f"/store/products/{variant.pk}/").body["title"] == "Kurta, M"


@pytest.mark.parametrize("number", ["999999", "99999999999999999999999999"])
def test_product_missing(guest, number):
    assert guest.get(f"/store/products/{number}/").told == (404, missing_body("Product"))


@pytest.mark.parametrize("number", ["abc", "1.5", "-", "%00", "1e3"])
def test_product_id_malformed(guest, number):
    assert guest.get(f"/store/products/{number}/").told == NOT_FOUND


def test_product_list_pages(guest):
    shelf = make_collection()
    for number in range(23):
        make_item(title=f"Item {number:02}", collection=shelf)
    first = guest.get("/store/products/?ordering=title&unit_price__gt=1")
    assert (first.body["count"], len(first.body["results"]), first.body["previous"]) == (23, 10, None)
    assert first.body["next"] == "http://testserver/store/products/?ordering=title&page=2&unit_price__gt=1"
    second = guest.get("/store/products/?unit_price__gt=1&page=2")
    assert second.body["previous"] == "http://testserver/store/products/?unit_price__gt=1"
    assert second.body["next"] == "http://testserver/store/products/?page=3&unit_price__gt=1"
    last = guest.get("/store/products/?page=last")
    assert [row["title"] for row in last.body["results"]] == ["Item 20", "Item 21", "Item 22"]
    assert last.body["next"] is None


@pytest.mark.parametrize(
    ("asked", "given"), [("3", 3), ("100", 12), ("0", 10), ("-1", 10), ("abc", 10), ("", 10)]
)
def test_product_list_page_size(guest, asked, given):
    for _ in range(12):
        make_item()
    assert len(guest.get(f"/store/products/?page_size={asked}").body["results"]) == given


def test_product_list_page_size_is_capped(guest):
    for _ in range(101):
        make_item()
    assert len(guest.get("/store/products/?page_size=1000").body["results"]) == 100


@pytest.mark.parametrize("page", ["2", "0", "-1", "abc", "%00", "99999999999999999999999"])
def test_product_list_bad_page(guest, page):
    make_item()
    assert guest.get(f"/store/products/?page={page}").told == (404, detail_body("Invalid page.", "not_found"))


def test_product_list_empty_and_unknown_parameters_are_ignored(guest):
    make_item()
    path = "/store/products/?collection_id=&unit_price__gt=&search=&page=&ordering=&tag=&in_stock=&format=xml&x=1"
    assert guest.get(path).body["count"] == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_product_list_queries(guest, rows, count_queries):
    pictures = [make_picture(), make_picture()]
    shelf = make_collection()
    for _ in range(rows):
        make_product(pictures=pictures, collection=shelf, tax_class_id=None)
    guest.get("/store/products/")
    with count_queries(3) as counted:
        answer = guest.get("/store/products/")
    assert (len(answer.body["results"]), len(counted)) == (rows, 3)


@pytest.mark.parametrize("rows", [1, 3])
def test_product_detail_queries(guest, rows, count_queries):
    product = make_product(pictures=[make_picture() for _ in range(rows)], tax_class_id=make_tax_class().pk)
    guest.get(f"/store/products/{product.pk}/")
    with count_queries(2) as counted:
        answer = guest.get(f"/store/products/{product.pk}/")
    assert (len(answer.body["images"]), len(counted)) == (rows, 2)


def test_product_read_with_a_bad_token(db):
    answer = Api(token="nonsense").get("/store/products/")
    assert answer.content == (
        b'{"detail":"Given token not valid for any token type","code":"token_not_valid",'
        b'"messages":[{"token_class":"AccessToken","token_type":"access","message":"Token is invalid"}],'
        b'"error":"Given token not valid for any token type","details":{}}'
    )
    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, 'JWT realm="api"')
