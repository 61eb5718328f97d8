"""Alarms are written once, and a run reads only what may rise; whom they reach is told from his part of the tree."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anwang.access.viewer import Viewer
from anwang.directory.models import Appointment
from anwang.foundation import clock
from anwang.foundation.clock import FrozenClock
from anwang.matters import actions, alarms, jobs, silences
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Escalation, Offer
from anwang.matters.states import OfferKind
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import SINCE, World, build_world, hours

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
GIVEN = ("worker", "worker2", "worker", "worker2")
LATER = NIGHT + timedelta(days=40)


@pytest.fixture
def hands(at) -> FrozenClock:
    return at(after(60))


@pytest.fixture
def world(hands: FrozenClock) -> World:
    """Four assignments nobody signed, given ten minutes apart; two requests and a dispute without an answer."""
    made = build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))
    for number, worker in enumerate(GIVEN):
        matter = held_by(made, None)
        actions.assign(
            matter_id=matter.id, to=Holder(made.units["protection"], made.workers[worker]),
            accountable_id=made.units["protection"], effective_at=after(10 + 10 * number),
            expected_since=matter.acting_since, by=made.viewer("night"),
        )  # fmt: skip
    matter, other = held_by(made, "worker"), held_by(made, "worker")
    actions.offer(
        matter_id=matter.id, kind=OfferKind.JOINING, to_unit_id=made.units["welfare"], topic="parenting", at=after(10),
        by=made.viewer("worker"),
    )  # fmt: skip
    by = made.viewer("supervisor")
    actions.offer(
        matter_id=other.id, kind=OfferKind.TRANSFER, to_unit_id=made.units["protection2"], at=after(10), by=by
    )
    actions.set_step(matter_id=matter.id, code="phone", due_at=after(300), by=made.viewer("worker"), at=after(5))
    actions.file_dispute(
        matter_id=matter.id, claimed_unit_id=made.units["welfare"], topic="kind", words="是支持需求。",
        by=made.viewer("supervisor"), at=after(20),
    )  # fmt: skip
    return made


def written() -> set[tuple[object, int]]:
    return set(Escalation.objects.values_list("about_id", "step"))


def derived(now: datetime) -> set[tuple[object, int]]:
    return {(one.about_id, one.step) for one in alarms.raised(now)}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.lists(st.integers(0, 60 * 24 * 30), min_size=1, max_size=6), signs=st.integers(0, 4))
def test_writes_what_is_derived_at_each_instant_in_whatever_order(
    world: World, hands: FrozenClock, minutes: list[int], signs: int
) -> None:
    with transaction.atomic():
        expected: set[tuple[object, int]] = set()
        for number, minute in enumerate(minutes):
            now = hands.at = after(60 + minute)
            if number == 1:
                by = world.viewer("worker")
                for one in Assignment.objects.filter(to_worker=by.worker_id, signed_at=None, superseded_at=None)[
                    :signs
                ]:
                    actions.sign(assignment_id=one.id, at=now, by=by)
            fresh = derived(now) - expected
            assert jobs.raise_alarms(now) == len(fresh)
            expected |= fresh
            assert written() == expected
        transaction.set_rollback(True)


def test_reads_nothing_of_what_is_written_at_its_last_step(world: World) -> None:
    assert jobs.raise_alarms(LATER) > 0
    assert [one.about for one in silences.rising(LATER) if one.about in jobs.PUT_OFF_SQL] == []
    assert {one.rises_at for one in (*Assignment.objects.filter(signed_at=None, superseded_at=None),
                                     *Offer.objects.filter(state="pending"))} == {alarms.NEVER}  # fmt: skip


def test_looks_at_nothing_before_its_next_step_is_reached(world: World) -> None:
    jobs.raise_alarms(after(60))
    first = Assignment.objects.order_by("effective_at").filter(to_worker=world.workers["worker"])[0]
    assert first.rises_at == after(10 + 60)
    assert silences.rising(after(69)) == [one for one in silences.rising(after(69)) if one.about_id != first.id]
    assert first.id in {one.about_id for one in silences.rising(after(70))}


def test_asks_two_statements_when_nothing_rises(world: World) -> None:
    now = NIGHT + hours(36)
    jobs.raise_alarms(now)
    with CaptureQueriesContext(connection) as counted:
        assert jobs.raise_alarms(now) == 0
    said = [one["sql"] for one in counted if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(said) == 2, "\n".join(said)


def test_writes_the_rest_when_it_was_killed_between(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, calls = derived(LATER), iter([None, KeyboardInterrupt, *[None] * 20])
    put_off = jobs._put_off

    def dies(*given: object) -> None:
        if stop := next(calls):
            raise stop
        put_off(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "TOGETHER", 1)
    monkeypatch.setattr(jobs, "_put_off", dies)
    with pytest.raises(KeyboardInterrupt):
        jobs.raise_alarms(LATER)
    before = written()
    assert before
    assert before < expected
    assert jobs.raise_alarms(LATER) == len(expected - before)
    assert written() == expected


def test_looks_at_everything_once_after_a_start(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that were changed meanwhile may let something rise sooner than was kept with it."""
    jobs.raise_alarms(after(15))
    Assignment.objects.filter(signed_at=None, superseded_at=None).update(rises_at=alarms.NEVER)
    assert jobs.raise_alarms(LATER) < len(derived(LATER))
    monkeypatch.setattr(jobs, "_looked_by", {})
    jobs.raise_alarms(LATER)
    assert written() == derived(LATER)


def seen_of_all(viewer: Viewer, now: datetime) -> list[tuple[object, int]]:
    """What reaches a viewer, told from every silence and the whole tree."""
    highest = {one.about_id: one for one in alarms.raised(now) if alarms._reaches(viewer, one.told)}
    return [(one.about_id, one.step) for one in sorted(highest.values(), key=lambda one: one.since)]


@pytest.mark.parametrize("key", ["night", "worker", "supervisor", "welfare_supervisor", "chief", "adult_supervisor"])
@pytest.mark.parametrize("minutes", [20, 45, 61, 100, 60 * 30, 60 * 24 * 10])
def test_tells_from_a_part_of_the_tree_what_reaches_a_viewer(world: World, hands: FrozenClock, key: str,
                                                            minutes: int) -> None:  # fmt: skip
    viewer = world.viewer(key)
    hands.at = after(minutes)
    assert [(one.about_id, one.step) for one in alarms.standing_alarms(viewer)] == seen_of_all(viewer, after(minutes))


def test_tells_a_chief_further_up_and_another_county_alike(world: World, hands: FrozenClock) -> None:
    Appointment.objects.filter(unit_id=world.units["social"], role="chief").update(ended_at=clock.now())
    Appointment.objects.create(
        worker_id=world.workers["clerk"], unit_id=world.units["county"], role="chief", started_at=SINCE
    )
    Appointment.objects.create(
        worker_id=world.workers["administrator"], unit_id=world.units["county2"], role="chief", started_at=SINCE
    )
    hands.advance(10 * DAY)
    counts = {}
    for key in ("clerk", "administrator", "chief"):
        viewer = world.viewer(key)
        found = [(one.about_id, one.step) for one in alarms.standing_alarms(viewer)]
        assert found == seen_of_all(viewer, clock.now())
        counts[key] = len(found)
    assert counts["clerk"] > 0
    assert counts["administrator"] == counts["chief"] == 0


def test_asks_nothing_for_whom_nothing_can_reach(world: World) -> None:
    viewer = world.viewer("screener")
    with CaptureQueriesContext(connection) as counted:
        assert alarms.standing_alarms(viewer) == []
    assert len(counted) == 0


def test_reads_the_oldest_alone_where_many_are_silent(world: World, hands: FrozenClock,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    hands.advance(10 * DAY)
    viewer = world.viewer("supervisor")
    oldest = [one.about_id for one in alarms.standing_alarms(viewer) if one.about == "assignment"][:2]
    monkeypatch.setattr(silences, "MOST", 2)
    assert [one.about_id for one in alarms.standing_alarms(viewer) if one.about == "assignment"] == oldest
