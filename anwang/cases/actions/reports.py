"""Handing in: safety results, the investigation report, the four-part assessment. The clock looks at the hand-in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies, rules
from anwang.cases.models import Assessment, Case, CaseSubject, Investigation, InvestigationSubject, SafetyResult
from anwang.cases.states import AssessmentForm
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened, submit
from anwang.matters.promises import keep, lock
from anwang.matters.states import ReviewOf

from .refusing import sight_is_missing
from .subjects import readable_case

PARTS = {
    "one": ("visit_record", "advice"),
    "two": ("statements", "evidence", "result", "advice"),
    "three": ("enquiries",),
}
"""The parts each class of report owes (兒少保護通報處理辦法第7條); other kinds owe a result."""
OTHER_PARTS = ("result",)


@dataclass(frozen=True)
class Safety:
    """A safety result: code of `safety.result`, its plan, and who watches when nobody would sign."""

    result: str
    plan: str = ""
    signature_refused: bool = False
    instead: str = ""


@dataclass(frozen=True)
class Investigated:
    """One subject of an investigation report. `not_seen_because` is asked where the rules want a sight."""

    subject_id: UUID
    not_seen_because: str = ""
    safety: Safety | None = None


@transaction.atomic
def record_safety(*, subject_id: UUID, safety: Safety, by: Viewer, at: datetime) -> SafetyResult:
    """The safety result of one child. A refused signature blocks nothing but says who watches instead."""
    subject = CaseSubject.objects.get(id=subject_id)
    policies.may_work(by, subject.matter_id).enforce()
    case = readable_case(subject.matter_id)
    entry = rules.code("safety.result", safety.result, clock.local(at).date())
    if entry is None:
        raise BadInput(_("請選安全評估結果。"), field="safety")
    needs_plan = entry.marks.get("plan") == "yes"
    if needs_plan and not safety.plan.strip():
        raise BadInput(_("有計畫才安全，請寫安全計畫。"), field="plan")
    if safety.signature_refused and not safety.instead.strip():
        raise BadInput(_("照顧者沒有簽，請寫改由誰看顧、怎麼看顧。"), field="instead")
    result = SafetyResult(
        id=uuid7(), matter_id=subject.matter_id, subject=subject, result=safety.result, plan=safety.plan.strip(),
        needs_plan=needs_plan, signature_refused=safety.signature_refused, instead=safety.instead.strip(), at=at,
        by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    result.save(force_insert=True)
    CaseSubject.objects.filter(id=subject_id).update(safety=safety.result)
    if entry.marks.get("supervisor") == "yes":
        facts = {"kind": case.kind, "found_at": at}
        happened(matter_id=subject.matter_id, event=events.DANGER_FOUND, at=at, by=by, facts=facts)
    record("case.safety", by=by, at=at, matter_id=subject.matter_id, subject_id=subject.person_id, result=safety.result)
    return result


@transaction.atomic
def submit_investigation(
    *, case_id: UUID, class_code: str, parts: Mapping[str, str], subjects: Sequence[Investigated], by: Viewer,
    at: datetime, words: str = "",
) -> Investigation:  # fmt: skip
    """Hand in an investigation report and send it to the supervisor. The first-level child must have been seen in
    person, or the report says why not. A second report after a change of class stands beside the first.

    Raises BadInput naming the missing part or person, Refused without relation.
    """
    policies.may_work(by, case_id).enforce()
    matter, case = lock(case_id), readable_case(case_id)
    for part in PARTS.get(class_code, OTHER_PARTS):
        if not str(parts.get(part, "")).strip():
            raise BadInput(_("這一類的調查報告還少一部分，請補上。"), field=part)
    if not subjects:
        raise BadInput(_("請選這份報告調查了誰。"), field="subjects")
    known = {part: str(parts.get(part, "")).strip() for part in
             ("visit_record", "statements", "evidence", "result", "enquiries", "advice")}  # fmt: skip
    report = Investigation(
        id=uuid7(), matter=matter, class_code=class_code, **known, at=at, by=by.worker_id, recorded_at=clock.now()
    )
    report.save(force_insert=True)
    for one in subjects:
        _investigate(report, case, one, matter.county, by, at)
    record("case.investigation_submitted", by=by, at=at, matter_id=case_id, report=report.id)
    submit(matter_id=case_id, of=ReviewOf.INVESTIGATION, about_id=report.id, words=words, by=by, at=at)
    keep()
    return report


def _investigate(report: Investigation, case: Case, one: Investigated, county: str, by: Viewer, at: datetime) -> None:
    subject = CaseSubject.objects.get(id=one.subject_id, matter_id=case.id)
    must_be_seen = any(rules.graded(case.kind, subject.grade, subject.class_code, at, county).values())
    unseen = bool(sight_is_missing(case, subject))
    if must_be_seen and unseen and not one.not_seen_because:
        raise BadInput(_("第一級要當面見到人。還沒見到，請選原因再送審。"), field="not_seen_because")
    if unseen and not rules.is_looked_for(one.not_seen_because, clock.local(at).date()):
        raise BadInput(_("安置在外也要去見。請選沒見到的原因。"), field="not_seen_because")
    safety = record_safety(subject_id=subject.id, safety=one.safety, by=by, at=at) if one.safety else _latest(subject)
    if report.class_code == "one" and safety is None:
        raise BadInput(_("請為每位兒少選安全評估結果。"), field="safety")
    InvestigationSubject.objects.create(
        id=uuid7(), investigation=report, matter_id=case.id, subject=subject, must_be_seen=must_be_seen,
        seen_at=None if unseen else subject.last_seen_at, not_seen_because=one.not_seen_because if unseen else "",
        safety=safety,
    )  # fmt: skip
    facts = {
        "kind": case.kind, "grade": subject.grade or None, "class": report.class_code,
        "seen": "no" if unseen else "yes", "safety_result": safety.result if safety else None,
        "household_elsewhere": case.household_elsewhere,
    }  # fmt: skip
    happened(
        matter_id=case.id, event=events.INVESTIGATION_SUBMITTED, at=at, by=by, facts=facts,
        subject_id=subject.person_id,
    )  # fmt: skip


def _latest(subject: CaseSubject) -> SafetyResult | None:
    return SafetyResult.objects.filter(subject=subject).order_by("-at", "-id").first()


@transaction.atomic
def submit_assessment(
    *, matter_id: UUID, form: AssessmentForm | str, facts: str, needs: str, goals: str, plan: str, by: Viewer,
    at: datetime, index_proposed: str = "", index_chosen: str = "", index_because: str = "", words: str = "",
    safety: Sequence[tuple[UUID, Safety]] = (),
) -> Assessment:  # fmt: skip
    """Hand in a report in four parts for a case or a placement. Another index than proposed needs its reason.

    `safety` holds (subject, result) of each child that was looked at again; the results stand with the children.

    A family treatment plan has the same four parts and is the plan of every child of the case.
    """
    policies.may_work(by, matter_id).enforce()
    matter = lock(matter_id)
    said = {"facts": facts, "needs": needs, "goals": goals, "plan": plan}
    for part, text in said.items():
        if not text.strip():
            raise BadInput(_("四個部分都要寫，請補上這一部分。"), field=part)
    if index_chosen != index_proposed and not index_because.strip():
        raise BadInput(_("和指標建議不同，請寫理由。"), field="index_because")
    if form not in AssessmentForm.values:
        raise Refused(_("沒有這種報告。"))
    report = Assessment(
        id=uuid7(), matter=matter, form=form, **{part: text.strip() for part, text in said.items()},
        index_proposed=index_proposed, index_chosen=index_chosen, index_because=index_because.strip(), at=at,
        by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    report.save(force_insert=True)
    for subject_id, result in safety:
        record_safety(subject_id=subject_id, safety=result, by=by, at=at)
    case = Case.objects.filter(id=matter_id).first()
    known = {"form": str(form), "kind": case.kind if case else None, "safety_result": None}
    happened(matter_id=matter_id, event=events.ASSESSMENT_SUBMITTED, at=at, by=by, facts=known)
    if form == AssessmentForm.FAMILY_PLAN:
        _plan_every_child(matter_id, known["kind"], by, at)
    record("case.assessment_submitted", by=by, at=at, matter_id=matter_id, report=report.id, form=str(form))
    submit(matter_id=matter_id, of=ReviewOf.ASSESSMENT, about_id=report.id, words=words, by=by, at=at)
    keep()
    return report


def _plan_every_child(case_id: UUID, kind: str | None, by: Viewer, at: datetime) -> None:
    people = CaseSubject.objects.filter(matter_id=case_id, until_on=None, person__isnull=False).order_by("id")
    for person_id in people.values_list("person_id", flat=True):
        facts = {"plan": "family_treatment", "kind": kind}
        happened(matter_id=case_id, event=events.PLAN_SHARED, at=at, by=by, facts=facts, subject_id=person_id)
