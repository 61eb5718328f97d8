"""The only writes of rosters."""

from .feeds import end_feed, expect_feed
from .mending import mend_row
from .receiving import Received, receive_roster
from .settling import Answer, settle_file
from .slip import print_slip
from .taking import Taking, take_on
from .withdrawing import ask_to_withdraw, decide_withdrawal

__all__ = [
    "Answer",
    "Received",
    "Taking",
    "ask_to_withdraw",
    "decide_withdrawal",
    "end_feed",
    "expect_feed",
    "mend_row",
    "print_slip",
    "receive_roster",
    "settle_file",
    "take_on",
]
