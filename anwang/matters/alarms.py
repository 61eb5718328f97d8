"""Silence rises: unit → duty supervisor → chief, along the real tree, after the minutes policy says.

Derived from what is open, so that no page depends on a job. The job (`jobs.raise_alarms`) only writes down that an
alarm was raised, once per step, so that "who was told, and when" stays a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any  # database rows
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.directory.states import SUPERVISING_POST, Role
from anwang.enactments.queries import held
from anwang.foundation import clock

from . import rules
from .hours import closed_since
from .queries import whom

OFFER, DISPUTE, CLOSED, GAP = "offer", "dispute", "dispute_closed", "gap"
LADDERS = {
    "assignment": "unsigned",
    OFFER: "unanswered_offer",
    DISPUTE: "unruled_dispute",
    CLOSED: "dispute_while_closed",
    "shift": "unanswered_shift",
    GAP: "roster_gap",
}
WHILE_CLOSED = (CLOSED, GAP)
"""Silences only while the offices are closed: in office hours the county's desk need not be manned."""

Steps = Callable[[str, datetime, str], tuple[rules.Step, ...]]


@dataclass(frozen=True)
class Told:
    """Where an alarm arrives: a role at a unit, at a desk when one stands there."""

    unit_id: UUID
    role: str
    desk_id: UUID | None = None


@dataclass(frozen=True)
class Alarm:
    """One step of one silence. `number` is the matter's, or the desk's name; `whom` as the viewer may read it."""

    about: str
    about_id: UUID
    matter_id: UUID | None
    number: str
    step: int
    since: datetime
    told: Told
    whom: str = ""
    silent: str = ""
    """The unit that has not signed, answered or ruled, or whose desk stands empty."""
    sides: frozenset[UUID] = frozenset()
    """Of a request or dispute: the units whose people open its page."""


TREE_COLUMNS = """
       u.id, u.superior_id, u.jurisdiction_id,
       EXISTS (SELECT 1 FROM directory_appointment p
                WHERE p.unit_id = u.id AND p.role = 'chief' AND p.ended_at IS NULL),
       (SELECT d.id FROM directory_desk d WHERE d.unit_id = u.id ORDER BY d.covers_county, d.id LIMIT 1),
       (SELECT d.id FROM directory_desk d WHERE d.unit_id = u.id AND d.covers_county ORDER BY d.id LIMIT 1)
"""


@cache
def _sql() -> str:
    """The silences, the first of them with the tree: alarms are on many pages, and stand on one statement."""
    silences = (Path(__file__).parent / "silences.sql").read_text(encoding="utf-8")
    tree = f"SELECT json_agg(json_build_array({TREE_COLUMNS})) FROM directory_unit u WHERE u.closed_on IS NULL"  # noqa: S608
    return f"SELECT found.*, CASE WHEN row_number() OVER () = 1 THEN ({tree}) END FROM ({silences}) found"  # noqa: S608


def raised(now: datetime | None = None) -> Iterator[Alarm]:
    """Every alarm that stands at an instant, each step that was reached."""
    now = now or clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_sql(), {"now": now})
        silences = cursor.fetchall()
    if not silences:
        return
    known, steps = tree(silences[0][-1]), rules.ladders()
    for about, about_id, matter_id, number, unit_id, county, began, names, silent, sides, _tree in silences:
        since = _while_closed(began, county, now) if about in WHILE_CLOSED else began
        for step, rung in _rungs(steps, about, began, county) if since else ():
            if since + timedelta(minutes=rung.after_minutes) <= now:
                told = known.whom(rung.tells, unit_id, county)
                what = DISPUTE if about == CLOSED else about
                open_to = frozenset(sides or ())
                yield Alarm(what, about_id, matter_id, number, step, since, told, whom.said(names), silent, open_to)


def _while_closed(began: datetime, county: str, now: datetime) -> datetime | None:
    """Since when it waits before closed doors (by `office.hours` and the calendar); None while they are open."""
    closed = closed_since(now, county)
    return max(began, closed) if closed else None


def _rungs(steps: Steps, about: str, at: datetime, county: str) -> Iterator[tuple[int, rules.Step]]:
    """The numbered rungs of a silence. Those of closed offices come first of a dispute's, whenever they are reached."""
    first = len(steps(LADDERS[CLOSED], at, county)) if about == DISPUTE else 0
    return enumerate(steps(LADDERS[about], at, county), first)


def standing_alarms(viewer: Viewer, now: datetime | None = None) -> list[Alarm]:
    """The alarms that reach this viewer, the highest step of each, oldest silence first."""
    highest: dict[UUID, Alarm] = {}
    with held():
        for alarm in raised(now):
            if _reaches(viewer, alarm.told):
                highest[alarm.about_id] = alarm
    return sorted(highest.values(), key=lambda alarm: alarm.since)


def opens(viewer: Viewer, alarm: Alarm, headed: frozenset[UUID] = frozenset()) -> bool:
    """Whether the page of what is silent is certainly this viewer's, by what the alarm tells: he is at one of the
    sides, signs for one in a dispute, or heads both of a request. No says that only the policy knows."""
    if alarm.about == DISPUTE:
        return not alarm.sides.isdisjoint({*viewer.units, *viewer.supervised_units})
    return alarm.about == OFFER and (not alarm.sides.isdisjoint(viewer.units) or alarm.sides <= headed)


@dataclass(frozen=True)
class Tree:
    """Every unit's superior, its desk, whether a chief is there, and each county's night desk."""

    superior: dict[UUID, UUID | None]
    desk: dict[UUID, UUID]
    chiefs: frozenset[UUID]
    night: dict[str, tuple[UUID, UUID]]

    def whom(self, tells: str, unit_id: UUID, county: str) -> Told:
        """`unit_desk`, `duty_supervisor` or `chief` on the tree above a unit. Nobody there: the next above."""
        if tells == "unit_desk":
            return Told(unit_id, SUPERVISING_POST, self.desk.get(unit_id))
        if tells == "duty_supervisor" and county in self.night:
            desk, unit = self.night[county]
            return Told(unit, Role.DUTY_SUPERVISOR, desk)
        top: UUID = unit_id
        above: UUID | None = unit_id
        while above is not None:
            if above in self.chiefs:
                return Told(above, Role.CHIEF)
            top, above = above, self.superior.get(above)
        return Told(top, Role.CHIEF)


def tree(rows: list[list[Any]]) -> Tree:
    """The directory as alarms climb it, from rows of `TREE_COLUMNS`."""
    superior: dict[UUID, UUID | None] = {}
    desk: dict[UUID, UUID] = {}
    chiefs: set[UUID] = set()
    night: dict[str, tuple[UUID, UUID]] = {}
    for key, above, county, has_chief, own_desk, night_desk in rows:
        unit = UUID(key)
        superior[unit] = UUID(above) if above else None
        chiefs |= {unit} if has_chief else set()
        desk |= {unit: UUID(own_desk)} if own_desk else {}
        night |= {county: (UUID(night_desk), unit)} if night_desk else {}
    return Tree(superior, desk, frozenset(chiefs), night)


def _reaches(viewer: Viewer, told: Told) -> bool:
    if told.desk_id in viewer.desks:
        return True
    if told.unit_id not in viewer.supervised_units:
        return viewer.roles.get(told.unit_id) == Role.DUTY_SUPERVISOR
    return told.role != Role.CHIEF or viewer.roles[told.unit_id] == Role.CHIEF
