"""Clients that are called about events, on real sockets, well and unwell."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HANG = "hang"
DRIP = "drip"


@dataclass
class Call:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`reply` is the status it answers with, `HANG` to say nothing, or `DRIP` for a header that never ends."""

    url: str = ""
    reply: int | str = 200
    text: str = "thank you"
    location: str = ""
    calls: list[Call] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


@contextmanager
def run_receiver(certificate: tuple[Path, Path] | None = None) -> Iterator[Receiver]:
    """With a certificate and its key it speaks TLS."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.calls.append(Call(self.path, dict(self.headers), body))
            if receiver.reply == HANG:
                receiver.released.wait(timeout=5)
            elif receiver.reply == DRIP:
                drip(self.wfile, receiver.released)
            else:
                self.answer(int(receiver.reply))

        def answer(self, status: int) -> None:
            self.send_response(status)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.end_headers()
            self.wfile.write(receiver.text.encode())

        def do_GET(self) -> None:
            receiver.calls.append(Call(self.path, dict(self.headers), b""))
            self.answer(200)

        def log_message(self, *arguments) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    scheme = "https" if certificate else "http"
    receiver.url = f"{scheme}://127.0.0.1:{server.server_port}/events?shop=1"
    try:
        yield receiver
    finally:
        receiver.released.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def drip(wire, released: threading.Event) -> None:
    """A byte at a time: each comes in time, the answer never does."""
    with suppress(OSError):
        wire.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not released.is_set():
            wire.write(b".")
            time.sleep(0.05)


def write_certificate(folder: Path, *, name: str) -> tuple[Path, Path]:
    """A key and a certificate that it signed itself, for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    key_path, certificate_path = folder / "key.pem", folder / "certificate.pem"
    certificate_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return key_path, certificate_path
