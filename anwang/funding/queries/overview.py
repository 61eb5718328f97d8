"""The money of a year: every grant with its shares and execution, sums that refuse to guess, what is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any  # a row of the database
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access import steering
from anwang.access.viewer import Viewer
from anwang.cases.words import lang
from anwang.foundation import clock, roc
from anwang.funding import rules, standing, sums
from anwang.funding.states import QUARTERS, Standing

GRANTS_SQL = """
SELECT g.id, g.county, directory_called(j.name, j.name_en), l.name, l.kind, g.what, g.year, a.total, a.least,
       a.central, a.local, coalesce(e.spent, 0), coalesce(e.quarters, '{}'), s.central_due, s.unspent, s.due_on,
       s.returned_on, coalesce(r.reminded, 0), l.id
  FROM funding_grant g
  JOIN funding_line l ON l.id = g.line_id
  JOIN directory_jurisdiction j ON j.code = g.county
  JOIN LATERAL (SELECT * FROM funding_award w WHERE w.grant_id = g.id ORDER BY w.position DESC LIMIT 1) a ON true
  LEFT JOIN LATERAL (SELECT sum(x.spent)::bigint AS spent, array_agg(x.quarter ORDER BY x.quarter) AS quarters
                       FROM funding_execution x WHERE x.grant_id = g.id AND x.replaced_at IS NULL) e ON true
  LEFT JOIN funding_surplus s ON s.grant_id = g.id
  LEFT JOIN LATERAL (SELECT count(*) AS reminded FROM funding_reminder m WHERE m.grant_id = g.id) r ON true
 WHERE (%(year)s::int IS NULL OR g.year = %(year)s) AND (%(county)s = '' OR g.county = %(county)s)
 ORDER BY g.county, l.name, g.what
"""
YEARS_SQL = "SELECT DISTINCT year FROM funding_grant WHERE %s = '' OR county = %s ORDER BY year DESC"


@dataclass(frozen=True)
class GrantLine:
    """One grant as a list shows it; amounts are text, undecided ones say so."""

    id: UUID
    county: str
    county_text: str
    line: str
    kind: str
    what: str
    total: str
    central: str
    local: str
    spent: str
    rate: str
    late: tuple[int, ...]
    """Quarters whose report is late."""
    surplus: str
    reminded: int


@dataclass(frozen=True)
class SumLine:
    """A county's or a kind's money of the year. `total`, `central`, `local` refuse to guess."""

    name: str
    grants: int
    total: str
    central: str
    local: str
    spent: str
    rate: str


@dataclass(frozen=True)
class Overview:
    """A year's money as far as the viewer sees it."""

    year: int
    year_text: str
    rows: tuple[GrantLine, ...]
    counties: tuple[SumLine, ...]
    kinds: tuple[SumLine, ...]
    whole: SumLine
    late: tuple[tuple[UUID, str, str, int, str, int], ...]
    """(grant, county, what, quarter, due on, times reminded): the longest overdue first."""
    may_grant: bool


@dataclass(frozen=True)
class Row:
    """A grant as the database has it."""

    id: UUID
    county: str
    county_text: str
    line: str
    kind: str
    what: str
    year: int
    total: int | None
    least: int
    central: int | None
    local: int | None
    spent: int
    quarters: list[int]
    central_due: int | None
    unspent: int | None
    due_on: date | None
    returned_on: date | None
    reminded: int
    line_id: UUID


def years(viewer: Viewer) -> list[int]:
    """The fiscal years of which the viewer sees grants, the latest first."""
    county = _scope(viewer)
    with connection.cursor() as cursor:
        cursor.execute(YEARS_SQL, [county, county])
        return [row[0] for row in cursor.fetchall()]


def overview(viewer: Viewer, year: int) -> Overview:
    """Every grant of a fiscal year, its sums by county and by kind, and which quarters are late."""
    rows = fetch(_scope(viewer), year)
    today = clock.today()
    lines = tuple(_line(row, today) for row in rows)
    return Overview(
        year=year, year_text=_("%(year)s年度") % {"year": year - 1911} if lang() == "zh" else str(year), rows=lines,
        counties=_grouped(rows, lambda row: row.county_text), kinds=_grouped(rows, _kind_of),
        whole=summed(_("合計"), rows), late=_late(rows, today), may_grant=bool(standing.may_grant(viewer)),
    )  # fmt: skip


@dataclass(frozen=True)
class Execution:
    """What a county was granted for a fiscal year (None: undecided), what it spent, grants with a quarter missing."""

    granted: int | None
    spent: int
    unreported: int


def execution(viewer: Viewer, county: str, year: int) -> Execution:
    """The money of a county in a year, for rooms above."""
    standing.may_see(viewer, county).enforce()
    rows = fetch(county, year)
    granted = sums.total((row.total, row.least) for row in rows)
    unreported = sum(not set(QUARTERS) <= set(row.quarters) for row in rows)
    return Execution(granted.least if granted.is_known else None, sum(row.spent for row in rows), unreported)


def fetch(county: str, year: int | None) -> list[Row]:
    """The grants of a county (all where empty) and year (all where None), each with its current award."""
    with connection.cursor() as cursor:
        cursor.execute(GRANTS_SQL, {"county": county, "year": year})
        return [Row(*row) for row in cursor.fetchall()]


def summed(name: str, rows: Iterable[Row]) -> SumLine:
    """The sums of some grants. Their rate is 未定 as soon as one amount is."""
    found = list(rows)
    total = sums.total((row.total, row.least) for row in found)
    spent = sum(row.spent for row in found)
    return SumLine(
        name=name, grants=len(found), total=total.text, central=sums.total((row.central, 0) for row in found).text,
        local=sums.total((row.local, 0) for row in found).text, spent=sums.text(spent),
        rate=sums.rate(spent, total.least if total.is_known else None),
    )  # fmt: skip


def standing_of(year: int, quarter: int, reported: Iterable[int], today: date) -> Standing:
    """How a quarter stands on a day: reported, not over yet, to be reported, late."""
    if quarter in reported:
        return Standing.DONE
    if today <= rules.quarter_ends(year, quarter):
        return Standing.NOT_YET
    return Standing.LATE if today > rules.report_due(year, quarter) else Standing.DUE


def late_quarters(row: Row, today: date) -> tuple[int, ...]:
    """The quarters of a grant whose report is late on a day."""
    return tuple(one for one in QUARTERS if standing_of(row.year, one, row.quarters, today) == Standing.LATE)


def surplus_text(row: Row) -> str:
    """What goes back, or went back, or why nobody can say; empty before the year was settled."""
    if row.unspent is None:
        return ""
    if row.returned_on is not None:
        return _("已繳回%(amount)s") % {"amount": sums.text(row.central_due)}
    if row.central_due is None:
        return _("賸餘%(left)s，應繳回未定") % {"left": sums.text(row.unspent)}
    if row.central_due == 0:
        return _("賸餘%(left)s，不用繳回") % {"left": sums.text(row.unspent)}
    due = roc.roc_date(row.due_on, clock.today(), lang()) if row.due_on else ""
    return _("應繳回%(amount)s，%(day)s前") % {"amount": sums.text(row.central_due), "day": due}


def _line(row: Row, today: date) -> GrantLine:
    return GrantLine(
        id=row.id, county=row.county, county_text=row.county_text, line=row.line, kind=_kind_of(row), what=row.what,
        total=sums.total([(row.total, row.least)]).text, central=sums.text(row.central), local=sums.text(row.local),
        spent=sums.text(row.spent), rate=sums.rate(row.spent, row.total), late=late_quarters(row, today),
        surplus=surplus_text(row), reminded=row.reminded,
    )  # fmt: skip


def _late(rows: list[Row], today: date) -> tuple[tuple[UUID, str, str, int, str, int], ...]:
    found = [
        (rules.report_due(row.year, quarter), row, quarter) for row in rows for quarter in late_quarters(row, today)
    ]
    return tuple(
        (row.id, row.county_text, row.what, quarter, roc.roc_date(due, today, lang()), row.reminded)
        for due, row, quarter in sorted(found, key=lambda one: (one[0], one[1].county, one[1].what))
    )


def _grouped(rows: list[Row], key: Any) -> tuple[SumLine, ...]:
    names = dict.fromkeys(key(row) for row in rows)
    return tuple(summed(name, [row for row in rows if key(row) == name]) for name in names)


def _kind_of(row: Row) -> str:
    return rules.label(rules.KIND, row.kind)


def _scope(viewer: Viewer) -> str:
    """The county whose money the viewer sees; empty: all."""
    standing.may_see(viewer).enforce()
    return "" if viewer.service else steering.standing(viewer).reach or ""
