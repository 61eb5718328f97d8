"""Reading referral. First argument the viewer; answers are flat and finished."""

from .case import CaseSide, PlanLine, StageLine, of_case
from .lists import Line, NoticeLine, desk, notices, transitions
from .page import ReferralPage, StepLine, number_of, page
from .receivers import KindLine, ReceptionLine, kinds, questions, receivers, units_in_county, units_of
from .release import NoticePage, notice

__all__ = [
    "CaseSide",
    "KindLine",
    "Line",
    "NoticeLine",
    "NoticePage",
    "PlanLine",
    "ReceptionLine",
    "ReferralPage",
    "StageLine",
    "StepLine",
    "desk",
    "kinds",
    "notice",
    "notices",
    "number_of",
    "of_case",
    "page",
    "questions",
    "receivers",
    "transitions",
    "units_in_county",
    "units_of",
]
