"""Transitions with a day: planned, moved, dropped. Who takes over accepts by a referral that names the transition."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.models import CaseSubject
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep, lock
from anwang.people.models import Person
from anwang.referrals import events, policies, rules
from anwang.referrals.models import Transition
from anwang.referrals.states import PlanState


@transaction.atomic
def plan_transition(
    *, case_id: UUID, person_id: UUID, kind: str, by: Viewer, at: datetime, on: date | None = None
) -> Transition:
    """A day is known on which somebody else must have taken over. Its warnings start, the earlier the more time.

    `on` may be left out for turning 18: the day is read from the person. Raises Conflict where it is planned already.
    """
    case = lock(case_id)
    policies.may_refer(by, case).enforce()
    if rules.code("transition.kinds", kind) is None:
        raise BadInput(_("請選是哪一種轉銜。"), field="kind")
    if not by.service and not CaseSubject.objects.filter(matter_id=case_id, person_id=person_id).exists():
        raise BadInput(_("請選這個案件裡的人。"), field="person")
    day = on or _birthday(person_id, kind, at)
    if day <= clock.local(at).date():
        raise BadInput(_("轉銜日要在今天之後。"), field="on")
    there = Transition.objects.filter(case_id=case_id, person_id=person_id, kind=kind).exclude(state=PlanState.DROPPED)
    if there.exists():
        raise Conflict(_("這個轉銜已經排過。要改日期，請用改期。"))
    plan = Transition(
        id=uuid7(), case=case, person_id=person_id, kind=kind, on=day, planned_at=at, by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    Transition.objects.bulk_create([plan])
    _warn(plan, by, at)
    record("transition.planned", by=by, at=at, matter_id=case_id, kind=kind, on=day.isoformat())
    keep()
    return plan


@transaction.atomic
def move_transition(*, transition_id: UUID, on: date, by: Viewer, at: datetime) -> None:
    """改期: the day changed; its warnings are counted afresh. An acceptance stays one."""
    plan = _mine(transition_id, by)
    if on <= clock.local(at).date():
        raise BadInput(_("轉銜日要在今天之後。"), field="on")
    Transition.objects.filter(id=plan.id).update(on=on)
    if plan.state == PlanState.PLANNED:
        _calm(plan, by, at)
        plan.on = on
        _warn(plan, by, at)
    record("transition.moved", by=by, at=at, matter_id=plan.case_id, on=on.isoformat())
    keep()


@transaction.atomic
def drop_transition(*, transition_id: UUID, because: str, by: Viewer, at: datetime) -> None:
    """取消: it will not come to pass, with words."""
    plan = _mine(transition_id, by)
    if not because.strip():
        raise BadInput(_("請寫為什麼取消。"), field="because")
    Transition.objects.filter(id=plan.id).update(state=PlanState.DROPPED, dropped_because=because.strip())
    _calm(plan, by, at)
    record("transition.dropped", by=by, at=at, matter_id=plan.case_id)
    keep()


def _warn(plan: Transition, by: Viewer, at: datetime) -> None:
    happened(
        matter_id=plan.case_id, event=events.PLANNED, at=at, by=by, subject_id=plan.person_id,
        facts={"transition_at": rules.midnight(plan.on), "transition": plan.kind},
    )  # fmt: skip


def _calm(plan: Transition, by: Viewer, at: datetime) -> None:
    happened(
        matter_id=plan.case_id, event=events.VOID, at=at, by=by, subject_id=plan.person_id,
        facts={"transition": plan.kind},
    )  # fmt: skip


def _mine(transition_id: UUID, by: Viewer) -> Transition:
    plan = Transition.objects.filter(id=transition_id).exclude(state=PlanState.DROPPED).first()
    if plan is None:
        raise NotFound(_("查無這個轉銜。"))
    policies.may_refer(by, lock(plan.case_id)).enforce()
    return plan


def _birthday(person_id: UUID, kind: str, at: datetime) -> date:
    if rules.mark("transition.kinds", kind, "from_birth") != "yes":
        raise BadInput(_("請填哪一天。"), field="on")
    person = Person.objects.filter(id=person_id).first()
    if person is None or person.born_earliest is None or person.born_earliest != person.born_latest:
        raise BadInput(_("出生日不完整，請填哪一天。"), field="on")
    born, years = person.born_earliest, rules.age_of_majority(clock.local(at).date())
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
