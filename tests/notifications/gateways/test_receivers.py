import socket
import time

import pytest

from notifications.gateways import addresses, receivers
from notifications.gateways.addresses import AddressRefused
from notifications.gateways.receivers import Answer, NotReceived, post
from tests.notifications.receivers import DRIP, HANG, run_receiver, write_certificate

HEADERS = {"Content-Type": "application/json", "Haat-Event": "1"}


def send(url: str) -> Answer:
    return post(url=url, body='{"title":"दीया"}'.encode(), headers=HEADERS)


def test_body_and_headers_arrive_as_they_were_given(receiver):
    assert send(receiver.url) == Answer(status=200, text="thank you")
    (call,) = receiver.calls
    assert (call.path, call.body.decode()) == ("/events?shop=1", '{"title":"दीया"}')
    assert (call.headers["Host"], call.headers["Haat-Event"]) == (receiver.url.split("/")[2], "1")
    assert call.headers["Content-Length"] == "24"


@pytest.mark.parametrize(
    ("status", "is_success"), [(200, True), (204, True), (299, True), (302, False), (500, False)]
)
def test_any_2xx_is_success(receiver, status, is_success):
    receiver.reply = status
    answer = send(receiver.url)
    assert (answer.status, answer.is_success) == (status, is_success)


def test_redirect_is_not_followed(receiver):
    receiver.reply, receiver.location = 307, receiver.url
    assert send(receiver.url).status == 307
    assert len(receiver.calls) == 1


def test_long_answer_is_read_to_its_beginning_only(receiver):
    receiver.text = "é\0" * 100_000
    answer = send(receiver.url)
    assert answer.text == "é�" * 166 + "é"  # two bytes and one, 500 in all


def test_client_that_hangs_is_given_up(receiver, monkeypatch):
    monkeypatch.setattr(receivers, "ANSWER_SECONDS", 0.2)
    receiver.reply = HANG
    with pytest.raises(NotReceived, match=r"No answer in time\."):
        send(receiver.url)


def test_client_that_drips_is_cut_off(receiver, monkeypatch):
    monkeypatch.setattr(receivers, "WHOLE_SECONDS", 0.3)
    receiver.reply = DRIP
    began_at = time.monotonic()
    assert send(receiver.url).status == 200  # which is all it said
    assert time.monotonic() - began_at < 1


def test_refused_connection_is_told(receiver):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NotReceived, match="Connection refused"):
        send(f"http://127.0.0.1:{port}/")


def test_broken_addresses_are_told(receiver):
    for url in ("http://127.0.0.1:99999/", "http://[::1/", "http://127.0.0.1/\n", "https:///events"):
        with pytest.raises((NotReceived, AddressRefused)):
            send(url)


def test_plain_http_and_private_addresses_are_refused(settings, receiver):
    settings.WEBHOOK_ALLOW_PRIVATE = False
    with pytest.raises(AddressRefused, match=r"Events are sent over https only\."):
        send(receiver.url)
    with pytest.raises(AddressRefused, match="not a public address"):
        send(receiver.url.replace("http:", "https:"))
    assert receiver.calls == []


def test_connection_goes_to_the_address_that_was_checked(receiver, monkeypatch):
    """A name that leads elsewhere when it is asked a second time is not asked a second time."""
    asked = []

    def answer_once(host, port, **options):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", answer_by_name(answer_once))
    assert send(receiver.url.replace("127.0.0.1", "rebound.example.com")).status == 200
    assert asked == ["rebound.example.com"]
    assert receiver.calls[0].headers["Host"].startswith("rebound.example.com:")


def answer_by_name(answer):
    """Addresses are their own names: the connection asks for these, too."""
    real = socket.getaddrinfo
    return lambda host, port, *rest, **options: (
        answer(host, port, **options) if host.endswith(".com") else real(host, port, *rest, **options)
    )


def test_next_address_is_tried_where_the_first_does_not_answer(receiver, monkeypatch):
    monkeypatch.setattr(receivers, "find_addresses", lambda host, port: ["127.0.0.9", "127.0.0.1"])
    assert send(receiver.url).status == 200


def test_certificate_must_be_that_of_the_name(receiver):
    """The receiver speaks no TLS: a https address never falls back to plain text."""
    with pytest.raises(NotReceived, match="SSL"):
        send(receiver.url.replace("http:", "https:"))
    assert receiver.calls == []


@pytest.fixture
def secure_client(settings, monkeypatch, tmp_path):
    """A client that speaks TLS with a certificate for client.example.com; any name leads to it."""
    settings.WEBHOOK_ALLOW_PRIVATE = True
    key_path, certificate_path = write_certificate(tmp_path, name="client.example.com")
    monkeypatch.setattr(receivers, "where", lambda: str(certificate_path))
    monkeypatch.setattr(receivers, "find_addresses", lambda host, port: ["127.0.0.1"])
    with run_receiver(certificate=(certificate_path, key_path)) as receiver:
        yield receiver


def test_certificate_is_that_of_the_name_and_not_of_the_address(secure_client):
    port = secure_client.url.split(":")[2]
    assert send(f"https://client.example.com:{port}").status == 200
    with pytest.raises(NotReceived, match="Hostname mismatch"):
        send(f"https://other.example.com:{port}")
    assert len(secure_client.calls) == 1
