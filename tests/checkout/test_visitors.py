import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from accounts.models import Customer
from checkout.models import Cart
from checkout.visitors import SESSION_KEY, find_cart, find_customer, open_cart, remembered_cart_id
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item
from tests.factories.users import make_customer, make_staff

pytestmark = pytest.mark.django_db


def visit(user=None, cart_id="") -> RequestFactory:
    request = RequestFactory().get("/")
    request.user, request.session = user or AnonymousUser(), SessionStore()
    if cart_id:
        request.session[SESSION_KEY] = str(cart_id)
    return request


def test_guest_has_no_cart_before_the_first_add():
    assert find_cart(visit()) is None
    assert Cart.objects.count() == 0


def test_guest_keeps_the_cart_that_was_opened():
    request = visit()
    cart = open_cart(request)
    assert request.session[SESSION_KEY] == str(cart.pk)
    assert open_cart(request) == cart == find_cart(request)
    assert Cart.objects.count() == 1


@pytest.mark.parametrize("cart_id", [uuid.uuid4(), "no uuid", "../etc"])
def test_guest_whose_cart_is_gone_has_none(cart_id):
    request = visit(cart_id=cart_id)
    assert find_cart(request) is None
    assert open_cart(request).pk != cart_id


def test_guest_does_not_reach_the_cart_of_a_customer():
    cart = make_cart(customer=make_customer())
    assert find_cart(visit(cart_id=cart.pk)) is None


def test_customer_has_a_cart_from_the_first_add_on():
    customer = make_customer()
    request = visit(customer.user)
    assert find_cart(request) is None
    cart = open_cart(request)
    assert (cart.customer, find_cart(request)) == (customer, cart)
    assert SESSION_KEY not in request.session


def test_cart_of_a_guest_joins_the_customers_after_sign_in():
    customer, lamp = make_customer(), make_item()
    own, guest = make_cart((lamp, 1), customer=customer), make_cart((lamp, 2))
    request = visit(customer.user, cart_id=guest.pk)
    assert find_cart(request) == own
    assert own.items.get().quantity == 3
    assert SESSION_KEY not in request.session
    assert find_cart(request) == own
    assert own.items.get().quantity == 3


def test_cart_that_is_gone_after_sign_in_is_forgotten():
    request = visit(make_customer().user, cart_id=uuid.uuid4())
    assert find_cart(request) is None
    assert SESSION_KEY not in request.session


def test_staff_become_customers_when_they_first_shop():
    user = make_staff()
    customer = find_customer(visit(user))
    assert (customer.user, Customer.objects.count()) == (user, 1)
    assert find_customer(visit()) is None


def test_remembered_cart_is_a_uuid_or_none():
    cart_id = uuid.uuid4()
    assert remembered_cart_id(visit(cart_id=cart_id)) == cart_id
    assert remembered_cart_id(visit(cart_id="x")) is None
    assert remembered_cart_id(visit()) is None
