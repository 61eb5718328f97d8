"""The only writes to money, by what they do."""

from .executing import Spent, remind, report_execution, report_returned, settle_year
from .granting import Granted, change_award, give_grant
from .lines import LineGiven, TierGiven, open_line, register_tier, set_share

__all__ = [
    "Granted",
    "LineGiven",
    "Spent",
    "TierGiven",
    "change_award",
    "give_grant",
    "open_line",
    "register_tier",
    "remind",
    "report_execution",
    "report_returned",
    "set_share",
    "settle_year",
]
