"""The only writes of rosters."""

from .feeds import end_feed, expect_feed
from .mending import mend_row, settle_file, withdraw_row
from .receiving import Received, receive_roster
from .slip import print_slip
from .taking import Taking, take_on

__all__ = [
    "Received",
    "Taking",
    "end_feed",
    "expect_feed",
    "mend_row",
    "print_slip",
    "receive_roster",
    "settle_file",
    "take_on",
    "withdraw_row",
]
