"""One family on two sides: her case with an order that orders a programme, and his programme at the welfare unit."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest

from anwang.cases.actions import NewSubject
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.foundation.roc import PartialDate
from anwang.protection.actions import Ordered as Order
from anwang.protection.actions import register_order
from anwang.treatment.actions import Client, Ordered, add_sessions, plan_programme, register_programme
from anwang.treatment.models import Programme, Session
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.world import build_world

COURT, NUMBER = "望潮地方法院", "115年度家護字第9001號"


@pytest.fixture
def office(db: None, at) -> Office:  # type: ignore[no-untyped-def]
    hands = at(NIGHT + LATER)
    return open_office(build_world(), hands)


@dataclass
class Sides:
    """Her file with the order, and his programme under a record of its own (as the court's letter had him)."""

    office: Office
    hers: Case
    order: UUID
    programme: Programme

    @property
    def his(self) -> UUID:
        return self.programme.matter_id

    def sessions(self, n: int = 3) -> list[Session]:
        by = self.office.be("welfare_worker")
        first = clock.now() + timedelta(days=1)
        return list(
            add_sessions(programme_id=self.programme.id, item="cognitive", first_at=first, minutes=120, times=n, by=by)
        )


def order_of(office: Office, case: Case, number: str = NUMBER, terms=("no_violence", "treatment")) -> UUID:  # type: ignore[no-untyped-def]
    told = Order(
        kind="ordinary", court=COURT, number=number, bound=office.father, protects=[office.mother], terms=list(terms),
        issued_at=clock.now(), received_at=clock.now(), ends_on=date(2028, 3, 7), treatment_by=date(2027, 3, 7),
    )  # fmt: skip
    return register_order(matter_id=case.id, ordered=told, by=office.be("adult_worker"), at=clock.now()).id


def programme_of(office: Office, number: str = NUMBER, **more) -> Programme:  # type: ignore[no-untyped-def]
    client = Client(name="陳志豪", sex="male", birth=PartialDate(1990, 2, 3))
    ordered = Ordered(
        "order", ("cognitive", "addiction"), clock.now(), COURT, number, hours=6, complete_by=date(2027, 3, 7), **more
    )
    return register_programme(client=client, ordered=ordered, by=office.be("welfare_worker"))


@pytest.fixture
def sides(office: Office) -> Sides:
    hers = office.child_case(
        kind="intimate_violence", circle="victim", subjects=[NewSubject(office.mother, "victim")],
        worker="adult_worker", unit="adult", family_id=office.family,
    )  # fmt: skip
    order = order_of(office, hers)
    programme = programme_of(office)
    plan_programme(
        programme_id=programme.id, provider="縣立望潮醫院身心科", begins_on=clock.today() + timedelta(days=1),
        plan="每週二晚上，認知教育十二次。", by=office.be("welfare_worker"), at=clock.now(),
    )  # fmt: skip
    return Sides(office, hers, order, programme)
