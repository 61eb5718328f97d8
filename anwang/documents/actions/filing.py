"""A sheet becomes an official paper: its words are kept as they are, and it gets a number, an addressee and a way."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.documents import circles, policies
from anwang.documents.models import Paper
from anwang.documents.printing import Sheet
from anwang.documents.states import Addressee, Direction, PaperKind, PaperState
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter

from .register import write_words


@transaction.atomic
def file_sheet(
    *, sheet: Sheet, what: str, matter_id: UUID, to: str, by: Viewer, at: datetime, circle: str = Circle.NEUTRAL,
    is_person: bool = False,
) -> Paper:  # fmt: skip
    """擬稿 with the sheet as it stands now; later it is numbered, sent and printed like any letter.

    Refused: words that name the other side or hold a hiding place. `what` is the kind of sheet, for its look.
    """
    matter = Matter.objects.filter(id=matter_id).first()
    if matter is None:
        raise NotFound(_("找不到這一件。"))
    policies.may_write_letter(by, matter).enforce()
    if not to.strip():
        raise BadInput(_("請填收受的機關或人。"), field="to")
    circles.refuse_other_side(matter.id, circle, sheet.text, field="to")
    paper = Paper.objects.create(
        id=uuid7(), unit_id=by.unit_id, direction=Direction.OUT, state=PaperState.DRAFT, kind=PaperKind.ENCLOSED,
        matter=matter, file_id=matter.id, addressee=Addressee.PERSON if is_person else Addressee.UNIT,
        other_name="" if is_person else to.strip()[:80], circle=circle, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    kept: dict[str, object] = {"sheet": {**asdict(sheet), "what": what}}
    write_words(paper, subject=sheet.title, to_person=to if is_person else "", letter=kept, by=by)
    record("paper.drafted", by=by, at=at, matter_id=matter.id, subject_id=paper.id, letter=what, circle=str(circle))
    return paper
