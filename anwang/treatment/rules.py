"""What the room asks the rulebook. No literal of law here."""

from __future__ import annotations

from datetime import date

from anwang.cases.rules import code, codes
from anwang.enactments.queries import book
from anwang.foundation import clock

CASE_KIND = "other_party"
GROUND, ITEM, MISSED, THEN, OUTCOME = (
    "treatment.ground", "treatment.item", "treatment.missed", "treatment.then", "treatment.outcome",
)  # fmt: skip
OWN_WILL = "own_will"
__all__ = ["CASE_KIND", "GROUND", "ITEM", "MISSED", "OUTCOME", "OWN_WILL", "THEN", "code", "codes", "is_ordered"]


def is_ordered(ground: str, on: date) -> bool:
    """Whether a court or prosecutor ordered it: only then staying away is told to the authority."""
    entry = code(GROUND, ground, on)
    return entry is not None and entry.marks.get("ordered") == "yes"


def tells_attendance(county: str) -> bool:
    """Whether her side learns if he came, as his county set it (`treatment.attendance_across`)."""
    return str(book().value("treatment.attendance_across").on(clock.today(), county).value) in ("yes", "True")
