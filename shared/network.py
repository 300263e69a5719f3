"""Where a request comes from, as far as tries are counted by it."""

from ipaddress import IPv6Address, ip_address, ip_network

SMALLEST_SITE = 64  # IPv6 gives every household 2^64 addresses


def network_of(address: str | None) -> str:
    """The network whose tries are counted together: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ip_network((found, SMALLEST_SITE), strict=False))
    return str(found)
