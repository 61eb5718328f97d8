"""A mental health centre and a health station in the invented county, and a centre in the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from anwang.access.actions import involve
from anwang.access.models import Account
from anwang.access.viewer import Viewer
from anwang.care import actions
from anwang.care.models import Post
from anwang.cases.actions import NewSubject, open_case
from anwang.cases.models import Case
from anwang.directory.models import Appointment, Jurisdiction, Unit, Worker
from anwang.directory.states import Role, UnitKind
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from tests.unit.cases.office import NIGHT, Office
from tests.world import SINCE

UNITS = [
    ("mind", "東汀心衛中心", UnitKind.MENTAL_HEALTH, "99001", "health"),
    ("station", "東汀衛生所", UnitKind.HEALTH, "99001", "health"),
    ("mind2", "嵐溪心衛中心", UnitKind.MENTAL_HEALTH, "99002", "county2"),
]
WORKERS = [
    ("mind_supervisor", "湯惠如", "mind", Role.SUPERVISOR),
    ("mind_worker", "許立群", "mind", Role.SOCIAL_WORKER),
    ("visitor", "賴思穎", "mind", Role.CARE_VISITOR),
    ("visitor2", "鄧佩珊", "mind", Role.CARE_VISITOR),
    ("station_nurse", "陶佩玲", "station", Role.NURSE),
    ("station_supervisor", "卓雅慧", "station", Role.SUPERVISOR),
    ("mind2_supervisor", "孟思齊", "mind2", Role.SUPERVISOR),
    ("mind2_visitor", "岳嘉玲", "mind2", Role.CARE_VISITOR),
]


@dataclass
class Centre:
    """The office with its mental health services."""

    office: Office

    @property
    def units(self) -> dict[str, UUID]:
        return self.office.units

    @property
    def workers(self) -> dict[str, UUID]:
        return self.office.workers

    @property
    def father(self) -> UUID:
        return self.office.father

    def be(self, key: str, **options: object) -> Viewer:
        return self.office.be(key, **options)

    def till(self, then: datetime) -> None:
        """Time goes on until then."""
        if then > clock.now():
            self.office.hands.advance(then - clock.now())

    def later(self, **by: float) -> datetime:
        """Time goes on by so much; gives what it is then."""
        self.office.hands.advance(timedelta(**by))
        return clock.now()

    def his_case(
        self, *, kind: str = "mental_health", worker: str = "mind_worker", unit: str = "mind", county: str = "99001",
        person: UUID | None = None, role: str = "client",
    ) -> Case:  # fmt: skip
        """A case of health about the father, at the centre."""
        by = self.be("screener")
        return open_case(
            kind=kind, county=county, accountable_id=self.units[unit],
            acting=Holder(self.units[unit], self.workers[worker]), subjects=[NewSubject(person or self.father, role)],
            opened_at=clock.now(), by=by, facts={"received_at": NIGHT, "known_at": NIGHT, "has_child": "no"},
        )  # fmt: skip

    def her_case(self) -> Case:
        """The mother's case of violence, from the report in which he is the other party."""
        report = self.office.another_report().id
        involve(file_id=report, person_id=self.father, circle="other", by=self.be("screener"))
        return self.office.child_case(
            kind="intimate_violence", circle="victim", unit="adult", worker="adult_worker", report=report,
            subjects=[NewSubject(self.office.mother, "victim")], has_child="no",
        )  # fmt: skip

    def triaged(self, case_id: UUID, *, by: str = "mind_worker", **known: object) -> object:
        """What is known, written by his worker: a patient of level 2 unless told otherwise."""
        given: dict[str, object] = {"psychiatric": "diagnosed", "level": 2, **known}
        return actions.triage(matter_id=case_id, known=actions.Known(**given), by=self.be(by), at=clock.now())  # type: ignore[arg-type]

    def decided(self, case_id: UUID, service: str, worker: str, *, unit: str = "mind", **more: object) -> object:
        """The supervisor's decision, a minute later."""
        self.later(minutes=1)
        choice = actions.Choice(service=service, worker_id=self.workers[worker], unit_id=self.units[unit], **more)  # type: ignore[arg-type]
        return actions.decide_service(matter_id=case_id, choice=choice, by=self.be("mind_supervisor"), at=clock.now())

    def post(self, service: str, worker: str | None = None, *, unit: str = "mind") -> Post:
        """A post of the unit, filled or not."""
        by = self.be("mind_supervisor" if unit == "mind" else "station_supervisor")
        post = actions.open_post(
            unit_id=self.units[unit], service=service, since_on=date(2026, 1, 1), by=by, at=clock.now()
        )
        if worker:
            actions.fill_post(
                post_id=post.id, worker_id=self.workers[worker], since_on=clock.today(), by=by, at=clock.now()
            )
        return post

    def matter(self, matter_id: UUID) -> Matter:
        return Matter.objects.get(id=matter_id)

    def owed(self, matter_id: UUID, rule: str) -> Duty | None:
        """The open duty of a rule."""
        return Duty.objects.filter(matter_id=matter_id, rule_id=rule, state="open").order_by("due_at").first()

    def due(self, matter_id: UUID, rule: str) -> str:
        """When it is due, on a wall clock in Taipei; empty when nothing is owed."""
        duty = self.owed(matter_id, rule)
        return clock.local(duty.due_at).strftime("%Y-%m-%dT%H:%M") if duty else ""


def open_centre(office: Office) -> Centre:
    """Write the units of health and who works there."""
    Jurisdiction.objects.filter(code="99002").update(on_system=True)
    world = office.world
    for key, name, kind, county, superior in UNITS:
        world.units[key] = uuid7()
        Unit.objects.create(
            id=world.units[key], code=key, name=name, name_en=key, kind=kind, jurisdiction_id=county,
            superior_id=world.units[superior], phone="(08)000-1200", opened_on=date(2010, 1, 1),
        )  # fmt: skip
    for number, (key, name, unit, role) in enumerate(WORKERS):
        world.workers[key] = uuid7()
        Worker.objects.create(id=world.workers[key], name=name, name_en=key, phone=f"0900-000-{number + 500:03}")
        Appointment.objects.create(worker_id=world.workers[key], unit_id=world.units[unit], role=role, started_at=SINCE)
        Account.objects.create_user(key, "correct horse battery", worker_id=world.workers[key], is_demo=True)
    return Centre(office)
