"""People against rules: the ledger of differences, and the half-year report of a county in numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # a row of a statement
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.days import Length
from anwang.instruments import rules
from anwang.instruments.halves import Half
from anwang.instruments.states import Direction

LEDGER_SQL = """
SELECT l.*, w.called, u.called, f.id IS NOT NULL, m.number, l.at + %s::interval, l.at + %s::interval
  FROM instruments_ledger(%s, %s) l LEFT JOIN directory_worker w ON w.id = l.judged_by
  LEFT JOIN directory_unit u ON u.id = l.judged_unit LEFT JOIN instruments_fill f ON f.id = l.fill_id
  LEFT JOIN matters_matter m ON m.id = f.matter_id
"""
HALF_SQL = """
SELECT h.*, u.called FROM instruments_half_year(%s, %s, %s, %s, %s, %s) h
  LEFT JOIN directory_unit u ON u.id = h.unit_id
 ORDER BY h.what, h.instrument, h.from_on, u.name, h.item, h.system, h.chosen
"""
NUMBERS = (
    "filled", "scored", "agreed", "up", "down", "decided", "free", "near_down", "near_under", "near_up", "near_over",
    "far_down", "far_under", "far_up", "far_over", "near_done", "near_harm", "far_done", "far_harm",
)  # fmt: skip


@dataclass(frozen=True)
class LedgerLine:
    """One value a person gave: what the system said, which way, why, by whom, and what came later.

    `by` names only oneself and whom one supervises. `path` leads to the form for who may read it.
    """

    fill_id: UUID
    may_open: bool
    number: str
    at: datetime
    judged_at: datetime
    instrument: str
    title: str
    version: date
    system_text: str
    chosen_text: str
    direction: str
    direction_text: str
    reason_text: str
    items: tuple[str, ...]
    by_id: UUID | None
    by: str
    unit: str
    later: tuple[tuple[str, datetime], ...]
    windows: tuple[str, ...]
    """For each window: harm, calm, or running."""


@dataclass(frozen=True)
class Ledger:
    """Lines of a span of time, and how often people differed."""

    lines: tuple[LedgerLine, ...]
    valued: int
    """Values given where the system had one or a range."""
    up: int
    down: int
    windows: tuple[str, ...]

    @property
    def rate(self) -> str:
        return percent(self.up + self.down, self.valued)


@dataclass(frozen=True)
class Tally:
    """Numbers of one group. Windows count only when they are over; near and far are the two of the policy."""

    what: str
    instrument: str
    title: str
    from_on: date
    unit_id: UUID | None
    unit: str
    item: str
    system: str
    chosen: str
    filled: int
    scored: int
    agreed: int
    up: int
    down: int
    decided: int
    free: int
    near_down: int
    near_under: int
    near_up: int
    near_over: int
    far_down: int
    far_under: int
    far_up: int
    far_over: int
    near_done: int
    near_harm: int
    far_done: int
    far_harm: int

    @property
    def rate(self) -> str:
        """Differing values of all values given where the system had one."""
        return percent(self.up + self.down, self.agreed + self.up + self.down)


@dataclass(frozen=True)
class HalfYear:
    """The report of a county and half year as of a day."""

    county: str
    half: Half
    as_of: datetime
    windows: tuple[str, str]
    versions: tuple[Tally, ...]
    units: tuple[Tally, ...]
    items: tuple[Tally, ...]
    cells: tuple[Tally, ...]

    def total(self, name: str) -> int:
        return sum(getattr(one, name) for one in self.versions)


def percent(part: int, whole: int) -> str:
    """A share with one decimal; a dash where there is nothing to share."""
    return f"{100 * part / whole:.1f}%" if whole else "－"


def ledger(viewer: Viewer, *, since: datetime, before: datetime) -> Ledger:
    """Values that the viewer gave, or workers of units he supervises; the database asks the same again."""
    windows = rules.windows(clock.today())
    with connection.cursor() as cursor:
        cursor.execute(LEDGER_SQL, [*(timedelta_sql(one) for one in windows), since, before])
        rows = cursor.fetchall()
    named = titles()
    lines = tuple(_line(row, named) for row in rows)
    valued = [one for one in lines if one.direction != Direction.FREE]
    return Ledger(
        lines, len(valued), sum(one.direction == Direction.UP for one in lines),
        sum(one.direction == Direction.DOWN for one in lines), tuple(length_words(one) for one in windows),
    )  # fmt: skip


def length_words(length: Length) -> str:
    return _("%(n)s個月") % {"n": length.n} if length.unit == "months" else str(length)


def half_year(viewer: Viewer, county: str, half: Half, as_of: datetime | None = None) -> HalfYear:
    """Counts of forms filled in the half year, as things stood at `as_of`; none for who has no business with them."""
    upto = as_of or clock.now()
    near, far = rules.windows(clock.local(upto).date())
    spans = [timedelta_sql(near), timedelta_sql(far)]
    with connection.cursor() as cursor:
        cursor.execute(HALF_SQL, [county, half.since, half.until, upto, *spans])
        rows = cursor.fetchall()
    named = titles()
    found: dict[str, list[Tally]] = {"version": [], "unit": [], "item": [], "cell": []}
    for row in rows:
        found[row[0]].append(_tally(row, named))
    windows = (length_words(near), length_words(far))
    return HalfYear(
        county, half, upto, windows, tuple(found["version"]), tuple(found["unit"]), tuple(found["item"]),
        tuple(found["cell"]),
    )  # fmt: skip


def timedelta_sql(length: Length) -> str:
    """A length as PostgreSQL reads an interval."""
    return f"{length.n} {length.unit}"


def titles() -> dict[str, Mapping[str, Any]]:
    """What instruments, their items and levels are called, by id, over all versions. Internal to this room."""
    found: dict[str, Mapping[str, Any]] = {}
    for handle in rules.handles():
        items: dict[str, str] = {}
        levels: dict[str, str] = {}
        for version in (one for one in handle.national if not one.withdrawn):
            items |= {item.id: rules.said(item.ask) for item in version.content.items.values()}
            levels |= {code: rules.said(text) for code, text in version.content.results}
        found[handle.rule_id] = {"title": rules.said(handle.title), "items": items, "levels": levels}
    return found


def _line(row: tuple[Any, ...], titles: Mapping[str, Mapping[str, Any]]) -> LedgerLine:
    (fill_id, at, instrument, from_on, system, floor, ceiling, chosen, direction, reason, items, by_id, _unit,
     judged_at, later, by, unit, may_open, number, *ends) = row  # fmt: skip
    known = titles.get(instrument, {"title": instrument, "items": {}, "levels": {}})
    came = json.loads(later) if isinstance(later, str) else later or {}
    things = sorted((datetime.fromisoformat(when), what) for what, when in came.items())
    order = list(known["levels"])
    left_open = floor is not None and not system
    said = _("%(floor)s到%(ceiling)s") % {
        "floor": known["levels"].get(order[floor], ""), "ceiling": known["levels"].get(order[ceiling], "")
    } if left_open and floor < len(order) else known["levels"].get(system, "")  # fmt: skip
    return LedgerLine(
        fill_id=fill_id, may_open=may_open, number=number or "", at=at, judged_at=judged_at, instrument=instrument,
        title=known["title"], version=from_on, system_text=said or "－",
        chosen_text=known["levels"].get(chosen, chosen), direction=direction,
        direction_text=str(Direction(direction).label),
        reason_text=rules.label(rules.REASON, reason) if reason else "",
        items=tuple(known["items"].get(item, item) for item in items or ()), by_id=by_id, by=by or "",
        unit=unit or "", later=tuple((rules.label(rules.LATER, what), when) for when, what in things),
        windows=tuple(_window(end, things[0][0] if things else None) for end in ends),
    )  # fmt: skip


def _window(end: datetime, first: datetime | None) -> str:
    if first is not None and first <= end:
        return "harm"
    return "calm" if clock.now() >= end else "running"


def _tally(row: tuple[Any, ...], titles: Mapping[str, Mapping[str, Any]]) -> Tally:
    what, instrument, from_on, unit_id, item, system, chosen, *rest = row
    numbers = dict(zip(NUMBERS, rest[: len(NUMBERS)], strict=True))
    known = titles.get(instrument, {"title": instrument, "items": {}, "levels": {}})
    open_ = _("系統未定")
    return Tally(
        what, instrument, known["title"], from_on, unit_id, rest[-1] or _("不明"),
        known["items"].get(item, item or ""), known["levels"].get(system, system) or open_,
        known["levels"].get(chosen, chosen or ""), **numbers,
    )  # fmt: skip
