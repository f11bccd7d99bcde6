"""A stand-in for Mailgun on a real socket: it takes mails, and delays, refuses, hangs or lies on demand."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

SIGNING_KEY = "signing-key"
numbers = count(1)

# What it does with the next mail: take it; take it and never answer; take nothing and never answer; say a status.
TAKE, LIE, HANG = "take", "lie", "hang"


@dataclass
class Mailgun:
    """`plan` is what it does with the next mails, the last step for all that follow; `taken` their fields."""

    url: str = ""
    plan: list[Any] = field(default_factory=lambda: [TAKE])
    taken: list[dict[str, list[str]]] = field(default_factory=list)
    asked: int = 0
    patience: float = 0.6
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_step(self) -> Any:
        with self.lock:
            self.asked += 1
            return self.plan.pop(0) if len(self.plan) > 1 else self.plan[0]


@contextmanager
def run_mailgun() -> Iterator[Mailgun]:
    mailgun = Mailgun()
    handler = type("Handler", (Conversation,), {"mailgun": mailgun})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    mailgun.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield mailgun
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


class Conversation(BaseHTTPRequestHandler):
    mailgun: Mailgun

    def do_POST(self) -> None:
        fields = read_fields(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
        step = self.mailgun.next_step()
        if step in (TAKE, LIE):
            self.mailgun.taken.append(fields)
        if step in (LIE, HANG):
            time.sleep(self.mailgun.patience)
            return
        with suppress(OSError):
            if step == TAKE:
                self.answer(200, {"id": "<1@mg.example.com>", "message": "Queued. Thank you."})
            else:
                status, headers = step if isinstance(step, tuple) else (step, {})
                self.answer(status, {"message": "no"}, **headers)

    def answer(self, status: int, body: dict, **headers: str) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        pass


def read_fields(headers: Message, body: bytes) -> dict[str, list[str]]:
    """The form's fields, whether it came with attachments or without."""
    fields: dict[str, list[str]] = {}
    if headers.get_content_type() == "multipart/form-data":
        head = f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode()
        for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
            name = part.get_param("name", header="content-disposition")
            fields.setdefault(name, []).append(part.get_content())
        return fields
    for name, value in parse_qsl(body.decode(), keep_blank_values=True):
        fields.setdefault(name, []).append(value)
    return fields


def sign(token: str, *, key: str = SIGNING_KEY, timestamp: str = "1795340100") -> dict[str, str]:
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": timestamp, "token": token, "signature": signature}


def make_report(
    event: str, *, mail_id: object, to: str, token: str = "", at: float = 1795340100.0, **data
) -> dict:
    """A report as Mailgun posts it."""
    return {
        "signature": sign(token or f"token-{next(numbers)}"),
        "event-data": {
            "event": event,
            "timestamp": at,
            "recipient": to,
            "message": {"headers": {"message-id": "unknown@elsewhere"}},
            "user-variables": {"mail": str(mail_id)},
            **data,
        },
    }
