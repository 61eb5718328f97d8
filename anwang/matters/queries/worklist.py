"""Today: one statement over duties and unsigned assignments. There is no second to-do list."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.queries import zones_of
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.matters.models import Duty, Matter
from anwang.matters.states import DutyState, MatterKind

from .whom import Whom, said

MOST, LATER = 200, 10


class DutyRow(NamedTuple):
    """One step owed, or (`what` = sign) one assignment to sign for. A name the viewer may not read is 保密."""

    what: str
    id: UUID
    matter_id: UUID
    number: str
    kind: str
    rule_id: str
    rule_hash: str
    words: str
    words_en: str
    is_assumed: bool
    is_auto: bool
    due_at: datetime
    pushed: int
    late_cause: str
    waiting_for: str
    worker_id: UUID | None
    family: str
    family_number: str
    subject: str
    risk: str
    in_pairs: bool
    owner: str


class Worklist(NamedTuple):
    """Steps by due date, and how many there are in all: `MOST` + 1 means more than `MOST`."""

    rows: list[DutyRow]
    total: int


_NEXT = """SELECT x.* FROM unnest(%({holders})s::uuid[]) AS h (id), LATERAL (
  SELECT d.id, d.due_at, d.waiting_for <> '' AS waits FROM matters_duty d
  WHERE d.state = 'open' AND d.{column} = h.id ORDER BY d.due_at, d.id LIMIT %(limit)s) x"""
_ROLES = """SELECT x.* FROM (SELECT split_part(k, '/', 1) AS unit, split_part(k, '/', 2) AS role
    FROM unnest((SELECT access_keys())) AS k WHERE k LIKE 'u:%%/%%') h, LATERAL (
  SELECT d.id, d.due_at, d.waiting_for <> '' AS waits FROM matters_duty d
  WHERE d.state = 'open' AND d.owed_by = 'role' AND d.unit_id = substr(h.unit, 3)::uuid AND d.role = h.role
  ORDER BY d.due_at, d.id LIMIT %(limit)s) x"""
_UNSIGNED = """SELECT id FROM matters_assignment
  WHERE signed_at IS NULL AND superseded_at IS NULL AND {column} = ANY (%({holders})s)"""
MINE = {
    "duties": " UNION ".join(
        (_NEXT.format(holders="workers", column="worker_id"), _NEXT.format(holders="desks", column="desk_id"), _ROLES)
    ),
    "unsigned": " UNION ".join(
        (
            _UNSIGNED.format(holders="workers", column="to_worker_id"),
            _UNSIGNED.format(holders="desks", column="to_desk_id"),
        )
    ),
}
OF_UNIT = {
    "duties": _NEXT.format(holders="units", column="unit_id"),
    "unsigned": _UNSIGNED.format(holders="units", column="to_unit_id"),
}


@cache
def _sql(of_unit: bool) -> str:
    text = (Path(__file__).parent / "worklist.sql").read_text(encoding="utf-8")
    for name, chosen in (OF_UNIT if of_unit else MINE).items():
        text = text.replace(f"/* {name} */", chosen)
    return text


def worklist(viewer: Viewer, *, of_unit: bool = False, until: datetime | None = None) -> Worklist:
    """Mine (with whom I cover, my desks, my posts) or all of the units I supervise; by due date, at most 201 rows.

    With `until`, of what is due later only the next `LATER`, and what waits for somebody.
    """
    given = {
        "until": until,
        "later": LATER,
        "of_unit": of_unit,
        "me": viewer.worker_id,
        "units": list(viewer.supervised_units),
        "workers": list(viewer.acts_as),
        "desks": list(viewer.desks),
        "today": clock.today(),
        "limit": MOST + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_sql(of_unit), given)
        found = cursor.fetchall()
    total = max((row[0] for row in found), default=0) + sum(row[1] == "sign" for row in found)
    return Worklist([_row(row) for row in found], min(total, MOST + 1))


def _row(row: tuple) -> DutyRow:  # type: ignore[type-arg]
    _total, *before, name, risk, pairs, owner, names = row
    return DutyRow(*before, name or said(names), risk, pairs, owner)


def duty_row(viewer: Viewer, duty_id: UUID) -> DutyRow:
    """One open duty for its own page. NotFound, alike when it is over, not there, or not to be known of."""
    found = Duty.objects.select_related("matter__family", "worker").annotate(whom=Whom("matter_id", "subject_id"))
    duty = found.filter(id=duty_id, state=DutyState.OPEN).first()
    if duty is None or Zone.WORK not in zones_of(viewer, duty.matter_id):
        raise NotFound(_("找不到這件應辦事項，可能剛剛辦完。請回今日看最新情形。"))
    matter = duty.matter
    in_family = matter.family is not None and duty.subject_id is None and matter.kind != MatterKind.PLACEMENT
    return DutyRow(
        "duty", duty.id, matter.id, matter.number, matter.kind, duty.rule_id, duty.rule_hash, duty.words,
        duty.words_en, duty.is_assumed, duty.is_auto, duty.due_at, duty.pushed, duty.late_cause,
        duty.waiting_for, duty.worker_id, matter.family.label if matter.family else "",
        matter.family.number if matter.family else "",
        "" if in_family else said(duty.whom), "", False,
        duty.worker.called if duty.worker else "",
    )  # fmt: skip


def matter_of(viewer: Viewer, number: str) -> Matter:
    """An open matter by number, for whoever may know of it."""
    matter = Matter.objects.filter(number=number, ended_at=None).first()
    if matter is None or Zone.WORK not in zones_of(viewer, matter.id):
        raise NotFound(_("查無這件事，或已經結束。請從選單或搜尋重新進入。"))
    return matter
