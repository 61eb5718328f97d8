"""Improvement plans: asked where a county's own figure lies below a dated line, handed in, carried out."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.conferences.rules import is_past, last_day_at
from anwang.directory.models import Unit
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import end_matter, happened
from anwang.matters.promises import keep
from anwang.steering import events, policies, rules
from anwang.steering.measuring import measured
from anwang.steering.models import Plan, Task
from anwang.steering.shares import in_words, is_below
from anwang.steering.states import PLAN_TRANSITIONS, Owed, PlanState, TaskState

from .tasks import open_task, owe


@transaction.atomic
def ask_plan(
    *, county: str, threshold: str, since_on: date, before_on: date, unit_id: UUID | None, due_on: date | None,
    by: Viewer, at: datetime,
) -> Plan:  # fmt: skip
    """請縣市提精進計畫. Refused with the arithmetic where the county's own figure does not lie below the line."""
    policies.may_act_for_ministry(by).enforce()
    line = rules.threshold(threshold, clock.local(at).date())
    if line is None:
        raise BadInput(_("請選門檻。"), field="threshold")
    if not since_on < before_on or before_on > clock.local(at).date():
        raise BadInput(_("請選已經過完的期間。"), field="before_on")
    if not Unit.objects.filter(live_public_id=unit_id, jurisdiction_id=county).exists():
        raise BadInput(_("請選這個縣市的單位。"), field="unit_id")
    part, whole = measured(line, county, since_on, before_on, by)
    if not is_below(part, whole, line.below):
        told = {"share": in_words(part, whole), "line": line.below}
        raise Refused(_("這段期間是%(share)s，沒有低於%(line)d%%，不用提計畫。") % told)
    task = owe(owed=Owed.PLAN, unit_id=unit_id, due_on=due_on, by=by, at=at)
    plan = Plan(
        id=uuid7(), county_id=county, unit_id=unit_id, threshold=threshold, threshold_from=line.since,
        below=line.below, part=part, whole=whole, since_on=since_on, before_on=before_on, task=task, by=by.worker_id,
        at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("這個縣市同一門檻的計畫還沒結束。")) from error
    record("plan.asked", by=by, at=at, matter_id=task.id, subject_id=plan.id, threshold=threshold, county=county)
    keep()
    return plan


@transaction.atomic
def hand_in_plan(*, plan_id: UUID, causes: str, measures: str, by: Viewer, at: datetime) -> None:
    """The county says why, and what it will do."""
    plan = _locked(plan_id, by, PlanState.HANDED_IN)
    policies.may_act_for_county(by, plan.county_id).enforce()
    if not causes.strip():
        raise BadInput(_("請寫查到的原因。"), field="causes")
    if not measures.strip():
        raise BadInput(_("請寫要怎麼改善、由誰做。"), field="measures")
    task = open_task(plan.task_id)
    Plan.objects.filter(id=plan.id).update(
        state=PlanState.HANDED_IN, causes=causes.strip(), measures=measures.strip(), remarks=""
    )
    happened(matter_id=task.id, event=events.PLAN_HANDED_IN, at=at, by=by, facts={})
    record("plan.handed_in", by=by, at=at, matter_id=task.id, subject_id=plan.id)
    keep()


@transaction.atomic
def settle_plan(*, plan_id: UUID, agreed: bool, remarks: str, due_on: date | None, by: Viewer, at: datetime) -> None:
    """Agreed: its effect is owed by the day. Sent back with words: the plan is owed again by the day."""
    plan = _locked(plan_id, by, PlanState.AGREED if agreed else PlanState.ASKED)
    policies.may_act_for_ministry(by).enforce()
    if not agreed and not remarks.strip():
        raise BadInput(_("請寫要補什麼。"), field="remarks")
    if due_on is None or is_past(due_on, at):
        raise BadInput(_("請填期限，今天或以後。"), field="due_on")
    task = open_task(plan.task_id)
    owed = Owed.EFFECT if agreed else Owed.PLAN
    facts = {"last_day_at": last_day_at(due_on), "owed": owed.value}
    event = events.PLAN_AGREED if agreed else events.STARTS[Owed.PLAN]
    Task.objects.filter(id=task.id).update(owed=owed, due_on=due_on)
    happened(matter_id=task.id, event=event, at=at, by=by, facts=facts)
    state = PlanState.AGREED if agreed else PlanState.ASKED
    Plan.objects.filter(id=plan.id).update(state=state, remarks=remarks.strip())
    record("plan.settled", by=by, at=at, matter_id=task.id, subject_id=plan.id, agreed=agreed)
    keep()


@transaction.atomic
def tell_effect(*, plan_id: UUID, effect: str, by: Viewer, at: datetime) -> None:
    """回報成效: what changed, beside the figures drawn since. The plan ends."""
    plan = _locked(plan_id, by, PlanState.ENDED)
    policies.may_act_for_county(by, plan.county_id).enforce()
    if not effect.strip():
        raise BadInput(_("請寫做了什麼、有什麼改變。"), field="effect")
    task = open_task(plan.task_id)
    Plan.objects.filter(id=plan.id).update(state=PlanState.ENDED, effect=effect.strip())
    Task.objects.filter(id=task.id).update(state=TaskState.DONE, words=effect.strip(), done_at=at, done_by=by.worker_id)
    happened(matter_id=task.id, event=events.EFFECT_TOLD, at=at, by=by, facts={})
    end_matter(matter_id=task.id, how="done", at=at, by=by)
    record("plan.effect_told", by=by, at=at, matter_id=task.id, subject_id=plan.id)
    keep()


def _locked(plan_id: UUID, by: Viewer, to: PlanState) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",)).filter(id=plan_id).first()
    if plan is None or not policies.may_see_of_county(by, plan):
        raise NotFound(_("查無這份計畫。"))
    if to not in PLAN_TRANSITIONS.get(PlanState(plan.state), set()):
        raise Conflict(_("這份計畫現在不是這一步，請看最新狀態。"))
    return plan
