"""The intake queue: open reports by clock, what is waiting for a second look, the edge families, the rate box."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.lately import keep, lately
from anwang.intake import rules

from .gather import MANY, gathered
from .words import named, of_code

VIEWS = ("open", "mine", "second_look", "edge", "review", "ended")
MOST = 50
COUNTED = 2000
"""Further than this a view is not counted, nor leafed through."""
NEAR = 250
"""For the first pages so many are read in order: PostgreSQL then takes them from the index and sorts nothing."""
# First the matters alone, by an index in the order of the page: the county's, and what a unit of mine has of others.
# Then each is read with the viewer's rights until the page is full.
CANDIDATES = """
  (SELECT m.id, m.number, m.ended_at, m.ended_how, m.acting_worker_id, m.acting_desk_id, m.pressing_at
     FROM matters_matter m
    WHERE m.county = %(county)s AND m.kind = 'report' AND m.ended_at IS NULL AND {in_view}
    ORDER BY m.pressing_at, m.id LIMIT {most})
   UNION ALL
  (SELECT m.id, m.number, m.ended_at, m.ended_how, m.acting_worker_id, m.acting_desk_id, m.pressing_at
     FROM unnest(%(units)s::uuid[]) AS u (id), LATERAL (
          SELECT k.* FROM matters_matter k WHERE k.acting_unit_id = u.id AND k.county < %(county)s
             AND k.kind = 'report' AND k.ended_at IS NULL
           UNION ALL
          SELECT k.* FROM matters_matter k WHERE k.acting_unit_id = u.id AND k.county > %(county)s
             AND k.kind = 'report' AND k.ended_at IS NULL OFFSET 0) m
    WHERE {in_view} ORDER BY m.pressing_at, m.id LIMIT {most})"""
ENDED = """
  SELECT m.id, m.number, m.ended_at, m.ended_how, m.acting_worker_id, m.acting_desk_id, m.ended_at AS pressing_at
    FROM matters_matter m WHERE m.county = %(county)s AND m.kind = 'report' AND m.ended_at IS NOT NULL
   ORDER BY m.ended_at DESC, m.id LIMIT {most}"""
IN_VIEW = {
    "open": "true",
    "ended": "true",
    "mine": "(m.acting_worker_id = ANY (%(mine)s) OR m.acting_desk_id = ANY (%(desks)s))",
    "second_look": """EXISTS (SELECT 1 FROM matters_duty x
           WHERE x.matter_id = m.id AND x.state = 'open' AND x.rule_id = 'report.second_look')""",
    "edge": """EXISTS (SELECT 1 FROM matters_duty x
           WHERE x.matter_id = m.id AND x.state = 'open' AND x.rule_id = 'edge_family.review')""",
    "review": "EXISTS (SELECT 1 FROM matters_review v WHERE v.matter_id = m.id AND v.submitted_of = m.id)",
}
READ = """
  FROM (SELECT * FROM ({candidates}) m ORDER BY m.pressing_at {way}, m.id LIMIT {most}) m,
       LATERAL (SELECT * FROM intake_report r WHERE r.id = m.id AND %(channel)s IN ('', r.channel) OFFSET 0) r"""
ROWS = """
  SELECT m.number, m.ended_at, m.ended_how, m.received_at, m.channel, m.kinds, m.is_late_entry, m.is_oral,
         m.form_received_at, coalesce(w.called, d.called) AS who, m.said,
         (SELECT string_agg(coalesce(nullif(p.name, ''), '?'), '、' ORDER BY rp.recorded_at, rp.id)
         FROM intake_reportperson rp
            JOIN people_person p ON p.id = rp.person_id WHERE rp.report_id = m.id
           AND (rp.role IN ('child', 'victim', 'person')
         OR EXISTS (SELECT 1 FROM intake_screeningpair sp WHERE sp.report_id = m.id AND sp.person_id = rp.person_id
                     AND sp.kind = 'child_protection'))) AS names,
         (SELECT min(x.due_at) FROM matters_duty x
           WHERE x.matter_id = m.id AND x.state = 'open' AND NOT x.is_auto) AS due_at,
         {second_look} AS second_look, {edge} AS edge, {review} AS review
    FROM (SELECT m.*, r.received_at, r.channel, r.kinds, r.is_late_entry, r.is_oral, r.form_received_at,
                 left(r.narrative, 60) AS said {read}
           ORDER BY m.pressing_at {way}, m.id LIMIT {page} OFFSET %(start)s) m
    LEFT JOIN directory_worker w ON w.id = m.acting_worker_id LEFT JOIN directory_desk d ON d.id = m.acting_desk_id
   ORDER BY m.pressing_at {way}, m.id"""
# The open duties of a report are looked through once for both views that ask for one.
TOTALS = """
  SELECT count(*) AS all, count(*) FILTER (WHERE {mine}) AS mine, count(*) FILTER (WHERE f.second_look) AS second_look,
         count(*) FILTER (WHERE f.edge) AS edge, count(*) FILTER (WHERE {review}) AS review {read},
       LATERAL (SELECT bool_or(x.rule_id = 'report.second_look') AS second_look,
                       bool_or(x.rule_id = 'edge_family.review') AS edge
                  FROM matters_duty x WHERE x.matter_id = m.id AND x.state = 'open'
                   AND x.rule_id IN ('report.second_look', 'edge_family.review')) f"""
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
    view. Three statements with the rules, one less while many were counted lately."""
    with rules.one_book():
        numbers = _numbers(viewer, view, channel)
        total = numbers["totals"][0]["all"]
        start = min(start, max(total - 1, 0)) // MOST * MOST
        rows = tuple(_row(row) for row in _rows(viewer, view, _given(viewer, channel) | {"start": start}, total))
    counts = {name: numbers["open"][0]["all" if name == "open" else name] for name in VIEWS if name != "ended"}
    return Queue(rows, counts, _rate(numbers["counts"][0]), start, max(total - start - len(rows), 0))


def _rows(viewer: Viewer, view: str, given: dict[str, Any], total: int) -> list[dict[str, Any]]:
    """One page: of the first so many, and only where these are not enough of all that are leafed through."""
    rows: list[dict[str, Any]] = []
    if given["start"] + MOST < NEAR:
        rows = gathered(viewer, {"rows": _rows_sql(view, NEAR)}, given)["rows"]
    if len(rows) < min(MOST, total - given["start"]):
        rows = gathered(viewer, {"rows": _rows_sql(view, COUNTED)}, given)["rows"]
    return rows


def _given(viewer: Viewer, channel: str) -> dict[str, Any]:
    now = clock.local(clock.now())
    return {
        "mine": list(viewer.acts_as),
        "desks": list(viewer.desks),
        "units": list(viewer.units),
        "county": viewer.county,
        "channel": channel,
        "since": now.replace(day=1, hour=0, minute=0, second=0, microsecond=0),
        "until": now,
    }


def _numbers(viewer: Viewer, view: str, channel: str) -> dict[str, list[dict[str, Any]]]:
    """What is counted for the page; numbers only, kept for a minute in this process where there are many."""
    given = _given(viewer, channel)
    at = given["until"]
    asked = (viewer.worker_id, tuple(viewer.roles.items()), viewer.desks, viewer.covers, view, channel)
    month = (viewer.county, given["since"])
    known = (lately(asked, at) or {}) | (lately(month, at) or {})
    parts = {"open": _totals_sql("open", channel=False), "totals": _totals_sql(view), "counts": COUNTS}
    if view == "open" and not channel:
        del parts["totals"]
    if wanted := {name: sql for name, sql in parts.items() if name not in known}:
        known |= gathered(viewer, wanted, given)
    known.setdefault("totals", known["open"])
    if known["counts"][0]["reports"] >= MANY // 10:
        keep(month, at, {"counts": known["counts"]})
    if max(known["totals"][0]["all"], known["open"][0]["all"]) >= MANY:
        keep(asked, at, {name: known[name] for name in ("totals", "open")})
    return known


def _parts(view: str, most: int) -> dict[str, Any]:
    ended = view == "ended"
    parts = {"way": "DESC" if ended else "", "most": most, "page": MOST, **IN_VIEW}
    candidates = (ENDED if ended else CANDIDATES).format(in_view=IN_VIEW[view], most=most)
    read = READ.format(candidates=candidates, **parts)
    return parts | {"read": read}


@cache
def _rows_sql(view: str, most: int) -> str:
    return ROWS.format(**_parts(view, most))


@cache
def _totals_sql(view: str, *, channel: bool = True) -> str:
    text = TOTALS.format(**_parts(view, COUNTED))
    return text if channel else text.replace("%(channel)s IN ('', r.channel)", "true")


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
