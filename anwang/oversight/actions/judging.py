"""What happens to a question: the reader is asked, answers, and a privacy officer settles it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.oversight import events, policies, rules
from anwang.oversight.models import Question, Words
from anwang.oversight.states import Part, QuestionState


@transaction.atomic
def ask_reader(*, question_id: UUID, text: str, by: Viewer) -> None:
    """Ask the reader why. He sees the question on his own page, with the days he has."""
    question, now = _locked(question_id), clock.now()
    policies.may_ask(by, question).enforce()
    due = rules.due(events.ASKED, now, question.county).due_at
    _move(question, QuestionState.ASKED, asked_at=now, answer_due_at=due)
    _write(question, Part.ASKED, text, by)
    record("oversight.asked", by=by, subject_id=question.id)


@transaction.atomic
def answer_question(*, question_id: UUID, text: str, by: Viewer) -> None:
    """The reader says why."""
    question = _locked(question_id)
    policies.may_answer(by, question).enforce()
    _write(question, Part.ANSWER, text, by)
    _move(question, QuestionState.ANSWERED, answered_at=clock.now())
    record("oversight.answered", by=by, subject_id=question.id)


@transaction.atomic
def settle_question(*, question_id: UUID, outcome: str, text: str, by: Viewer) -> None:
    """Close it with an outcome and the reason, in words."""
    question, now = _locked(question_id), clock.now()
    policies.may_settle(by, question).enforce()
    if outcome not in {one.code for one in rules.codes(rules.OUTCOMES, clock.local(now).date())}:
        raise BadInput(_("請選結果。"), field="outcome")
    _write(question, Part.OUTCOME, text, by)
    _move(question, QuestionState.SETTLED, settled_at=now, settled_by=by.worker_id, outcome=outcome)
    record("oversight.settled", by=by, subject_id=question.id, outcome=outcome)


def _locked(question_id: UUID) -> Question:
    """Row-level security shows it to its reviewers and, once asked, to the reader."""
    question = Question.objects.select_for_update(no_key=True).filter(id=question_id).first()
    if question is None:
        raise NotFound(_("找不到這一件，或不歸你覆核。"))
    return question


def _move(question: Question, state: QuestionState, **columns: object) -> None:
    if not Question.objects.filter(id=question.id, state=question.state).update(state=state, **columns):
        raise Conflict(_("剛才有人先處理了，請重新整理。"))


def _write(question: Question, part: Part, text: str, by: Viewer) -> None:
    if not text.strip():
        raise BadInput(_("請寫幾個字。"), field="text")
    Words.objects.create(
        id=uuid7(), question_id=question.id, part=part, text=text.strip()[:2000], written_by=by.worker_id,
        written_at=clock.now(),
    )  # fmt: skip
