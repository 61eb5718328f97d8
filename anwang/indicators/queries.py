"""The month's figures and, for who may, the records behind one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.indicators.months import Month

MONTH_SQL = "SELECT * FROM indicators_month(%s, %s, %s)"
DRILL_SQL = """
SELECT DISTINCT ON (m.opened_at, m.id) m.id, m.number, m.kind, u.called, m.opened_at, count(*) OVER ()
  FROM indicators_event e JOIN matters_matter m ON m.id = e.file_id JOIN directory_unit u ON u.id = m.acting_unit_id
 WHERE e.figure = %(figure)s AND e.county = %(county)s AND e.at < %(before)s
   AND CASE WHEN e.figure = 'in_case' THEN e.until IS NULL OR e.until >= %(before)s ELSE e.at >= %(since)s END
   AND (%(kind)s::text IS NULL OR e.kind = %(kind)s) AND (%(source)s::text IS NULL OR e.source = %(source)s)
   AND (%(township)s::text IS NULL OR e.township = %(township)s) AND (%(reason)s::text IS NULL OR e.reason = %(reason)s)
   AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = e.file_id
        AND g.holder = ANY ((SELECT access_keys())::text[]) AND 'case' = ANY (g.zones)
        AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))
 ORDER BY m.opened_at DESC, m.id LIMIT %(most)s
"""
TOWNSHIPS_SQL = "SELECT DISTINCT left(area_code, 8), area_name FROM directory_servicearea WHERE length(area_code) = 8"
SHOWN = 50
LEVELS = {15: "all", 7: "kind", 11: "source", 13: "township", 14: "reason", 6: "kind_reason"}
"""grouping(kind, source, township, reason): a bit is set where the column is summed over."""
FIGURES = ("received", "graded", "dispatched", "opened", "not_opened", "in_case", "closed", "set_aside")


@dataclass(frozen=True)
class Count:
    """件次 and 人數 of one cell."""

    items: int = 0
    persons: int = 0


NONE = Count()


@dataclass(frozen=True)
class MonthCount:
    """Every cell of a county's month: figure → level → key → count. A cell that is not there is zero."""

    county: str
    month: Month
    cells: Mapping[tuple[str, str, tuple[str, ...]], Count] = field(repr=False)

    def total(self, figure: str) -> Count:
        return self.cells.get((figure, "all", ()), NONE)

    def cell(self, figure: str, level: str, *key: str) -> Count:
        return self.cells.get((figure, level, key), NONE)

    def keys(self, level: str, *figures: str) -> list[str]:
        """Keys that occur on a level, for these figures (all when none is named)."""
        return sorted({key[0] for name, at, key in self.cells if at == level and (not figures or name in figures)})


@dataclass(frozen=True)
class Record:
    """One record behind a figure."""

    id: UUID
    number: str
    kind: str
    unit: str


def month(viewer: Viewer, county: str, of: Month) -> MonthCount:
    """The county's counts. The database gives none to whoever has no business with them (see `policies`)."""
    with connection.cursor() as cursor:
        cursor.execute(MONTH_SQL, [county, of.since, of.before])
        rows = cursor.fetchall()
    cells = {}
    for figure, kind, source, township, reason, level, items, persons in rows:
        key = {
            "all": (), "kind": (kind,), "source": (source,), "township": (township,), "reason": (reason,),
            "kind_reason": (kind, reason),
        }[LEVELS[level]]  # fmt: skip
        cells[figure, LEVELS[level], key] = Count(items, persons)
    return MonthCount(county, of, cells)


def drill(
    viewer: Viewer, county: str, of: Month, *, figure: str, by_: str = "", key: str = ""
) -> tuple[list[Record], int]:
    """Records behind a cell that the viewer may read, newest first, and how many of them there are."""
    narrowed = {name: key if by_ == name else None for name in ("kind", "source", "township", "reason")}
    with connection.cursor() as cursor:
        cursor.execute(
            DRILL_SQL,
            {"figure": figure, "county": county, "since": of.since, "before": of.before, "most": SHOWN, **narrowed},
        )
        rows = cursor.fetchall()
    return [Record(*row[:4]) for row in rows], len(rows)


def townships(viewer: Viewer) -> dict[str, str]:
    """Names of the townships that units serve, by code."""
    with connection.cursor() as cursor:
        cursor.execute(TOWNSHIPS_SQL)
        return dict(cursor.fetchall())
