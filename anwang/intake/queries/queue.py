"""The intake queue: open reports by clock, what is waiting for a second look, the edge families, the rate box."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.intake import rules

from .gather import gathered
from .words import named, of_code

VIEWS = ("open", "mine", "second_look", "edge", "review", "ended")
MOST = 50
ROWS = """
  SELECT m.number, m.ended_at, m.ended_how, r.received_at, r.channel, r.kinds, r.is_late_entry, r.is_oral,
         r.form_received_at,
         r.was_decided, coalesce(w.called, d.called) AS who, left(r.narrative, 60) AS said,
         (SELECT string_agg(coalesce(nullif(p.name, ''), '?'), '、' ORDER BY rp.recorded_at, rp.id)
         FROM intake_reportperson rp
            JOIN people_person p ON p.id = rp.person_id WHERE rp.report_id = r.id
           AND (rp.role IN ('child', 'victim', 'person')
         OR EXISTS (SELECT 1 FROM intake_screeningpair sp WHERE sp.report_id = r.id AND sp.person_id = rp.person_id
                     AND sp.kind = 'child_protection'))) AS names,
         (SELECT min(x.due_at) FROM matters_duty x WHERE x.open_of = m.id AND NOT x.is_auto) AS due_at,
         EXISTS (SELECT 1 FROM matters_duty x WHERE x.open_of = m.id
         AND x.rule_id = 'report.second_look') AS second_look,
         EXISTS (SELECT 1 FROM matters_duty x WHERE x.open_of = m.id AND x.rule_id = 'edge_family.review') AS edge,
         EXISTS (SELECT 1 FROM matters_review v WHERE v.submitted_of = m.id) AS review,
         (m.acting_worker_id = ANY (%(mine)s::uuid[]) OR m.acting_desk_id = ANY (%(desks)s::uuid[])) AS mine
    FROM intake_report r JOIN matters_matter m ON m.id = r.id
    LEFT JOIN directory_worker w ON w.id = m.acting_worker_id LEFT JOIN directory_desk d ON d.id = m.acting_desk_id
   WHERE (%(ended)s AND m.ended_at IS NOT NULL) OR (NOT %(ended)s AND m.ended_at IS NULL)
   ORDER BY m.ended_at DESC NULLS FIRST,
         coalesce((SELECT min(x.due_at) FROM matters_duty x WHERE x.open_of = m.id AND NOT x.is_auto),
         r.received_at)
   LIMIT 2000"""
COUNTS = "SELECT * FROM intake_counts(%(county)s, %(since)s, %(until)s)"


@dataclass(frozen=True)
class Row:
    """One report in the queue."""

    number: str
    names: str
    said: str
    kinds: str
    channel: str
    received_at: datetime
    due_at: datetime | None
    who: str
    is_open: bool
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Rate:
    """The month in numbers, with the formula that makes them."""

    reports: int
    duplicates: int
    dispatched: int
    not_opened: int
    formula: str


@dataclass(frozen=True)
class Queue:
    rows: tuple[Row, ...]
    counts: dict[str, int]
    rate: Rate
    start: int
    """How many come before the first row shown."""
    more: int
    """How many come after the last."""

    @property
    def following(self) -> int:
        return self.start + MOST

    @property
    def before(self) -> int:
        return max(self.start - MOST, 0)

    @property
    def next_count(self) -> int:
        return min(self.more, MOST)


def queue(viewer: Viewer, view: str = "open", channel: str = "", start: int = 0) -> Queue:
    """The reports of one view from `start` on, the most pressing first (ended ones: the latest); counts for every
    view. Three statements with the rules."""
    now = clock.local(clock.now())
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    given = {
        "mine": [str(worker) for worker in viewer.acts_as],
        "desks": [str(desk) for desk in viewer.desks],
        "ended": view == "ended",
        "county": viewer.county,
        "since": month,
        "until": now,
    }
    with rules.one_book():
        found = gathered(viewer, {"rows": ROWS, "counts": COUNTS}, given)
        chosen = [row for row in found["rows"] if _in_view(row, view) and channel in ("", row["channel"])]
        counts = {name: sum(_in_view(row, name) for row in found["rows"]) for name in VIEWS if name != "ended"}
        start = min(start, max(len(chosen) - 1, 0)) // MOST * MOST
        rows = tuple(_row(row) for row in chosen[start : start + MOST])
    return Queue(rows, counts, _rate(found["counts"][0]), start, max(len(chosen) - start - MOST, 0))


def _in_view(row: dict[str, Any], view: str) -> bool:
    return view in ("open", "ended") or bool(row[view])


def _row(row: dict[str, Any]) -> Row:
    at = row["received_at"]
    marks = {
        _("督導審核中"): row["review"],
        _("再檢視"): row["second_look"],
        _("邊緣性家庭"): row["edge"],
        _("補登"): row["is_late_entry"],
        _("等補通報表"): row["is_oral"] and row["form_received_at"] is None,
    }
    return Row(
        number=row["number"],
        names=named(row["names"]),
        said=row["said"],
        kinds="、".join(of_code("case.kind", kind, at) for kind in row["kinds"]),
        channel=of_code("report.channel", row["channel"], at),
        received_at=at,
        due_at=row["due_at"],
        who=row["who"] or "",
        is_open=row["ended_at"] is None,
        marks=tuple(words for words, holds in marks.items() if holds),
    )


def _rate(row: dict[str, Any]) -> Rate:
    formula = _("不重複通報＝%(all)d件－重複%(twice)d件＝%(left)d件") % {
        "all": row["reports"], "twice": row["duplicates"], "left": row["reports"] - row["duplicates"],
    }  # fmt: skip
    return Rate(row["reports"], row["duplicates"], row["dispatched"], row["not_opened"], formula)
