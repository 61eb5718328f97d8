"""Grade and class of a child both stand: his clocks start, on the report or on the case he went to ungraded."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.cases.actions import take_in
from anwang.foundation import clock
from anwang.intake import events, rules
from anwang.intake.models import Report
from anwang.intake.queries.standing import Pair, pairs
from anwang.intake.states import What
from anwang.matters.actions import happened
from anwang.matters.actions.dispatching import carry_duties
from anwang.matters.models import Matter

from .facts import facts_of
from .handing import carry, roles_of, subject_of, told_of


def graded(
    report: Report, person_id: UUID, kind: str, county: str, *, by: Viewer, at: datetime, known_as: UUID | None = None
) -> None:
    """Start the clocks of this child once both stand; the others are still to be graded. Internal to this room.

    `known_as` is the record under which his case graded him itself: it need not be told.
    """
    all_pairs = pairs(by, report.id)
    mine = next(pair for pair in all_pairs if (pair.person_id, pair.kind) == (person_id, kind))
    if not mine.is_graded:
        return
    facts = facts_of(report, kind, county, now=clock.now())
    told = {
        "grade": mine.decisions[What.GRADE].outcome,
        "class": mine.decisions[What.CLASS].outcome,
        "graded_at": max(mine.decisions[What.GRADE].decided_at, mine.decisions[What.CLASS].decided_at),
    }
    happened(matter_id=report.id, event=events.REPORT_GRADED, at=at, by=by, facts=facts | told, subject_id=person_id)
    owed_again(report, kind, county, by=by, at=at, among=all_pairs)
    if What.DISPATCH in mine.decisions:
        _hand_on(report, mine, county, by=by, at=at, known_as=known_as)


def owed_again(
    report: Report, kind: str, county: str, *, by: Viewer, at: datetime, among: tuple[Pair, ...] | None = None
) -> None:
    """While a child of this kind is not graded, the first clock of grading runs on. Internal to this room."""
    found = pairs(by, report.id) if among is None else among
    if not any(pair.kind == kind and not pair.is_graded and (pair.owes_grade or not pair.is_settled) for pair in found):
        return
    facts = facts_of(report, kind, county, now=clock.now())
    happened(matter_id=report.id, event=events.REPORT_RECEIVED, at=report.received_at, by=by, facts=facts)
    if report.was_decided:  # what becomes of it was decided already; only grading is owed anew
        carry_duties(from_id=report.id, to_id=None, rule_ids=rules.discharged_by(events.REPORT_DECIDED, at, county),
                     because=events.REPORT_DECIDED, at=at, by=by)  # fmt: skip


def _hand_on(
    report: Report, pair: Pair, county: str, *, by: Viewer, at: datetime, known_as: UUID | None = None
) -> None:  # fmt: skip
    """The case he was dispatched to knows his grade now and owes what follows from it, due as from the report."""
    case_id = pair.decisions[What.DISPATCH].about_id
    if case_id is None or not Matter.objects.filter(id=case_id, ended_at__isnull=True).exists():
        owed = rules.duties_of_casework(at, county)
        carry_duties(from_id=report.id, to_id=None, rule_ids=owed, because="matter.ended", at=at, by=by,
                     subject_ids=[pair.person_id])  # fmt: skip
        return
    known = {pair.person_id: known_as} if known_as else _tell(report, pair, case_id, county, by=by, at=at)
    carry(report.id, case_id, pair.kind, [pair.person_id], county, known, by=by, at=at)


def _tell(
    report: Report, pair: Pair, case_id: UUID, county: str, *, by: Viewer, at: datetime
) -> dict[UUID, UUID]:  # fmt: skip
    told = told_of(report, pair.kind, [pair], county, by) | {"opened_at": at}
    subject = subject_of(pair, roles_of(report).get(pair.person_id, ""))
    return take_in(case_id=case_id, subjects=[subject], told=told, by=by, at=at)
