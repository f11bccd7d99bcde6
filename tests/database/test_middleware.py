import pytest
from django.test import RequestFactory

from database.middleware import BusyMiddleware
from database.transactions import Busy
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item


def test_busy_database_is_503_and_asks_to_try_again():
    middleware = BusyMiddleware(lambda request: None)

    answer = middleware.process_exception(RequestFactory().get("/"), Busy())

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "We are back in a moment" in answer.content.decode()


def test_other_errors_are_left_to_django():
    middleware = BusyMiddleware(lambda request: None)

    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None


@pytest.mark.django_db
def test_shopper_at_a_busy_cart_is_asked_to_try_again(client, monkeypatch):
    cart = make_cart((make_item(), 1))
    monkeypatch.setattr("checkout.views.coupons.find_cart", lambda request: cart)

    def fail(**_):
        raise Busy

    monkeypatch.setattr("checkout.views.coupons.remove_coupon", fail)

    assert client.post("/cart/coupon/", {"remove_coupon": "1"}).status_code == 503
