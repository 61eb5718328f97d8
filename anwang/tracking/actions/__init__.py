"""The only writes about decisions of minutes."""

from .linking import Linked, link, say_unchanged, withdraw_link
from .relaying import receive, tell
from .ruling import report, rule
from .taking import Wanted, stop_round, track

__all__ = [
    "Linked",
    "Wanted",
    "link",
    "receive",
    "report",
    "rule",
    "say_unchanged",
    "stop_round",
    "tell",
    "track",
    "withdraw_link",
]
