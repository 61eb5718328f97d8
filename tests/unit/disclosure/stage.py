"""A couple in the invented county: she is served by the protection centre, he by the mental health centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from anwang.access.actions import involve
from anwang.access.models import Account
from anwang.access.viewer import Viewer
from anwang.cases.actions import NewSubject, open_case
from anwang.directory.models import Appointment, Unit, Worker
from anwang.directory.states import Role, UnitKind
from anwang.disclosure import actions
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.matters import actions as matters
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.states import MatterKind
from anwang.people.actions import add_identifier
from anwang.people.models import Family, FamilyMember
from tests.unit.cases.office import person
from tests.world import SINCE, World

HER, HIM, NOBODY = "A200009015", "A100009022", "A200009033"
FAMILY = "H115-0000-0014"
NIGHT = datetime(2026, 3, 10, 22, 0, tzinfo=clock.TAIPEI)


@dataclass
class Couple:
    """Her file (victim's side), his file at the mental health centre, and a welfare file of hers."""

    world: World
    hands: clock.FrozenClock
    her: UUID
    him: UUID
    family: UUID
    report: UUID
    hers: UUID
    his: UUID
    welfare: UUID

    def be(self, key: str) -> Viewer:
        return self.world.viewer(key)

    def number(self, file_id: UUID) -> str:
        return str(Matter.objects.values_list("number", flat=True).get(id=file_id))

    def look(self, key: str, whom: str, *, purpose: str = "joint_service", basis: str = "duty", serving: UUID,
             ) -> actions.looking.LookUp | None:  # fmt: skip
        by = self.be(key)
        return actions.look_up(
            asked=actions.Asked(number=whom), purpose=purpose, basis=basis, for_number=self.number(serving), by=by,
            at=clock.now(),
        ).look  # fmt: skip


def hire(world: World, key: str, unit: str, role: Role, name: str) -> None:
    """One more worker with an account."""
    world.workers[key] = uuid7()
    Worker.objects.create(id=world.workers[key], name=name, name_en=key, phone="0900-000-777")
    Appointment.objects.create(worker_id=world.workers[key], unit_id=world.units[unit], role=role, started_at=SINCE)
    Account.objects.create_user(key, "correct horse battery", worker_id=world.workers[key], is_demo=True)


def set_up(world: World, hands: clock.FrozenClock) -> Couple:
    """Write everybody."""
    world.units["mind"] = uuid7()
    Unit.objects.create(
        id=world.units["mind"], code="mind", name="東汀心衛中心", name_en="Dongting Mental Health Centre",
        kind=UnitKind.MENTAL_HEALTH, jurisdiction_id="99001", superior_id=world.units["health"], on_system=True,
        phone="(08)000-1222", opened_on=date(2010, 1, 1),
    )  # fmt: skip
    hire(world, "visitor", "mind", Role.CARE_VISITOR, "湯小慧")
    hire(world, "mind_supervisor", "mind", Role.SUPERVISOR, "湯惠如")
    by = world.viewer("screener")
    her, him = person("施曉嵐", date(1992, 2, 2)), person("鄧建宏", date(1990, 5, 5))
    family = uuid7()
    Family.objects.bulk_create(
        [Family(id=family, number=FAMILY, label="施曉嵐家", county="99001", recorded_at=clock.now())]
    )
    FamilyMember.objects.bulk_create(
        [FamilyMember(family_id=family, person_id=her, since_on=clock.today(), recorded_at=clock.now())]
    )
    report = matters.open_matter(
        kind=MatterKind.REPORT, county="99001", accountable_id=world.units["intake"],
        acting=Holder(world.units["intake"], world.workers["screener"]), opened_at=clock.now(),
        event="report.received", facts={"kind": "intimate_violence", "known_at": clock.now()}, by=by,
    )  # fmt: skip
    involve(file_id=report.id, person_id=her, circle="victim", by=by)
    involve(file_id=report.id, person_id=him, circle="other", by=by)
    for one, number in ((her, HER), (him, HIM)):
        add_identifier(person_id=one, kind="national_id", value=number, by=by, at=clock.now())

    def case(kind: str, unit: str, worker: str, who: UUID, role: str, circle: str, **more: object) -> UUID:
        opener = world.viewer("screener")
        return open_case(
            kind=kind, county="99001", accountable_id=world.units[unit],
            acting=Holder(world.units[unit], world.workers[worker]), subjects=[NewSubject(who, role)],
            opened_at=clock.now(), circle=circle, by=opener,
            facts={"received_at": clock.now(), "known_at": clock.now(), "has_child": "no"}, **more,
        ).id  # type: ignore[arg-type]  # fmt: skip

    hers = case("intimate_violence", "adult", "adult_worker", her, "victim", "victim", report_id=report.id,
                family_id=family)  # fmt: skip
    his = case("mental_health", "mind", "visitor", him, "person", "neutral")
    welfare = case("vulnerable_family", "welfare", "welfare_worker", her, "carer", "neutral")
    return Couple(world, hands, her, him, family, report.id, hers, his, welfare)
