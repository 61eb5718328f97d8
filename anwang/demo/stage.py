"""What stories have in common: taking a report, screening it, signing for what one was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.cases.actions import Sight, Told, record_contact
from anwang.cases.actions import approve_review as approve_casework
from anwang.cases.models import CaseSubject, Contact
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.foundation.roc import PartialDate
from anwang.intake.actions import answer_questions, approve_review, decide, dispatch, log_call, receive_report
from anwang.intake.incoming import ReportIn
from anwang.intake.models import Report, ReportPerson
from anwang.matters.actions import assign, done, set_step, sign
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Duty, Matter, Review
from anwang.matters.states import DutyState, ReviewState

from .beats import Story, taipei

HARM = {"harm": "yes", "danger_now": "no"}
ONE = {"needs_protection_now": "yes", "needs_emergency_placement": "no"}
TWO = {"needs_protection_now": "no", "needs_emergency_placement": "no"}
BY_CARER = {"carer_intended": "yes"}
NOT_KNOWN: Mapping[str, str] = {}
Asked = tuple[Mapping[str, str], str]
"""Answers given, and the decision taken."""


def born(text: str) -> PartialDate:
    """`2021-11-05`, or `2021` when only the year is known."""
    year, *rest = (int(part) for part in text.split("-"))
    return PartialDate(year, *rest)


class Stage(Story):
    """A story with the usual steps at hand."""

    def become(self, worker: str) -> Viewer:
        return self.county.become(worker)

    def to(self, unit: str, worker: str) -> Holder:
        """A worker of a unit as the acting pair."""
        return Holder(self.county.units[unit], self.county.workers[worker])

    def take(self, report: ReportIn, by: Viewer, *, caller: str = "", phone: str = "", county: str = "") -> Report:
        """Receive a report; what came by telephone is in the phone log first."""
        call = None
        if caller or phone:
            call = log_call(
                received_at=report.received_at, about=report.narrative[:60], caller=caller, phone=phone, by=by
            )
        return receive_report(report=report, by=by, county=county, call_id=call.id if call else None)

    def person(self, report_id: UUID, name: str) -> UUID:
        """The record of somebody in a report, by the name he has there."""
        rows = ReportPerson.objects.filter(report_id=report_id, person__name=name)
        found = rows.values_list("person_id", flat=True).first()
        if found is None:
            raise NotFound(name)
        return found

    def screen(
        self, report_id: UUID, person_id: UUID, kind: str, decisions: Mapping[str, Asked], *, by: Viewer,
        reason: str = "", at: datetime | None = None, phoned_by: str = "",
    ) -> None:  # fmt: skip
        """Answer the questions of each thing to decide, and decide it."""
        at = at or clock.now()
        for what, (given, outcome) in decisions.items():
            if given:
                answer_questions(
                    report_id=report_id, person_id=person_id, kind=kind, what=what, given=given, by=by, at=at
                )
            decide(
                report_id=report_id, person_id=person_id, kind=kind, what=what, outcome=outcome, reason=reason, by=by,
                at=at, phoned_by=self.county.workers[phoned_by] if phoned_by and what == "grade" else None,
            )  # fmt: skip

    def give(
        self, report_id: UUID, kind: str, person_ids: Iterable[UUID], *, to: Holder | None = None, by: Viewer,
        join: UUID | None = None, reason: str = "", at: datetime | None = None, family: UUID | None = None,
    ) -> UUID:  # fmt: skip
        """派案, now unless `at` says when it was spoken."""
        return dispatch(
            report_id=report_id, kind=kind, person_ids=list(person_ids), to=to, join_case_id=join, reason=reason,
            family_id=family, by=by, at=at or clock.now(),
        )  # fmt: skip

    def sign_for(self, matter_id: UUID, worker: str) -> None:
        """簽收 of what waits for a signature on a matter."""
        waiting = Assignment.objects.get(matter_id=matter_id, signed_at=None, superseded_at=None)
        sign(assignment_id=waiting.id, at=clock.now(), by=self.become(worker))

    def approve_report(self, report_id: UUID, worker: str, words: str = "") -> None:
        """Approve everything of a report that waits."""
        by = self.become(worker)
        waiting = Review.objects.filter(matter_id=report_id, state=ReviewState.SUBMITTED).order_by("submitted_at", "id")
        for review_id in list(waiting.values_list("id", flat=True)):
            approve_review(review_id=review_id, words=words, by=by, at=clock.now())

    def approve_case(self, matter_id: UUID, worker: str, words: str = "") -> None:
        """Approve everything of a case or placement that waits."""
        by = self.become(worker)
        waiting = Review.objects.filter(matter_id=matter_id, state=ReviewState.SUBMITTED).order_by("submitted_at", "id")
        for review_id in list(waiting.values_list("id", flat=True)):
            approve_casework(review_id=review_id, words=words, by=by, at=clock.now())

    def give_case(self, matter_id: UUID, to: Holder, by: Viewer, *, accountable: str) -> None:
        """指派 of an open matter to another unit, now."""
        assign(
            matter_id=matter_id, to=to, accountable_id=self.county.units[accountable], effective_at=clock.now(),
            expected_since=Matter.objects.values_list("acting_since", flat=True).get(id=matter_id), by=by,
        )  # fmt: skip

    def subject(self, case_id: UUID, person_id: UUID | None) -> CaseSubject:
        """A person (None: the family) as subject of a case; look with somebody's eyes first."""
        return CaseSubject.objects.get(matter_id=case_id, person_id=person_id, until_on=None)

    def met(
        self, matter_id: UUID, worker: str, started: datetime, people: Iterable[UUID], summary: str, *,
        method: str = "home", place: str = "home", serves: Iterable[UUID] = (), **more: object,
    ) -> Contact:  # fmt: skip
        """A contact in which everybody named was seen."""
        told = Told(
            method=method, outcome="met", started_at=started, place_kind=place, summary=summary,
            sights=[Sight(person, "yes") for person in people], **more,  # type: ignore[arg-type]
        )  # fmt: skip
        return record_contact(matter_id=matter_id, told=told, serves=serves, by=self.become(worker))

    def next_step(self, matter_id: UUID, worker: str, code: str, due: str) -> None:
        """What the worker had set himself is done; this is what he does next."""
        by, now = self.become(worker), clock.now()
        mine = Duty.objects.filter(matter_id=matter_id, state=DutyState.OPEN, rule_id__startswith="manual.")
        for duty_id in list(mine.order_by("due_at", "id").values_list("id", flat=True)):
            done(duty_id=duty_id, by=by, at=now)
        set_step(matter_id=matter_id, code=code, due_at=taipei(due), by=by, at=now)

    def holder(self, matter_id: UUID) -> str:
        """The short name of the worker who acts on a matter now."""
        worker_id = Matter.objects.values_list("acting_worker_id", flat=True).get(id=matter_id)
        return next(key for key, found in self.county.workers.items() if found == worker_id)

    def number(self, matter_id: UUID) -> str:
        return Matter.objects.values_list("number", flat=True).get(id=matter_id)
