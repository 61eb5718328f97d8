"""A child is graded in his case: what his reports still owe of grading is done by that, and signed as always."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.actions import regrade_subject
from anwang.cases.models import CaseSubject, JoinedReport
from anwang.intake.models import Report
from anwang.intake.queries.standing import Pair, pairs
from anwang.intake.states import What
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock
from anwang.people.models import Person

from .advising import advice_for
from .concluding import conclude
from .deciding import to_review, write_decision
from .facts import county_of
from .grading import graded


@transaction.atomic
def grade_in_case(
    *, subject_id: UUID, grade: str, class_code: str, reason: str, by: Viewer, at: datetime
) -> CaseSubject:  # fmt: skip
    """重新分級分類 in casework. A report that sent him here ungraded is told in the same transaction.

    Its clock of grading stops at `at` once all its children are graded; a grade by anybody but a supervisor goes to
    the report's supervisor, as one decided at the front door does. Raises what `regrade_subject` raises.
    """
    subject = CaseSubject.objects.filter(id=subject_id).first()
    owing = _owing(subject, by) if subject is not None else []
    for report, _pair in owing:  # the report before the case, as everywhere at the front door
        lock(report.id)
    subject = regrade_subject(
        subject_id=subject_id, grade=grade, class_code=class_code, reason=reason, by=by, at=at
    )  # fmt: skip
    for report, pair in owing:
        _grade_there(report, pair, subject, reason, by=by, at=at)
    keep()
    return subject


def _owing(subject: CaseSubject, by: Viewer) -> list[tuple[Report, Pair]]:
    """Open reports that sent this person into this case and still owe a grade for him."""
    first = Matter.objects.values_list("arose_from_id", flat=True).get(id=subject.matter_id)
    joined = JoinedReport.objects.filter(matter_id=subject.matter_id).values_list("report_id", flat=True)
    reports = Report.objects.filter(id__in={first, *joined} - {None})
    still_open = Matter.objects.filter(id__in=reports.values("id"), ended_at=None).values("id")
    records = _records(subject.person_id)
    return [
        (report, pair)
        for report in reports.filter(id__in=still_open).order_by("id")
        for pair in pairs(by, report.id)
        if pair.owes_grade and pair.person_id in records
        and pair.decisions[What.DISPATCH].about_id == subject.matter_id
    ]  # fmt: skip


def _records(person_id: UUID | None) -> set[UUID]:
    """Every readable record of the same identity."""
    mine = Person.objects.filter(id=person_id).values("identity_id")
    return set(Person.objects.filter(identity_id__in=mine).values_list("id", flat=True))


def _grade_there(
    report: Report, pair: Pair, subject: CaseSubject, reason: str, *, by: Viewer, at: datetime
) -> None:  # fmt: skip
    county = county_of(report)
    for what, outcome in ((What.GRADE, subject.grade), (What.CLASS, subject.class_code)):
        decision = write_decision(
            report, pair, what=what, outcome=outcome, advice=advice_for(report, pair, what, county, by), reason=reason,
            about_id=subject.matter_id, by=by, at=at,
        )  # fmt: skip
        if what == What.GRADE:
            to_review(decision, None, by=by, at=at)
    graded(report, pair.person_id, pair.kind, county, by=by, at=at, known_as=subject.person_id)
    record("report.graded_in_case", by=by, at=at, matter_id=report.id, subject_id=pair.person_id,
           case=subject.matter_id, grade=subject.grade)  # fmt: skip
    conclude(report, by=by, at=at)
