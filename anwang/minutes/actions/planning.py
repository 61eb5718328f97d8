"""Before a sitting: its day and place, the points of its agenda; then it is held."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Unit
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.minutes import hearing, official, policies
from anwang.minutes.models import DecisionText, Item, Material, Section, Series, Sitting
from anwang.minutes.states import OUT, ItemKind, SittingState

KINDS = (ItemKind.FOLLOWUP, ItemKind.REPORT, ItemKind.DISCUSSION, ItemKind.MOTION)
"""What stands on an agenda."""
_FIELDS = frozenset({"met_on", "start_time", "place", "chair", "recorder"})


@transaction.atomic
def plan(
    *, series_id: UUID, met_on: date, start_time: time | None = None, place: str = "", chair: str = "",
    recorder: str = "", number: int | None = None, by: Viewer, at: datetime,
) -> Sitting:  # fmt: skip
    """A sitting of a series. It is the next in number unless one is given; 前次會議決議辦理情形 stands on its agenda
    when the series has met before."""
    series = Series.objects.select_related("body").filter(id=series_id).first()
    if series is None:
        raise NotFound(_("查無這個系列。請從清單選。"))
    policies.may_keep_for(by, series.body.keeper_id).enforce()
    held = Sitting.objects.filter(series=series).exclude(state=SittingState.CALLED_OFF)
    last = held.order_by("-number").values_list("number", flat=True).first()
    number = number or (last or 0) + 1
    sitting = Sitting(
        id=uuid7(), unit_id=series.body.keeper_id, series=series, number=number, met_on=met_on, start_time=start_time,
        title=f"{series.title.replace('{n}', str(number))}紀錄", place=place.strip(), chair=chair.strip(),
        recorder=recorder.strip() or by.name, state=SittingState.PLANNED, made_at=at, by=by.worker_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            sitting.save(force_insert=True)
    except IntegrityError as error:
        raise BadInput(_("這個系列已經有同一天同次數的會議。請再看一次。"), field="number") from error
    for position, heading in enumerate(official.SECTIONS):
        label, _mark, title = heading.partition("、")
        Section.objects.create(sitting=sitting, position=position, line=0, label=label, title=title)
    if held.filter(state__in=list(OUT), met_on__lt=met_on).exists():
        _add(sitting, ItemKind.FOLLOWUP, official.STANDING, None, "")
    record("minutes.plan", by=by, at=at, subject_id=sitting.id)
    hearing.planned(sitting, by=by, at=at)
    return sitting


@transaction.atomic
def arrange(*, sitting_id: UUID, values: dict[str, Any], by: Viewer, at: datetime) -> None:
    """Another day, time, place, chair or recorder."""
    sitting = open_sitting(sitting_id, by)
    if values.keys() - _FIELDS:
        raise BadInput(_("這一欄不能更正。"))
    for name, value in values.items():
        setattr(sitting, name, value.strip() if isinstance(value, str) else value)
    try:
        with transaction.atomic():
            sitting.save(update_fields=list(values))
    except IntegrityError as error:
        raise BadInput(_("這個系列已經有同一天同次數的會議。請再看一次。"), field="met_on") from error
    record("minutes.arrange", by=by, at=at, subject_id=sitting_id, fields=len(values))


@transaction.atomic
def add_item(
    *, sitting_id: UUID, kind: str, title: str, unit_id: UUID | None = None, explanation: str = "", by: Viewer,
    at: datetime,
) -> Item:  # fmt: skip
    """A point of the agenda, behind the others of its kind."""
    sitting = open_sitting(sitting_id, by)
    if kind not in KINDS:
        raise BadInput(_("請選報告、討論或臨時動議。"), field="kind")
    if not title.strip():
        raise BadInput(_("請寫案由。"), field="title")
    item = _add(sitting, ItemKind(kind), title.strip(), unit_id, explanation.strip())
    number_items(sitting)
    record("minutes.add_item", by=by, at=at, subject_id=sitting_id, kind=kind)
    return item


@transaction.atomic
def move_item(*, item_id: UUID, up: bool, by: Viewer, at: datetime) -> None:
    """One place up or down among the points of its section."""
    item = item_of(item_id)
    sitting = open_sitting(item.sitting_id, by)
    mine = [one for one in in_order(sitting) if one.section == item.section]
    place = [one.id for one in mine].index(item.id) + (-1 if up else 1)
    if 0 <= place < len(mine):
        other, free = mine[place], _last(sitting)
        for one, there in ((item, free), (other, item.position), (item, other.position)):
            Item.objects.filter(id=one.id).update(position=there)
        number_items(sitting)
    record("minutes.move_item", by=by, at=at, subject_id=sitting.id)


@transaction.atomic
def drop_item(*, item_id: UUID, by: Viewer, at: datetime) -> None:
    """Off the agenda, before anything was decided about it."""
    item = item_of(item_id)
    sitting = open_sitting(item.sitting_id, by)
    if DecisionText.objects.filter(item=item).exists():
        raise BadInput(_("這一案已經有決議。請先刪掉決議。"))
    Material.objects.filter(sitting=sitting, item_id=item.id).delete()
    item.delete()
    number_items(sitting)
    record("minutes.drop_item", by=by, at=at, subject_id=sitting.id)


@transaction.atomic
def begin(*, sitting_id: UUID, by: Viewer, at: datetime) -> None:
    """The sitting was held: its minutes are drafted from here on."""
    sitting = open_sitting(sitting_id, by)
    if sitting.state != SittingState.PLANNED:
        raise Conflict(_("這次會議已經在寫紀錄。請重新整理。"))
    if sitting.met_on is None or sitting.met_on > clock.today():
        raise BadInput(_("還沒到開會的日期。開完會再寫紀錄。"))
    sitting.state = SittingState.DRAFT
    sitting.save(update_fields=["state"])
    record("minutes.begin", by=by, at=at, subject_id=sitting_id)


@transaction.atomic
def call_off(*, sitting_id: UUID, by: Viewer, at: datetime) -> None:
    """It does not take place."""
    sitting = open_sitting(sitting_id, by)
    if sitting.state != SittingState.PLANNED:
        raise Conflict(_("會議已經開過，不能取消。"))
    sitting.state = SittingState.CALLED_OFF
    sitting.save(update_fields=["state"])
    record("minutes.call_off", by=by, at=at, subject_id=sitting_id)


def open_sitting(sitting_id: UUID, by: Viewer) -> Sitting:
    """The sitting, locked, when it was drafted here and nothing was sent yet."""
    sitting = Sitting.objects.select_for_update().filter(id=sitting_id).first()
    if sitting is None:
        raise NotFound(_("查無這次會議。請從清單選。"))
    policies.may_write(by, sitting).enforce()
    if sitting.source_id is not None:
        raise Conflict(_("這份紀錄是匯入的。請用更正讀法。"))
    if sitting.state == SittingState.CALLED_OFF:
        raise Conflict(_("會議取消了。請另外籌備一次。"))
    return sitting


def item_of(item_id: UUID) -> Item:
    item = Item.objects.filter(id=item_id).first()
    if item is None:
        raise NotFound(_("查無這個議案。請從會議頁選。"))
    return item


def in_order(sitting: Sitting) -> list[Item]:
    """The points of a sitting section by section, in their order."""
    return sorted(Item.objects.filter(sitting=sitting), key=lambda one: (_place(one.section), one.position))


def _place(section: str) -> int:
    return official.SECTIONS.index(section) if section in official.SECTIONS else len(official.SECTIONS)


def _last(sitting: Sitting) -> int:
    found = Item.objects.filter(sitting=sitting).order_by("-position").values_list("position", flat=True).first()
    return 0 if found is None else found + 1


def _add(sitting: Sitting, kind: ItemKind, title: str, unit_id: UUID | None, explanation: str) -> Item:
    unit = Unit.objects.filter(id=unit_id).first() if unit_id else None
    return Item.objects.create(
        id=uuid7(), sitting=sitting, position=_last(sitting), line=0, section=official.SECTION_OF[kind], title=title,
        kind=kind, unit_words=unit.name if unit else "", unit=unit, explanation=explanation,
        label=official.label_of(1),
    )  # fmt: skip


def number_items(sitting: Sitting) -> None:
    """一、二、三 anew in each section."""
    counts: dict[str, int] = {}
    for one in in_order(sitting):
        counts[one.section] = counts.get(one.section, 0) + 1
        label = official.label_of(counts[one.section])
        if one.label != label:
            Item.objects.filter(id=one.id).update(label=label)
