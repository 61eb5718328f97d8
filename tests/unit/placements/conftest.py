"""A county with two places and a child in emergency placement."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from anwang.cases.actions import Place, place
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.placements.actions import ProviderGiven, register_provider
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.world import build_world


@pytest.fixture
def office(db: None, at) -> Office:  # type: ignore[no-untyped-def]
    hands = at(NIGHT + LATER)
    return open_office(build_world(), hands)


@dataclass
class Placed:
    """A child protection case of her side, the boy in emergency placement, a foster family and a home for two."""

    office: Office
    case: Case
    placement: UUID
    foster: UUID
    home: UUID

    def worker(self):  # type: ignore[no-untyped-def]
        return self.office.be("worker")


def provider(office: Office, kind: str, handle: str, places: int, **given: object) -> UUID:
    told = ProviderGiven(county="99001", kind=kind, handle=handle, **given)  # type: ignore[arg-type]
    return register_provider(given=told, places=places, by=office.be("supervisor"), at=clock.now()).id


@pytest.fixture
def placed(office: Office) -> Placed:
    case = office.child_case(circle="victim")
    where = Place("foster", "child_56", clock.now(), parents_known="yes", pupil="no")
    begun = place(case_id=case.id, person_id=office.boy, where=where, by=office.be("worker"))
    foster = provider(office, "foster", "寄養-9001", 1, age_from=0, age_to=6, suited=("infant",))
    named = {"name": "望潮兒少之家", "phone": "(08)000-2999"}
    home = provider(office, "institution", "院-9002", 2, age_from=6, age_to=18, **named)
    return Placed(office, case, begun.id, foster, home)
