"""How fast one token may knock: counted in PostgreSQL for all processes together, so that a runaway program is stopped.

A row that every request of a token wrote would make its requests queue behind each other. So each process takes some
knocks at a time from the count of the minute (`SHARE` of them), in a statement of its own before the transaction, and
spends them here. What is let through is what the rule allows, but for the first request of a token in the life of a
process, which is counted with its second; at the end of a minute's allowance some may lie unspent in another process.
Whoever was never admitted is not counted: he writes nothing.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from anwang.access.throttle import knock
from anwang.foundation import clock
from anwang.systems.admission import Admitted
from anwang.systems.rules import requests_a_minute

from .problems import Problem

MINUTE = timedelta(minutes=1)
SHARE = 60
"""A process takes a sixtieth of a minute's knocks at a time: ten of six hundred, one where the rule allows few."""
_lock = threading.Lock()


@dataclass
class _Holder:
    """What this process knows of a token it admitted: its prefix, the rule, and the knocks in hand for one minute."""

    prefix: str
    most: int
    read_at: datetime
    until: datetime
    left: int = 0
    owed: int = 1
    """Knocks that were let in before they could be counted: the one by which the token came to be known here."""
    is_full: bool = False

    def is_of(self, now: datetime) -> bool:
        """Whether what is in hand is of this minute, also when the clock was set back."""
        return self.until - MINUTE <= now < self.until


_holders: dict[bytes, _Holder] = {}


def spend(plain: str) -> None:
    """One request more of a token that was admitted here before; outside a transaction.

    Raises Problem with the seconds to wait when the minute is full.
    """
    holder, now = _holders.get(_sum(plain)), clock.now()
    if holder is None:
        return
    with _lock:
        if holder.is_of(now) and (holder.left or holder.is_full):
            _let_in(holder, now)
            return
        owed, holder.owed = holder.owed, 0
    wanted = max(1, holder.most // SHARE) + owed
    found = knock("api", holder.prefix, most=holder.most, within=MINUTE, times=wanted)
    granted = max(0, wanted - owed - max(0, found.count - found.most))
    with _lock:
        holder.left = granted + (holder.left if holder.until == found.until else 0)
        holder.until, holder.is_full = found.until, granted == 0
        _let_in(holder, now)


def _let_in(holder: _Holder, now: datetime) -> None:
    if not holder.left:
        seconds = max(1, -int((now - holder.until).total_seconds()))
        raise Problem("too-many", headers={"Retry-After": str(seconds)})
    holder.left -= 1


def admitted(plain: str, by: Admitted) -> None:
    """Remember a token that is good, and once a minute how fast it may knock; inside its transaction."""
    now, known = clock.now(), _holders.get(_sum(plain))
    if known is not None and now - MINUTE < known.read_at <= now:
        return
    most = requests_a_minute(now, by.viewer.county)
    with _lock:
        known = _holders.setdefault(_sum(plain), _Holder(by.prefix, most, now, now))
        known.most, known.read_at = most, now


def _sum(plain: str) -> bytes:
    """Tokens are known here by their sums: whoever knows a prefix alone cannot spend what is another's."""
    return hashlib.sha256(plain.encode()).digest()
