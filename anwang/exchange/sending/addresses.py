"""Where a message may be sent: an https address of another house, never something inside our own network.

The name is looked up once and the connection goes to exactly the address that was looked at, so that a name cannot
point elsewhere in between.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

NAT64 = ipaddress.ip_network("64:ff9b::/96")
PORTS = {"https": 443, "http": 80}


class NotAllowed(ValueError):
    """Nothing is sent there; the message is a code: `address`, `name` or `private`."""


@dataclass(frozen=True)
class Target:
    """Where to connect, and what to ask for there."""

    is_secure: bool
    host: str
    port: int
    path: str
    ip: str


def target(address: str, *, private: bool) -> Target:
    """The one machine an address leads to. `private` also lets http and our own network through: for trying out."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise NotAllowed("address") from None
    if parts.scheme not in (("https", "http") if private else ("https",)) or not host:
        raise NotAllowed("address")
    if parts.username or parts.password or parts.fragment or not address.isascii() or " " in address:
        raise NotAllowed("address")
    port = PORTS[parts.scheme] if port is None else port
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", host, port, path, _address_of(host, port, private))


def _address_of(host: str, port: int, private: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotAllowed("name") from None
    addresses = [str(entry[4][0]) for entry in found]
    # One address of ours among several is enough: which one is taken must not be left to chance.
    if not addresses or not (private or all(is_outside(one) for one in addresses)):
        raise NotAllowed("private")
    return addresses[0]


def is_outside(text: str) -> bool:
    """Whether an IP address is one of the public internet, also where an IPv4 address hides in an IPv6 one."""
    try:
        ip = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        hidden = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if hidden is None and ip in NAT64:
            hidden = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if hidden is not None:
            ip = hidden
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
