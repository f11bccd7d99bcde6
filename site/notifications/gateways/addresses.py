"""Where a client's host name leads, checked once: the connection goes to the very address that was looked at."""

import ipaddress
import socket

from django.conf import settings
from django.utils.translation import gettext as _

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
MOST_TRIED = 3


class AddressRefused(Exception):
    """The host has no address, or one that the shop does not call."""


def find_addresses(host: str, port: int) -> list[str]:
    """The addresses of a host, the first `MOST_TRIED`. Raises `AddressRefused` where any of all is not public.

    Any, not all: whoever mixes public and private addresses in one name wants one of them to slip through.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused(_("The host name leads nowhere: %(error)s") % {"error": error}) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not settings.WEBHOOK_ALLOW_PRIVATE:
        for address in addresses:
            if not is_public(ipaddress.ip_address(address)):
                raise AddressRefused(
                    _("%(host)s leads to %(address)s, which is not a public address.")
                    % {"host": host, "address": address}
                )
    return addresses[:MOST_TRIED]


def is_public(address: IPAddress) -> bool:
    """Neither private, loopback, link-local, shared (CGNAT), multicast, reserved, nor one of these in IPv6's dress."""
    inner = find_inner(address)
    if inner is not None:
        return is_public(inner)
    is_special = address.is_multicast or address.is_reserved or getattr(address, "is_site_local", False)
    return address.is_global and not is_special


def find_inner(address: IPAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, 6to4 or behind NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
