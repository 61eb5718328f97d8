"""What is read of meetings, decisions, listings, urgent-case rooms and incident reviews."""

from .choosing import address, convening_units, files_numbered, meeting_of, units_to_ask, workers_to_ask
from .decisions import DecisionPage, Effect, decision, effect
from .desk import Desk, desk
from .explaining import explains
from .meeting import MeetingPage, meeting
from .reviews import ReviewPage, chronology, review
from .risk import RiskPage, on_case, risk_of_case
from .rooms import RoomPage, room

__all__ = [
    "DecisionPage",
    "Desk",
    "Effect",
    "MeetingPage",
    "ReviewPage",
    "RiskPage",
    "RoomPage",
    "address",
    "chronology",
    "convening_units",
    "decision",
    "desk",
    "effect",
    "explains",
    "files_numbered",
    "meeting",
    "meeting_of",
    "on_case",
    "review",
    "risk_of_case",
    "room",
    "units_to_ask",
    "workers_to_ask",
]
