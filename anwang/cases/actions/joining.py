"""A further report about a case that is already open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events
from anwang.cases.models import GradeChange
from anwang.cases.states import Repeat
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind

from .opening import NewSubject, start_subject
from .watching import spread_change

TIE_SQL = """
INSERT INTO cases_joinedreport (id, matter_id, report_id, as_what, told_by, at, by, recorded_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
SUBJECT_SQL = "SELECT case_kind, circle, subject_id, person_id FROM cases_subject_for(%s, %s)"


@transaction.atomic
def join_report(
    *, case_id: UUID, report_id: UUID, as_what: Repeat | str, at: datetime, by: Viewer, subject_id: UUID | None = None,
    is_news: bool = True, told_by: UUID | None = None,
) -> bool:  # fmt: skip
    """Tie a further report to an open case. Its acting worker reads it from now on; anything new tells him at once.

    `at` is when the report was received; `is_news` says that the case was there before it. A report that tells
    something new also makes an earlier sight of the subjects insufficient for ending. A report is news to a case once:
    returns whether it was, or joined as the same event now, and tells nobody again what it had told before.
    `told_by` is the row of a list, which is no report of its own: news once, to be decided on. Raises NotFound,
    Conflict (case ended), BadInput.
    """
    if as_what not in Repeat.values:
        raise BadInput(_("請選這次通報與案件的關係。"), field="as_what")
    matter = lock(case_id)
    if matter.kind != MatterKind.CASE or not Matter.objects.filter(id=report_id, kind=MatterKind.REPORT).exists():
        raise NotFound(_("查無這件通報或案件。請確認編號。"))
    if not _tie(case_id, report_id, str(as_what), told_by, at, by):
        return False
    if is_news and as_what != Repeat.SAME_EVENT:
        event = events.CASE_LISTED_AGAIN if as_what == Repeat.LISTED else events.CASE_REPORTED_AGAIN
        happened(
            matter_id=case_id, event=event, at=at, by=by, subject_id=subject_id,
            facts={"received_at": at, "as_what": str(as_what)},
        )  # fmt: skip
        if as_what == Repeat.NEW_EVENT:
            spread_change(case_id=case_id, kind="new_report", words="", happened_at=at, by=by, at=at)
    record("case.report_joined", by=by, at=at, matter_id=case_id, report=report_id, as_what=as_what)
    keep()
    return True


def _tie(case_id: UUID, report_id: UUID, as_what: str, told_by: UUID | None, at: datetime, by: Viewer) -> bool:
    """Write the row unless it is there; whoever screens may not read the case's rows, the constraint may."""
    with connection.cursor() as cursor:
        cursor.execute(TIE_SQL, [uuid7(), case_id, report_id, as_what, told_by, at, by.worker_id, clock.now()])
        return cursor.rowcount == 1


@transaction.atomic
def take_in(
    *, case_id: UUID, subjects: Sequence[NewSubject], told: Mapping[str, object], by: Viewer, at: datetime
) -> dict[UUID, UUID]:
    """Whom a further report is about: a subject of the case is graded as decided now, anybody else becomes one.

    For the front door, which permits and may not read the case; `told` are the facts of the report. Gives, for each
    person, the record under which the case knows him.
    """
    matter, known = lock(case_id), {}
    for new in subjects:
        kind, circle, subject_id, person_id = _subject_for(case_id, new.person_id)
        known[new.person_id] = person_id or new.person_id
        if subject_id is None:
            start_subject(matter=matter, case_kind=kind, circle=circle, new=new, told=told, at=at, by=by)
        elif new.grade:
            GradeChange.objects.bulk_create(
                [
                    GradeChange(
                        id=uuid7(), matter=matter, subject_id=subject_id, grade=new.grade, class_code=new.class_code,
                        at=new.graded_at or at, by=by.worker_id, recorded_at=clock.now(),
                    )
                ]
            )  # fmt: skip
    record("case.taken_in", by=by, at=at, matter_id=case_id, subjects=len(known))
    keep()
    return known


def _subject_for(case_id: UUID, person_id: UUID | None) -> tuple[str, str, UUID | None, UUID | None]:
    with connection.cursor() as cursor:
        cursor.execute(SUBJECT_SQL, [case_id, person_id])
        found = cursor.fetchone()
    if found is None:
        raise NotFound(_("查無這件通報或案件。請確認編號。"))
    return found
