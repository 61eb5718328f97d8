"""Each promise is broken on purpose in plain SQL, and PostgreSQL refuses the commit: to the application and the owner.

Two connections race for the same matter at READ COMMITTED and at REPEATABLE READ; one wins, nothing breaks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.db import connections, transaction

from anwang.foundation import clock
from anwang.foundation.errors import Conflict
from anwang.matters import actions, jobs, verify
from anwang.matters.holder import Holder
from anwang.matters.models import ActingStart, Duty, Escalation, Matter
from anwang.project.postgres import roles
from anwang.project.postgres.cluster import Cluster
from tests.database import connected_to
from tests.naming import as_service
from tests.unit.matters.cases import held_by
from tests.world import World, build_world, hours

Any = psycopg.Connection[tuple[object, ...]]
Connect = Callable[..., Any]
REFUSED = (psycopg.errors.IntegrityError, psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation)

OF_MATTER = {
    "an open matter without a next step": "next_duty_id = NULL",
    "a next step that is another matter's": "next_duty_id = {other_duty}",
    "ended with an open step": "ended_at = now(), next_duty_id = NULL",
    "nobody acting": "acting_worker_id = NULL, acting_since = now()",
    "a worker and a desk acting": "acting_desk_id = {desk}, acting_since = now()",
    "a stranger to the unit acting": "acting_worker_id = {stranger}, acting_since = now()",
    "an NGO answering": "accountable_id = {ngo}, accountable_since = now()",
    "a hand-over without its instant": "acting_worker_id = {colleague}",
    "a hand-over before the last": "acting_worker_id = {colleague}, acting_since = opened_at - interval '1 hour'",
    "a hand-over in the future": "acting_worker_id = {colleague}, acting_since = now() + interval '1 day'",
    "another beginning": "opened_at = opened_at - interval '1 day'",
    "a lead without a family": "kind = 'coordination', family_id = NULL",
}
OF_DUTY = {
    "the last step done and none named": "state = 'done', settled_at = now()",
    "a duty owed by two": "role = 'supervising'",
    "waiting without until": "waiting_for = 'court'",
    "excused without a reason": "state = 'excused', settled_at = now(), settled_because = ''",
}
ELSE = {
    "a ledger rewritten": "UPDATE matters_actingstart SET worker_id = {colleague} WHERE matter_id = {matter}",
    "a ledger entry taken out": "DELETE FROM matters_actingstart WHERE matter_id = {matter}",
    "the worker gone while holding": "UPDATE directory_appointment SET ended_at = now() WHERE worker_id = {worker}",
    "the unit closed while acting": "UPDATE directory_unit SET closed_on = current_date WHERE id = {unit}",
    "a matter deleted": "DELETE FROM matters_matter WHERE id = {matter}",
    "an offer to oneself": (
        "INSERT INTO matters_offer (id, matter_id, kind, from_unit_id, to_unit_id, topic, sent_at, recorded_at,"
        " answer_due_at, state, answered_how, answered_name, answered_ref, reason, ended_because)"
        " VALUES (gen_random_uuid(), {matter}, 'transfer', {unit}, {unit}, '', now(), now(), now(), 'pending',"
        " '', '', '', '', '')"
    ),
}
ATTEMPTS = {
    **{name: f"UPDATE matters_matter SET {sets} WHERE id = {{matter}}" for name, sets in OF_MATTER.items()},
    **{
        name: f"UPDATE matters_duty SET {sets} WHERE open_of = {{matter}} AND worker_id IS NOT NULL"
        for name, sets in OF_DUTY.items()
    },
    **ELSE,
}


@pytest.fixture
def world(committed_db: str) -> World:
    with transaction.atomic():
        return build_world(night=(clock.now() - hours(4), clock.now() + hours(9)))


def opened(world: World, worker: str = "worker") -> Matter:
    """A committed matter whose worker owes a step of his own."""
    with transaction.atomic():
        matter = held_by(world, worker, opened_at=clock.now() - hours(2))
        actions.set_step(
            matter_id=matter.id, code="phone", due_at=clock.now() + hours(3), by=world.viewer(worker),
            at=clock.now() - hours(1),
        )  # fmt: skip
    matter.refresh_from_db()
    return matter


def accepted(world: World, connection: Any) -> list[str]:
    """The attempts that were committed; each starts from the same two open matters."""
    matter, other = opened(world), opened(world)
    known = {
        "matter": matter.id, "other_duty": other.next_duty_id, "desk": world.desk, "ngo": world.units["ngo"],
        "stranger": world.workers["adult_worker"], "colleague": world.workers["worker2"],
        "worker": world.workers["worker"], "unit": world.units["protection"],
    }  # fmt: skip
    quoted = {key: f"'{value}'::uuid" for key, value in known.items()}
    return [name for name, sql in ATTEMPTS.items() if not _refuses(connection, sql.format(**quoted))]


def _refuses(connection: Any, sql: str) -> bool:
    try:
        changed = connection.execute(sql).rowcount
        connection.commit()
    except REFUSED:
        connection.rollback()
        return True
    return False if changed else pytest.fail(f"touched nothing: {sql}")


def test_refuses_the_application_every_broken_promise(
    world: World, app_connect: Connect, owner_connection: Any
) -> None:
    assert accepted(world, app_connect()) == []
    assert verify.verify(owner_connection) == []


def test_refuses_the_owner_every_broken_promise(world: World, owner_connection: Any) -> None:
    owner_connection.autocommit = False
    assert accepted(world, owner_connection) == []
    assert verify.verify(owner_connection) == []


@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ"])
def test_two_who_finish_the_last_two_steps_do_not_leave_none(world: World, app_connect: Connect, level: str) -> None:
    matter = opened(world)
    others = Duty.objects.filter(open_of=matter.id).exclude(id=matter.next_duty_id)
    both = [matter.next_duty_id, others.values_list("id", flat=True)[0]]
    Duty.objects.filter(open_of=matter.id).exclude(id__in=both).update(
        state="void", settled_at=clock.now(), settled_because="matter.reviewed"
    )
    one, two = app_connect(), app_connect()
    for connection in (one, two):
        connection.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        as_service(connection)
        connection.execute("SELECT count(*) FROM matters_duty WHERE open_of = %s", [matter.id])
    first, second = both
    done = "UPDATE matters_duty SET state = 'done', settled_at = now() WHERE id = %s"
    one.execute(done, [second])
    one.commit()

    def finish() -> None:
        two.execute(done, [first])
        two.commit()

    with pytest.raises(psycopg.errors.IntegrityError):
        finish()
    assert Duty.objects.filter(open_of=matter.id).count() == 1


@pytest.mark.parametrize("level", ["read committed", "repeatable read"])
def test_one_of_two_supervisors_wins_and_the_other_is_told(world: World, owner_connection: Any, level: str) -> None:
    matter = opened(world)
    start, told = threading.Barrier(2), []

    def give(to: str) -> None:
        try:
            start.wait(10)
            with transaction.atomic():
                connections["default"].cursor().execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
                actions.reassign(
                    matter_id=matter.id, to=Holder(world.units["protection"], world.workers[to]),
                    effective_at=clock.now(), expected_since=matter.acting_since, by=world.viewer("supervisor"),
                )  # fmt: skip
            told.append("won")
        except Conflict:
            told.append("told")
        except Exception as error:  # a serialisation failure is told too: the page answers 409
            told.append("told" if getattr(error.__cause__, "sqlstate", "") == "40001" else repr(error))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=give, args=[to]) for to in ("worker2", "night")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(told) == ["told", "won"]
    assert ActingStart.objects.filter(matter=matter).count() == 2
    assert verify.verify(owner_connection) == []


def test_verify_finds_what_constraints_would_have_refused(world: World, owner_connection: Any) -> None:
    matter = opened(world)
    for table in ("matters_matter", "matters_duty"):
        owner_connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner_connection.execute(
        "UPDATE matters_matter SET acting_worker_id = %s WHERE id = %s", [world.workers["worker2"], matter.id]
    )
    found = {one.promise for one in verify.verify(owner_connection)}
    assert {"one_acting_pair", "duties_follow_the_acting_pair", "acting_reads"} <= found


def test_prints_findings_and_shares(world: World, cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    opened(world)
    with connected_to(cluster, str(connections["default"].settings_dict["NAME"]), roles.OWNER):
        connections["default"].cursor().execute("SET anwang.keeps = 'on'")
        assert verify.main(["--json"]) == 0
        assert '"share": 0.0' in capsys.readouterr().out
        assert verify.main([]) == 0


def test_alarms_are_written_once_and_climb(world: World) -> None:
    with transaction.atomic():
        matter = held_by(world, None, opened_at=clock.now() - hours(3))
        actions.assign(
            matter_id=matter.id, to=Holder(world.units["protection"], world.workers["worker"]),
            accountable_id=world.units["protection"], effective_at=clock.now() - timedelta(minutes=40),
            expected_since=matter.acting_since, by=world.viewer("night"),
        )  # fmt: skip
    assert jobs.raise_alarms(clock.now()) == 2
    assert jobs.raise_alarms(clock.now()) == 0
    assert jobs.raise_alarms(clock.now() + timedelta(minutes=30)) == 1
    told = list(Escalation.objects.order_by("step").values_list("to_role", "to_unit_id"))
    assert told == [
        ("supervising", world.units["protection"]),
        ("duty_supervisor", world.units["protection"]),
        ("chief", world.units["social"]),
    ]
