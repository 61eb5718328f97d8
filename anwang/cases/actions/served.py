"""What one contact means for the duties of one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from anwang.access.viewer import Viewer
from anwang.cases import events, rules
from anwang.cases.models import Case, CaseSubject
from anwang.cases.states import PlaceKind, Seen, SubjectRole
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.actions.duties import point_to_next_step
from anwang.matters.models import Duty, Matter
from anwang.matters.states import DutyState


@dataclass(frozen=True)
class Sight:
    """Whether one person was seen. `in_person` follows the method unless given; `because` is why not."""

    person_id: UUID
    seen: str
    because: str = ""
    observation: str = ""
    in_person: bool | None = None


@dataclass(frozen=True)
class Told:
    """What a contact says besides who and when. Words lie in the case zone, observations in the special zone."""

    method: str
    outcome: str
    started_at: datetime
    ended_at: datetime | None = None
    place_kind: str = PlaceKind.HOME
    place: str = ""
    purpose: str = ""
    companions: str = ""
    summary: str = ""
    worker_safety: str = ""
    sights: Sequence[Sight] = ()


def open_subjects(matter_id: UUID) -> list[CaseSubject]:
    """Whom a case is about now, as far as the database shows them to whoever is looking."""
    return list(CaseSubject.objects.filter(matter_id=matter_id, until_on=None).order_by("since_on", "id"))


def tell(matter: Matter, told: Told, *, by: Viewer, revive: tuple[datetime, frozenset[UUID]] | None = None) -> None:
    """Tell a file's duties of a contact: per subject where there are any, else per person seen, else once."""
    if revive:
        _revive(matter, *revive)
    case = Case.objects.filter(id=matter.id).first()
    people = [subject for subject in open_subjects(matter.id) if subject.person_id]
    kind = case.kind if case else None
    if case and rules.client_of(case.kind) == rules.FAMILY_CLIENT:
        _happened(matter, told, kind, None, _family_seen(people, told), by)
        return
    sights = {sight.person_id: sight for sight in told.sights}
    for person_id in [subject.person_id for subject in people] or list(sights) or [None]:
        sight = sights.get(person_id) if person_id else None
        _happened(matter, told, kind, person_id, _seen(sight), by, sight)


def _happened(
    matter: Matter, told: Told, kind: str | None, person_id: UUID | None, seen: str, by: Viewer,
    sight: Sight | None = None,
) -> None:  # fmt: skip
    """A person who was not reached was attempted, whatever became of the others."""
    reached = told.outcome == "met" and (person_id is None or seen == Seen.YES)
    outcome = "met" if reached else ("not_met" if told.outcome == "met" else told.outcome)
    visit = rules.is_in_person(told.method)
    in_person = visit if sight is None or sight.in_person is None else sight.in_person
    facts = {
        "kind": kind, "seen": seen, "in_person": "yes" if in_person else "no", "method": told.method,
        "outcome": outcome, "first": None, "safety_assessed": None,
    }  # fmt: skip
    event = events.CONTACT_MADE if reached else events.CONTACT_ATTEMPTED
    happened(matter_id=matter.id, event=event, at=told.started_at, by=by, facts=facts, subject_id=person_id)


def _seen(sight: Sight | None) -> str:
    return str(sight.seen) if sight else "no"


def _family_seen(people: list[CaseSubject], told: Told) -> str:
    """A family was seen when each child counted into its case was, in this contact or an earlier one."""
    now_seen = {sight.person_id for sight in told.sights if sight.seen == Seen.YES}
    children = [subject for subject in people if subject.role == SubjectRole.CHILD]
    if not children:
        return "yes" if now_seen else "no"
    missing = [child for child in children if child.person_id not in now_seen and child.last_seen_at is None]
    return "no" if missing or not now_seen else "yes"


def _revive(matter: Matter, at: datetime, gone: frozenset[UUID]) -> None:
    """Duties that a sight discharged which was no sight after all are owed again, with the same rule and date."""
    if not gone:
        return
    done = Duty.objects.filter(
        Q(subject_id__in=gone) | Q(subject=None),
        matter=matter,
        state=DutyState.DONE,
        settled_at=at,
        settled_because=events.CONTACT_MADE,
    )
    again = []
    for duty in done:
        duty.id, duty.state, duty.recorded_at = uuid7(), DutyState.OPEN, clock.now()
        duty.settled_at, duty.settled_by, duty.settled_because = None, None, ""
        duty.unit_id, duty.worker_id = matter.acting_unit_id, matter.acting_worker_id
        duty.desk_id = matter.acting_desk_id
        again.append(duty)
    Duty.objects.bulk_create(again)
    point_to_next_step(matter, at)
