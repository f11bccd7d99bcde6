"""Gateways that misbehave, on real sockets."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


def answer(status: str, body: str, content_type: str = "application/json") -> bytes:
    content = body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + content


NOTHING = b""
RESET = None
SILENCE = "silence"


@contextmanager
def serve(reply: bytes | str | None) -> Iterator[str]:
    """The address of a server that gives every request the same reply.

    `NOTHING` closes the connection without a word, `RESET` breaks it, `SILENCE` keeps it open.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    kept: list[socket.socket] = []
    thread = threading.Thread(target=accept_all, args=(listener, reply, kept), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(timeout=5)
        for connection in kept:
            connection.close()


def accept_all(listener: socket.socket, reply: bytes | str | None, kept: list[socket.socket]) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            connection.settimeout(5)
            read_request(connection)
            if reply == SILENCE:
                kept.append(connection)
                continue
            if reply is RESET:
                # With no time to linger, closing sends a reset.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            elif reply:
                connection.sendall(reply)
            connection.close()


def read_request(connection: socket.socket) -> bytes:
    """The whole of it, so that closing is an answer to it and not a refusal to read."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(
        (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + body
