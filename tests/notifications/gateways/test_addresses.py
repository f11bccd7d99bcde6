import ipaddress
import socket

import pytest

from notifications.gateways import addresses
from notifications.gateways.addresses import AddressRefused, find_addresses, is_public

PUBLIC = [
    "93.184.215.14",
    "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
    "64:ff9b::5db8:d70e",
    "2002:5db8:d70e::1",
]
REFUSED = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "ff02::1",
    "2001:db8::1",
]


@pytest.fixture
def resolve(monkeypatch):
    """The name service, at the edge of the process: `resolve("1.2.3.4", …)` is what every name leads to."""

    def lead_to(*found: str) -> None:
        entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in found]
        monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *arguments, **options: entries)

    return lead_to


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_may_be_called(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", REFUSED)
def test_other_address_may_not(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f.1", "2130706433", "::1", "10.0.0.1"])
def test_private_host_is_refused_however_it_is_written(host):
    with pytest.raises(AddressRefused, match="not a public address"):
        find_addresses(host, 443)


def test_name_with_one_private_address_is_refused_whole(resolve):
    resolve("93.184.215.14", "10.0.0.1")
    with pytest.raises(AddressRefused, match=r"leads to 10\.0\.0\.1, which is not a public address"):
        find_addresses("client.example.com", 443)


def test_first_addresses_are_given_once_each(resolve):
    resolve("93.184.215.14", "93.184.215.14", "93.184.215.15", "93.184.215.16", "93.184.215.17")
    assert find_addresses("client.example.com", 443) == ["93.184.215.14", "93.184.215.15", "93.184.215.16"]


def test_private_address_is_allowed_by_the_setting(settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    assert find_addresses("127.0.0.1", 443) == ["127.0.0.1"]


@pytest.mark.parametrize("host", ["client.invalid", "a" * 70 + ".example.com", "."])
def test_name_that_leads_nowhere_is_refused(host):
    with pytest.raises(AddressRefused, match="leads nowhere"):
        find_addresses(host, 443)
