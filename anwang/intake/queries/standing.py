"""What stands decided in a report: per pair and thing decided, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.intake import rules
from anwang.intake.models import Decision, ScreeningAnswer, ScreeningPair
from anwang.intake.states import JOINED, What
from anwang.matters.models import Review
from anwang.matters.states import REFUSED, ReviewState


@dataclass(frozen=True)
class Pair:
    """A person looked at as one kind of case, with the decisions that stand now."""

    person_id: UUID
    kind: str
    decisions: dict[str, Decision]
    waits: bool
    """A not-opening that the supervisor has not approved yet."""

    @property
    def is_joined(self) -> bool:
        """Looked after with another report, whose event is the same."""
        validity = self.decisions.get(What.VALIDITY)
        return validity is not None and validity.outcome in JOINED

    @property
    def is_settled(self) -> bool:
        if self.is_joined:
            return True
        return What.DISPATCH in self.decisions or (What.NOT_OPEN in self.decisions and not self.waits)

    @property
    def is_graded(self) -> bool:
        return What.GRADE in self.decisions and What.CLASS in self.decisions

    @property
    def owes_grade(self) -> bool:
        """Dispatched in a hurry before it was graded: the clock of grading runs on."""
        return What.DISPATCH in self.decisions and self.kind in rules.TABLES[What.GRADE] and not self.is_graded


def pairs(viewer: Viewer, report_id: UUID) -> tuple[Pair, ...]:
    """Every pair of a report, in the order in which they were added."""
    rows = list(Decision.objects.filter(report_id=report_id).order_by("recorded_at", "id"))
    gone = {row.supersedes_id for row in rows if row.supersedes_id}
    states = dict(Review.objects.filter(matter_id=report_id).values_list("about_id", "state"))
    standing: dict[tuple[UUID, str], dict[str, Decision]] = {}
    for row in rows:
        if row.id not in gone and states.get(row.id) not in REFUSED:
            standing.setdefault((row.person_id, row.kind), {})[row.what] = row
    found = []
    for pair in ScreeningPair.objects.filter(report_id=report_id).order_by("recorded_at", "id"):
        mine = standing.get((pair.person_id, pair.kind), {})
        refusal = mine.get(What.NOT_OPEN)
        waits = refusal is not None and states.get(refusal.id) != ReviewState.APPROVED
        found.append(Pair(pair.person_id, pair.kind, mine, waits))
    return tuple(found)


def answers(viewer: Viewer, report_id: UUID) -> dict[tuple[UUID, str, str], dict[str, str]]:
    """The latest answers per person, kind and rule."""
    rows = ScreeningAnswer.objects.filter(report_id=report_id).order_by("recorded_at", "id")
    return {(row.person_id, row.kind, row.rule_id): row.answers for row in rows}


def open_cases(viewer: Viewer, report_id: UUID, kind: str = "") -> dict[UUID, str]:
    """Open cases about somebody of the report, or grown out of what it is related to: case → number.

    Also those the viewer may not read: he must know that they are there (definer function).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, number FROM intake_open_cases(%s) WHERE %s IN ('', kind)", [report_id, kind])
        return dict(cursor.fetchall())


def cases_with(viewer: Viewer, report_id: UUID) -> frozenset[UUID]:
    """Open cases that a report grew into or joined, also those the viewer may not read (definer function)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT intake_cases_with(%s)", [report_id])
        return frozenset(case_id for (case_id,) in cursor.fetchall())


def cases_of(viewer: Viewer, report_id: UUID, person_id: UUID) -> tuple[str, ...]:
    """Numbers of the open cases of which this person of the report is a subject, under whatever record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM intake_open_cases(%s) WHERE %s = ANY (persons)", [report_id, person_id])
        return tuple(number for (number,) in cursor.fetchall())
