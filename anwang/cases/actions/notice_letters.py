"""緊急安置的通知函: drafted from the placement, numbered and sent in the register; sending it is the notice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.cases import policies, rules
from anwang.cases.models import Case, Notice, NoticeLetter, Placement
from anwang.cases.states import NoticeWay
from anwang.documents import actions as documents
from anwang.documents.models import Paper
from anwang.documents.states import PaperState
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Duty
from anwang.matters.states import DutyState

from .notices import write_notice

LETTER_OF = {
    "court": "placement_court",
    "police": "placement_court",
    "parents": "placement_parents",
    "school": "placement_school",
}
"""Which words each addressee gets; a code of `notice.kind` that is not here has no letter."""


@transaction.atomic
def draft_notice(
    *, placement_id: UUID, kind: str, to_whom: str, by: Viewer, at: datetime, words: str = ""
) -> Paper:  # fmt: skip
    """擬通知函 to the court, the police, the parents or the school. It says since when and until when, never where."""
    placement = Placement.objects.filter(id=placement_id).first()
    if placement is None:
        raise NotFound(_("查無這件安置。"))
    policies.may_place(by, placement.case_id).enforce()
    if kind not in LETTER_OF or rules.code("notice.kind", kind) is None:
        raise BadInput(_("請選通知誰。"), field="kind")
    if not placement.is_emergency:
        raise Refused(_("這不是緊急安置，沒有這種通知函。請到公文登記你們的函。"))
    case = Case.objects.get(id=placement.case_id)
    told = documents.Told(
        words=LETTER_OF[kind], to=to_whom.strip(), placed_at=placement.placed_at, basis=_law(placement),
        until=_limit(placement_id), more=words, is_person=kind == "parents",
        circle=Circle(case.circle) if kind in ("court", "police") else Circle.NEUTRAL,
    )  # fmt: skip
    paper = documents.write_placement_notice(
        matter_id=placement.case_id, person_id=placement.person_id, told=told, by=by, at=at
    )  # fmt: skip
    NoticeLetter.objects.create(
        id=uuid7(), paper=paper, matter_id=placement_id, case_id=placement.case_id, kind=kind, by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    return paper


@transaction.atomic
def letter_went_out(*, paper_id: UUID, by: Viewer) -> Notice | None:
    """The letter of a placement left the house: that is the notice, whoever of the register sent it.

    None for papers that are no such letter. The clerk does not read the case: the register says that it was sent.
    """
    letter = NoticeLetter.objects.select_related("paper").filter(paper_id=paper_id).first()
    if letter is None or letter.paper.state != PaperState.SENT:
        return None
    entry = rules.code("notice.kind", letter.kind)
    to_whom = letter.paper.other_name or (entry.label.zh if entry else letter.kind)
    return write_notice(
        matter_id=letter.matter_id, case_id=letter.case_id, kind=letter.kind, to_whom=to_whom, way=NoticeWay.LETTER,
        sent_at=letter.paper.sent_at, number=letter.paper.number, by=by,
    )  # fmt: skip


def _law(placement: Placement) -> str:
    """The act by its whole name, as a letter has it."""
    entry = rules.code("placement.basis", placement.basis, clock.local(placement.placed_at).date())
    return str(entry.marks["law"]) if entry else placement.basis


def _limit(placement_id: UUID) -> datetime | None:
    """When the emergency placement ends, while its clock runs."""
    running = Duty.objects.filter(
        matter_id=placement_id, state=DutyState.OPEN, rule_id__startswith="placement.emergency_limit"
    )
    return running.values_list("due_at", flat=True).first()
