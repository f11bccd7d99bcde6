"""Where a request comes from, as far as counting goes."""

from ipaddress import ip_address, ip_network


def widen(address: str) -> str:
    """An IPv6 address stands for its /64: whoever has one has them all."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address
