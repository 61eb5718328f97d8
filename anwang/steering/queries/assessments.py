"""Yearly assessments: in the order of counties' codes, never of their scores."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from anwang.access.steering import Standing, standing
from anwang.access.viewer import Viewer
from anwang.directory.queries import Called
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.steering import rules
from anwang.steering.models import Assessment, AssessmentItem, Drawn
from anwang.steering.states import AssessmentState
from anwang.steering.words import lang

from .drawn import DrawnLine, drawn


@dataclass(frozen=True)
class AssessmentLine:
    """An assessment in a list: no score stands there."""

    id: UUID
    county: str
    year: int
    state: str
    state_words: str
    due_on: date | None
    is_late: bool


@dataclass(frozen=True)
class ItemLine:
    """An item with both scores, the reason, and what the system drew."""

    code: str
    label: str
    most: int
    self_score: int | None
    words: str
    score: int | None
    reason: str
    drawn: tuple[DrawnLine, ...]


@dataclass(frozen=True)
class AssessmentPage:
    """One assessment; sums are None until every item has its score."""

    line: AssessmentLine
    unit: str
    reviews: str
    list_from: date
    items: tuple[ItemLine, ...]
    most: int
    self_sum: int | None
    sum: int | None
    effect: str
    effect_because: str
    effect_from: date | None
    reviewed_at: datetime | None
    may_score: bool
    may_review: bool


def assessments(viewer: Viewer) -> list[AssessmentLine]:
    """The ministry sees all, a county its own; by year, then by county's code."""
    return [_line(row) for row in _lined(standing(viewer)).order_by("-year", "county_id")[:100]]


def assessment(viewer: Viewer, assessment_id: UUID) -> AssessmentPage:
    """One; raises NotFound for another county's."""
    who = standing(viewer)
    row = _lined(who).filter(id=assessment_id).first()
    if row is None:
        raise NotFound(_("查無這份考核。"))
    lines: dict[UUID | None, list[DrawnLine]] = defaultdict(list)
    for one in drawn(viewer, Drawn.objects.filter(item__assessment=row)):
        lines[one.item_id].append(one)
    items = tuple(
        ItemLine(
            item.item, rules.label(rules.ITEMS, item.item, row.list_from, lang()), item.most, item.self_score,
            item.words, item.score, item.reason, tuple(lines[item.id]),
        )
        for item in AssessmentItem.objects.filter(assessment=row).order_by("position")
    )  # fmt: skip
    named, why = rules.effect_words(row.effect, row.effect_from, lang()) if row.effect_from else ("", "")
    return AssessmentPage(
        _line(row), row.unit_words, row.reviews_words, row.list_from, items, sum(one.most for one in items),
        _sum([one.self_score for one in items]), _sum([one.score for one in items]), named, why, row.effect_from,
        row.reviewed_at, not who.is_ministry and row.county_id == who.county and row.state == AssessmentState.CALLED,
        row.reviews_id in who.ministry and row.state == AssessmentState.SELF_SCORED,
    )  # fmt: skip


def _sum(scores: list[int | None]) -> int | None:
    return sum(one or 0 for one in scores) if scores and None not in scores else None


def _lined(who: Standing) -> QuerySet[Assessment]:
    seen = Q() if who.is_ministry else Q(county_id=who.county or "-")
    found = Assessment.objects.filter(seen).select_related("task")
    return found.annotate(
        county_words=Called("county"), unit_words=Called("unit"), reviews_words=Called("reviews")
    )  # fmt: skip


def _line(row: Assessment) -> AssessmentLine:
    owes = row.state == AssessmentState.CALLED
    return AssessmentLine(
        row.id, row.county_words, row.year, row.state, str(AssessmentState(row.state).label),  # type: ignore[attr-defined]
        row.task.due_on if owes else None, owes and row.task.due_on < clock.today(),
    )  # fmt: skip
