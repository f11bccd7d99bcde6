"""A headless client of the running shop's API, over real HTTP."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

ADDRESS = {
    "name": "Asha Rao",
    "line1": "12 MG Road",
    "city": "Bengaluru",
    "state": "KA",
    "postal_code": "560038",
}


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any


def send(
    url: str,
    *,
    method: str = "POST",
    body: dict | None = None,
    token: str = "",
    headers: dict[str, str] | None = None,
) -> Answer:
    """One request; an error status is an answer, too."""
    headers = {"Content-Type": "application/json", **(headers or {})}
    if token:
        headers["Authorization"] = f"JWT {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            raw = answer.read()
            return Answer(answer.status, json.loads(raw) if raw else None)
    except urllib.error.HTTPError as error:
        return Answer(error.code, json.loads(error.read() or b"null"))


def sign_up(shop_url: str, username: str) -> str:
    """Make a customer. Returns an access token."""
    credentials = {"username": username, "password": "a long enough password"}
    made = send(f"{shop_url}/auth/users/", body={**credentials, "email": f"{username}@example.com"})
    assert made.status == 201, made
    return send(f"{shop_url}/auth/jwt/create/", body=credentials).body["access"]


def fill_cart(shop_url: str, product_id: int, quantity: int = 1) -> str:
    """A new cart with a product in it. Returns its id."""
    cart = send(f"{shop_url}/store/carts/", body={}).body["id"]
    added = send(
        f"{shop_url}/store/carts/{cart}/items/", body={"product_id": product_id, "quantity": quantity}
    )
    assert added.status == 201, added
    return cart


def order_as_guest(shop_url: str, product_id: int, *, email: str) -> Answer:
    cart = fill_cart(shop_url, product_id)
    body = {"cart_id": cart, "email": email, "address": ADDRESS}
    return send(f"{shop_url}/store/guest-orders/", body=body)
