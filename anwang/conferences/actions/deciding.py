"""Decisions: made, tracked as matters of their own, reported with evidence, ruled on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.conferences import events, hearing, policies, rules
from anwang.conferences.models import (
    Decision,
    DecisionReport,
    DecisionRuling,
    DecisionUnit,
    IncidentReview,
    Meeting,
    Part,
    Room,
)
from anwang.conferences.states import TRACKING_TRANSITIONS, MeetingState, Tracking
from anwang.directory.actions import window_of
from anwang.directory.models import Appointment, Contract, Unit
from anwang.directory.states import SUPERVISING
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import end_matter, happened, open_matter
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided. With `unit_id` and `due_on` it is tracked (列管); without, words only.

    `worker_id` is who carries it out, where one is known; else the unit's supervisor, else its window.
    """

    text: str
    word: str = "resolution"
    number: str = ""
    part_id: UUID | None = None
    item_id: UUID | None = None
    parent_id: UUID | None = None
    unit_id: UUID | None = None
    worker_id: UUID | None = None
    helping: Collection[UUID] = ()
    deliverable: str = ""
    due_on: date | None = None
    due_words: str = ""


@transaction.atomic
def decide(*, source_id: UUID, decided: Decided, by: Viewer, at: datetime) -> Decision:
    """A decision of a meeting, an urgent-case room or an incident review, by whoever keeps its record."""
    source = lock(source_id)
    _may_decide(source, by)
    return add_decision(source=source, decided=decided, by=by, at=at)


def add_decision(*, source: Matter, decided: Decided, by: Viewer, at: datetime) -> Decision:
    """What `decide` writes, once it is clear that it may be. Internal to this room."""
    parent = Decision.objects.filter(id=decided.parent_id).first() if decided.parent_id else None
    part = Part.objects.filter(id=decided.part_id).first() if decided.part_id else None
    _check(source, decided, part, parent, at)
    tracked = decided.unit_id is not None
    decision = Decision(
        id=uuid7(), source=source, item_id=part.item_id if part else decided.item_id, part=part, parent=parent,
        position=_next_place(source.id), number=decided.number.strip(), level=parent.level + 1 if parent else 1,
        word=decided.word, text=decided.text.strip(), state=Tracking.TRACKED if tracked else Tracking.NOTED,
        task=_task(source, decided, by, at) if tracked else None, unit_id=decided.unit_id,
        deliverable=decided.deliverable.strip(), due_on=decided.due_on, due_words=decided.due_words.strip(),
        made_at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    decision.save(force_insert=True)
    DecisionUnit.objects.bulk_create(
        [DecisionUnit(id=uuid7(), decision=decision, unit_id=one) for one in set(decided.helping) - {decided.unit_id}]
    )
    record("decision.made", by=by, at=at, matter_id=decision.task_id or source.id, subject_id=decision.id,
           tracked=tracked)  # fmt: skip
    keep()
    return decision


@transaction.atomic
def report_decision(
    *, decision_id: UUID, words: str, evidence: str, proposes: str, by: Viewer, at: datetime
) -> DecisionReport:
    """辦理情形 with what shows it; the unit proposes whether it goes on, is released, or released on a condition."""
    decision, task = _open(decision_id)
    policies.may_report(by, decision, task, _keeps(by, decision.source_id)).enforce()
    if not words.strip() or not evidence.strip():
        missing = "evidence" if words.strip() else "words"
        raise BadInput(_("請寫辦理情形，和看得到的佐證（文號、訪視、檔案）。"), field=missing)
    if proposes not in TRACKING_TRANSITIONS[Tracking.TRACKED]:
        raise BadInput(_("請選建議繼續列管或解除。"), field="proposes")
    report = DecisionReport(
        id=uuid7(), decision=decision, words=words.strip(), evidence=evidence.strip(), proposes=proposes, at=at,
        by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    report.save(force_insert=True)
    happened(matter_id=task.id, event=events.DECISION_REPORTED, at=at, by=by, facts={"proposes": proposes})
    record("decision.reported", by=by, at=at, matter_id=task.id, subject_id=decision.id, proposes=proposes)
    keep()
    return report


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """What the chair made of it: another day when it goes on, the condition when there is one."""

    state: str
    because: str = ""
    condition: str = ""
    next_on: date | None = None


@transaction.atomic
def rule(*, decision_id: UUID, ruled: Ruled, by: Viewer, at: datetime) -> DecisionRuling:
    """列管裁示. Released ends its matter; released on a condition makes the condition a tracked decision below it."""
    decision, task = _open(decision_id)
    policies.may_rule(by, task, _keeps(by, decision.source_id)).enforce()
    _check_ruling(decision, ruled, at)
    hearing.before(decision, ruled.state, by)
    ruling = DecisionRuling(
        id=uuid7(), decision=decision, state=ruled.state, because=ruled.because.strip(),
        condition=ruled.condition.strip(), next_on=ruled.next_on, at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    ruling.save(force_insert=True)
    over = ruled.state in (Tracking.RELEASED, Tracking.CONDITION)
    changed = {"state": ruled.state, "released_at": at} if over else {"state": ruled.state, "due_on": ruled.next_on}
    below = _condition(decision, task, ruled, by, at) if ruled.state == Tracking.CONDITION else None
    Decision.objects.filter(id=decision.id).update(**changed)
    if over:
        happened(matter_id=task.id, event=events.DECISION_RELEASED, at=at, by=by, facts={"how": ruled.state})
        end_matter(matter_id=task.id, how=ruled.state, at=at, by=by)
    else:
        assert ruled.next_on is not None
        facts = {"last_day_at": rules.last_day_at(ruled.next_on)}
        happened(matter_id=task.id, event=events.DECISION_CONTINUED, at=at, by=by, facts=facts)
    record("decision.ruled", by=by, at=at, matter_id=task.id, subject_id=decision.id, state=ruled.state)
    hearing.after(hearing.Ruling(decision.id, ruling, below), by=by, at=at)
    keep()
    return ruling


def _may_decide(source: Matter, by: Viewer) -> None:
    if source.kind == MatterKind.MEETING:
        meeting = Meeting.objects.get(id=source.id)
        policies.may_keep(by, source, meeting.chair_id).enforce()
        if meeting.state != MeetingState.HELD:
            raise Refused(_("決議在開會之後、紀錄確認之前登錄。"))
    elif source.kind == MatterKind.URGENT_ROOM:
        room = Room.objects.filter(id=source.id).first()
        if room is None or policies.member_of(by, room) is None:
            raise NotFound(_("查無這個戰情室。"))
    elif source.kind == MatterKind.INCIDENT_REVIEW:
        review = IncidentReview.objects.filter(id=source.id).first()
        if review is None:
            raise NotFound(_("查無這件檢討。"))
        policies.may_review_incident(by, review).enforce()
    else:
        raise Refused(_("這裡不能登錄決議。"))


def _keeps(by: Viewer, source_id: UUID) -> bool:
    """Whether the viewer keeps the record in which the decision stands, also after it ended."""
    source = Matter.objects.get(id=source_id)
    chair = Meeting.objects.filter(id=source_id).values_list("chair_id", flat=True).first()
    return bool(policies.may_keep(by, source, chair))


def _check(source: Matter, decided: Decided, part: Part | None, parent: Decision | None, at: datetime) -> None:
    if not decided.text.strip():
        raise BadInput(_("請寫決議內容。"), field="text")
    if rules.code(rules.WORD, decided.word, clock.local(at).date()) is None:
        raise BadInput(_("請選決定、決議或結論。"), field="word")
    if (decided.unit_id is None) != (decided.due_on is None):
        raise BadInput(_("要列管就要有主辦單位和期限；不列管兩個都不填。"), field="due_on")
    if decided.due_on is not None and rules.is_past(decided.due_on, at):
        raise BadInput(_("期限不能早於今天。"), field="due_on")
    if decided.part_id and (part is None or part.meeting_id != source.id):
        raise NotFound(_("查無這個議案。"))
    if decided.parent_id and (parent is None or parent.source_id != source.id or parent.part_id != decided.part_id):
        raise BadInput(_("子項要掛在同一案、同一側的決議下。"), field="parent")


def _check_ruling(decision: Decision, ruled: Ruled, at: datetime) -> None:
    allowed = TRACKING_TRANSITIONS.get(Tracking(decision.state), set())
    if ruled.state not in allowed:
        raise BadInput(_("請選繼續列管、解除或附條件解除。"), field="state")
    if ruled.state in (Tracking.CONTINUED, Tracking.SPECIAL) and not ruled.because.strip():
        raise BadInput(_("請寫為什麼繼續列管、還要做什麼。"), field="because")
    if ruled.state == Tracking.CONDITION and not ruled.condition.strip():
        raise BadInput(_("請寫附帶的條件。"), field="condition")
    if ruled.state != Tracking.RELEASED and (ruled.next_on is None or rules.is_past(ruled.next_on, at)):
        raise BadInput(_("請填下一個期限，今天或以後。"), field="next_on")
    if (
        ruled.state in (Tracking.RELEASED, Tracking.CONDITION)
        and not DecisionReport.objects.filter(decision=decision).exists()
    ):
        raise Refused(_("還沒有辦理情形，不能解除列管。請主辦單位先回報。"))


def _condition(decision: Decision, task: Matter, ruled: Ruled, by: Viewer, at: datetime) -> Decision:
    """附條件解除: the condition is owed by the same unit, as a decision below this one."""
    below = Decided(
        text=ruled.condition, word=decision.word, number=f"{decision.number}附", part_id=decision.part_id,
        item_id=decision.item_id, parent_id=decision.id, unit_id=decision.unit_id, worker_id=task.acting_worker_id,
        due_on=ruled.next_on,
    )  # fmt: skip
    return add_decision(source=Matter.objects.get(id=decision.source_id), decided=below, by=by, at=at)


def _task(source: Matter, decided: Decided, by: Viewer, at: datetime) -> Matter:
    """The matter of a tracked decision: the unit answers for it; for an NGO, the authority that decided does."""
    unit = Unit.objects.filter(id=decided.unit_id, closed_on=None).first()
    if unit is None:
        raise BadInput(_("請選主辦單位。"), field="unit")
    assert decided.due_on is not None
    accountable = unit if unit.is_public else _authority_of(unit, source, at)
    return open_matter(
        kind=MatterKind.DECISION, county=accountable.jurisdiction_id, accountable_id=accountable.id,
        acting=_acting(unit, decided.worker_id, by), opened_at=at, event=events.DECISION_MADE,
        facts={"last_day_at": rules.last_day_at(decided.due_on)}, by=by, arose_from=source.id,
        sort=source.sort,
    )  # fmt: skip


def _authority_of(unit: Unit, source: Matter, at: datetime) -> Unit:
    """Who answers for what an NGO does: the authority of its live contract; without one the kernel refuses."""
    live = Contract.objects.filter(ngo=unit, starts_at__lte=at, ends_at__gt=at, closed_at=None)
    found = live.order_by("-ends_at").values_list("authority_id", flat=True).first()
    return Unit.objects.get(id=found or source.accountable_id)


def _acting(unit: Unit, worker_id: UUID | None, by: Viewer) -> Holder:
    posts = Appointment.objects.filter(unit=unit, ended_at=None)
    if worker_id is not None:
        if not posts.filter(worker_id=worker_id).exists():
            raise BadInput(_("這位同仁不在主辦單位。請選單位裡的人，或只選單位。"), field="worker")
        return Holder(unit.id, worker_id)
    signs = posts.filter(role__in=SUPERVISING).order_by("started_at", "id").values_list("worker_id", flat=True).first()
    return Holder(unit.id, signs) if signs else Holder(unit.id, desk_id=window_of(unit_id=unit.id, by=by))


def _open(decision_id: UUID) -> tuple[Decision, Matter]:
    decision = Decision.objects.filter(id=decision_id).first()
    if decision is None:
        raise NotFound(_("查無這項決議。"))
    if decision.task_id is None:
        raise Refused(_("這項決議不列管，不用回報。"))
    task = lock(decision.task_id)
    decision.refresh_from_db()
    if decision.state not in TRACKING_TRANSITIONS:
        raise Conflict(_("這項決議剛剛已經解除列管。"))
    return decision, task


def _next_place(source_id: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conferences_next_decision(%s)", [source_id])
        return int(cursor.fetchone()[0])
