"""Answers: each unit for itself; what an answer promises becomes something that unit owes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.promises import keep
from anwang.steering import policies
from anwang.steering.models import Part, Promise, Question
from anwang.steering.states import Owed, QuestionState

from .tasks import fulfil, open_task, owe


@dataclass(frozen=True)
class Promised:
    """Something an answer says will be done, and by when."""

    text: str
    due_on: date | None


@transaction.atomic
def answer_part(*, part_id: UUID, answer: str, promised: Sequence[Promised], by: Viewer, at: datetime) -> Part:
    """答覆. When the last unit asked has answered, the question is answered. Promises are owed to who asked."""
    part = Part.objects.select_related("question").filter(id=part_id).first()
    if part is None or not policies.may_see_question(by, part.question):
        raise NotFound(_("查無這件提問。"))
    policies.may_answer(by, part).enforce()
    if not answer.strip():
        raise BadInput(_("請寫答覆。還不能答就寫何時答。"), field="answer")
    question = Question.objects.select_for_update(of=("self",)).get(id=part.question_id)
    part.refresh_from_db(fields=["answer"])
    if part.answer:
        raise Conflict(_("你的單位已經答覆了。"))
    task = open_task(part.task_id)
    Part.objects.filter(id=part.id).update(answer=answer.strip(), answered_at=at, answered_by=by.worker_id)
    fulfil(task, words=answer.strip(), evidence="", by=by, at=at)
    for one in promised:
        if not one.text.strip():
            raise BadInput(_("請寫答應做什麼。"), field="promise")
        owed = owe(owed=Owed.PROMISE, unit_id=part.unit_id, due_on=one.due_on, by=by, at=at, to=question.unit_id)
        Promise(id=uuid7(), part=part, text=one.text.strip(), task=owed).save(force_insert=True)
    if not Part.objects.filter(question=question, answer="").exists():
        Question.objects.filter(id=question.id).update(state=QuestionState.ANSWERED)
    record("question.answered", by=by, at=at, matter_id=task.id, subject_id=question.id, promised=len(promised))
    keep()
    part.refresh_from_db()
    return part
