"""Reading casework. First argument the viewer; answers are flat and finished."""

from .before import Before, involvement_before
from .family import Lane, Step, lanes, next_steps
from .lead import LeadPage, lead, lead_number, lead_proposal
from .lists import CaseLine, HeldNote, cases_at_hand, held_notes, supervisors
from .page import CasePage, Mate, SubjectLine, page
from .rows import Entry, Owed, PlacementLine, ReviewLine, Sighting

__all__ = [
    "Before",
    "CaseLine",
    "CasePage",
    "Entry",
    "HeldNote",
    "Lane",
    "LeadPage",
    "Mate",
    "Owed",
    "PlacementLine",
    "ReviewLine",
    "Sighting",
    "Step",
    "SubjectLine",
    "cases_at_hand",
    "held_notes",
    "involvement_before",
    "lanes",
    "lead",
    "lead_number",
    "lead_proposal",
    "next_steps",
    "page",
    "supervisors",
]
