"""Questions as a list and as a thread."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # a row with annotations
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from anwang.access.steering import Standing, standing
from anwang.access.viewer import Viewer
from anwang.directory.queries import Called
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.steering import rules
from anwang.steering.models import Part, Promise, Question
from anwang.steering.states import QuestionState
from anwang.steering.words import lang

from .owing import TaskLine, line

SHOWN = 100


@dataclass(frozen=True)
class QuestionLine:
    """A question in a list."""

    id: UUID
    county: str
    title: str
    topic: str
    state: str
    state_words: str
    due_on: date | None
    is_late: bool
    waiting: int
    at: datetime
    is_published: bool
    is_repeat: bool


@dataclass(frozen=True)
class Answer:
    """One unit's share of a round."""

    id: UUID
    unit_id: UUID
    unit: str
    round: int
    asked: str
    answer: str
    answered_at: datetime | None
    due_on: date
    is_late: bool
    may_answer: bool
    may_move: bool
    task_id: UUID
    moved: int
    promises: tuple[TaskLine, ...]


@dataclass(frozen=True)
class QuestionPage:
    """A question with everything that was answered, asked back and promised."""

    line: QuestionLine
    text: str
    source: str
    unit: str
    topic_code: str
    answers: tuple[Answer, ...]
    earlier: tuple[tuple[UUID, str], ...]
    later: tuple[tuple[UUID, str], ...]
    is_own: bool
    is_ministry: bool
    may_edit: bool
    may_ask_back: bool
    may_close: bool
    may_publish: bool


def questions(viewer: Viewer, scope: str = "all") -> list[QuestionLine]:
    """What the viewer may see, newest first; `mine`: of his county, or asked of his units."""
    who = standing(viewer)
    seen = visible(who)
    if scope == "mine":
        asked = Part.objects.filter(unit_id__in=who.units).values("question_id")
        seen &= Q(id__in=asked) if who.is_ministry else Q(county_id=who.county or "-")
    found = _lined(Question.objects.filter(seen)).order_by("-at", "id")[:SHOWN]
    return [_line(row) for row in found]


def question(viewer: Viewer, question_id: UUID) -> QuestionPage:
    """One thread; raises NotFound for what the viewer may not see."""
    who = standing(viewer)
    found = _lined(Question.objects.filter(visible(who), id=question_id)).annotate(unit_words=Called("unit")).first()
    if found is None:
        raise NotFound(_("查無這件提問。"))
    own = not who.is_ministry and who.county == found.county_id
    related = Question.objects.filter(visible(who)).filter(Q(id=found.repeats_id) | Q(repeats=found))
    linked = list(related.order_by("at").values_list("id", "title", Called("county")))
    told = [(id_, f"{county}　{title}") for id_, title, county in linked]
    return QuestionPage(
        _line(found), found.text, found.source, found.unit_words, found.topic, _answers(found, who),
        tuple(one for one in told if one[0] == found.repeats_id),
        tuple(one for one in told if one[0] != found.repeats_id), own, who.is_ministry,
        own and found.state == QuestionState.DRAFT,
        own and found.state in (QuestionState.SENT, QuestionState.ANSWERED),
        own and found.state == QuestionState.ANSWERED,
        who.is_ministry and found.published_at is None
        and found.state in (QuestionState.ANSWERED, QuestionState.CLOSED),
    )  # fmt: skip


def visible(who: Standing) -> Q:
    """Which questions somebody may see: none who does not steer."""
    if not who.steers:
        return Q(pk__in=[])
    if who.is_ministry:
        return ~Q(state=QuestionState.DRAFT)
    return Q(county_id=who.county or "-") | Q(published_at__isnull=False)


def _lined(found: QuerySet[Question]) -> QuerySet[Question]:
    """Each with its county's name, how many units have not answered, and the first of their days."""
    waiting = Part.objects.filter(question=OuterRef("id"), answer="").order_by().values("question")
    return found.annotate(
        county_words=Called("county"),
        waiting=Subquery(waiting.annotate(n=Count("id")).values("n")),
        first_due=Subquery(waiting.annotate(day=Min("task__due_on")).values("day")),
    )


def _line(row: Any) -> QuestionLine:
    on = clock.local(row.at).date()
    return QuestionLine(
        row.id, row.county_words, row.title, rules.label(rules.TOPIC, row.topic, on, lang()), row.state,
        str(QuestionState(row.state).label), row.first_due, bool(row.first_due and row.first_due < clock.today()),
        row.waiting or 0, row.at, row.published_at is not None, row.repeats_id is not None,
    )  # fmt: skip


def _answers(found: Question, who: Standing) -> tuple[Answer, ...]:
    today = clock.today()
    promises: dict[UUID, list[TaskLine]] = defaultdict(list)
    given = Promise.objects.filter(part__question=found).select_related("task__unit").annotate(
        unit_words=Called("task__unit")
    )  # fmt: skip
    for one in given.order_by("id"):
        promises[one.part_id].append(line(one.task, one.unit_words, "", one.text, who, today))
    parts = Part.objects.filter(question=found).select_related("task").annotate(unit_words=Called("unit"))
    return tuple(
        Answer(
            one.id, one.unit_id, one.unit_words, one.round, one.asked, one.answer, one.answered_at, one.task.due_on,
            not one.answer and one.task.due_on < today, not one.answer and one.unit_id in who.units,
            not one.answer and one.task.asked_by_id in who.units, one.task_id, one.task.moved,
            tuple(promises[one.id]),
        )
        for one in parts.order_by("round", "unit__code", "id")
    )  # fmt: skip
