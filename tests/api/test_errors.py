"""The one handler that makes every error body."""

import json
import logging

import pytest
from django.core import exceptions as django
from django.db import OperationalError
from django.http import Http404
from rest_framework import exceptions as rest

from api.errors import Refused, first_sentence, handle_exception
from checkout.gateways.razorpay import GatewayError, GatewayUnavailable
from checkout.services.staff import OrderTookMoney
from database.transactions import BUSY, Busy
from tests.api.wire import detail_body, field_body

AWAY = "The payment service cannot be reached right now. Please try again."
NOT_TAKEN = "The payment service refused the request. Please try again."


class UnusualOrder(OrderTookMoney):
    """A class that has no rule of its own."""


def tell(error: Exception) -> tuple[int, dict]:
    response = handle_exception(error, {})
    return response.status_code, json.loads(json.dumps(response.data))


@pytest.mark.parametrize(
    ("error", "status", "body"),
    [
        (Http404(), 404, detail_body("Not found.", "not_found")),
        (Http404("No Cart."), 404, detail_body("No Cart.", "not_found")),
        (
            django.PermissionDenied(),
            403,
            detail_body("You do not have permission to perform this action.", "permission_denied"),
        ),
        (django.ValidationError("Bad."), 400, field_body(non_field_errors=["Bad."])),
        (django.ValidationError({"slug": ["Taken."]}), 400, field_body(slug=["Taken."])),
        (django.RequestDataTooBig(), 413, detail_body("The request is too large.", "too_large")),
        (django.TooManyFieldsSent(), 400, detail_body("Malformed request.", "parse_error")),
        (rest.ValidationError(["Bad."]), 400, field_body(non_field_errors=["Bad."])),
        (OperationalError(2013, "Lost connection"), 503, detail_body(BUSY, "busy")),
        (OperationalError(1213, "Deadlock"), 503, detail_body(BUSY, "busy")),
        (rest.Throttled(), 429, detail_body("Request was throttled.", "throttled")),
        (
            UnusualOrder(),
            409,
            detail_body("The order took money, so it cannot be deleted. Refund it instead.", "order_paid"),
        ),
        (GatewayError("secret"), 503, detail_body(NOT_TAKEN, "gateway_unavailable")),
        (GatewayUnavailable("secret"), 503, detail_body(AWAY, "gateway_unavailable")),
        (Busy("Busy."), 503, detail_body("Busy.", "busy")),
        (
            Refused("No.", status=409, code="no", details={"items": [1]}),
            409,
            detail_body("No.", "no", items=[1]),
        ),
    ],
)
def test_error_body(error, status, body):
    assert tell(error) == (status, body)


@pytest.mark.parametrize(("error", "seconds"), [(Busy("Busy."), "2"), (rest.Throttled(wait=7), "7")])
def test_error_says_when_to_come_again(error, seconds):
    assert handle_exception(error, {}).headers["Retry-After"] == seconds


@pytest.mark.parametrize(
    ("errors", "sentence"),
    [
        ({}, ""),
        ({"a": []}, ""),
        ({"a": {"b": ["Deep."]}}, "Deep."),
        ({"a": [{}, {"b": ["Second."]}]}, "Second."),
        (["One.", "Two."], "One."),
    ],
)
def test_first_sentence(errors, sentence):
    assert first_sentence(errors) == sentence


def test_unexpected_error_is_logged_and_says_nothing(guest, monkeypatch, caplog):
    def fail():
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr("api.views.carts.carts.create_cart", fail)
    with caplog.at_level(logging.ERROR, logger="api.errors"):
        answer = guest.post("/store/carts/")
    sentence = "Something went wrong on our side. Please try again in a moment."
    assert answer.told == (500, detail_body(sentence, "server_error"))
    assert b"swordfish" not in answer.content
    assert "swordfish" in caplog.text


def test_unexpected_error_says_the_same_under_debug(guest, monkeypatch, settings):
    settings.DEBUG = True
    monkeypatch.setattr("api.views.carts.carts.create_cart", lambda: 1 / 0)
    assert guest.post("/store/carts/").body["code"] == "server_error"


UNEXPECTED = detail_body("Something went wrong on our side. Please try again in a moment.", "server_error")


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("path", ["/store/products/", "/auth/users/", "/api/schema/", "/store/nothing/"])
def test_host_that_is_none_of_ours(guest, settings, path, debug):
    settings.DEBUG = debug
    answer = guest.get(path, Host="evil.example")
    assert answer.told == (400, detail_body("Malformed request.", "parse_error"))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert guest.send("POST", path, b"{}", Host="evil.example").status == 400


@pytest.mark.parametrize("debug", [False, True])
def test_answer_that_cannot_be_written(guest, monkeypatch, settings, debug):
    def fail(*arguments, **options):
        raise RuntimeError("the password is swordfish")

    settings.DEBUG = debug
    monkeypatch.setattr("rest_framework.renderers.JSONRenderer.render", fail)
    answer = guest.get("/store/products/")
    assert answer.told == (500, UNEXPECTED)
    assert b"swordfish" not in answer.content


def test_pages_keep_their_own_errors(guest):
    answer = guest.get("/", Host="evil.example")
    assert (answer.status, answer.headers["Content-Type"].split(";")[0]) == (400, "text/html")
