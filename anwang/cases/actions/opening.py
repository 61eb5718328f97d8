"""Opening a case for the persons one report (or no report) is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.actions import involve
from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, rules
from anwang.cases.models import Case, CaseSubject, GradeChange
from anwang.cases.states import Living, Phase, SubjectRole
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened, open_matter
from anwang.matters.actions.duties import point_to_next_step
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from anwang.matters.promises import keep
from anwang.matters.states import DutyState, MatterKind

from .bringing import bring_contacts
from .coordinating import look_for_more_units

VICTIM_CLIENT = "victim"
"""Client of a kind of case in which a child who witnessed it is none: its clocks do not run for him."""


@dataclass(frozen=True)
class NewSubject:
    """Whom a case is about. Without `person_id` it is the case-family itself (脆弱家庭).

    `grade` and `class_code` are the codes decided for this person; `facts` are further facts about him that rules
    read (`witness_child`, `danger_now`, `listed_for_protection`, `first_contact_class`…).
    """

    person_id: UUID | None
    role: SubjectRole | str = SubjectRole.CLIENT
    grade: str = ""
    class_code: str = ""
    graded_at: datetime | None = None
    living: str = Living.UNKNOWN
    since_on: date | None = None
    facts: Mapping[str, object] | None = None


@transaction.atomic
def open_case(
    *,
    kind: str,
    county: str,
    accountable_id: UUID,
    acting: Holder,
    subjects: Sequence[NewSubject],
    opened_at: datetime,
    by: Viewer,
    report_id: UUID | None = None,
    family_id: UUID | None = None,
    facts: Mapping[str, object] | None = None,
    legal_basis: str = "",
    circle: str = Circle.NEUTRAL,
    matter_id: UUID | None = None,
) -> Case:
    """Set up a case, still to be investigated or assessed; clocks run from `facts["received_at"]`.

    `facts` are what the rules read about the event: `received_at`, `known_at` (instants), `has_child`,
    `household_elsewhere`, `edge_family`, `first_contact_class`… Without `received_at` the case was received when it
    opened. `circle` is the side the file stands on; a file of the other party's side gets no sight of the report.
    `matter_id` where the person was written down for this file before it is opened.
    Raises BadInput for an unknown kind, no subject, or a beginning in the future.
    """
    if rules.code(rules.CASE_KIND, kind, clock.local(opened_at).date(), county) is None:
        raise BadInput(_("沒有這個案類。請從清單選一個。"), field="kind")
    if not subjects:
        raise BadInput(_("請至少選一位案件對象。"), field="subjects")
    told = {"kind": kind, "received_at": opened_at, "opened_at": opened_at, **(facts or {})}
    matter = open_matter(
        kind=MatterKind.CASE, sort=kind, county=county, accountable_id=accountable_id, acting=acting,
        opened_at=opened_at, event=events.CASE_OPENED, facts=told, by=by, arose_from=report_id, family_id=family_id,
        matter_id=matter_id,
    )  # fmt: skip
    case = _write_case(matter, kind, told, legal_basis, circle)
    for subject in subjects:
        start_subject(matter=matter, case_kind=kind, circle=circle, new=subject, told=told, at=opened_at, by=by)
    if report_id and circle != Circle.OTHER:
        bring_contacts(matter, report_id, by=by)
    _rest_no_more(matter, by)
    record("case.opened", by=by, at=opened_at, matter_id=matter.id, subjects=len(subjects))
    if family_id:
        look_for_more_units(family_id=family_id, by=by, at=clock.now())
    keep()
    return case


def _write_case(matter: Matter, kind: str, told: Mapping[str, object], legal_basis: str, circle: str) -> Case:
    assessed = rules.client_of(kind, clock.local(matter.opened_at).date()) == rules.FAMILY_CLIENT
    case = Case(
        id=matter.id,
        kind=kind,
        legal_basis=legal_basis,
        phase=Phase.ASSESSING if assessed else Phase.INVESTIGATING,
        circle=circle,
        received_at=told["received_at"],
        known_at=told.get("known_at"),
        has_child=str(told.get("has_child") or "unknown"),
        household_elsewhere=str(told.get("household_elsewhere") or "unknown"),
        recorded_at=clock.now(),
    )
    case.save(force_insert=True)
    return case


def start_subject(
    *,
    matter: Matter,
    case_kind: str,
    circle: str,
    new: NewSubject,
    told: Mapping[str, object],
    at: datetime,
    by: Viewer,
) -> CaseSubject:
    """A person (or the family) becomes a subject; the duties that hang on him start. Internal to this room."""
    if new.person_id is None and matter.family_id is None:
        raise BadInput(_("這個案件沒有案家。請先建立或選擇案家。"), field="subjects")
    subject = CaseSubject(
        id=uuid7(),
        matter=matter,
        person_id=new.person_id,
        family_id=None if new.person_id else matter.family_id,
        role=new.role if new.person_id else SubjectRole.FAMILY,
        since_on=new.since_on or clock.local(at).date(),
        grade=new.grade,
        class_code=new.class_code,
        living=new.living,
        must_see_after=told.get("received_at") or at,
        recorded_at=clock.now(),
    )
    subject.save(force_insert=True)
    if new.person_id:
        involve(file_id=matter.id, person_id=new.person_id, circle=circle, by=by)
        _start_duties(matter, case_kind, new, told, at, by)
    if new.grade:
        write_grade(subject, by=by, at=new.graded_at or at, reason="")
    return subject


def _rest_no_more(matter: Matter, by: Viewer) -> None:
    """The resting review was there only until the subjects had clocks of their own."""
    running = Duty.objects.filter(matter=matter, state=DutyState.OPEN)
    if running.filter(is_auto=False).exists():
        running.filter(is_auto=True).update(
            state=DutyState.VOID, settled_at=matter.opened_at, settled_by=by.worker_id, settled_because="step.set"
        )
        point_to_next_step(matter, matter.opened_at)


def write_grade(subject: CaseSubject, *, by: Viewer, at: datetime, reason: str) -> None:
    """One more line of a subject's history of grades."""
    GradeChange.objects.create(
        id=uuid7(), matter_id=subject.matter_id, subject=subject, grade=subject.grade, class_code=subject.class_code,
        reason=reason, at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip


def _start_duties(
    matter: Matter, kind: str, new: NewSubject, told: Mapping[str, object], at: datetime, by: Viewer
) -> None:
    """Ask the rulebook once per event that begins with this person."""
    facts = {**told, "kind": kind, "role": str(new.role), **(new.facts or {})}
    wanted = [events.SUBJECT_ADDED]
    if new.role != SubjectRole.WITNESS or rules.client_of(kind) != VICTIM_CLIENT:
        wanted.insert(0, events.CASE_OPENED)
    if new.grade:
        facts |= {"grade": new.grade, "class": new.class_code, "graded_at": new.graded_at or at}
        wanted.append(events.REPORT_GRADED)
    if facts.get("witness_child") == "yes" or new.role == SubjectRole.WITNESS:
        facts.setdefault("known_at", facts["received_at"])
        wanted.append(events.WITNESS_FOUND)
    if facts.get("danger_now") == "yes":
        facts.setdefault("found_at", at)
        wanted.append(events.DANGER_FOUND)
    for event in wanted:
        happened(matter_id=matter.id, event=event, at=at, by=by, facts=facts, subject_id=new.person_id)
