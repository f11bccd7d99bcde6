"""One HTTP request as the handlers see it, and the answers they give."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from urllib.parse import parse_qs

from simulators.razorpay.errors import ApiError, reject


@dataclass(frozen=True)
class Request:
    """Header names are in lower case."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    def read_json(self) -> dict[str, Any]:
        """The body's object; an empty body is an empty object, as in a full refund."""
        try:
            body = json.loads(self.body or b"{}")
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise reject("The request body must be a JSON object.")
        return body

    def read_form(self) -> dict[str, str]:
        pairs = parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True)
        return {name: values[-1] for name, values in pairs.items()}

    def read_parameter(self, name: str) -> str | None:
        values = self.query.get(name)
        return values[-1] if values else None


class Ending(Enum):
    """How a connection goes on after an answer; the last two send none."""

    SEND = "send"
    CLOSE = "close"
    RESET = "reset"


@dataclass(frozen=True)
class Answer:
    """`delay` is in seconds."""

    status: int
    body: bytes
    content_type: str
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    ending: Ending = Ending.SEND


def answer_json(shape: Any, status: int = 200) -> Answer:
    body = json.dumps(shape, separators=(",", ":"), ensure_ascii=False).encode()
    return Answer(status, body, "application/json")


def answer_error(error: ApiError) -> Answer:
    answer = answer_json({"error": error.error}, error.status)
    if error.status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="Razorpay"'
    return answer
