"""Writing a letter for its addressee's side."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Unit, Worker
from anwang.documents import circles, policies
from anwang.documents.models import Paper
from anwang.documents.requests import asked_about, last_day, pending_request
from anwang.documents.states import LETTERS, Direction, PaperKind, PaperState
from anwang.documents.wording import filled, letter_words
from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter, Offer
from anwang.matters.states import OfferState

from .register import write_words


@transaction.atomic
def write_letter(
    *,
    kind: PaperKind,
    matter_id: UUID,
    to_unit_id: UUID,
    reason: str,
    by: Viewer,
    at: datetime,
    circle: Circle = Circle.NEUTRAL,
    people: Collection[UUID] = (),
) -> Paper:
    """擬稿: 移轄函 or 協訪函 to another authority. `circle` is the side it will work for; `reason` is the writer's.

    The people named are `people`, all of that side or of neither; a letter asking for a visit names whom the request
    was for, and without either must be told. Refused: words that name the other side or hold an address in hiding.
    The letter carries the due date of the transfer or visit that is waiting for an answer there.
    """
    matter = Matter.objects.select_related("acting_unit").filter(id=matter_id).first()
    to_unit = Unit.objects.filter(id=to_unit_id, closed_on=None).first()
    if matter is None or to_unit is None:
        raise NotFound(_("找不到這一件，或對方單位已經裁撤。"))
    policies.may_write_letter(by, matter).enforce()
    if kind not in LETTERS or not reason.strip():
        raise BadInput(_("請寫理由或請對方做的事。"), field="reason")
    circles.refuse_other_side(matter.id, circle, reason)
    asked = pending_request(matter.id, to_unit.id, kind)
    named = frozenset(people) or asked_about(asked)
    if kind == PaperKind.VISIT and not named and circles.standing_in(matter.id):
        raise BadInput(_("請勾選請對方訪視哪幾位。"), field="people")
    paper = Paper.objects.create(
        id=uuid7(), unit_id=by.unit_id, direction=Direction.OUT, state=PaperState.DRAFT, kind=kind, matter=matter,
        file_id=matter.id, other_unit=to_unit, circle=circle, by=by.worker_id, recorded_at=clock.now(),
        answer_due_on=last_day(asked.answer_due_at) if asked else None, offer=asked,
    )  # fmt: skip
    _write(paper, matter, asked, reason, named, by)
    record("paper.drafted", by=by, at=at, matter_id=matter.id, subject_id=paper.id, letter=kind, circle=circle)
    return paper


@translation.override("zh-hant")
def _write(
    paper: Paper, matter: Matter, asked: Offer | None, reason: str, named: Collection[UUID], by: Viewer
) -> None:  # fmt: skip
    words, facts = letter_words(PaperKind(paper.kind).value), _facts(matter, asked, reason, by)
    people = circles.people_for(matter.id, paper.circle, named)
    letter: dict[str, object] = {
        "title": filled(words.title, facts),
        "speed": words.speed,
        "paragraphs": [filled(one, facts) for one in words.paragraphs],
        "people_heading": words.people,
        "people": people,
    }
    write_words(paper, subject=filled(words.subject, facts), to_person="", letter=letter, by=by)


def _facts(matter: Matter, asked: Offer | None, reason: str, by: Viewer) -> dict[str, str]:
    """Official facts only: our units, our worker and his office number."""
    worker = Worker.objects.get(id=by.worker_id)
    pending = asked is not None and asked.state == OfferState.PENDING
    due = f"於{roc.roc_long(last_day(asked.answer_due_at))}前" if asked and pending else "儘速"
    return {
        "number": matter.number,
        "received": roc.roc_long(clock.local(matter.opened_at).date()),
        "holder": matter.acting_unit.name,
        "unit": by.unit_name,
        "due": due,
        "worker": worker.name,
        "phone": worker.phone or matter.acting_unit.phone,
        "reason": reason.strip(),
    }
