"""A boy whose mother hides with him, and his father, who asks for the boy's record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest

from anwang.cases.actions import Sight, Told, record_contact
from anwang.foundation import clock
from anwang.foundation.national_id import make_test_id
from anwang.people import actions as people
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.world import build_world

HIDING = "望潮縣鹽寮鄉無此路三段9001號5樓"
PHONE = "0912-000-417"
AUNT = "林慕晴"
NUMBERS = {"boy": make_test_id("U", 1, 41), "mother": make_test_id("U", 2, 42), "father": make_test_id("U", 1, 43)}


@dataclass
class Family:
    """The case, and who is who."""

    office: Office
    case: UUID
    boy: UUID
    mother: UUID
    father: UUID

    def be(self, key: str):
        return self.office.be(key)


@pytest.fixture
def office(db: None, at) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


@pytest.fixture
def family(office: Office) -> Family:
    return family_of(office, hides=True)


def family_of(office: Office, *, hides: bool) -> Family:
    """The case with a visit; `hides`: the mother is in hiding with the boy, and the father is the other side."""
    case = office.child_case(circle="victim" if hides else "neutral")
    by = office.be("worker")
    for key, person in (("boy", office.boy), ("mother", office.mother), ("father", office.father)):
        circle = "other" if hides and key == "father" else "victim" if hides else "neutral"
        if key != "boy":
            people.bring_in(person_id=person, file_id=case.id, circle=circle, by=by, at=clock.now())
        people.add_identifier(person_id=person, kind="national_id", value=NUMBERS[key], by=by, at=clock.now())
    people.add_contact_point(person_id=office.mother, kind="mobile", value=PHONE, by=by, at=clock.now())
    told = Told(
        "home", "met", clock.now() - timedelta(minutes=20), ended_at=clock.now(),
        summary=f"小宇在客廳畫圖。母親林佳安說電話{PHONE}。和陳小樂一起。他們要搬到{HIDING}。",
        sights=(Sight(office.boy, "yes"), Sight(office.girl, "yes")),
    )  # fmt: skip
    record_contact(matter_id=case.id, told=told, by=by)
    if hides:
        for person in (office.boy, office.mother):
            people.add_safety_address(person_id=person, text=HIDING, ask_whom="家防中心", by=by, at=clock.now())
    return Family(office, case.id, office.boy, office.mother, office.father)


BORN = date(2023, 9, 1)
