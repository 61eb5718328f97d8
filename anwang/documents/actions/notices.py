"""安置通知: the letter by which others are told of an emergency placement. It never holds the place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Worker
from anwang.documents import circles, policies
from anwang.documents.models import Paper
from anwang.documents.states import Addressee, Direction, PaperKind, PaperState
from anwang.documents.wording import filled, letter_words, parts_filled
from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter

from .register import write_words


@dataclass(frozen=True)
class Told:
    """To whom which letter goes (`words`: its file in `letters/`), for whose side, and what it says of the placement.

    `until` is the end of the emergency placement, None where no limit runs; `more` is the writer's own sentence.
    """

    words: str
    to: str
    placed_at: datetime
    basis: str
    until: datetime | None = None
    more: str = ""
    circle: Circle = Circle.NEUTRAL
    is_person: bool = False
    """Addressed to a private person: his name stands in the words, not on the envelope."""


@transaction.atomic
def write_placement_notice(*, matter_id: UUID, person_id: UUID, told: Told, by: Viewer, at: datetime) -> Paper:
    """擬稿 on the case, about the one who was placed. Refused: own words that name anybody of a side, or a place."""
    matter = Matter.objects.select_related("acting_unit").filter(id=matter_id).first()
    if matter is None:
        raise NotFound(_("找不到這一件。"))
    policies.may_write_letter(by, matter).enforce()
    if not told.to.strip():
        raise BadInput(_("請填收受的機關或人。"), field="to_whom")
    circles.refuse_other_side(matter.id, told.circle, told.more, field="words")
    circles.refuse_hidden_place(matter.id, f"{told.to}\n{told.basis}", field="to_whom")
    paper = Paper.objects.create(
        id=uuid7(), unit_id=by.unit_id, direction=Direction.OUT, state=PaperState.DRAFT, kind=PaperKind.NOTICE,
        matter=matter, file_id=matter.id, addressee=Addressee.PERSON if told.is_person else Addressee.UNIT,
        other_name="" if told.is_person else told.to.strip()[:80], circle=told.circle, by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    _write(paper, matter, person_id, told, by)
    record("paper.drafted", by=by, at=at, matter_id=matter.id, subject_id=paper.id, letter=told.words)
    return paper


@translation.override("zh-hant")
def _write(paper: Paper, matter: Matter, person_id: UUID, told: Told, by: Viewer) -> None:
    words = letter_words(told.words)
    worker = Worker.objects.get(id=by.worker_id)
    facts = {
        "number": matter.number, "unit": by.unit_name, "placed": _instant(told.placed_at), "basis": told.basis,
        "until": _instant(told.until) if told.until else "", "words": told.more.strip(), "worker": worker.name,
        "phone": worker.phone or matter.acting_unit.phone,
    }  # fmt: skip
    letter: dict[str, object] = {
        "title": filled(words.title, facts), "speed": words.speed,
        "paragraphs": parts_filled(words.paragraphs, facts), "people_heading": words.people,
        "people": circles.rows_of([person_id]),
    }  # fmt: skip
    to_person = told.to if told.is_person else ""
    write_words(paper, subject=filled(words.subject, facts), to_person=to_person, letter=letter, by=by)


def _instant(at: datetime) -> str:
    local = clock.local(at)
    return f"{roc.roc_long(local.date())}{local:%H時%M分}"
