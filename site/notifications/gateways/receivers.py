"""The way to a client's server: one POST, to a checked address, within a bounded time, and nothing followed."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from requests.certs import where
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from notifications.gateways.addresses import AddressRefused, find_addresses

CONNECT_SECONDS = 5
ANSWER_SECONDS = 10  # between two signs of life
WHOLE_SECONDS = 15  # for the request and its answer: who sends a byte at a time does not hold us up
ANSWER_BYTES = 500


class NotReceived(Exception):
    """Nobody knows that the client got it: no connection, no answer, or none in time."""


@dataclass(frozen=True)
class Answer:
    """`text` is how it began."""

    status: int
    text: str

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


def post(*, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send it once. A redirect is an answer like any other. Raises `NotReceived` and `AddressRefused`."""
    parts = split(url)
    if parts.scheme != "https" and not settings.WEBHOOK_ALLOW_PRIVATE:
        raise AddressRefused(_("Events are sent over https only."))
    try:
        with connect(parts) as connection:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            # Named by us: the connection itself knows the address only.
            named = {**headers, "Host": parts.netloc}
            connection.request("POST", path, body=body, headers=named, preload_content=False)
            response = connection.getresponse()
            return Answer(status=response.status, text=read_beginning(response))
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        raise NotReceived(describe(error)) from error


def split(url: str) -> SplitResult:
    """Raises `AddressRefused`."""
    try:
        parts = urlsplit(url)
        is_usable = bool(parts.hostname) and parts.port != 0  # a port that is no number raises here
    except ValueError:
        is_usable = False
    if not is_usable:
        raise AddressRefused(_("The address cannot be read."))
    return parts


@contextmanager
def connect(parts: SplitResult) -> Iterator[HTTPConnection]:
    """A connection that is cut after `WHOLE_SECONDS`."""
    connection = open_first(parts)
    guard = Timer(WHOLE_SECONDS, partial(cut, connection.sock))
    guard.daemon = True
    guard.start()
    try:
        connection.timeout = ANSWER_SECONDS  # which it sets before it writes and before it reads
        yield connection
    finally:
        guard.cancel()
        connection.close()


def open_first(parts: SplitResult) -> HTTPConnection:
    """Connected to the first address that lets us in."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    addresses = find_addresses(parts.hostname or "", port)
    for address in addresses:
        connection = build_connection(parts, address=address, port=port)
        try:
            connection.connect()
        except ConnectTimeoutError:  # or refused, which is a kind of it
            connection.close()
            if address == addresses[-1]:
                raise
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise AddressRefused(_("The host name leads nowhere."))


def build_connection(parts: SplitResult, *, address: str, port: int) -> HTTPConnection:
    if parts.scheme != "https":
        return HTTPConnection(address, port, timeout=CONNECT_SECONDS)
    # Its certificate must be that of the name, although the connection goes to the address.
    return HTTPSConnection(
        address, port, timeout=CONNECT_SECONDS, server_hostname=parts.hostname, ca_certs=where()
    )


def cut(connected: socket.socket) -> None:
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)


def read_beginning(response) -> str:
    """How the answer begins, for the log. Its status stands, whatever becomes of the rest."""
    try:
        beginning = response.read(ANSWER_BYTES, decode_content=False)
    except (HTTPError, HTTPException, OSError, ValueError):
        return ""
    # A NUL is no character of a text column.
    return beginning[:ANSWER_BYTES].decode(errors="replace").replace("\0", "�")


def describe(error: Exception) -> str:
    if isinstance(error, TimeoutError | ConnectTimeoutError) and not isinstance(error, NewConnectionError):
        return _("No answer in time.")
    return f"{type(error).__name__}: {error}"
