import pytest

from pages.models import CollectionPage
from shop.models import Collection
from tests.api.wire import (
    ENCODINGS,
    FORBIDDEN,
    NOT_FOUND,
    REQUIRED,
    UNAUTHENTICATED,
    field_body,
    missing_body,
    refused_method,
)
from tests.factories.catalogue import (
    make_collection,
    make_item,
    make_product,
    make_variant,
    page_of,
)

pytestmark = pytest.mark.django_db

NOT_EMPTY = "Collection cannot be deleted because it includes one or more products."


def test_collection_list_is_an_array_by_title(guest):
    rugs, lamps = make_collection(title="Rugs"), make_collection(title="Lamps")
    make_item(collection=lamps)
    assert guest.get("/store/collections/").told == (
        200,
        [
            {"id": lamps.pk, "title": "Lamps", "products_count": 1},
            {"id": rugs.pk, "title": "Rugs", "products_count": 0},
        ],
    )


def test_collection_list_empty(guest):
    assert guest.get("/store/collections/").content == b"[]"


def test_collection_list_in_pages_where_asked(guest):
    for title in ("A", "B", "C"):
        make_collection(title=title)
    answer = guest.get("/store/collections/?page_size=2")
    assert (answer.body["count"], [row["title"] for row in answer.body["results"]]) == (3, ["A", "B"])
    assert answer.body["next"] == "http://testserver/store/collections/?page=2&page_size=2"
    assert [row["title"] for row in guest.get("/store/collections/?page=last").body["results"]] == [
        "A",
        "B",
        "C",
    ]
    assert guest.get("/store/collections/?page=2").status == 404
    assert len(guest.get("/store/collections/?page=&page_size=").body) == 3


def test_collection_counts_what_shoppers_see(guest):
    collection = make_collection()
    lead = make_product(collection=collection)
    make_variant(lead)
    page_of(make_product(collection=collection)).unpublish()
    assert guest.get(f"/store/collections/{collection.pk}/").body["products_count"] == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_collection_list_queries(guest, rows, count_queries):
    for number in range(rows):
        make_collection(title=f"Shelf {number}")
    guest.get("/store/collections/")
    with count_queries(1) as counted:
        guest.get("/store/collections/")
    assert len(counted) == 1


def test_collection_missing_and_malformed(guest):
    assert guest.get("/store/collections/999/").told == (404, missing_body("Collection"))
    assert guest.get("/store/collections/abc/").told == NOT_FOUND


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_create_collection(staff, encoding):
    make_collection(title="Home")
    answer = staff.post("/store/collections/", {"title": "Lamps"}, encoding)
    collection = Collection.objects.get(title="Lamps")
    assert answer.told == (201, {"id": collection.pk, "title": "Lamps", "products_count": 0})
    assert CollectionPage.objects.get(collection=collection).live is True


def test_create_collection_ignores_the_count(staff):
    make_collection(title="Home")
    assert staff.post("/store/collections/", {"title": "A", "products_count": 9}).body["products_count"] == 0


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, REQUIRED[0]),
        ({"title": ""}, "This field may not be blank."),
        ({"title": "x" * 256}, "Ensure this field has no more than 255 characters."),
        ({"title": [1]}, "Not a valid string."),
    ],
)
def test_create_collection_bad(staff, body, message):
    assert staff.post("/store/collections/", body).told == (400, field_body(title=[message]))


@pytest.mark.parametrize("method", ["put", "patch"])
def test_rename_collection(staff, method):
    product = make_product()
    path = f"/store/collections/{product.collection_id}/"
    answer = getattr(staff, method)(path, {"title": "New"})
    assert answer.told == (200, {"id": product.collection_id, "title": "New", "products_count": 1})
    assert CollectionPage.objects.get().title == "New"


def test_patch_collection_with_nothing(staff):
    collection = make_collection(title="Lamps")
    assert staff.patch(f"/store/collections/{collection.pk}/", {}).body["title"] == "Lamps"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_write_collection_who(guest, shopper, method):
    collection = make_collection()
    path = "/store/collections/" if method == "post" else f"/store/collections/{collection.pk}/"
    assert getattr(guest, method)(path, {}).told == UNAUTHENTICATED
    assert getattr(shopper, method)(path, {}).told == FORBIDDEN


def test_delete_collection(staff):
    collection = make_collection()
    answer = staff.delete(f"/store/collections/{collection.pk}/")
    assert (answer.status, answer.content, Collection.objects.count()) == (204, b"", 0)


def test_delete_collection_with_products(staff):
    collection = make_product().collection
    answer = staff.delete(f"/store/collections/{collection.pk}/")
    assert answer.told == (
        405,
        {"detail": NOT_EMPTY, "error": NOT_EMPTY, "code": "collection_not_empty", "details": {}},
    )
    assert Collection.objects.count() == 1


def test_collection_methods_that_are_none(staff):
    assert staff.delete("/store/collections/").told == refused_method("DELETE")


def test_a_collection_whose_page_is_not_live_is_absent_for_readers(guest, staff):
    collection = make_collection(title="Next season")
    collection.page.unpublish()
    path = f"/store/collections/{collection.pk}/"
    assert guest.get("/store/collections/").body == []
    assert guest.get(path).status == 404
    assert staff.patch(path, {"title": "Next year"}).status == 200
