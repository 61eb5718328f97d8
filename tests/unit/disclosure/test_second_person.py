"""Safety zone and restricted files in an emergency: only when a second person agrees, now, who is nobody concerned."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from anwang.access.models import RestrictionReader
from anwang.access.queries import zones_of
from anwang.disclosure import actions, queries
from anwang.disclosure.models import Glass, SecondPerson
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.matters.actions.restricting import restrict
from anwang.oversight.actions import declare
from anwang.people.actions import add_safety_address
from anwang.people.models import SafetyAddress
from tests.unit.disclosure.stage import FAMILY, HER, Couple

pytestmark = pytest.mark.django_db
LIFE = actions.Because("life_threat", "警方在門口，聯繫不上承辦人。")


def break_it(couple: Couple, key: str = "welfare_worker", number: str = FAMILY, **more: object) -> Glass:
    whose = actions.Whose(number=number) if number else actions.Whose(person=actions.Asked(**more))  # type: ignore[arg-type]
    return actions.break_glass(whose=whose, because=LIFE, by=couple.be(key), at=clock.now())


def reads(couple: Couple, key: str, file_id: UUID) -> frozenset[str]:
    return zones_of(couple.be(key), file_id)


def asked(couple: Couple) -> tuple[Glass, SecondPerson]:
    by = couple.be("adult_worker")
    add_safety_address(person_id=couple.her, text="青嵐縣無名路9001號", ask_whom="成保組", by=by, at=clock.now())
    glass = break_it(couple, "worker2")
    return glass, actions.ask_second_person(glass_id=glass.matter_id, by=couple.be("worker2"), at=clock.now())


@pytest.mark.parametrize(("key", "may"), [
    ("supervisor", True), ("adult_supervisor", True), ("screening_supervisor", True), ("welfare_supervisor", True),
    ("worker2", False), ("worker", False), ("mind_supervisor", False), ("chief", False), ("privacy", False),
    ("administrator", False), ("ngo_worker", False),
])  # fmt: skip
def test_opens_the_safety_zone_with_a_second_person(couple: Couple, key: str, may: bool) -> None:
    glass, second = asked(couple)
    couple.be("worker2")
    assert not SafetyAddress.objects.exists()
    by = couple.be(key)
    assert [one.number for one in queries.seconds_waiting(by)] == ([couple.number(glass.matter_id)] if may else [])
    if not may:
        with pytest.raises(Conflict):
            actions.agree_as_second(second_id=second.id, is_unrelated=True, by=by, at=clock.now())
        return
    with pytest.raises(BadInput):
        actions.agree_as_second(second_id=second.id, is_unrelated=False, by=by, at=clock.now())
    actions.agree_as_second(second_id=second.id, is_unrelated=True, by=by, at=clock.now())
    with pytest.raises(Conflict):
        actions.agree_as_second(
            second_id=second.id, is_unrelated=True, by=couple.be("adult_supervisor"), at=clock.now()
        )
    assert "safety" in reads(couple, "worker2", couple.hers)
    assert SafetyAddress.objects.filter(person_id=couple.her).exists()
    assert reads(couple, key, couple.hers) == reads(couple, key, couple.hers) - {"safety"} or key == "adult_supervisor"
    couple.hands.advance(timedelta(hours=4))
    assert reads(couple, "worker2", couple.hers) == frozenset()


def test_asks_a_second_person_for_half_an_hour_only(couple: Couple) -> None:
    _glass, second = asked(couple)
    couple.hands.advance(timedelta(minutes=30))
    with pytest.raises(Conflict):
        actions.agree_as_second(second_id=second.id, is_unrelated=True, by=couple.be("supervisor"), at=clock.now())


def test_takes_no_agreement_from_whom_the_reader_leads(couple: Couple) -> None:
    glass = break_it(couple, "supervisor")
    second = actions.ask_second_person(glass_id=glass.matter_id, by=couple.be("supervisor"), at=clock.now())
    couple.be("privacy")
    with connection.cursor() as cursor:  # 徐意涵 becomes a second supervisor of the unit that the reader leads
        cursor.execute("UPDATE directory_appointment SET role = 'supervisor' WHERE worker_id = %s",
                       [couple.world.workers["worker2"]])  # fmt: skip
    with pytest.raises(Conflict):
        actions.agree_as_second(second_id=second.id, is_unrelated=True, by=couple.be("worker2"), at=clock.now())
    actions.agree_as_second(second_id=second.id, is_unrelated=True, by=couple.be("adult_supervisor"), at=clock.now())


def test_lets_no_statement_open_the_safety_zone_alone(couple: Couple) -> None:
    glass, second = asked(couple)
    couple.be("worker2")
    for sql in (
        f"UPDATE disclosure_glass SET safety_since = now() WHERE matter_id = '{glass.matter_id}'",
        f"UPDATE disclosure_secondperson SET agreed_by = reader WHERE id = '{second.id}'",
        f"UPDATE disclosure_glass SET until = until + interval '1 day' WHERE matter_id = '{glass.matter_id}'",
        "UPDATE access_grant SET zones = '{safety}' WHERE because = 'break_glass'",
        "UPDATE access_grant SET ends_at = ends_at + interval '1 day' WHERE because = 'break_glass'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def restricted(couple: Couple) -> None:
    """Her file is 限閱: only her worker and her supervisor see it."""
    boss = couple.be("adult_supervisor")
    restrict(matter_id=couple.hers, reason="public_figure", until=clock.now() + timedelta(days=90),
             readers=[couple.world.workers["adult_worker"]], by=boss, at=clock.now())  # fmt: skip


def test_opens_a_restricted_file_only_when_a_second_person_agrees(couple: Couple) -> None:
    restricted(couple)
    glass = break_it(couple, "worker2")
    assert (set(glass.files), set(glass.restricted)) == ({couple.report}, {couple.hers})
    assert reads(couple, "worker2", couple.hers) == frozenset()
    assert "case" in reads(couple, "worker2", couple.report)
    second = actions.ask_second_person(glass_id=glass.matter_id, by=couple.be("worker2"), at=clock.now())
    actions.agree_as_second(second_id=second.id, is_unrelated=True, by=couple.be("supervisor"), at=clock.now())
    couple.hands.advance(timedelta(minutes=1))
    assert reads(couple, "worker2", couple.hers) == {"work", "case", "special", "safety"}
    assert reads(couple, "worker", couple.hers) == frozenset(), "for the reader alone"
    assert reads(couple, "supervisor", couple.hers) == frozenset(), "who agrees sees nothing by that"
    couple.hands.advance(timedelta(hours=4))
    assert reads(couple, "worker2", couple.hers) == frozenset()


def test_opens_a_family_of_restricted_files_alone_to_two(couple: Couple) -> None:
    restricted(couple)
    glass = break_it(couple, "worker2", number=couple.number(couple.hers))
    assert couple.hers in glass.restricted


def test_names_the_reader_no_longer_when_he_ends_it_himself(couple: Couple) -> None:
    restricted(couple)
    glass = break_it(couple, "worker2")
    second = actions.ask_second_person(glass_id=glass.matter_id, by=couple.be("worker2"), at=clock.now())
    actions.agree_as_second(second_id=second.id, is_unrelated=True, by=couple.be("supervisor"), at=clock.now())
    couple.hands.advance(timedelta(minutes=1))
    actions.end_opening(glass_id=glass.matter_id, by=couple.be("worker2"), at=clock.now())
    named = RestrictionReader.objects.get(worker_id=couple.world.workers["worker2"])
    assert named.until_at == clock.now()
    assert reads(couple, "worker2", couple.hers) == frozenset()


def test_opens_nothing_of_ones_own_relatives_by_two_either(couple: Couple) -> None:
    declare(relation="sibling", name="施曉嵐", number=HER, born_on=None, by=couple.be("worker2"))
    restricted(couple)
    with pytest.raises(NotFound):
        break_it(couple, "worker2")
