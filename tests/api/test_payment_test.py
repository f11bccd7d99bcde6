"""The page to try a payment by hand."""

import re

import pytest
from django.test import Client

from tests.factories.users import make_customer, make_staff

pytestmark = pytest.mark.django_db

PATH = "/store/payment-test/"


def visit(user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client.get(PATH)


def test_payment_test_for_staff():
    answer = visit(make_staff())
    assert answer.status_code == 200
    page = answer.content.decode()
    assert {"baseUrl", "jwtToken", "orderId", "payButton", "status"} <= set(re.findall(r'id="(\w+)"', page))
    assert 'value="http://testserver"' in page
    assert "js/payment-test.js" in page
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_payment_test_for_nobody_else():
    answer = visit()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next={PATH}")
    assert visit(make_customer().user).status_code == 403


def test_payment_test_under_debug(settings):
    settings.DEBUG = True
    assert visit().status_code == 200


def test_payment_test_is_only_read():
    assert Client().post(PATH).status_code == 405
