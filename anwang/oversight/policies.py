"""Who sees which questions, and who may settle one. Each answer is a Verdict with a sentence."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.models import Appointment
from anwang.directory.states import Role

from .states import TRANSITIONS, QuestionState


class Asked(Protocol):
    """A question as far as policies ask: the row, or what a page has read of it."""

    @property
    def reader_id(self) -> UUID: ...
    @property
    def state(self) -> str: ...
    @property
    def asked_at(self) -> datetime | None: ...


def is_reviewer(viewer: Viewer) -> bool:
    return Role.PRIVACY_OFFICER in viewer.roles.values()


def may_see_questions(viewer: Viewer) -> Verdict:
    """The bench: privacy officers. Which questions lie on it is row-level security's matter."""
    if is_reviewer(viewer):
        return YES
    return no(_("查閱覆核由個資保護窗口辦理。"))


def may_see_record(viewer: Viewer) -> Verdict:
    """Whether the record holds: privacy officers, and who keeps the machines running."""
    if is_reviewer(viewer) or has(viewer, Permission.ADMINISTER):
        return YES
    return no(_("紀錄簿的狀況由個資保護窗口與系統管理查看。"))


def may_settle(viewer: Viewer, question: Asked) -> Verdict:
    """A privacy officer who is neither the reader nor his chief, while the question is open."""
    if not is_reviewer(viewer):
        return may_see_questions(viewer)
    if question.reader_id == viewer.worker_id:
        return no(_("這是你自己的查閱，由別的窗口覆核。"))
    if _heads(viewer, question):
        return no(_("你是讀取者的主管，由別的窗口覆核。"))
    if QuestionState.SETTLED not in TRANSITIONS.get(QuestionState(question.state), set()):
        return no(_("這一件已經結案。"))
    return YES


def may_ask(viewer: Viewer, question: Asked) -> Verdict:
    """Asking the reader why; once more after he answered."""
    verdict = may_settle(viewer, question)
    if verdict and question.state == QuestionState.ASKED:
        return no(_("已經請對方說明，等他回覆。"))
    return verdict


def may_answer(viewer: Viewer, question: Asked) -> Verdict:
    """The reader himself, once asked."""
    if question.reader_id != viewer.worker_id or question.asked_at is None:
        return no(_("只有被詢問的人可以說明。"))
    if question.state != QuestionState.ASKED:
        return no(_("你已經說明過，請等候結果。"))
    return YES


def _heads(viewer: Viewer, question: Asked) -> bool:
    posts = Appointment.objects.filter(worker_id=question.reader_id, ended_at=None).values_list("unit_id", flat=True)
    return any(unit in posts for unit in viewer.supervised_units)
