"""Mail servers that misbehave, on real sockets."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

HANG = "hang"
VANISH = "vanish"
REPLIES = {
    "HELLO": "220 mail.example.com",
    "EHLO": "250 mail.example.com",
    "MAIL": "250 OK",
    "RCPT": "250 OK",
    "DATA": "354 go on",
    ".": "250 taken",
    "RSET": "250 OK",
    "QUIT": "221 bye",
}


@contextmanager
def serve_mail(odd: Mapping[str, str] | None = None) -> Iterator[tuple[int, list[str]]]:
    """The port of an SMTP server and the lines it received; `odd` replaces its replies to some commands.

    "HELLO" stands for the greeting and "." for the end of the message. `VANISH` closes the connection
    in place of a reply, `HANG` keeps it open and says nothing.
    """
    replies = {**REPLIES, **(odd or {})}
    listener = socket.create_server(("127.0.0.1", 0))
    received: list[str] = []
    thread = threading.Thread(target=accept_all, args=(listener, replies, received), daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], received
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(timeout=5)


def accept_all(listener: socket.socket, replies: Mapping[str, str], received: list[str]) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            connection.settimeout(2)
            with connection, suppress(OSError):
                converse(connection, replies, received)


def converse(connection: socket.socket, replies: Mapping[str, str], received: list[str]) -> None:
    lines = connection.makefile("r", newline="\r\n")
    step, in_message = "HELLO", False
    while True:
        reply = replies[step]
        if reply == VANISH:
            return
        if reply == HANG:
            connection.recv(65536)
            return
        connection.sendall(f"{reply}\r\n".encode())
        in_message = step == "DATA" and reply.startswith("354")
        while (line := lines.readline().rstrip("\r\n")) != "." and in_message:
            pass
        received.append(line)
        step = "." if line == "." else line.partition(" ")[0].upper() or "QUIT"
