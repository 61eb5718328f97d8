"""Two persons who keep records erase, each in his own name: also for a statement slipped into somebody's page."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction

from anwang.audit.models import Act
from anwang.foundation import clock
from anwang.matters.actions import end_matter
from anwang.matters.models import Matter
from anwang.subjects.actions import propose_erasure
from tests.database import Connect
from tests.hand import Hand
from tests.unit.cases.office import LATER, NIGHT, open_office
from tests.world import build_world

from .conftest import Family, family_of

HALF = (
    "INSERT INTO subjects_erasure (id, file_id, number, county, basis, paper, proposed_by, proposed_at, confirmed_by,"
    " done_at, rows) VALUES (gen_random_uuid(), %s, 'x', '99001', 'court', 'x', %s, %s, %s, %s, 0)"
)
EMPTY = "SELECT audit_erase(ARRAY(SELECT id FROM audit_act WHERE matter_id = %s), 'court', 'x', %s, %s)"
CONFIRM = "UPDATE subjects_erasure SET confirmed_by = %s, done_at = %s WHERE id = %s"


@pytest.fixture
def family(committed_db: str, at) -> Family:
    hands = at(NIGHT + LATER)
    with transaction.atomic():
        family = family_of(open_office(build_world(), hands), hides=True)
        end_matter(matter_id=family.case, how="closed", at=clock.now(), by=family.be("worker"))
        return family


@pytest.fixture
def proposed(family: Family) -> UUID:
    """The chief's half: the case is to go by a court's order."""
    with transaction.atomic():
        by = family.be("chief")
        number = Matter.objects.get(id=family.case).number
        return propose_erasure(number=number, basis="court", paper="望院115少塗1", by=by, at=clock.now()).id


@pytest.fixture
def hand(family: Family, app_connect: Connect) -> Hand:
    return Hand(family.office.world, app_connect)


@pytest.mark.parametrize("who", ["worker", "supervisor", "administrator", "privacy"])
def test_nobody_empties_the_record_alone(family: Family, proposed: UUID, hand: Hand, who: str) -> None:
    me, chief = hand.world.workers[who], hand.world.workers["chief"]
    assert not hand.passes(who, EMPTY, family.case, me, clock.now())
    assert not hand.passes(who, EMPTY, family.case, chief, clock.now()), "nor in another's name"
    assert _words(family)


@pytest.mark.parametrize(("who", "may"), [("worker", False), ("administrator", False), ("chief", True)])
def test_a_half_is_written_by_who_keeps_records_in_his_own_name(
    family: Family, hand: Hand, who: str, may: bool
) -> None:
    me, other, now = hand.world.workers[who], hand.world.workers["privacy"], clock.now()
    assert hand.passes(who, HALF, family.case, me, now, None, None) is may
    assert not hand.passes(who, HALF, family.case, other, now, None, None)
    assert not hand.passes(who, HALF, family.case, other, now, me, now), "both halves at once"


@pytest.mark.parametrize(("who", "may"), [("worker", False), ("chief", False), ("privacy", True)])
def test_the_second_half_is_another_s(proposed: UUID, hand: Hand, who: str, may: bool) -> None:
    me, now = hand.world.workers[who], clock.now()
    assert not hand.passes(who, CONFIRM, hand.world.workers["supervisor"], now, proposed)
    assert not hand.passes(who, "UPDATE subjects_erasure SET file_id = %s WHERE id = %s", me, proposed)
    assert hand.passes(who, CONFIRM, me, now, proposed) is may


def _words(family: Family) -> bool:
    with transaction.atomic():
        family.be("worker")
        return Act.objects.filter(matter_id=family.case).exclude(details={}).exists()
