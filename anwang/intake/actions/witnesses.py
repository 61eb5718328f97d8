"""Children where there is violence at home: each is assessed for having seen or heard it (家暴法第50條第3項)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.cases.actions import NewSubject, take_in
from anwang.intake import events, rules
from anwang.intake.models import Report, ReportPerson
from anwang.intake.queries.standing import pairs
from anwang.intake.states import What
from anwang.matters.actions import happened
from anwang.matters.actions.dispatching import carry_duties
from anwang.matters.models import Duty, Matter
from anwang.matters.states import DutyState

from .facts import county_of
from .persons import Present, may_be_child, present_in

AT_HOME = ("child", "witness")
"""Roles in a report of somebody who may have seen it, when he is not grown up."""


def tell_of_witnesses(
    report: Report, people: Iterable[ReportPerson], kinds: Collection[str], county: str, *, by: Viewer, at: datetime
) -> None:  # fmt: skip
    """Each child of a report of violence is to be assessed, from the instant that was known. Nobody twice.

    Internal to this room: callers hold the lock.
    """
    seen = children_of_violence(present_in(people), kinds, report.received_at, county)
    if not seen:
        return
    owed = rules.discharged_by(events.WITNESS_ASSESSED, at, county)
    told = set(Duty.objects.filter(matter_id=report.id, rule_id__in=owed).values_list("subject_id", flat=True))
    for person_id in seen:
        if person_id not in told:
            happened(matter_id=report.id, event=events.WITNESS_FOUND, at=at, by=by,
                     facts={"known_at": at, "county": county}, subject_id=person_id)  # fmt: skip


def children_of_violence(
    people: Iterable[Present], kinds: Collection[str], at: datetime, county: str
) -> list[UUID]:  # fmt: skip
    """Who may have seen or heard it: each child of a report that tells of violence at home."""
    if rules.VIOLENCE.isdisjoint(kinds):
        return []
    return [each.row.person_id for each in people if each.row.role in AT_HOME and may_be_child(each, at, county)]


def hand_on_witnesses(report: Report, *, by: Viewer, at: datetime) -> None:
    """A child nobody opened a case for is assessed in the case of the violence he saw, due as before.

    He waits for his own case while it is not decided. Internal to this room: callers hold the lock.
    """
    county = county_of(report)
    owed = rules.discharged_by(events.WITNESS_ASSESSED, at, county)
    left = dict(
        Duty.objects.filter(matter_id=report.id, rule_id__in=owed, state=DutyState.OPEN).values_list(
            "subject_id", "starts_at"
        )
    )
    found = pairs(by, report.id)
    for waiting in [pair.person_id for pair in found if not pair.is_settled]:
        left.pop(waiting, None)
    cases = [pair.decisions[What.DISPATCH].about_id for pair in found
             if pair.kind in rules.VIOLENCE and What.DISPATCH in pair.decisions]  # fmt: skip
    case_id = Matter.objects.filter(id__in=cases, ended_at=None).values_list("id", flat=True).first()
    if not left or case_id is None:
        return
    subjects = [NewSubject(person, "witness", facts={"known_at": since}) for person, since in left.items()]
    known = take_in(case_id=case_id, subjects=subjects, told={"received_at": report.received_at, "opened_at": at},
                    by=by, at=at)  # fmt: skip
    _carry(report.id, case_id, owed, known, by=by, at=at)


def _carry(
    report_id: UUID, case_id: UUID, owed: frozenset[str], known: dict[UUID, UUID], *, by: Viewer, at: datetime
) -> None:
    carry_duties(from_id=report_id, to_id=case_id, rule_ids=owed, because=events.REPORT_DISPATCHED, at=at, by=by,
                 subject_ids=list(known), known_there=known)  # fmt: skip
