"""Questions: written by a county, sent to the units that answer, asked back, closed, published, linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from anwang.access.steering import standing
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Unit
from anwang.directory.states import UnitKind
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.promises import keep
from anwang.steering import policies, rules
from anwang.steering.models import Part, Question
from anwang.steering.states import Owed, QuestionState

from .tasks import owe


@dataclass(frozen=True, kw_only=True)
class QuestionGiven:
    """What a county asks. `source`: the meeting or letter in which it was put first."""

    topic: str
    title: str
    text: str
    source: str = ""


@transaction.atomic
def write_question(*, given: QuestionGiven, by: Viewer, at: datetime, question_id: UUID | None = None) -> Question:
    """A draft of the viewer's county, new or written over; nobody else sees it before it is sent."""
    policies.may_act_for_county(by).enforce()
    if rules.label(rules.TOPIC, given.topic, clock.local(at).date(), "zh") == given.topic:
        raise BadInput(_("請選主題。"), field="topic")
    if not given.title.strip() or not given.text.strip():
        raise BadInput(_("請寫問題和說明。"), field="text" if given.title.strip() else "title")
    words = {
        "topic": given.topic,
        "title": given.title.strip(),
        "text": given.text.strip(),
        "source": given.source.strip(),
    }
    if question_id is not None:
        question = _own(question_id, by)
        if question.state != QuestionState.DRAFT:
            raise Conflict(_("已經送出的提問不能改。要補充請再追問。"))
        Question.objects.filter(id=question.id).update(**words)
        question.refresh_from_db()
    else:
        question = Question(
            id=uuid7(), county_id=standing(by).county, unit_id=by.unit_id, by=by.worker_id, at=at, **words
        )  # fmt: skip
        question.save(force_insert=True)
    record("question.written", by=by, at=at, subject_id=question.id, topic=given.topic)
    return question


@transaction.atomic
def send_question(*, question_id: UUID, units: Sequence[UUID], due_on: date | None, by: Viewer, at: datetime) -> None:
    """Send it to every unit of the ministry that shall answer: each owes its own answer by the day."""
    question = _own(question_id, by)
    if question.state != QuestionState.DRAFT:
        raise Conflict(_("這件提問已經送出了。"))
    asked = list(dict.fromkeys(units))
    if not asked or Unit.objects.filter(id__in=asked, kind=UnitKind.MINISTRY, closed_on=None).count() != len(asked):
        raise BadInput(_("請選要答覆的中央單位，可以選好幾個。"), field="units")
    for unit_id in asked:
        _ask(question, unit_id, 1, "", due_on, by, at)
    Question.objects.filter(id=question.id).update(state=QuestionState.SENT, sent_at=at)
    record("question.sent", by=by, at=at, subject_id=question.id, units=len(asked))
    keep()


@transaction.atomic
def ask_back(*, question_id: UUID, unit_id: UUID, words: str, due_on: date | None, by: Viewer, at: datetime) -> Part:
    """追問: the same unit, or a further one, is asked again; the question waits for an answer once more."""
    question = _own(question_id, by)
    if question.state not in (QuestionState.SENT, QuestionState.ANSWERED):
        raise Refused(_("草稿還沒送出，或提問已經結束，不能追問。"))
    if not words.strip():
        raise BadInput(_("請寫還要問什麼。"), field="words")
    if not Unit.objects.filter(id=unit_id, kind=UnitKind.MINISTRY, closed_on=None).exists():
        raise BadInput(_("請選要答覆的中央單位。"), field="unit_id")
    before = Part.objects.filter(question=question, unit_id=unit_id).aggregate(last=Max("round"))["last"] or 1
    if Part.objects.filter(question=question, unit_id=unit_id, answer="").exists():
        raise Conflict(_("這個單位還沒答覆上一次，先等答覆。"))
    part = _ask(question, unit_id, before + 1, words.strip(), due_on, by, at)
    Question.objects.filter(id=question.id).update(state=QuestionState.SENT, published_at=None)
    record("question.asked_back", by=by, at=at, subject_id=question.id, unit=unit_id)
    keep()
    return part


@transaction.atomic
def close_question(*, question_id: UUID, by: Viewer, at: datetime) -> None:
    """結束: the county has what it asked for. Promises go on by themselves."""
    question = _own(question_id, by)
    if question.state != QuestionState.ANSWERED:
        raise Refused(_("還有單位沒答覆，不能結束。"))
    Question.objects.filter(id=question.id).update(state=QuestionState.CLOSED, closed_at=at)
    record("question.closed", by=by, at=at, subject_id=question.id)


@transaction.atomic
def publish_question(*, question_id: UUID, by: Viewer, at: datetime) -> None:
    """公布 question and answers to all counties, so that the next one need not ask."""
    policies.may_act_for_ministry(by).enforce()
    question = _locked(question_id)
    if question.state not in (QuestionState.ANSWERED, QuestionState.CLOSED):
        raise Refused(_("都答覆了才能公布。"))
    if question.published_at is not None:
        raise Conflict(_("這件提問已經公布了。"))
    Question.objects.filter(id=question.id).update(published_at=at)
    record("question.published", by=by, at=at, subject_id=question.id)


@transaction.atomic
def link_repeat(*, question_id: UUID, earlier_id: UUID, by: Viewer, at: datetime) -> None:
    """同一問題再問: link a question to the earlier one that the viewer may see; chains never close to a ring."""
    question = _locked(question_id)
    policies.may_see_question(by, question).enforce()
    if not policies.may_act_for_ministry(by):
        policies.may_act_for_county(by, question.county_id).enforce()
    earlier = Question.objects.filter(id=earlier_id).first()
    if earlier is None or not policies.may_see_question(by, earlier):
        raise BadInput(_("請選之前問過的提問。"), field="earlier_id")
    if (earlier.at, str(earlier.id)) >= (question.at, str(question.id)):
        raise BadInput(_("只能連到更早的提問。"), field="earlier_id")
    Question.objects.filter(id=question.id).update(repeats=earlier)
    record("question.linked", by=by, at=at, subject_id=question.id, earlier=earlier.id)


def _ask(
    question: Question, unit_id: UUID, round_: int, words: str, due_on: date | None, by: Viewer, at: datetime
) -> Part:
    task = owe(owed=Owed.ANSWER, unit_id=unit_id, due_on=due_on, by=by, at=at)
    part = Part(id=uuid7(), question=question, unit_id=unit_id, round=round_, asked=words, task=task)
    part.save(force_insert=True)
    return part


def _own(question_id: UUID, by: Viewer) -> Question:
    question = _locked(question_id)
    if not policies.may_see_question(by, question):
        raise NotFound(_("查無這件提問。"))
    policies.may_act_for_county(by, question.county_id).enforce()
    return question


def _locked(question_id: UUID) -> Question:
    found = Question.objects.select_for_update(of=("self",)).filter(id=question_id).first()
    if found is None:
        raise NotFound(_("查無這件提問。"))
    return found
