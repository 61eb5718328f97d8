"""Meetings with agenda and minutes, tracked decisions, listings as high risk, urgent-case rooms, incident reviews."""

from .decision import Decision, DecisionReport, DecisionRuling, DecisionUnit
from .meeting import AgendaItem, Invitation, Meeting, Minute, Part, Proposal
from .review import Finding, IncidentReview, Reviewer, ReviewFile
from .risk import HighRisk
from .room import Room, RoomEntry, RoomExtension, RoomFile, RoomFileBody, RoomMember

__all__ = [
    "AgendaItem",
    "Decision",
    "DecisionReport",
    "DecisionRuling",
    "DecisionUnit",
    "Finding",
    "HighRisk",
    "IncidentReview",
    "Invitation",
    "Meeting",
    "Minute",
    "Part",
    "Proposal",
    "ReviewFile",
    "Reviewer",
    "Room",
    "RoomEntry",
    "RoomExtension",
    "RoomFile",
    "RoomFileBody",
    "RoomMember",
]
