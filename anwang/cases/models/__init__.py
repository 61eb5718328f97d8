"""Casework: cases with subjects, contacts, notes, reports, placements, notices, closing, family coordination."""

from .case import Case, CaseSubject, Closing, GradeChange, JoinedReport
from .contact import Contact, ContactSeen, ContactServes, ContactText, Effort, Observation
from .coordination import Coordination, Leaving, SharedPlan, WhoDoesWhat
from .notes import IncidentNote, IncidentRead, Note
from .placement import ExcludedTime, Notice, NoticeLetter, Placement, PlacementRuling
from .reports import Assessment, Investigation, InvestigationSubject, SafetyResult
from .search import PoliceList, PoliceListed, Search, SearchStep, Sighting, SightingChecked
from .watch import NotedChange, Reassessment, Refusal, RefusalStep, Unfitted, UnfittedLook

__all__ = [
    "Assessment",
    "Case",
    "CaseSubject",
    "Closing",
    "Contact",
    "ContactSeen",
    "ContactServes",
    "ContactText",
    "Coordination",
    "Effort",
    "ExcludedTime",
    "GradeChange",
    "IncidentNote",
    "IncidentRead",
    "Investigation",
    "InvestigationSubject",
    "JoinedReport",
    "Leaving",
    "Note",
    "NotedChange",
    "Notice",
    "NoticeLetter",
    "Observation",
    "Placement",
    "PlacementRuling",
    "PoliceList",
    "PoliceListed",
    "Reassessment",
    "Refusal",
    "RefusalStep",
    "SafetyResult",
    "Search",
    "SearchStep",
    "SharedPlan",
    "Sighting",
    "SightingChecked",
    "Unfitted",
    "UnfittedLook",
    "WhoDoesWhat",
]
