"""Silence rises: unit → duty supervisor → chief, along the real tree, after the minutes policy says.

Derived from what is open, so that no page depends on a job. The job (`jobs.raise_alarms`) only writes down that an
alarm was raised, once per step, so that "who was told, and when" stays a fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.directory.models import Appointment
from anwang.directory.queries import county_desk, desk_of, superiors
from anwang.directory.states import SUPERVISING_POST, Role
from anwang.foundation import clock

from . import rules

LADDERS = {
    "assignment": "unsigned",
    "offer": "unanswered_offer",
    "dispute": "unruled_dispute",
    "shift": "unanswered_shift",
    "gap": "roster_gap",
}


@dataclass(frozen=True)
class Told:
    """Where an alarm arrives: a role at a unit, at a desk when one stands there."""

    unit_id: UUID
    role: str
    desk_id: UUID | None = None


@dataclass(frozen=True)
class Alarm:
    """One step of one silence. `number` is the matter's, or the desk's name."""

    about: str
    about_id: UUID
    matter_id: UUID | None
    number: str
    step: int
    since: datetime
    told: Told


@cache
def _sql() -> str:
    return (Path(__file__).parent / "silences.sql").read_text(encoding="utf-8")


def raised(now: datetime | None = None) -> Iterator[Alarm]:
    """Every alarm that stands at an instant, each step that was reached."""
    now = now or clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_sql(), {"now": now})
        silences = cursor.fetchall()
    for about, about_id, matter_id, number, unit_id, county, since in silences:
        for step, rung in enumerate(rules.steps(LADDERS[about], since, county)):
            if since + timedelta(minutes=rung.after_minutes) <= now:
                told = whom(rung.tells, unit_id, county)
                yield Alarm(about, about_id, matter_id, number, step, since, told)


def standing_alarms(viewer: Viewer, now: datetime | None = None) -> list[Alarm]:
    """The alarms that reach this viewer, the highest step of each, oldest silence first."""
    highest: dict[UUID, Alarm] = {}
    for alarm in raised(now):
        if _reaches(viewer, alarm.told):
            highest[alarm.about_id] = alarm
    return sorted(highest.values(), key=lambda alarm: alarm.since)


def whom(tells: str, unit_id: UUID, county: str) -> Told:
    """`unit_desk`, `duty_supervisor` or `chief` on the tree above a unit. Nobody there: the next above."""
    if tells == "unit_desk":
        return Told(unit_id, SUPERVISING_POST, desk_of(unit_id))
    if tells == "duty_supervisor" and (desk := county_desk(county)) is not None:
        return Told(desk.unit_id, Role.DUTY_SUPERVISOR, desk.id)
    chain = superiors(unit_id)
    chiefs = set(
        Appointment.objects.filter(live_unit__in=chain, role=Role.CHIEF).values_list("unit_id", flat=True)
    )  # fmt: skip
    return Told(next((unit for unit in chain if unit in chiefs), chain[-1]), Role.CHIEF)


def _reaches(viewer: Viewer, told: Told) -> bool:
    if told.desk_id in viewer.desks:
        return True
    if told.unit_id not in viewer.supervised_units:
        return viewer.roles.get(told.unit_id) == Role.DUTY_SUPERVISOR
    return told.role != Role.CHIEF or viewer.roles[told.unit_id] == Role.CHIEF
