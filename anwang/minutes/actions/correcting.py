"""What a person says about the reading of a draft: doubts settled, fields corrected, decisions marked or struck.

The printed lines never change. A decision can only be marked in words that stand in the paper.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.minutes.models import DecisionCase, DecisionText, DecisionUnit, Item, Node, Reading, Sitting, Uncertain
from anwang.minutes.queries.known import directory_for
from anwang.minutes.reading.follow import follow
from anwang.minutes.reading.lines import squeezed
from anwang.minutes.reading.paper import Decision
from anwang.minutes.reading.sessions import days_in
from anwang.minutes.states import ItemKind, Settled, TrackingWord

from .keeping import draft_of

_LONGEST = 400


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _clock(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def _count(text: str) -> int | None:
    return int(text) if text else None


def _days(text: str) -> list[str]:
    """Each day with its hours, in order, from words as papers print them. ValueError where one cannot be."""
    days, wrong = days_in("、".join(text.split("\n")))
    if wrong == "impossible_date" or (text and not days):
        raise ValueError(text)
    return sorted(str(one) for one in days)


def _units(text: str) -> list[str]:
    return [one.strip() for one in text.replace("，", "、").split("、") if one.strip()]


Read = Callable[[str], Any]
FIELDS: dict[type[Sitting] | type[Item] | type[DecisionText], dict[str, Read]] = {
    Sitting: {
        "title": str, "number": _count, "met_on": _day, "start_time": _clock, "adjourned_time": _clock,
        "further_days": _days, "place": str, "chair": str, "recorder": str,
    },
    Item: {"title": str, "kind": str, "unit_words": str},
    DecisionText: {"tracking": str, "due": str, "recurrence": str, "units": _units},
}  # fmt: skip
"""What a person may correct in the reading, and how what he types becomes a value."""


@transaction.atomic
def settle(*, uncertain_id: UUID, how: str, words: str = "", by: Viewer, at: datetime) -> Uncertain:
    """Say how something uncertain stands: the paper does say so, it was read wrongly, or the body was asked."""
    doubt = Uncertain.objects.filter(id=uncertain_id).first()
    if doubt is None:
        raise NotFound(_("查無這一處。請從紀錄頁選。"))
    draft_of(doubt.sitting_id, by)
    if how not in Settled.values or how == Settled.OPEN:
        raise BadInput(_("請選這一處怎麼處理。"), field="how")
    words = words.strip()[:_LONGEST]
    if how != Settled.AS_PRINTED and not words:
        raise BadInput(_("請寫更正了什麼，或請誰更正。"), field="words")
    doubt.settled, doubt.words, doubt.at, doubt.by = how, words, at, by.worker_id
    doubt.save(update_fields=["settled", "words", "at", "by"])
    record("minutes.settle", by=by, at=at, subject_id=doubt.sitting_id, why=doubt.why, how=how)
    return doubt


@transaction.atomic
def correct(*, sitting_id: UUID, target: UUID, values: dict[str, str], by: Viewer, at: datetime) -> int:
    """Correct what was read of the sitting, one of its items or decisions; how many fields changed.

    `values` by the names of FIELDS, as text: ISO days, HH:MM, units with 、 between them.
    """
    sitting = draft_of(sitting_id, by)
    row = _target(sitting, target)
    changed = []
    for name, text in values.items():
        before, after = getattr(row, name), _value(type(row), name, text.strip())
        if before != after:
            setattr(row, name, after)
            changed.append((name, _said(before), _said(after)))
    if not changed:
        return 0
    try:
        with transaction.atomic():
            row.save(update_fields=[name for name, _before, _after in changed])
    except IntegrityError as error:
        raise BadInput(_("這個系列已經有同一天同次數的會議。請再看一次。"), field="number") from error
    if isinstance(row, DecisionText) and "units" in values:
        _match_anew(row, sitting, by)
    for name, before, after in changed:
        Reading.objects.create(
            sitting=sitting, target=target, field=name, before=before, after=after, at=at, by=by.worker_id
        )
    record("minutes.correct", by=by, at=at, subject_id=sitting_id, fields=len(changed))
    return len(changed)


@transaction.atomic
def mark_decision(
    *, item_id: UUID, number: str = "", text: str, under: UUID | None = None, by: Viewer, at: datetime
) -> UUID:  # fmt: skip
    """Mark words of the paper as a decision that the reading missed. They must stand in the paper."""
    item = Item.objects.filter(id=item_id).first()
    if item is None:
        raise NotFound(_("查無這個議案。請從紀錄頁選。"))
    sitting = draft_of(item.sitting_id, by)
    text = text.strip()
    whole = squeezed("".join(Node.objects.filter(sitting=sitting).order_by("place").values_list("text", flat=True)))
    if not text or squeezed(text) not in whole:
        raise BadInput(_("紀錄裡沒有這些字。請從原文複製。"), field="text")
    parent = DecisionText.objects.filter(id=under, item=item).first() if under else None
    last = DecisionText.objects.filter(item=item).order_by("-position").values_list("position", flat=True).first()
    read = Decision(number.strip() or None, parent.level + 1 if parent else 1, None, text, item.line)
    follow(read)
    row = DecisionText.objects.create(
        id=uuid7(), sitting=sitting, item=item, position=0 if last is None else last + 1, line=item.line,
        number=read.no or "", level=read.level, parent=parent, text=text, tracking=read.tracking or "",
        due=read.due or "", recurrence=read.recurrence or "", units=read.units,
    )  # fmt: skip
    _match_anew(row, sitting, by)
    _note(sitting, row.id, "text", "", text, by, at)
    record("minutes.mark_decision", by=by, at=at, subject_id=sitting.id)
    return row.id


@transaction.atomic
def strike_decision(*, decision_id: UUID, by: Viewer, at: datetime) -> None:
    """What was read as a decision is none: its words stay in the paper."""
    row = DecisionText.objects.filter(id=decision_id).first()
    if row is None:
        raise NotFound(_("查無這項決議。請從紀錄頁選。"))
    sitting = draft_of(row.sitting_id, by)
    if DecisionText.objects.filter(parent=row).exists():
        raise BadInput(_("它下面還有細項。請先處理細項。"))
    DecisionUnit.objects.filter(decision=row).delete()
    DecisionCase.objects.filter(decision=row).delete()
    row.delete()
    _note(sitting, decision_id, "text", row.text, "", by, at)
    record("minutes.strike_decision", by=by, at=at, subject_id=sitting.id)


def _note(sitting: Sitting, target: UUID, name: str, before: str, after: str, by: Viewer, at: datetime) -> None:
    Reading.objects.create(
        sitting=sitting, target=target, field=name, before=before, after=after, at=at, by=by.worker_id
    )


def _target(sitting: Sitting, target: UUID) -> Sitting | Item | DecisionText:
    if target == sitting.id:
        return sitting
    found = Item.objects.filter(id=target, sitting=sitting).first()
    found = found or DecisionText.objects.filter(id=target, sitting=sitting).first()
    if found is None:
        raise NotFound(_("查無這項決議。請從紀錄頁選。"))
    return found


def _value(table: type[Sitting] | type[Item] | type[DecisionText], name: str, text: str) -> Any:
    if name not in FIELDS[table]:
        raise BadInput(_("這一欄不能更正。"), field=name)
    known = {"kind": ItemKind.values, "tracking": ["", *TrackingWord.values]}.get(name)
    if known is not None and text not in known:
        raise BadInput(_("請從清單選。"), field=name)
    try:
        return FIELDS[table][name](text)
    except ValueError as error:
        if name == "further_days":
            raise BadInput(_("沒有這一天。請一天寫一行，例如113年3月6日 09:00-11:00。"), field=name) from error
        raise BadInput(_("請填年月日或時分，例如2026-03-02、09:30。"), field=name) from error


def _said(value: object) -> str:
    if isinstance(value, list):
        return "、".join(value)
    return "" if value is None else str(value)


def _match_anew(row: DecisionText, sitting: Sitting, by: Viewer) -> None:
    """Match the printed units of a decision to the directory once more."""
    DecisionUnit.objects.filter(decision=row).delete()
    directory = directory_for(by, sitting.unit_id)
    for unit in dict.fromkeys(unit for printed in row.units for unit in directory.units(printed)):
        DecisionUnit.objects.create(id=uuid7(), sitting=sitting, decision=row, unit_id=unit)
