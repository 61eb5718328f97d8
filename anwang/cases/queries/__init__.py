"""Reading casework. First argument the viewer; answers are flat and finished."""

from .before import Before, involvement_before
from .choosing import Hand, SafetyNotice, may_become_subject, notice_from, safety_notice, treatment_hands
from .lead import LeadPage, lead, lead_number, lead_proposal, lead_reason, open_kinds
from .lists import CaseLine, HeldNote, cases_at_hand, held_notes, supervisors
from .page import CasePage, Mate, SubjectLine, page
from .rows import Entry, Owed, PlacementLine, ReviewLine, Sighting
from .searching import (
    ListedChild,
    ListLine,
    SearchLine,
    SearchPage,
    may_be_searched_for,
    police_list,
    police_lists,
    search_page,
    searches,
)

__all__ = [
    "Before",
    "CaseLine",
    "CasePage",
    "Entry",
    "Hand",
    "HeldNote",
    "LeadPage",
    "ListLine",
    "ListedChild",
    "Mate",
    "Owed",
    "PlacementLine",
    "ReviewLine",
    "SafetyNotice",
    "SearchLine",
    "SearchPage",
    "Sighting",
    "SubjectLine",
    "cases_at_hand",
    "held_notes",
    "involvement_before",
    "lead",
    "lead_number",
    "lead_proposal",
    "lead_reason",
    "may_be_searched_for",
    "may_become_subject",
    "notice_from",
    "open_kinds",
    "page",
    "police_list",
    "police_lists",
    "safety_notice",
    "search_page",
    "searches",
    "supervisors",
    "treatment_hands",
]
