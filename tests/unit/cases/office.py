"""A report with a family in the invented county, and short words to work on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from anwang.access.actions import involve
from anwang.access.viewer import Viewer
from anwang.cases.actions import NewSubject, open_case
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.foundation.names import search_key
from anwang.foundation.uuid7 import uuid7
from anwang.matters import actions as matters
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.states import MatterKind
from anwang.people.models import Family, FamilyMember, Person
from tests.world import World

NIGHT = datetime(2026, 3, 7, 23, 40, tzinfo=clock.TAIPEI)
"""Saturday night, when the call came."""


@dataclass
class Office:
    """The county, one report of Saturday night, and the people in it."""

    world: World
    hands: clock.FrozenClock
    family: UUID
    boy: UUID
    girl: UUID
    mother: UUID
    father: UUID
    report: UUID

    @property
    def units(self) -> dict[str, UUID]:
        return self.world.units

    @property
    def workers(self) -> dict[str, UUID]:
        return self.world.workers

    def be(self, key: str, **options: object) -> Viewer:
        """Look as this worker from now on."""
        return self.world.viewer(key, **options)  # type: ignore[arg-type]

    def matter(self, matter_id: UUID) -> Matter:
        return Matter.objects.get(id=matter_id)

    def children(self) -> list[NewSubject]:
        return [
            NewSubject(self.boy, "child", grade="one", class_code="one", graded_at=clock.now()),
            NewSubject(self.girl, "child", grade="two", class_code="one", graded_at=clock.now()),
        ]

    def child_case(
        self, *, kind: str = "child_protection", subjects: Sequence[NewSubject] | None = None, circle: str = "neutral",
        worker: str = "worker", unit: str = "protection", opened_at: datetime | None = None, has_child: str = "yes",
        report: UUID | None = None, **options: object,
    ) -> Case:  # fmt: skip
        """A case that arose from the report of Saturday night (or another); opened by the screener."""
        by = self.be("screener")
        return open_case(
            kind=kind, county="99001", accountable_id=self.units["protection"],
            acting=Holder(self.units[unit], self.workers[worker]),
            subjects=self.children() if subjects is None else subjects, opened_at=opened_at or clock.now(),
            report_id=report or self.report, circle=circle, by=by,
            facts={"received_at": NIGHT, "known_at": NIGHT, "has_child": has_child}, **options,
        )  # type: ignore[arg-type]  # fmt: skip

    def another_report(self) -> Matter:
        by = self.be("screener")
        report = _report(self.world, clock.now(), by)
        involve(file_id=report.id, person_id=self.boy, by=by)
        return report


def person(name: str, born: date | None = None) -> UUID:
    """A person record, as received."""
    new = uuid7()
    Person.objects.bulk_create(
        [
            Person(
                id=new, identity_id=new, name=name, name_key=search_key(name), born_earliest=born, born_latest=born,
                recorded_at=clock.now(),
            )
        ]
    )  # fmt: skip
    return new


def open_office(world: World, hands: clock.FrozenClock) -> Office:
    """Write the family and the report of Saturday night."""
    by = world.viewer("screener")
    people = {
        "boy": person("陳小宇", date(2023, 9, 1)),
        "girl": person("陳小樂", date(2016, 5, 2)),
        "mother": person("林佳安", date(1994, 7, 7)),
        "father": person("陳志豪", date(1990, 2, 3)),
    }
    family = uuid7()
    Family.objects.bulk_create(
        [Family(id=family, number="H115-0000-0001", label="林佳安家", county="99001", recorded_at=clock.now())]
    )
    for one in people.values():
        FamilyMember.objects.bulk_create(
            [FamilyMember(family_id=family, person_id=one, since_on=clock.today(), recorded_at=clock.now())]
        )
    report = _report(world, NIGHT, by)
    for one in people.values():
        involve(file_id=report.id, person_id=one, by=by)
    return Office(world, hands, family, report=report.id, **people)


def _report(world: World, at: datetime, by: Viewer) -> Matter:
    return matters.open_matter(
        kind=MatterKind.REPORT, county="99001", accountable_id=world.units["intake"],
        acting=Holder(world.units["intake"], world.workers["screener"]), opened_at=at, event="report.received",
        facts={"kind": "child_protection", "known_at": at, "received_at": at}, by=by,
    )  # fmt: skip


LATER = timedelta(minutes=30)
