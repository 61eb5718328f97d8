"""Referrals, their steps, what receivers publish of themselves; transitions with a day; notices of coming home."""

from .reception import Reception
from .referral import Referral, ReferralStep
from .release import ReleaseCall, ReleaseChange, ReleaseNotice
from .transition import IssueStage, Transition

__all__ = [
    "IssueStage",
    "Reception",
    "Referral",
    "ReferralStep",
    "ReleaseCall",
    "ReleaseChange",
    "ReleaseNotice",
    "Transition",
]
