import html
import json
import re
import urllib.parse

import pytest
import requests

from simulators.razorpay.signatures import sign_payment
from tests.simulators.razorpay.stage import BANK, CARD, FAILING_UPI, KEY_ID, KEY_SECRET, UPI, Stage

CALLBACK = "http://shop.example/back?order=<7>"
CANCEL = "http://shop.example/cart"


def open_hosted(stage: Stage, **fields: str) -> requests.Response:
    form = {
        "key_id": KEY_ID,
        "name": "Haat & Sons",
        "description": "Order SO-1042",
        "callback_url": CALLBACK,
        "cancel_url": CANCEL,
        "prefill[email]": "asha@example.com",
        "prefill[contact]": "+919000090000",
        **fields,
    }
    return requests.post(f"{stage.url}/v1/checkout/embedded", data=form, timeout=5)


def submit(stage: Stage, page: requests.Response, **fields: str) -> requests.Response:
    """Sends the page's first form with these fields, as a browser without scripts does."""
    return requests.post(f"{stage.url}{read_action(page)}", data=fields, timeout=5)


def read_action(page: requests.Response) -> str:
    return html.unescape(re.search(r'<form[^>]* action="([^"]*)"', page.text)[1])


def read_fields(page: requests.Response) -> dict[str, str]:
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text)
    return {html.unescape(name): html.unescape(value) for name, value in pairs}


def test_page_offers_every_instrument(stage: Stage) -> None:
    page = open_hosted(stage, order_id=stage.order(12345600)["id"])

    assert page.status_code == 200
    assert "Haat &amp; Sons" in page.text
    assert page.text.count("Pay ₹1,23,456.00") == 3
    assert "Razorpay simulator: no money moves" in page.text
    assert f'href="{CANCEL}"' in page.text


@pytest.mark.parametrize(
    ("instrument", "answer"), [(UPI, None), (CARD, {"otp": "1234"}), (BANK, {"outcome": "success"})]
)
def test_success_returns_three_signed_fields(stage: Stage, instrument: dict, answer: dict | None) -> None:
    order = stage.order()
    page = submit(stage, open_hosted(stage, order_id=order["id"]), **instrument)
    page = submit(stage, page, **answer) if answer else page
    payment = stage.get(f"/orders/{order['id']}/payments")["items"][0]

    assert read_action(page) == CALLBACK
    assert read_fields(page) == {
        "razorpay_payment_id": payment["id"],
        "razorpay_order_id": order["id"],
        "razorpay_signature": sign_payment(KEY_SECRET, order["id"], payment["id"]),
    }
    assert '<button class="pay">Continue</button>' in page.text
    assert (payment["status"], payment["email"], payment["contact"], payment["description"]) == (
        "captured",
        "asha@example.com",
        "+919000090000",
        "Order SO-1042",
    )


def test_failure_returns_the_error_without_a_signature(stage: Stage) -> None:
    order = stage.order()
    page = submit(stage, open_hosted(stage, order_id=order["id"]), **FAILING_UPI)
    payment = stage.get(f"/orders/{order['id']}/payments")["items"][0]
    fields = read_fields(page)

    assert read_action(page) == CALLBACK
    assert json.loads(fields.pop("error[metadata]")) == {"payment_id": payment["id"], "order_id": order["id"]}
    assert fields == {
        "error[code]": "BAD_REQUEST_ERROR",
        "error[description]": payment["error_description"],
        "error[field]": "",
        "error[source]": "gateway",
        "error[step]": "payment_response",
        "error[reason]": "payment_failed",
    }


def test_cancelled_one_time_password_fails_the_payment(stage: Stage) -> None:
    page = submit(stage, open_hosted(stage, order_id=stage.order()["id"]), **CARD)
    page = submit(stage, page, outcome="cancelled")

    assert read_fields(page)["error[reason]"] == "payment_cancelled"


def test_mistyped_field_comes_back_with_its_message(stage: Stage) -> None:
    order = stage.order()
    typed = {**CARD, "number": '1"><script>', "cvv": "999"}
    page = submit(stage, open_hosted(stage, order_id=order["id"]), **typed)

    assert "Not a test card. Use 4111 1111 1111 1111." in page.text
    assert 'value="1&quot;&gt;&lt;script&gt;"' in page.text
    assert "999" not in page.text
    assert stage.get(f"/orders/{order['id']}")["attempts"] == 0


@pytest.mark.parametrize(
    ("fields", "status", "message"),
    [
        ({"key_id": "wrong"}, 401, "The api key provided is invalid"),
        ({"order_id": "order_Q7m3XkT9aLw2Bn"}, 400, "The id provided does not exist"),
        ({"callback_url": ""}, 400, "The callback_url must be a web address."),
        ({"callback_url": "javascript:alert(1)"}, 400, "The callback_url must be a web address."),
    ],
)
def test_page_says_why_it_cannot_open(stage: Stage, fields: dict, status: int, message: str) -> None:
    page = open_hosted(stage, **{"order_id": stage.order()["id"], **fields})

    assert page.status_code == status
    assert message in page.text
    assert f'href="{CANCEL}"' in page.text


def test_paid_order_opens_no_second_checkout(stage: Stage) -> None:
    page = open_hosted(stage, order_id=stage.captured()["order_id"])

    assert page.status_code == 400
    assert "Your payment has been declined as the order is already paid." in page.text


def test_second_tab_cannot_pay_again(stage: Stage) -> None:
    order = stage.order()
    first, second = (open_hosted(stage, order_id=order["id"]) for _ in range(2))
    submit(stage, first, **UPI)

    assert submit(stage, second, **UPI).status_code == 400
    assert stage.get(f"/orders/{order['id']}/payments")["count"] == 1


def test_reload_shows_the_checkout_again(stage: Stage) -> None:
    page = open_hosted(stage, order_id=stage.order()["id"])

    assert requests.get(f"{stage.url}{read_action(page)}", timeout=5).text == page.text


def test_pages_hold_nothing_inline(stage: Stage) -> None:
    page = submit(stage, open_hosted(stage, order_id=stage.order()["id"]), **UPI)

    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
    assert re.findall(r"<script(?![^>]*src)|\son\w+=|\sstyle=|<style", page.text) == []
    assert urllib.parse.urlsplit(read_action(page)).netloc == "shop.example"
