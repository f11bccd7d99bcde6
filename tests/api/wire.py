"""A client of the API that sees what is on the wire, and the bodies that the contract fixes."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http.response import ResponseHeaders
from django.test import Client

from accounts.models import User
from api.serializers.tokens import make_refresh

ENCODINGS = ("json", "form", "multipart")
BOUNDARY = "boundary-of-the-tests"


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    content: bytes
    headers: ResponseHeaders

    @property
    def told(self) -> tuple[int, Any]:
        """What most tests compare: status and body."""
        return self.status, self.body


class Api:
    """Speaks as one caller. Numbers with a point are read as Decimal, so that strings cannot pass for them."""

    def __init__(self, *, token: str = "", scheme: str = "JWT") -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"{scheme} {token}"} if token else {}

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, encoding: str = "json", **headers: str) -> Answer:
        return self.send("POST", path, *encode(body, encoding), **headers)

    def put(self, path: str, body: Any = None, encoding: str = "json") -> Answer:
        return self.send("PUT", path, *encode(body, encoding))

    def patch(self, path: str, body: Any = None, encoding: str = "json") -> Answer:
        return self.send("PATCH", path, *encode(body, encoding))

    def delete(self, path: str, body: Any = None) -> Answer:
        return self.send("DELETE", path, *encode(body, "json"))

    def send(
        self, method: str, path: str, content: bytes = b"", content_type: str = "", **headers: str
    ) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = self.client.generic(
            method, path, content, content_type or "application/json", headers={**self.headers, **named}
        )
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        body = json.loads(response.content, parse_float=Decimal) if is_json and response.content else None
        return Answer(response.status_code, body, response.content, response.headers)


def sign_in(user: User) -> Api:
    return Api(token=make_access(user))


def make_access(user: User) -> str:
    return str(make_refresh(user).access_token)


def encode(body: Any, encoding: str) -> tuple[bytes, str]:
    if body is None:
        return b"", "application/json"
    if encoding == "json":
        return json.dumps(body).encode(), "application/json"
    if encoding == "form":
        return urlencode(flatten(body)).encode(), "application/x-www-form-urlencoded"
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in flatten(body).items()
    ]
    content = "".join([*parts, f"--{BOUNDARY}--\r\n"])
    return content.encode(), f"multipart/form-data; boundary={BOUNDARY}"


def flatten(body: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """An object in an object becomes `address.city`, as forms say it."""
    flat = {}
    for name, value in body.items():
        flat.update(flatten(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name: value})
    return flat


def detail_body(sentence: str, code: str, **details: Any) -> dict[str, Any]:
    """An error that is about no field."""
    return {"detail": sentence, "error": sentence, "code": code, "details": details}


def field_body(**fields: list[str]) -> dict[str, Any]:
    """An error of one or more fields; the first message is the sentence."""
    return {**fields, "error": next(iter(fields.values()))[0], "code": "invalid", "details": fields}


def missing_body(name: str) -> dict[str, Any]:
    return detail_body(f"No {name} matches the given query.", "not_found")


NOT_FOUND = (404, detail_body("Not found.", "not_found"))
UNAUTHENTICATED = (401, detail_body("Authentication credentials were not provided.", "not_authenticated"))
FORBIDDEN = (403, detail_body("You do not have permission to perform this action.", "permission_denied"))
REQUIRED = ["This field is required."]


def refused_method(method: str) -> tuple[int, dict[str, Any]]:
    return 405, detail_body(f'Method "{method}" not allowed.', "method_not_allowed")
