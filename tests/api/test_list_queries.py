"""What each list of the API asks of the database: as much for three rows as for one."""

from collections.abc import Callable

import pytest

from tests.api.test_every_route import LISTS
from tests.api.wire import Api, sign_in
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_collection, make_item, make_picture, make_product, warm_settings
from tests.factories.orders import make_order
from tests.factories.users import make_address, make_admin, make_customer, make_staff, make_user

pytestmark = pytest.mark.django_db

# Somebody, the address of a list that has so many rows for them.
Case = tuple[Api, str]


def fill_users(rows: int) -> Case:
    for _ in range(rows - 1):
        make_user()
    return sign_in(make_staff()), "/auth/users/"


def fill_products(rows: int) -> Case:
    for _ in range(rows):
        make_product(pictures=[make_picture()], tags=("Wool",))
    return Api(), "/store/products/"


def fill_collections(rows: int) -> Case:
    for _ in range(rows):
        make_collection()
    return Api(), "/store/collections/"


def fill_reviews(rows: int) -> Case:
    product = make_product()
    for _ in range(rows):
        product.reviews.create(name="Asha", description="Fine", rating=5)
    return Api(), f"/store/products/{product.pk}/reviews/"


def fill_images(rows: int) -> Case:
    product = make_product(pictures=[make_picture() for _ in range(rows)])
    return Api(), f"/store/products/{product.pk}/images/"


def fill_likes(rows: int) -> Case:
    customer = make_customer()
    for _ in range(rows):
        make_product(pictures=[make_picture()]).likes.create(user=customer.user)
    return sign_in(customer.user), "/store/likes/"


def fill_cart(rows: int) -> Case:
    return Api(), f"/store/carts/{make_cart(*((make_item(), 1) for _ in range(rows))).pk}/items/"


def fill_customers(rows: int) -> Case:
    for _ in range(rows):
        make_customer()
    return sign_in(make_staff()), "/store/customers/"


def fill_history(rows: int) -> Case:
    customer = make_customer()
    for _ in range(rows):
        make_order((make_item(), 1), (make_item(), 2), customer=customer)
    return sign_in(make_admin()), f"/store/customers/{customer.pk}/history/"


def fill_addresses(rows: int) -> Case:
    customer = make_customer()
    for _ in range(rows):
        make_address(customer)
    return sign_in(customer.user), "/store/customers/me/addresses/"


def fill_orders(rows: int) -> Case:
    customer = make_customer()
    for _ in range(rows):
        make_order((make_item(), 1), (make_item(), 2), customer=customer)
    return sign_in(customer.user), "/store/orders/"


# How each is filled, and its queries: the caller's token is one of them, the count of a page another.
QUERIES: dict[str, tuple[Callable[[int], Case], int]] = {
    "api-users": (fill_users, 2),
    "api-product-list": (fill_products, 3),
    "api-collection-list": (fill_collections, 1),
    "api-reviews": (fill_reviews, 2),
    "api-images": (fill_images, 2),
    "api-likes": (fill_likes, 3),
    "api-cart-items": (fill_cart, 2),
    "api-customers": (fill_customers, 2),
    "api-history": (fill_history, 4),
    "api-addresses": (fill_addresses, 2),
    "api-orders": (fill_orders, 3),
}


def test_every_list_is_counted():
    assert set(QUERIES) == set(LISTS)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", QUERIES)
def test_queries_of_lists(name, rows, count_queries):
    warm_settings()
    fill, expected = QUERIES[name]
    api, path = fill(rows)
    api.get(path)
    with count_queries() as counted:
        body = api.get(path).body
    listed = body["results"] if isinstance(body, dict) else body
    assert (len(listed), len(counted)) == (rows, expected), "\n".join(counted.statements)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", QUERIES)
def test_queries_of_lists_in_pages(name, rows, count_queries):
    """A page costs one query more, which counts them."""
    warm_settings()
    fill, expected = QUERIES[name]
    api, path = fill(rows)
    expected += name not in ("api-product-list", "api-cart-items")
    with count_queries() as counted:
        body = api.get(f"{path}?page=1&page_size=3").body
    assert (len(body["results"]), len(counted)) == (rows, expected), "\n".join(counted.statements)
