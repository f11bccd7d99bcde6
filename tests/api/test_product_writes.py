"""Writing products: staff only, through the one door that also makes the page."""

from decimal import Decimal

import pytest

from checkout.models import OrderItem
from pages.models import ProductPage
from shop.models import Product, StockMovement
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
from tests.factories.catalogue import make_collection, make_product, make_variant, page_of
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db

ORDERED = "Product cannot be deleted because it is associated with an order item."


@pytest.fixture
def shelf():
    return make_collection(title="Lamps")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_create_product(staff, shelf, encoding):
    body = {
        "title": "Brass lamp",
        "unit_price": "71.88",
        "inventory": 4,
        "collection": shelf.pk,
        "description": "For the hall",
    }
    answer = staff.post("/store/products/", body, encoding)
    product = Product.objects.get()
    assert answer.told == (
        201,
        {
            "id": product.pk,
            "title": "Brass lamp",
            "description": "For the hall",
            "slug": "brass-lamp",
            "inventory": 4,
            "unit_price": Decimal("71.88"),
            "price_with_tax": Decimal("79.07"),
            "collection": shelf.pk,
            "images": [],
        },
    )
    assert (product.is_live, ProductPage.objects.get().live) == (True, True)
    assert list(StockMovement.objects.values_list("delta", flat=True)) == [4]


def test_create_product_price_as_number_or_string(staff, shelf):
    base = {"title": "Lamp", "inventory": 1, "collection": shelf.pk}
    for price in (79.07, "79.07", 79, "79"):
        answer = staff.post("/store/products/", {**base, "unit_price": price})
        assert answer.body["unit_price"] == Decimal(str(price))


def test_create_product_with_slug(staff, shelf):
    body = {"title": "Lamp", "slug": "my-lamp", "unit_price": 1, "inventory": 0, "collection": shelf.pk}
    assert staff.post("/store/products/", body).body["slug"] == "my-lamp"
    assert staff.post("/store/products/", body).body["slug"] == "my-lamp-2"


def test_create_product_required_fields(staff):
    answer = staff.post("/store/products/", {})
    fields = dict.fromkeys(("title", "inventory", "unit_price", "collection"), REQUIRED)
    assert (answer.status, answer.body["details"]) == (400, fields)
    assert answer.body == {**fields, "error": REQUIRED[0], "code": "invalid", "details": fields}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("title", "", "This field may not be blank."),
        ("title", None, "This field may not be null."),
        ("title", "x" * 256, "Ensure this field has no more than 255 characters."),
        ("title", ["x"], "Not a valid string."),
        ("title", "a\0b", "Null characters are not allowed."),
        ("slug", "not a slug", None),
        ("description", {"x": 1}, "Not a valid string."),
        ("unit_price", 0, "Ensure this value is greater than or equal to 1."),
        ("unit_price", 0.99, "Ensure this value is greater than or equal to 1."),
        ("unit_price", -1, "Ensure this value is greater than or equal to 1."),
        ("unit_price", "abc", "A valid number is required."),
        ("unit_price", "NaN", "A valid number is required."),
        ("unit_price", "Infinity", "A valid number is required."),
        ("unit_price", 1e308, "Ensure that there are no more than 12 digits in total."),
        ("unit_price", 10**30, "Ensure that there are no more than 12 digits in total."),
        ("unit_price", "9" * 2000, "String value too large."),
        ("unit_price", "1.001", "Ensure that there are no more than 2 decimal places."),
        ("unit_price", [], "A valid number is required."),
        ("inventory", -1, "Ensure this value is greater than or equal to 0."),
        ("inventory", 2**31, "Ensure this value is less than or equal to 2147483647."),
        ("inventory", 10**400, "Ensure this value is less than or equal to 2147483647."),
        ("inventory", "ten", "A valid integer is required."),
        ("inventory", 1.5, "A valid integer is required."),
        ("inventory", True, "A valid integer is required."),
        ("collection", 999999, 'Invalid pk "999999" - object does not exist.'),
        ("collection", "abc", "Incorrect type. Expected pk value, received str."),
        ("collection", [1], "Incorrect type. Expected pk value, received list."),
        ("collection", True, "Incorrect type. Expected pk value, received bool."),
        ("collection", 10**30, f'Invalid pk "{10**30}" - object does not exist.'),
    ],
)
def test_create_product_bad_value(staff, shelf, name, value, message):
    body = {"title": "Lamp", "unit_price": 5, "inventory": 1, "collection": shelf.pk, name: value}
    answer = staff.post("/store/products/", body)
    expected = message or answer.body[name][0]
    assert answer.told == (400, field_body(**{name: [expected]}))
    assert Product.objects.count() == 0


def test_create_product_ignores_what_clients_may_not_set(staff, shelf):
    body = {
        "title": "Lamp",
        "unit_price": 5,
        "inventory": 1,
        "collection": shelf.pk,
        "id": 77,
        "price_with_tax": 1,
        "sku": "MINE",
        "is_live": False,
        "tax_class": 3,
        "images": [{"id": 1}],
    }
    answer = staff.post("/store/products/", body)
    product = Product.objects.get()
    assert (answer.status, answer.body["price_with_tax"], product.is_live) == (201, Decimal("5.5"), True)
    assert (product.pk != 77, product.sku != "MINE", product.tax_class) == (True, True, None)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_write_product_who(guest, shopper, method):
    product = make_product()
    path = "/store/products/" if method == "post" else f"/store/products/{product.pk}/"
    assert getattr(guest, method)(path, {}).told == UNAUTHENTICATED
    assert getattr(shopper, method)(path, {}).told == FORBIDDEN


def test_write_product_anonymous_is_told_how_to_authenticate(guest):
    assert guest.post("/store/products/", {}).headers["WWW-Authenticate"] == 'JWT realm="api"'


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_patch_product(staff, encoding):
    product = make_product(title="Lamp", unit_price="10.00", inventory=3)
    answer = staff.patch(f"/store/products/{product.pk}/", {"unit_price": "20.00", "inventory": 5}, encoding)
    assert (answer.status, answer.body["unit_price"], answer.body["inventory"]) == (200, 20, 5)
    assert answer.body["title"] == "Lamp"
    assert list(StockMovement.objects.order_by("id").values_list("delta", flat=True)) == [3, 2]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_put_product(staff, shelf, encoding):
    product = make_product(title="Lamp", description="Old")
    body = {"title": "Lantern", "unit_price": "20.00", "inventory": 5, "collection": shelf.pk}
    answer = staff.put(f"/store/products/{product.pk}/", body, encoding)
    assert (answer.status, answer.body["title"], answer.body["collection"]) == (200, "Lantern", shelf.pk)
    assert (page_of(product).title, Product.objects.get().collection_id) == ("Lantern", shelf.pk)


def test_put_product_required_fields(staff):
    product = make_product()
    answer = staff.put(f"/store/products/{product.pk}/", {"title": "Lamp"})
    assert answer.body["details"] == dict.fromkeys(("inventory", "unit_price", "collection"), REQUIRED)


def test_patch_product_with_a_slug_that_is_taken(staff, shelf):
    make_product(slug="lamp", collection=shelf)
    other = make_product(slug="rug", collection=shelf)
    answer = staff.patch(f"/store/products/{other.pk}/", {"slug": "lamp"})
    assert (answer.status, answer.body["slug"]) == (200, "lamp-2")


def test_patch_product_that_is_not_live(staff):
    product = make_product(inventory=3)
    page_of(product).unpublish()
    answer = staff.patch(f"/store/products/{product.pk}/", {"inventory": 5})
    assert (answer.status, answer.body["inventory"]) == (200, 5)


def test_patch_variant_changes_its_facts(staff):
    variant = make_variant(make_product(title="Kurta"), unit_price="50.00", options={"Size": "M"})
    answer = staff.patch(f"/store/products/{variant.pk}/", {"unit_price": 60, "title": "Other"})
    assert (answer.status, answer.body["unit_price"], answer.body["title"]) == (200, 60, "Kurta, M")


def test_delete_product(staff):
    product = make_product()
    answer = staff.delete(f"/store/products/{product.pk}/")
    assert (answer.status, answer.content) == (204, b"")
    assert (Product.objects.count(), ProductPage.objects.count()) == (0, 0)
    assert staff.delete(f"/store/products/{product.pk}/").told == (404, missing_body("Product"))


def test_delete_product_that_was_ordered(staff):
    product = make_product()
    make_order((product, 1))
    answer = staff.delete(f"/store/products/{product.pk}/")
    assert answer.told == (
        405,
        {"detail": ORDERED, "error": ORDERED, "code": "product_ordered", "details": {}},
    )
    assert (Product.objects.count(), OrderItem.objects.count()) == (1, 1)


def test_write_product_malformed_id(staff):
    assert staff.patch("/store/products/abc/", {}).told == NOT_FOUND


def test_product_methods_that_are_none(staff):
    product = make_product()
    assert staff.post(f"/store/products/{product.pk}/", {}).told == refused_method("POST")
    assert staff.put("/store/products/", {}).told == refused_method("PUT")
    assert staff.delete("/store/products/").told == refused_method("DELETE")


def test_product_gone_while_it_is_changed(staff, monkeypatch):
    product = make_product()

    def lose(**changes):
        raise Product.DoesNotExist

    monkeypatch.setattr("api.views.products.update_product", lose)
    answer = staff.patch(f"/store/products/{product.pk}/", {"inventory": 1})
    assert answer.told == (404, missing_body("Product"))
