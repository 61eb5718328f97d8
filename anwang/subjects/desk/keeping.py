"""What has been kept long enough, what is held, what two persons are erasing: numbers, days and grounds only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.cases import words
from anwang.directory.models import Worker
from anwang.subjects import policies, rules
from anwang.subjects.models import Due, Erasure, Hold
from anwang.subjects.states import DueClass

MOST = 100


@dataclass(frozen=True)
class DueLine:
    number: str
    why: str
    last_day: str
    held: str
    """Why it stays, when it is held."""


@dataclass(frozen=True)
class ErasureLine:
    id: UUID
    number: str
    basis: str
    paper: str
    proposed: str
    by: str
    done: str
    rows: int
    may_confirm: bool
    why_not: str


@dataclass(frozen=True)
class HoldLine:
    id: UUID
    because: str
    paper: str
    since: str
    by: str


@dataclass(frozen=True)
class Keeping:
    due: tuple[DueLine, ...]
    total: int
    waiting: tuple[ErasureLine, ...]
    done: tuple[ErasureLine, ...]
    holds: tuple[HoldLine, ...]


def keeping(viewer: Viewer) -> Keeping:
    """For the chief and the privacy officer of a county."""
    policies.may_keep(viewer).enforce()
    open_ = Due.objects.filter(county=viewer.county, erased_at=None)
    rows = list(open_.order_by("due_on", "number")[:MOST])
    erasures = list(Erasure.objects.filter(county=viewer.county, withdrawn_at=None).order_by("-proposed_at")[:MOST])
    held = {one.file_id: one for one in Hold.objects.filter(until_at=None)}
    ids = {one.proposed_by for one in erasures} | {one.by for one in held.values()}
    names = {one.id: one.called for one in Worker.objects.filter(id__in=ids)}
    asked = {one.file_id for one in erasures}
    lines = [_erasure(viewer, one, names) for one in erasures]
    return Keeping(
        due=tuple(
            DueLine(one.number, str(DueClass(one.by_class).label), words.day(one.due_on),
                    words.label(rules.HOLDS, held[one.file_id].because) if one.file_id in held else "")
            for one in rows if one.file_id not in asked
        ),
        total=open_.count(),
        waiting=tuple(line for line in lines if not line.done),
        done=tuple(line for line in lines if line.done),
        holds=tuple(
            HoldLine(one.id, words.label(rules.HOLDS, one.because), one.paper, words.instant(one.since_at),
                     names.get(one.by, ""))
            for one in held.values()
        ),
    )  # fmt: skip


def _erasure(viewer: Viewer, row: Erasure, names: dict[UUID, str]) -> ErasureLine:
    may = policies.may_confirm(viewer, row)
    return ErasureLine(
        row.id, row.number, words.label(rules.BASES, row.basis), row.paper, words.instant(row.proposed_at),
        names.get(row.proposed_by, ""), words.instant(row.done_at), row.rows, bool(may), str(may.reason),
    )  # fmt: skip
