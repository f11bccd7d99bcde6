"""Likes: everybody with an account has their own."""

import pytest

from shop.models import Like
from tests.api.wire import NOT_FOUND, UNAUTHENTICATED, missing_body, refused_method
from tests.factories.catalogue import make_item, make_picture, make_product

pytestmark = pytest.mark.django_db

NO_PRODUCT = (404, missing_body("Product"))


@pytest.fixture
def product():
    return make_item()


@pytest.fixture
def path(product) -> str:
    return f"/store/products/{product.pk}/likes/"


def test_like_and_like_again(shopper, customer, product, path):
    for _ in range(2):
        answer = shopper.post(path)
        assert (answer.status, answer.content) == (204, b"")
    assert [(like.user, like.product) for like in Like.objects.all()] == [(customer.user, product)]


def test_unlike_and_unlike_again(shopper, stranger, path):
    stranger.post(path)
    shopper.post(path)
    for _ in range(2):
        answer = shopper.delete(path)
        assert (answer.status, answer.content, Like.objects.count()) == (204, b"", 1)


@pytest.mark.parametrize("method", ["post", "delete"])
def test_like_needs_an_account(guest, path, method):
    assert getattr(guest, method)(path).told == UNAUTHENTICATED


@pytest.mark.parametrize("method", ["post", "delete"])
def test_like_unknown_product(shopper, method):
    hidden = make_item(is_live=False)
    for number in (999999, "9" * 30, hidden.pk):
        assert getattr(shopper, method)(f"/store/products/{number}/likes/").told == NO_PRODUCT
    assert getattr(shopper, method)("/store/products/abc/likes/").told == NOT_FOUND


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH"])
def test_like_methods_that_are_none(shopper, path, method):
    assert shopper.send(method, path).told == refused_method(method)


def test_likes_list_the_callers_newest_first(guest, shopper, stranger):
    first, second, hidden = make_item(), make_item(), make_item()
    for product in (first, second, hidden):
        shopper.post(f"/store/products/{product.pk}/likes/")
    stranger.post(f"/store/products/{first.pk}/likes/")
    type(hidden).objects.filter(pk=hidden.pk).update(is_live=False)
    answer = shopper.get("/store/likes/")
    assert (answer.status, [row["id"] for row in answer.body]) == (200, [second.pk, first.pk])
    assert answer.body[1] == guest.get(f"/store/products/{first.pk}/").body
    assert [row["id"] for row in stranger.get("/store/likes/").body] == [first.pk]
    assert [row["id"] for row in shopper.get("/store/likes/?page=2&page_size=1").body["results"]] == [
        first.pk
    ]


def test_likes_need_an_account(guest):
    assert guest.get("/store/likes/").told == UNAUTHENTICATED


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_likes_methods_that_are_none(shopper, method):
    assert shopper.send(method, "/store/likes/").told == refused_method(method)


@pytest.mark.parametrize("rows", [1, 3])
def test_likes_queries(shopper, rows, count_queries):
    for _ in range(rows):
        shopper.post(f"/store/products/{make_product(pictures=[make_picture()]).pk}/likes/")
    shopper.get("/store/likes/")
    with count_queries(3) as counted:  # the caller's token among them
        answer = shopper.get("/store/likes/")
    assert (len(answer.body), len(counted)) == (rows, 3)
