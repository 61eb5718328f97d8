"""Silence rises: unit → duty supervisor → chief, along the real tree, after the minutes policy says.

Derived from what is open, so that no page depends on a job. The job (`jobs.raise_alarms`) only writes down that an
alarm was raised, once per step, so that "who was told, and when" stays a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any  # database rows
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.directory.states import SUPERVISING_POST, Role
from anwang.enactments.queries import held
from anwang.foundation import clock

from . import rules, silences
from .hours import closed_since
from .queries import whom
from .silences import Silence

OFFER, DISPUTE, CLOSED, GAP = "offer", "dispute", "dispute_closed", "gap"
LADDERS = {
    "assignment": "unsigned",
    OFFER: "unanswered_offer",
    DISPUTE: "unruled_dispute",
    CLOSED: "dispute_while_closed",
    "shift": "unanswered_shift",
    GAP: "roster_gap",
}
TELLS = ("unit_desk", "duty_supervisor", "chief")
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
WHILE_CLOSED = (CLOSED, GAP)
"""Silences only while the offices are closed: in office hours the county's desk need not be manned."""


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


TREE_SQL = """
SELECT u.id, u.superior_id, u.jurisdiction_id, u.closed_on IS NULL,
       EXISTS (SELECT 1 FROM directory_appointment p
                WHERE p.unit_id = u.id AND p.role = 'chief' AND p.ended_at IS NULL),
       (SELECT d.id FROM directory_desk d WHERE d.unit_id = u.id ORDER BY d.covers_county, d.id LIMIT 1),
       (SELECT d.id FROM directory_desk d WHERE d.unit_id = u.id AND d.covers_county ORDER BY d.id LIMIT 1)
  FROM directory_unit u {near} ORDER BY u.id
"""
WHOLE_TREE_SQL = TREE_SQL.format(near="")
# His own, what is below whom he heads, and all of a county whose night desk is his: nothing else can reach him. With
# the units that keep the counties' desks, so that it is known whom else a silence reaches.
NEAR_SQL = TREE_SQL.format(
    near="""WHERE u.id IN (
  WITH RECURSIVE mine (id) AS (
    SELECT unnest(%(units)s::uuid[]) UNION SELECT d.unit_id FROM directory_desk d WHERE d.id = ANY (%(desks)s)),
  below (id) AS (
    SELECT unnest(%(headed)s::uuid[])
    UNION SELECT v.id FROM directory_unit v JOIN below b ON v.superior_id = b.id)
  SELECT id FROM mine UNION SELECT id FROM below UNION SELECT k.unit_id FROM directory_desk k WHERE k.covers_county
  UNION SELECT v.id FROM mine n JOIN directory_desk k ON k.unit_id = n.id AND k.covers_county
    JOIN directory_unit o ON o.id = n.id JOIN directory_unit v ON v.jurisdiction_id = o.jurisdiction_id)"""
)


def raised(now: datetime | None = None) -> Iterator[Alarm]:
    """Every alarm that stands at an instant, each step that was reached."""
    now = now or clock.now()
    yield from risen(silences.everything(now), cache(whole_tree), now)


def risen(found: Iterable[Silence], known: Callable[[], Tree], now: datetime) -> Iterator[Alarm]:
    """The steps that silences have reached and that are not written down, as far as these are known; the lowest first.

    The tree is asked for at the first of them.
    """
    steps = rules.ladders()
    for one in found:
        since = waiting_since(one, now)
        if since is None:
            continue
        for step, rung in rungs(steps, one):
            if since + timedelta(minutes=rung.after_minutes) <= now and step not in one.written:
                told = known().whom(rung.tells, one.unit_id, one.county)
                what = DISPUTE if one.about == CLOSED else one.about
                open_to = frozenset(one.sides or ())
                yield Alarm(
                    what, one.about_id, one.matter_id, one.number, step, since, told, whom.said(one.names), one.silent,
                    open_to,
                )  # fmt: skip


def waiting_since(one: Silence, now: datetime) -> datetime | None:
    """Since when it waits; before closed doors by `office.hours` and the calendar, None while they are open."""
    if one.about not in WHILE_CLOSED:
        return one.since
    closed = closed_since(now, one.county)
    return max(one.since, closed) if closed else None


def rungs(steps: rules.Steps, one: Silence) -> Iterator[tuple[int, rules.Step]]:
    """The numbered rungs of a silence. Those of closed offices come first of a dispute's, whenever they are reached."""
    first = len(steps(LADDERS[CLOSED], one.since, one.county)) if one.about == DISPUTE else 0
    return enumerate(steps(LADDERS[one.about], one.since, one.county), first)


def rises_at(steps: rules.Steps, one: Silence, now: datetime) -> datetime:
    """When the next step after `now` is reached; `NEVER` when all of them are."""
    later = (one.since + timedelta(minutes=rung.after_minutes) for _step, rung in rungs(steps, one))
    return min((at for at in later if at > now), default=NEVER)


def standing_alarms(viewer: Viewer, now: datetime | None = None, *, named: bool = True) -> list[Alarm]:
    """The alarms that reach this viewer, the highest step of each, oldest silence first; of each kind 200 at most.

    Not `named`: without whom they are about, for a page that shows no names.
    """
    now = now or clock.now()
    if not viewer.supervised_units and not viewer.desks:
        return []
    known, units = _near(viewer)
    reaching = [unit for unit, county in units.items() if _may_reach(viewer, known, unit, county)]
    night = [county for county, (desk, unit) in known.night.items()
             if _reaches(viewer, Told(unit, Role.DUTY_SUPERVISOR, desk))]  # fmt: skip
    if not reaching and not night:
        return []
    highest: dict[UUID, Alarm] = {}
    with held():
        for alarm in risen(silences.near(reaching, night, now, named=named), lambda: known, now):
            if _reaches(viewer, alarm.told):
                highest[alarm.about_id] = alarm
    return sorted(highest.values(), key=lambda alarm: alarm.since)


def _may_reach(viewer: Viewer, known: Tree, unit: UUID, county: str) -> bool:
    """Whether any step of a silence at this unit is the viewer's."""
    return any(_reaches(viewer, known.whom(tells, unit, county)) for tells in TELLS)


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


def whole_tree() -> Tree:
    """The directory as alarms climb it."""
    with connection.cursor() as cursor:
        cursor.execute(WHOLE_TREE_SQL)
        return _tree(cursor.fetchall())


def _near(viewer: Viewer) -> tuple[Tree, dict[UUID, str]]:
    """The part of the directory from which something can climb to the viewer; its units with their county."""
    headed = [unit for unit, role in viewer.roles.items() if role == Role.CHIEF]
    given = {"units": list(viewer.supervised_units), "desks": list(viewer.desks), "headed": headed}
    with connection.cursor() as cursor:
        cursor.execute(NEAR_SQL, given)
        rows = cursor.fetchall()
    return _tree(rows), {row[0]: row[2] for row in rows}


def _tree(rows: list[tuple[Any, ...]]) -> Tree:
    living = [row for row in rows if row[3]]
    return Tree(
        superior={unit: above for unit, above, *_rest in living},
        desk={unit: desk for unit, _above, _county, _lives, _chief, desk, _night in living if desk},
        chiefs=frozenset(unit for unit, _above, _county, _lives, has_chief, *_desks in living if has_chief),
        night={county: (night, unit) for unit, _above, county, _lives, _chief, _desk, night in living if night},
    )


def _reaches(viewer: Viewer, told: Told) -> bool:
    if told.desk_id in viewer.desks:
        return True
    if told.unit_id not in viewer.supervised_units:
        return viewer.roles.get(told.unit_id) == Role.DUTY_SUPERVISOR
    return told.role != Role.CHIEF or viewer.roles[told.unit_id] == Role.CHIEF
