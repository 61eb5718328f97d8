"""Drafting minutes in the official form: explanation and decisions of a point, corrections of the sitting before."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.audit.rows import Rows
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.minutes import official
from anwang.minutes.models import Amendment, DecisionCase, DecisionText, DecisionUnit, Item, Section, Sitting
from anwang.minutes.queries.known import directory_for
from anwang.minutes.reading.follow import follow_all
from anwang.minutes.states import OUT, SittingState

from .laying import lay_decisions
from .planning import item_of, open_sitting

_KINDS = {"report": "報告案", "followup": "報告案", "discussion": "討論案", "motion": "臨時動議"}


@transaction.atomic
def write_item(
    *, item_id: UUID, title: str | None = None, explanation: str | None = None, decisions: str | None = None,
    by: Viewer, at: datetime,
) -> None:  # fmt: skip
    """The words of a point. `decisions` as they stand in minutes, a line for each number: 一、… （一）… 1.…

    Raises BadInput when some of these words would belong to no decision.
    """
    item = item_of(item_id)
    sitting = open_sitting(item.sitting_id, by)
    if title is not None and title.strip():
        item.title = title.strip()
    if explanation is not None:
        item.explanation = explanation.strip()
    if decisions is not None:
        if decisions.strip() and sitting.state != SittingState.DRAFT:
            raise Conflict(_("會還沒開。開完會再寫決議。"))
        _decide(sitting, item, decisions, by)
    item.save(update_fields=["title", "explanation", "lead"])
    record("minutes.write_item", by=by, at=at, subject_id=sitting.id, decided=decisions is not None)


@transaction.atomic
def write_section(*, sitting_id: UUID, opening: str = "", before: str = "", by: Viewer, at: datetime) -> None:
    """What the chair said at the beginning, and how the minutes before were confirmed when nothing was corrected."""
    sitting = drafted(sitting_id, by)
    for heading, words in ((official.OPENING, opening), (official.BEFORE, before)):
        Section.objects.filter(sitting=sitting, title=heading.partition("、")[2]).update(text=words.strip())
    record("minutes.write_section", by=by, at=at, subject_id=sitting_id)


@transaction.atomic
def amend(*, sitting_id: UUID, decision_id: UUID, text: str, by: Viewer, at: datetime) -> Amendment:
    """Correct a decision of earlier minutes of the series; those stay as they were sent."""
    sitting = drafted(sitting_id, by)
    decision = DecisionText.objects.select_related("item", "sitting").filter(id=decision_id).first()
    if decision is None or decision.sitting.state not in OUT or decision.sitting.series_id != sitting.series_id:
        raise NotFound(_("查無前次會議的這項決議。請從清單選。"))
    if not text.strip() or text.strip() == decision.text:
        raise BadInput(_("請寫更正以後的文字。"), field="text")
    last = Amendment.objects.filter(sitting=sitting).order_by("-position").values_list("position", flat=True).first()
    row = Amendment.objects.create(
        id=uuid7(), sitting=sitting, position=0 if last is None else last + 1, line=0, target=target_of(decision),
        text=text.strip(), earlier_id=decision.sitting_id, decision=decision,
    )  # fmt: skip
    record("minutes.amend", by=by, at=at, subject_id=sitting_id, decision_id=decision_id)
    return row


@transaction.atomic
def drop_amendment(*, amendment_id: UUID, by: Viewer, at: datetime) -> None:
    """A correction that was not decided after all."""
    row = Amendment.objects.filter(id=amendment_id).first()
    if row is None:
        raise NotFound(_("查無這項修正。請從會議頁選。"))
    drafted(row.sitting_id, by)
    row.delete()
    record("minutes.drop_amendment", by=by, at=at, subject_id=row.sitting_id)


@transaction.atomic
def adjourn(*, sitting_id: UUID, adjourned_time: time, by: Viewer, at: datetime) -> None:
    """When it was over."""
    sitting = drafted(sitting_id, by)
    if sitting.start_time and adjourned_time <= sitting.start_time:
        raise BadInput(_("散會要晚於開會。請再看一次。"), field="adjourned_time")
    sitting.adjourned_time = adjourned_time
    sitting.save(update_fields=["adjourned_time"])
    record("minutes.adjourn", by=by, at=at, subject_id=sitting_id)


def drafted(sitting_id: UUID, by: Viewer) -> Sitting:
    """A sitting drafted here whose minutes are being written."""
    sitting = open_sitting(sitting_id, by)
    if sitting.state != SittingState.DRAFT:
        raise Conflict(_("會還沒開。開完會再寫紀錄。"))
    return sitting


def target_of(decision: DecisionText) -> str:
    """How later minutes name a decision: 報告案一決定（二）."""
    item = decision.item
    word = "決定" if item.kind in ("report", "followup") else "決議"
    number = official.printed(decision.number, "").rstrip("、.") if decision.number else ""
    return f"{_KINDS.get(item.kind, '案由')}{item.label}{word}{number}"


def _decide(sitting: Sitting, item: Item, words: str, by: Viewer) -> None:
    """The decisions of a point anew."""
    DecisionCase.objects.filter(decision__item=item).delete()
    DecisionUnit.objects.filter(decision__item=item).delete()
    DecisionText.objects.filter(item=item, parent__isnull=False).update(parent=None)
    DecisionText.objects.filter(item=item).delete()
    item.lead = ""
    if not words.strip():
        return
    minutes, left = official.points_of(words)
    if left:
        raise BadInput(_("有些字不屬於任何一項決議。請照一、（一）1.編號。"), field="decisions")
    read = minutes.items[0]
    follow_all(read)
    item.lead = read.lead
    rows = Rows()
    lay_decisions(rows, sitting.id, item.id, read.decisions, directory_for(by, sitting.unit_id))
    rows.write()
