"""The register of loopholes with their measures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _

from anwang.access.steering import Standing, standing
from anwang.access.viewer import Viewer
from anwang.directory.queries import Called
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.steering.models import Drawn, Loophole, Measure
from anwang.steering.states import LoopholeState, TaskState

from .drawn import DrawnLine, drawn
from .owing import TaskLine, line


@dataclass(frozen=True)
class LoopholeLine:
    """A loophole in the register, with how many measures are open and the first of their days."""

    id: UUID
    title: str
    unit: str
    source: str
    state: str
    state_words: str
    measures: int
    open: int
    due_on: date | None
    is_late: bool
    at: datetime


@dataclass(frozen=True)
class LoopholePage:
    """One loophole: what it is, its measures with evidence, what changed."""

    line: LoopholeLine
    text: str
    effect: str
    measures: tuple[TaskLine, ...]
    drawn: tuple[DrawnLine, ...]
    may_mend: bool
    may_draw: bool


def loopholes(viewer: Viewer) -> list[LoopholeLine]:
    """The ministry sees all, a county its own; open ones first."""
    found = _lined(standing(viewer)).order_by("-state", "-at", "id")[:100]
    return [_line(row) for row in found]


def loophole(viewer: Viewer, loophole_id: UUID) -> LoopholePage:
    """One; raises NotFound for another county's."""
    who, today = standing(viewer), clock.today()
    row = _lined(who).filter(id=loophole_id).first()
    if row is None:
        raise NotFound(_("查無這個漏洞。"))
    found = Measure.objects.filter(loophole=row).select_related("task__unit").annotate(unit_words=Called("task__unit"))
    measures = tuple(line(one.task, one.unit_words, "", one.text, who, today) for one in found.order_by("id"))
    is_open = row.state == LoopholeState.OPEN
    return LoopholePage(
        _line(row), row.text, row.effect, measures, drawn(viewer, Drawn.objects.filter(loophole=row)), is_open,
        is_open and bool(who.county) and not who.is_ministry,
    )  # fmt: skip


def _lined(who: Standing) -> QuerySet[Loophole]:
    seen = Q() if who.is_ministry else Q(unit__jurisdiction_id=who.county or "-")
    opened = Q(measure_of__task__state=TaskState.OPEN)
    return Loophole.objects.filter(seen).annotate(
        unit_words=Called("unit"), measures=Count("measure_of"), waiting=Count("measure_of", filter=opened),
        first_due=Min("measure_of__task__due_on", filter=opened),
    )  # fmt: skip


def _line(row: Loophole) -> LoopholeLine:
    due = row.first_due  # type: ignore[attr-defined]  # annotated above
    return LoopholeLine(
        row.id, row.title, row.unit_words, row.source, row.state, str(LoopholeState(row.state).label),  # type: ignore[attr-defined]
        row.measures, row.waiting, due, bool(due and due < clock.today()), row.at,  # type: ignore[attr-defined]
    )  # fmt: skip
