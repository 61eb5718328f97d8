"""Rosters: who is expected to send which, each file as it came, and each of its rows until the child was seen.

What names a child lies in `RosterCells`; what came in, byte for byte, in `RosterBody`: both behind the grants.
"""

from .feed import RosterAlarm, RosterFeed
from .file import RosterBody, RosterFile, RosterSettlement
from .row import RosterCells, RosterRow
from .withdrawal import RosterWithdrawal

__all__ = [
    "RosterAlarm",
    "RosterBody",
    "RosterCells",
    "RosterFeed",
    "RosterFile",
    "RosterRow",
    "RosterSettlement",
    "RosterWithdrawal",
]
