"""Shifts, leavers, contracts and corrections: many matters move, and at every instant somebody answers."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from anwang.access.models import Account
from anwang.access.queries import zones_of
from anwang.directory.models import Appointment, Contract, Shift, Worker
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.matters import actions, jobs
from anwang.matters.holder import Holder
from anwang.matters.models import ActingStart, Duty, HandOverItem, Matter, ShiftHandover
from anwang.matters.states import HandOverReason, Ledger
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db
MORNING = NIGHT.replace(day=8, hour=8, minute=30)


@pytest.fixture
def hands(at):
    return at(after(30))


@pytest.fixture
def world(hands) -> World:
    world = build_world(night=(NIGHT - hours(4), MORNING))
    Shift.objects.create(
        desk_id=world.desk, worker_id=world.workers["worker2"], starts_at=MORNING, ends_at=MORNING + hours(12)
    )
    return world


def sheet(world: World, by: str, **more: object) -> ShiftHandover:
    return actions.change_shift(
        desk_id=world.desk, from_worker_id=world.workers["night"], to_worker_id=world.workers["worker2"],
        effective_at=MORNING, by=world.viewer(by), **more,
    )  # fmt: skip


def test_takes_over_at_shift_time_whenever_the_hand_signs(world: World, hands) -> None:
    own = held_by(world, "night")
    desks = held_by(world, None)
    hands.at = MORNING + timedelta(minutes=22)
    signed = sheet(world, "worker2")
    own.refresh_from_db()
    assert (own.acting_worker_id, own.acting_since) == (world.workers["worker2"], MORNING)
    assert Matter.objects.get(id=desks.id).acting_desk_id == world.desk
    assert (signed.effective_at, signed.received_at) == (MORNING, clock.now())
    spans = ActingStart.objects.filter(matter=own).order_by("since").values_list("since", "worker_id")
    assert list(spans) == [(NIGHT, world.workers["night"]), (MORNING, world.workers["worker2"])]


def test_needs_both_signatures_and_takes_each_once(world: World, hands) -> None:
    held_by(world, "night")
    hands.at = MORNING - timedelta(minutes=2)
    given = sheet(world, "night")
    assert (given.given_at, given.received_at) == (clock.now(), None)
    with pytest.raises(BadInput):
        actions.sign_shift(handover_id=given.id, at=clock.now(), by=world.viewer("worker2"))
    hands.at = MORNING + timedelta(minutes=5)
    assert actions.sign_shift(handover_id=given.id, at=clock.now(), by=world.viewer("worker2")).received_at
    with pytest.raises(Conflict):
        actions.sign_shift(handover_id=given.id, at=clock.now(), by=world.viewer("worker2"))


def test_leaves_a_days_own_cases_with_the_worker(world: World, hands) -> None:
    own = held_by(world, "night", opened_at=NIGHT - hours(80))
    hands.at = MORNING + timedelta(minutes=5)
    sheet(world, "worker2")
    assert Matter.objects.get(id=own.id).acting_worker_id == world.workers["night"]


def test_refuses_the_sheet_of_others(world: World) -> None:
    with pytest.raises(Refused):
        sheet(world, "adult_worker")


def test_keeps_the_roster_by_its_supervisor_only(world: World) -> None:
    line = {"desk_id": world.desk, "worker_id": world.workers["worker"], "rank": 1, "starts_at": after(2000),
            "ends_at": after(2400)}  # fmt: skip
    with pytest.raises(Refused):
        actions.add_shift(**line, by=world.viewer("worker"))
    made = actions.add_shift(**line, by=world.viewer("supervisor"))
    with pytest.raises(Conflict):
        actions.add_shift(**line, by=world.viewer("supervisor"))
    actions.swap_shift(shift_id=made.id, worker_id=world.workers["worker2"], by=world.viewer("supervisor"))
    assert Shift.objects.get(id=made.id).worker_id == world.workers["worker2"]


def test_cover_reads_and_works_the_same_list(world: World) -> None:
    matter = held_by(world, "worker")
    actions.add_absence(
        worker_id=world.workers["worker"], covered_by_id=world.workers["worker2"], kind="leave",
        starts_at=after(0), ends_at=after(3000), by=world.viewer("supervisor"),
    )  # fmt: skip
    assert "safety" in zones_of(world.viewer("worker2"), matter.id)
    with pytest.raises(BadInput):
        actions.add_absence(
            worker_id=world.workers["worker2"], covered_by_id=world.workers["adult_worker"], kind="leave",
            starts_at=after(0), ends_at=after(3000), by=world.viewer("supervisor"),
        )  # fmt: skip


def test_refuses_a_leaver_who_holds_and_says_how_many(world: World) -> None:
    for _ in range(3):
        held_by(world, "worker")
    with pytest.raises(Refused, match="3件"):
        actions.leave(worker_id=world.workers["worker"], at=clock.now(), by=world.viewer("administrator"))


def test_database_refuses_the_leaver_too(world: World) -> None:
    held_by(world, "worker")
    with transaction.atomic(), connection.cursor() as cursor:
        Appointment.objects.filter(worker_id=world.workers["worker"]).update(ended_at=clock.now())
        with pytest.raises(IntegrityError, match="worker_at_his_post"):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_supervisor_stands_in_until_the_list_is_received(world: World, hands) -> None:
    matters = [held_by(world, "worker") for _ in range(3)]
    worker, unit = world.workers["worker"], world.units["protection"]
    actions.stand_in(from_worker_id=worker, unit_id=unit, at=after(20), by=world.viewer("supervisor"))
    assert {m.acting_worker_id for m in Matter.objects.filter(ended_at=None)} == {world.workers["supervisor"]}
    actions.leave(worker_id=worker, at=clock.now(), by=world.viewer("administrator"))
    assert Worker.objects.get(id=worker).left_on == clock.today()
    assert not Account.objects.get(worker_id=worker).is_active
    assert zones_of(world.viewer("worker"), matters[0].id) == frozenset()


def test_nobody_stands_in_for_himself(world: World) -> None:
    held = held_by(world, "supervisor")
    with pytest.raises(Refused, match="自己"):
        actions.stand_in(
            from_worker_id=world.workers["supervisor"], unit_id=held.acting_unit_id, at=after(20),
            by=world.viewer("supervisor"),
        )  # fmt: skip


def test_list_moves_everything_when_both_have_signed(world: World) -> None:
    matters = [held_by(world, "worker") for _ in range(3)]
    unit = world.units["protection"]
    to = {m.id: Holder(unit, world.workers["worker2"]) for m in matters[:2]}
    to[matters[2].id] = Holder(unit, world.workers["supervisor"])
    for matter in matters:
        by = world.viewer("worker")
        actions.set_step(matter_id=matter.id, code="visit", due_at=after(400), by=by, at=after(5))
    made = actions.hand_over_list(
        from_worker_id=world.workers["worker"], unit_id=unit, to=to, reason=HandOverReason.LEAVING,
        effective_at=after(25), by=world.viewer("supervisor"),
    )  # fmt: skip
    with pytest.raises(Refused):
        actions.receive_list(list_id=made.id, at=clock.now(), by=world.viewer("worker2"))
    actions.give_list(list_id=made.id, at=clock.now(), by=world.viewer("worker"))
    assert actions.receive_list(list_id=made.id, at=clock.now(), by=world.viewer("worker2")) == 2
    held = Matter.objects.filter(acting_worker_id=world.workers["worker2"], acting_since=after(25))
    assert held.count() == 2
    owners = set(Duty.objects.filter(open_of__in=to, owed_by="acting").values_list("worker_id", flat=True))
    assert owners == {world.workers["worker"], world.workers["worker2"]}
    with pytest.raises(Conflict):
        actions.receive_list(list_id=made.id, at=clock.now(), by=world.viewer("worker2"))


def test_marks_what_somebody_took_before_the_receiver_signed(world: World) -> None:
    matters = [held_by(world, "worker") for _ in range(2)]
    unit = world.units["protection"]
    made = actions.hand_over_list(
        from_worker_id=world.workers["worker"], unit_id=unit, effective_at=after(25),
        to={m.id: Holder(unit, world.workers["worker2"]) for m in matters}, reason=HandOverReason.MOVING,
        by=world.viewer("supervisor"),
    )  # fmt: skip
    actions.give_list(list_id=made.id, at=clock.now(), by=world.viewer("worker"))
    actions.reassign(
        matter_id=matters[0].id, to=Holder(unit, world.workers["night"]), effective_at=after(15),
        expected_since=NIGHT, by=world.viewer("supervisor"),
    )  # fmt: skip
    assert actions.receive_list(list_id=made.id, at=clock.now(), by=world.viewer("worker2")) == 1
    assert Matter.objects.get(id=matters[0].id).acting_worker_id == world.workers["night"]
    assert HandOverItem.objects.get(matter=matters[0]).is_overtaken


def test_contract_ends_and_everything_is_back_that_instant(world: World, hands) -> None:
    contract = Contract.objects.create(
        number="委115-01", authority_id=world.units["social"], ngo_id=world.units["ngo"], service="家庭處遇", posts=2,
        starts_at=NIGHT - hours(24), ends_at=MORNING,
    )  # fmt: skip
    matters = [held_by(world, "ngo_worker", unit="ngo", accountable="protection") for _ in range(3)]
    with pytest.raises(BadInput):
        actions.end_contract(contract_id=contract.id, by=world.viewer("chief"))
    hands.at = MORNING + hours(1)
    assert zones_of(world.viewer("ngo_worker"), matters[0].id) == frozenset()
    assert jobs.return_contracts(clock.now()) == 1
    assert jobs.return_contracts(clock.now()) == 0
    back = Matter.objects.filter(id__in=[m.id for m in matters])
    assert {(m.acting_unit_id, m.acting_worker_id, m.acting_since, m.acting_how) for m in back} == {
        (world.units["protection"], world.workers["supervisor"], MORNING, "returned")
    }


def test_list_of_an_ended_contract_is_one_and_waits_for_both_signatures(world: World, hands) -> None:
    contract = Contract.objects.create(
        number="委115-02", authority_id=world.units["social"], ngo_id=world.units["ngo"], service="家庭處遇", posts=2,
        starts_at=NIGHT - hours(24), ends_at=MORNING,
    )  # fmt: skip
    matters = [held_by(world, "ngo_worker", unit="ngo", accountable="protection") for _ in range(3)]
    hands.at = MORNING + hours(1)
    made = actions.end_contract(contract_id=contract.id, by=world.viewer("chief"))
    assert made is not None
    assert HandOverItem.objects.filter(list=made).count() == 3
    with pytest.raises(Refused):
        actions.receive_list(list_id=made.id, at=clock.now(), by=world.viewer("supervisor"))
    with pytest.raises(Refused):
        actions.give_list(list_id=made.id, at=clock.now(), by=world.viewer("ngo_worker"))
    actions.give_list(list_id=made.id, at=clock.now(), by=world.viewer("chief"))
    assert actions.receive_list(list_id=made.id, at=clock.now(), by=world.viewer("supervisor")) == 3
    assert not HandOverItem.objects.filter(list=made, is_overtaken=True).exists()
    assert {m.acting_since for m in Matter.objects.filter(id__in=[one.id for one in matters])} == {MORNING}


def test_list_signed_on_a_later_day_moves_with_the_signature(world: World, hands) -> None:
    matter = held_by(world, "worker")
    unit, worker = world.units["protection"], world.workers["worker"]
    made = actions.hand_over_list(
        from_worker_id=worker, unit_id=unit, to={matter.id: Holder(unit, world.workers["worker2"])},
        reason=HandOverReason.MOVING, effective_at=after(25), by=world.viewer("supervisor"),
    )  # fmt: skip
    actions.give_list(list_id=made.id, at=clock.now(), by=world.viewer("worker"))
    hands.at = after(3000)
    actions.receive_list(list_id=made.id, at=clock.now(), by=world.viewer("worker2"))
    matter.refresh_from_db()
    assert (matter.acting_worker_id, matter.acting_since) == (world.workers["worker2"], after(3000))


def test_list_passes_on_what_the_supervisor_held_meanwhile(world: World, hands) -> None:
    matter = held_by(world, "worker")
    unit, worker = world.units["protection"], world.workers["worker"]
    made = actions.hand_over_list(
        from_worker_id=worker, unit_id=unit, to={matter.id: Holder(unit, world.workers["worker2"])},
        reason=HandOverReason.LEAVING, effective_at=after(20), by=world.viewer("supervisor"),
    )  # fmt: skip
    hands.at = after(40)
    actions.stand_in(from_worker_id=worker, unit_id=unit, at=after(40), by=world.viewer("supervisor"))
    hands.at = after(50)
    actions.give_list(list_id=made.id, at=after(50), by=world.viewer("supervisor"))
    assert actions.receive_list(list_id=made.id, at=after(50), by=world.viewer("worker2")) == 1
    matter.refresh_from_db()
    assert (matter.acting_worker_id, matter.acting_since) == (world.workers["worker2"], after(50))


def test_corrects_a_start_between_its_neighbours_and_shows_both(world: World) -> None:
    matter = held_by(world, "worker")
    by = world.viewer("supervisor")
    unit = world.units["protection"]
    for minutes, worker in ((10, "worker2"), (20, "night")):
        actions.reassign(
            matter_id=matter.id, to=Holder(unit, world.workers[worker]), effective_at=after(minutes), by=by,
            expected_since=Matter.objects.get(id=matter.id).acting_since,
        )  # fmt: skip
    right = {"matter_id": matter.id, "ledger": Ledger.ACTING, "since": after(10), "reason": "phone_earlier",
             "at": clock.now()}  # fmt: skip
    for wrong in (after(-5), after(20), after(25)):
        with pytest.raises(BadInput):
            actions.correct_start(**right, corrected_since=wrong, by=by)
    with pytest.raises(Refused):
        actions.correct_start(**right, corrected_since=after(5), by=world.viewer("adult_worker"))
    actions.correct_start(**right, corrected_since=after(5), by=world.viewer("supervisor"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT since, written_since, until FROM matters_acting_span WHERE matter_id = %s ORDER BY 2", [matter.id]
        )
        spans = cursor.fetchall()
    assert spans == [(NIGHT, NIGHT, after(5)), (after(5), after(10), after(20)), (after(20), after(20), None)]
