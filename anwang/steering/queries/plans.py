"""Improvement plans: in the order of counties' codes, never of their figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from anwang.access.steering import Standing, standing
from anwang.access.viewer import Viewer
from anwang.directory.queries import Called
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.steering import rules
from anwang.steering.models import Drawn, Plan
from anwang.steering.shares import in_words
from anwang.steering.states import PlanState
from anwang.steering.words import lang

from .drawn import DrawnLine, Moved, drawn, moved


@dataclass(frozen=True)
class PlanLine:
    """A plan in a list. `due_on` is empty when nothing is owed."""

    id: UUID
    county: str
    threshold: str
    state: str
    state_words: str
    due_on: date | None
    is_late: bool


@dataclass(frozen=True)
class PlanPage:
    """One plan with the arithmetic it was asked for."""

    line: PlanLine
    unit: str
    share: str
    below: int
    since_on: date
    last_on: date
    threshold_from: date
    assumption: str
    causes: str
    measures: str
    remarks: str
    effect: str
    drawn: tuple[DrawnLine, ...]
    moved: tuple[Moved, ...]
    task_id: UUID
    may_hand_in: bool
    may_settle: bool
    may_tell: bool
    may_draw: bool
    may_move: bool


def plans(viewer: Viewer) -> list[PlanLine]:
    """The ministry sees all, a county its own."""
    return [_line(row) for row in _lined(standing(viewer)).order_by("county_id", "-at")[:100]]


def plan(viewer: Viewer, plan_id: UUID) -> PlanPage:
    """One; raises NotFound for another county's."""
    who = standing(viewer)
    row = _lined(who).filter(id=plan_id).first()
    if row is None:
        raise NotFound(_("查無這份計畫。"))
    line, rule = rules.threshold(row.threshold, row.threshold_from), drawn(viewer, Drawn.objects.filter(plan=row))
    own = not who.is_ministry and row.county_id == who.county
    ended = row.state == PlanState.ENDED
    return PlanPage(
        _line(row), row.unit_words, in_words(row.part, row.whole), row.below, row.since_on,
        row.before_on - timedelta(days=1), row.threshold_from,
        line.assumption.to(lang()) if line and line.assumption else "", row.causes, row.measures, row.remarks,
        row.effect, rule, moved(rule), row.task_id, own and row.state == PlanState.ASKED,
        who.is_ministry and row.state == PlanState.HANDED_IN, own and row.state == PlanState.AGREED, not ended,
        row.state in (PlanState.ASKED, PlanState.AGREED) and row.task.asked_by_id in who.units,
    )  # fmt: skip


def _lined(who: Standing) -> QuerySet[Plan]:
    seen = Q() if who.is_ministry else Q(county_id=who.county or "-")
    found = Plan.objects.filter(seen).select_related("task")
    return found.annotate(county_words=Called("county"), unit_words=Called("unit"))


def _line(row: Plan) -> PlanLine:
    owes = row.state in (PlanState.ASKED, PlanState.AGREED)
    rule = rules.threshold(row.threshold, row.threshold_from)
    return PlanLine(
        row.id, row.county_words, rule.label.to(lang()) if rule else row.threshold, row.state,  # type: ignore[attr-defined]
        str(PlanState(row.state).label), row.task.due_on if owes else None, owes and row.task.due_on < clock.today(),
    )  # fmt: skip
