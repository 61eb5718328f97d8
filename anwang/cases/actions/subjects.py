"""Subjects over time: counted in, graded anew, ended."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies, rules
from anwang.cases.models import Case, CaseSubject
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.actions import happened
from anwang.matters.models import Duty
from anwang.matters.promises import keep, lock
from anwang.matters.states import DutyState

from .opening import NewSubject, start_subject, write_grade
from .refusing import refuse_while_searched_for


@transaction.atomic
def add_subject(*, case_id: UUID, new: NewSubject, by: Viewer, at: datetime) -> CaseSubject:
    """Another person becomes a subject of an open case, with clocks of his own from `at`."""
    policies.may_work(by, case_id).enforce()
    matter, case = lock(case_id), readable_case(case_id)
    told = {"kind": case.kind, "received_at": at, "opened_at": matter.opened_at, "has_child": case.has_child}
    subject = start_subject(
        matter=matter, case_kind=case.kind, circle=case.circle, new=new, told=told, at=at, by=by
    )  # fmt: skip
    record("case.subject_added", by=by, at=at, matter_id=case_id, subject_id=new.person_id)
    keep()
    return subject


@transaction.atomic
def regrade_subject(
    *, subject_id: UUID, grade: str, class_code: str, reason: str, by: Viewer, at: datetime
) -> CaseSubject:
    """重新分級分類: new clocks for the new grade, from the last report that told something new of him; earlier
    reports and grades stay.

    A grade that takes a sight in person away is a supervisor's decision.
    """
    subject = _subject(subject_id)
    policies.may_work(by, subject.matter_id).enforce()
    if not reason.strip():
        raise BadInput(_("請寫重新分級分類的理由。"), field="reason")
    matter, case = lock(subject.matter_id), readable_case(subject.matter_id)
    now_owed = rules.graded(case.kind, grade, class_code, at, matter.county)
    was_owed = rules.graded(case.kind, subject.grade, subject.class_code, at, matter.county) if subject.grade else {}
    lost = set(was_owed) - set(now_owed)
    if any(was_owed[rule] for rule in lost) and not has(by, Permission.REVIEW):
        raise Refused(_("降低級別會取消當面訪視，要由督導決定。請洽督導。"))
    CaseSubject.objects.filter(id=subject_id).update(grade=grade, class_code=class_code)
    subject.grade, subject.class_code = grade, class_code
    write_grade(subject, by=by, at=at, reason=reason.strip())
    running = Duty.objects.filter(
        matter=matter, subject_id=subject.person_id, state=DutyState.OPEN, rule_id__in=lost
    )  # fmt: skip
    running.update(state=DutyState.VOID, settled_at=at, settled_by=by.worker_id, settled_because=events.REPORT_GRADED)
    facts = {
        "kind": case.kind, "grade": grade, "class": class_code, "received_at": subject.must_see_after, "graded_at": at,
    }  # fmt: skip
    happened(
        matter_id=matter.id, event=events.REPORT_GRADED, at=at, by=by, facts=facts, subject_id=subject.person_id
    )  # fmt: skip
    record("case.regraded", by=by, at=at, matter_id=matter.id, subject_id=subject.person_id, grade=grade)
    keep()
    return subject


@transaction.atomic
def assess_witness(*, subject_id: UUID, by: Viewer, at: datetime) -> None:
    """The assessment of a child who witnessed violence is done; what was found stands in notes and reports."""
    subject = _subject(subject_id)
    policies.may_work(by, subject.matter_id).enforce()
    happened(
        matter_id=subject.matter_id, event=events.WITNESS_ASSESSED, at=at, by=by, subject_id=subject.person_id
    )  # fmt: skip
    record("case.witness_assessed", by=by, at=at, matter_id=subject.matter_id, subject_id=subject.person_id)


@transaction.atomic
def end_subject(*, subject_id: UUID, reason: str, by: Viewer, at: datetime, outcome: str = "") -> CaseSubject:
    """End the service of one subject. Decided by a supervisor, or through a closing he approves.

    An unseen subject is not closed over: the database refuses, the sentence names the person.
    """
    subject = _subject(subject_id)
    if not has(by, Permission.REVIEW):
        raise Refused(_("結束案件對象由督導決定。請送結案審核。"))
    if subject.person_id:
        refuse_while_searched_for(readable_case(subject.matter_id), subject.person_id)
    finish_subject(subject, reason=reason, outcome=outcome, by=by, at=at)
    keep()
    return subject


def finish_subject(subject: CaseSubject, *, reason: str, outcome: str, by: Viewer, at: datetime) -> None:
    """Write the ending and tell the duties. Internal to this room: callers have permitted."""
    matter, case = lock(subject.matter_id), readable_case(subject.matter_id)
    day = clock.local(at).date()
    entry = rules.code(f"closing.{case.kind}", reason, day, matter.county)
    needs_sight = entry is not None and entry.marks.get("seen_required") == "yes"
    changed = CaseSubject.objects.filter(id=subject.id, until_on=None).update(
        until_on=max(day, subject.since_on), ended_because=reason, outcome=outcome,
        ended_needs_sight=needs_sight and subject.person_id is not None,
    )  # fmt: skip
    if changed != 1:
        raise Conflict(_("這位案件對象剛剛已經結束。請重新整理看最新情形。"))
    happened(
        matter_id=matter.id, event=events.SUBJECT_ENDED, at=at, by=by, subject_id=subject.person_id,
        facts={"kind": case.kind, "ended_at": at, "reason": reason},
    )  # fmt: skip
    record("case.subject_ended", by=by, at=at, matter_id=matter.id, subject_id=subject.person_id, reason=reason)


def readable_case(case_id: UUID) -> Case:
    """The case, when whoever is looking may know of it; otherwise it does not exist for him."""
    case = Case.objects.filter(id=case_id).first()
    if case is None:
        raise NotFound(_("查無這個案件。請確認編號。"))
    return case


def _subject(subject_id: UUID) -> CaseSubject:
    subject = CaseSubject.objects.filter(id=subject_id).first()
    if subject is None:
        raise NotFound(_("查無這位案件對象。"))
    return subject
