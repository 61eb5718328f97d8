"""The only writes about decisions of minutes."""

from .filling import fill_again
from .linking import Linked, link, say_unchanged, withdraw_link
from .relaying import receive, tell
from .ruling import Together, report, rule, rule_together
from .taking import Wanted, stop_round, track

__all__ = [
    "Linked",
    "Together",
    "Wanted",
    "fill_again",
    "link",
    "receive",
    "report",
    "rule",
    "rule_together",
    "say_unchanged",
    "stop_round",
    "tell",
    "track",
    "withdraw_link",
]
