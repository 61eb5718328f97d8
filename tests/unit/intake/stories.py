"""What the stories share: a report in one line, and county 乙 with its own units, on the regime before 2026."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from anwang.access.models import Account
from anwang.access.viewer import Viewer, viewer_for
from anwang.directory.models import Appointment, Desk, Jurisdiction, Shift, Unit, Worker
from anwang.directory.states import Role, UnitKind
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.matters.models import Duty
from tests.world import SINCE, World

UNITS = [
    ("intake2", "青嵐縣集中受理窗口", UnitKind.INTAKE),
    ("child2", "青嵐縣家防中心兒保組", UnitKind.PROTECTION),
    ("welfare2", "青嵐社福中心", UnitKind.WELFARE),
]
WORKERS = [
    ("screener2", "郭品妤", "intake2", Role.SCREENER),
    ("screening_supervisor2", "羅文彥", "intake2", Role.SCREENING_SUPERVISOR),
    ("worker_xu", "徐若彤", "child2", Role.SOCIAL_WORKER),
    ("worker_wu", "吳柏毅", "child2", Role.SOCIAL_WORKER),
    ("supervisor2", "蔡孟哲", "child2", Role.SUPERVISOR),
    ("welfare2_worker", "許庭瑜", "welfare2", Role.SOCIAL_WORKER),
    ("night2", "江以晴", "child2", Role.SOCIAL_WORKER),
]


def taipei(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.TAIPEI)


def build_old_county(world: World, night: tuple[datetime, datetime] | None = None) -> UUID:
    """County 乙 (99002) on the system, dispatching first. Adds to `world` and gives its night desk."""
    Jurisdiction.objects.filter(code="99002").update(on_system=True)
    for key, name, kind in UNITS:
        world.units[key] = uuid7()
        Unit.objects.create(
            id=world.units[key],
            code=key,
            name=name,
            kind=kind,
            jurisdiction_id="99002",
            superior_id=world.units["county2"],
            phone="(08)000-2000",
            opened_on=date(2010, 1, 1),
        )
    for number, (key, name, unit, role) in enumerate(WORKERS, 200):
        world.workers[key] = uuid7()
        Worker.objects.create(id=world.workers[key], name=name, phone=f"0900-000-{number}")
        Appointment.objects.create(worker_id=world.workers[key], unit_id=world.units[unit], role=role, started_at=SINCE)
        Account.objects.create_user(key, "correct horse battery", worker_id=world.workers[key], is_demo=True)
    desk = uuid7()
    Desk.objects.create(
        id=desk, unit_id=world.units["child2"], name="夜間值班台", phone="(08)000-2113", covers_county=True
    )
    if night:
        Shift.objects.create(
            desk_id=desk, worker_id=world.workers["night2"], rank=1, starts_at=night[0], ends_at=night[1]
        )
    return desk


def viewer(world: World, key: str) -> Viewer:
    return viewer_for(world.workers[key])


def told(
    at: str, narrative: str, *people: PersonIn, kinds: tuple[str, ...] = ("child_protection",), **more: object
) -> ReportIn:
    """A report in one line."""
    given = {"channel": "phone", "reporter": ReporterIn(category="citizen")} | more
    return ReportIn(received_at=taipei(at), narrative=narrative, persons=people, kinds=kinds, **given)


def open_duties(matter_id: UUID) -> dict[str, datetime]:
    """Open duties of a matter: rule id → due."""
    return dict(Duty.objects.filter(matter_id=matter_id, state="open").values_list("rule_id", "due_at"))
