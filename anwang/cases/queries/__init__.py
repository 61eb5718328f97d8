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
from .together import BesideLine, LeadLine, Overlap, Together, together
from .watch import ChangeLine, EffortLine, RefusalLine, UnfittedLine, changes, refusals, steps_for, unfitted

__all__ = [
    "Before",
    "BesideLine",
    "CaseLine",
    "CasePage",
    "ChangeLine",
    "EffortLine",
    "Entry",
    "Hand",
    "HeldNote",
    "LeadLine",
    "LeadPage",
    "ListLine",
    "ListedChild",
    "Mate",
    "Overlap",
    "Owed",
    "PlacementLine",
    "RefusalLine",
    "ReviewLine",
    "SafetyNotice",
    "SearchLine",
    "SearchPage",
    "Sighting",
    "SubjectLine",
    "Together",
    "UnfittedLine",
    "cases_at_hand",
    "changes",
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
    "refusals",
    "safety_notice",
    "search_page",
    "searches",
    "steps_for",
    "supervisors",
    "together",
    "treatment_hands",
    "unfitted",
]
