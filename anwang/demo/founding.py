"""Write the directory of the invented county: counties, units, workers with accounts, desks, rosters, one contract.

There is no action that founds a county; everything after this file happens through actions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from anwang.access.models import Account
from anwang.access.viewer import service_viewer
from anwang.directory.models import (
    Appointment,
    Contract,
    Desk,
    Jurisdiction,
    ServiceArea,
    Shift,
    Unit,
    Worker,
)
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.matters.hours import office_closes

from .county import County

FOUNDED = date(2019, 1, 1)
ROSTER_FROM = date(2025, 6, 1)
ROSTER_DAYS_AHEAD = 60
NIGHT, MORNING, EVENING, NOON = time(17, 30), time(8, 30), time(20, 30), time(12)


def found() -> County:
    """Write everything of `county.yaml`; returns the names to play with."""
    plan = yaml.safe_load((Path(__file__).parent / "county.yaml").read_text(encoding="utf-8"))
    service_viewer("founding")
    for code, body in plan["counties"].items():
        Jurisdiction.objects.create(
            code=code, name=body["name"], name_en=body["en"], on_system=body["on_system"] is True
        )
    units = _units(plan)
    workers = _workers(plan, units)
    desks = _desks(plan, units)
    _rosters(plan, desks, workers)
    _contract(plan["contract"], units)
    return County(units, workers, desks)


def _units(plan: dict[str, Any]) -> dict[str, UUID]:
    ids = {key: uuid7() for key in plan["units"]}
    for number, (key, body) in enumerate(plan["units"].items()):
        Unit.objects.create(
            id=ids[key],
            code=key,
            name=body["name"],
            name_en=body["en"],
            kind=body["kind"],
            is_public=body["kind"] != "ngo",
            jurisdiction_id=body["county"],
            superior_id=ids[body["under"]] if "under" in body else None,
            on_system=body.get("accounts", True) is not False,
            phone=f"(08)000-{2000 + number}",
            opened_on=FOUNDED,
        )
    ServiceArea.objects.bulk_create(
        ServiceArea(unit_id=ids[key], area_code=code, area_name=name)
        for key, areas in plan["areas"].items()
        for code, name in areas
    )
    return ids


def _workers(plan: dict[str, Any], units: dict[str, UUID]) -> dict[str, UUID]:
    ids = {key: uuid7() for key in plan["workers"]}
    since = datetime.combine(FOUNDED, time(), clock.TAIPEI)
    for number, (key, body) in enumerate(plan["workers"].items()):
        phone = f"0900-000-{100 + number}"
        Worker.objects.create(id=ids[key], name=body["name"], name_en=body["en"], phone=phone)
        Appointment.objects.create(worker_id=ids[key], unit_id=units[body["unit"]], role=body["role"], started_at=since)
        Account.objects.create_user(key, None, worker_id=ids[key], is_demo="card" in body)
    return ids


def _desks(plan: dict[str, Any], units: dict[str, UUID]) -> dict[str, UUID]:
    ids = {key: uuid7() for key in plan["desks"]}
    for key, body in plan["desks"].items():
        Desk.objects.create(
            id=ids[key],
            unit_id=units[body["unit"]],
            name=body["name"],
            name_en=body["en"],
            phone=body["phone"],
            covers_county=body["county"] is True,
        )
    return ids


def _rosters(plan: dict[str, Any], desks: dict[str, UUID], workers: dict[str, UUID]) -> None:
    last = clock.today() + timedelta(days=ROSTER_DAYS_AHEAD)
    for key, people in plan["rosters"].items():
        places = [(rank, [workers[name] for name in names]) for rank, names in enumerate(people.values(), 1) if names]
        Shift.objects.bulk_create(
            Shift(
                id=uuid7(),
                desk_id=desks[key],
                worker_id=names[turn % len(names)],
                rank=rank,
                starts_at=starts_at,
                ends_at=ends_at,
            )
            for turn, starts_at, ends_at in shifts(last, plan["units"][plan["desks"][key]["unit"]]["county"])
            for rank, names in places
        )


def shifts(last: date, county: str, first: date = ROSTER_FROM) -> Iterator[tuple[int, datetime, datetime]]:
    """Every shift from the first roster day, with whose turn it is: by night on working days, by day and by night on
    the others. The day of a holiday within the week goes to whoever keeps the next night."""
    day, turn, rules = first, 0, book()
    while day <= last:
        dawn, dusk = (datetime.combine(day, at, clock.TAIPEI) for at in (MORNING, NIGHT))
        morning = dawn + timedelta(days=1)
        if day.weekday() < 5:
            if office_closes(datetime.combine(day, NOON, clock.TAIPEI), county, rules) is None:
                yield turn + 1, dawn, dusk
            yield turn, dusk, morning
            turn += 1
        else:
            evening = datetime.combine(day, EVENING, clock.TAIPEI)
            yield turn, dawn, evening
            yield turn + 1, evening, morning
            turn += 2
        day += timedelta(days=1)


def _contract(body: dict[str, Any], units: dict[str, UUID]) -> None:
    Contract.objects.create(
        number=body["number"],
        authority_id=units[body["authority"]],
        ngo_id=units[body["ngo"]],
        service=body["service"],
        posts=body["posts"],
        starts_at=datetime.combine(body["from"], time(), clock.TAIPEI),
        ends_at=datetime.combine(body["to"] + timedelta(days=1), time(), clock.TAIPEI),
    )
