"""How often somebody outside knocks: counted in PostgreSQL, so that all processes count together.

Who knocks is never written down: the key of a count is an HMAC of what is counted, whom and which window, so a row
tells no address and cannot be joined to the row of another window. Rows are forgotten once their window is over
(`forget`). The table is unlogged: after a crash every count begins again, and counting costs no wait for the disk.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection

from anwang.foundation import clock

_COUNT_SQL = """
INSERT INTO access_throttle AS t (key, what, count, ends_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (key) DO UPDATE SET count = t.count + excluded.count RETURNING count
"""


@dataclass(frozen=True)
class Knock:
    """`count` of knocks in the window that ends at `until`, this one included; `most` are let through."""

    count: int
    most: int
    until: datetime

    @property
    def is_over(self) -> bool:
        return self.count > self.most

    @property
    def retry_after(self) -> int:
        """Whole seconds until the window ends, at least 1: for the header of that name."""
        return max(1, -int((clock.now() - self.until).total_seconds()))


def knock(what: str, whom: str, *, most: int, within: timedelta, times: int = 1) -> Knock:
    """Count `times` knocks of `whom` (an address, a token) at `what`, in one statement, and say where it stands.

    Windows are fixed (aligned to the epoch). Outside a transaction the count stands at once and for good, which is
    what refusals need; inside one it is undone with it, and other knocks of the same caller wait until it ends.
    """
    length = int(within.total_seconds())
    window = int(clock.now().timestamp()) // length
    until = datetime.fromtimestamp((window + 1) * length, UTC)
    key = hmac.digest(settings.KEYRING["seals"], f"throttle\0{what}\0{length}\0{window}\0{whom}".encode(), "sha256")
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_SQL, [key, what, times, until])
        row = cursor.fetchone()
    return Knock(row[0], most, until)


def client_address(meta: Mapping[str, object]) -> str:
    """Whose knock it is, from `request.META`; an IPv6 caller by his /64, which is one household.

    The header of a proxy is believed only where `ANWANG_BEHIND_PROXY` says that one stands before us, and then only
    its last entry, which that proxy wrote itself.
    """
    text = str(meta.get("REMOTE_ADDR", ""))
    if settings.ANWANG_BEHIND_PROXY and meta.get("HTTP_X_FORWARDED_FOR"):
        text = str(meta["HTTP_X_FORWARDED_FOR"]).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def forget() -> int:
    """Delete the counts of windows that are over; how many there were. A job of the worker."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_throttle WHERE ends_at < %s", [clock.now()])
        return cursor.rowcount
