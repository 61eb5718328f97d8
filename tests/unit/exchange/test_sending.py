"""Messages to other systems: signed, in order, done again until they are taken, and put aside where people see them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from anwang.exchange.sending import delivering, posting
from anwang.exchange.sending.delivering import deliver
from anwang.exchange.signing import SIGNATURE, TIMESTAMP, is_fresh, is_signed
from anwang.foundation import clock
from anwang.foundation.sealing import SealBroken
from anwang.project import worker
from anwang.systems.actions import endpoints
from anwang.systems.actions import sending as acts
from anwang.systems.actions.endpoints import end_endpoint
from anwang.systems.actions.telling import Telling, announce
from anwang.systems.events import REPORT_CLOSED, REPORT_DECIDED, REPORT_RECEIVED, Going
from anwang.systems.models import Attempt, Outgoing
from tests.unit.exchange.receiver import REPORT, a_system, an_endpoint, receiver, silent
from tests.world import World, build_world

AT = "2026-11-21T23:40+08:00"
THREE = (REPORT_RECEIVED, REPORT_DECIDED, REPORT_CLOSED)


@pytest.fixture(autouse=True)
def our_own_network(settings, tmp_path: Path) -> None:
    settings.OUTBOX_PRIVATE = True
    settings.DATA = tmp_path


@pytest.fixture
def hands(at) -> Iterator[clock.FrozenClock]:
    return at(AT)


@pytest.fixture
def world(db, hands) -> World:
    return build_world()


def tell(world: World, *events: str, to: str = "school-board") -> None:
    by = world.viewer("screener")
    for event in events or THREE:
        assert announce(event, tell=[Telling(to, REPORT, clock.now())], county="99001", by=by)


def states() -> list[str]:
    return list(Outgoing.objects.order_by("id").values_list("state", flat=True))


def types(got) -> list[str]:
    return [json.loads(body)["type"] for _, body in got]


def test_signs_each_message_so_that_the_receiver_knows_it(world: World) -> None:
    with receiver() as there:
        _, secret = an_endpoint(a_system(), world.viewer("administrator"), there.address)
        tell(world)
        assert deliver() == 3
    for headers, body in there.got:
        assert is_signed(secret, body, headers[TIMESTAMP], headers[SIGNATURE])
        assert not is_signed(secret, body + b" ", headers[TIMESTAMP], headers[SIGNATURE])
        assert not is_signed(b"another", body, headers[TIMESTAMP], headers[SIGNATURE])
        assert not is_signed(secret, body, str(int(headers[TIMESTAMP]) + 1), headers[SIGNATURE])
        assert is_fresh(headers[TIMESTAMP], clock.now(), timedelta(minutes=5))
    assert [json.loads(body)["sequence"] for _, body in there.got] == ["1", "2", "3"]
    assert tuple(types(there.got)) == THREE
    assert states() == [Going.SENT] * 3


def test_writes_an_event_as_the_standard_wants_it(world: World) -> None:
    with receiver() as there:
        an_endpoint(a_system(), world.viewer("administrator"), there.address)
        told = Telling("school-board", REPORT, clock.now())
        announce(REPORT_DECIDED, tell=[told], county="99001", by=world.viewer("screener"), says="being_handled")
        deliver()
    [(headers, body)] = there.got
    event = json.loads(body)
    row = Outgoing.objects.get()
    assert headers["Content-Type"].startswith("application/cloudevents+json")
    assert event == {
        "specversion": "1.0", "id": str(row.event_id), "source": "urn:anwang:99001", "type": REPORT_DECIDED,
        "subject": REPORT, "time": "2026-11-21T15:40:00Z", "sequence": "1", "datacontenttype": "application/json",
        "data": {"class": "being_handled"},
    }  # fmt: skip


def test_waits_longer_after_each_failure_and_keeps_the_order(world: World, hands) -> None:
    with receiver() as there:
        there.answers = lambda number: 500 if number < 3 else 200
        an_endpoint(a_system(), world.viewer("administrator"), there.address)
        tell(world)
        waits = []
        while Going.WAITING in states():
            before = len(there.got)
            deliver()
            if len(there.got) > before:
                waits.append(clock.now())
            hands.advance(timedelta(seconds=30))
    assert types(there.got) == [REPORT_RECEIVED] * 4 + [REPORT_DECIDED, REPORT_CLOSED]
    gaps = [int((b - a).total_seconds()) for a, b in pairwise(waits)]
    assert gaps == [60, 120, 240]
    assert [a.status for a in Attempt.objects.order_by("at", "id")] == [500, 500, 500, 200, 200, 200]


def test_puts_a_message_aside_when_nobody_takes_it_and_goes_on(world: World, hands) -> None:
    with receiver() as there:
        there.answers = lambda number: 500 if number < 12 else 200
        an_endpoint(a_system(), world.viewer("administrator"), there.address)
        tell(world)
        for _ in range(12):
            deliver()
            hands.advance(timedelta(hours=6))
    assert len(there.got) == 14
    assert states() == [Going.DEAD, Going.SENT, Going.SENT]
    assert types(there.got)[12:] == [REPORT_DECIDED, REPORT_CLOSED]


def test_sends_a_dead_message_again_or_gives_it_up_for_a_reason(world: World, hands) -> None:
    with receiver() as there:
        there.answers = lambda number: 500 if number < 24 else 200
        an_endpoint(a_system(), world.viewer("administrator"), there.address)
        tell(world, REPORT_RECEIVED, REPORT_DECIDED)
        for _ in range(26):
            deliver()
            hands.advance(timedelta(hours=6))
        assert states() == [Going.DEAD, Going.DEAD]
        first, second = Outgoing.objects.order_by("id").values_list("event_id", flat=True)
        by = world.viewer("administrator")
        acts.send_again(event_id=first, by=by, at=clock.now())
        acts.give_up(event_id=second, reason="told_otherwise", by=by, at=clock.now())
        assert deliver() == 1
    assert states() == [Going.SENT, Going.GIVEN_UP]
    ids = [json.loads(body)["id"] for _, body in there.got]
    assert ids.count(str(first)) == 13


def test_sends_again_with_the_same_id_when_killed_before_it_was_marked(world: World, monkeypatch) -> None:
    class Killed(BaseException):
        pass

    def kill(**_: object) -> str:
        raise Killed

    with receiver() as there:
        an_endpoint(a_system(), world.viewer("administrator"), there.address)
        tell(world)
        with monkeypatch.context() as patch:
            patch.setattr(delivering.acts, "note_attempt", kill)
            with pytest.raises(Killed):
                deliver()
        assert states() == [Going.WAITING] * 3
        assert deliver() == 3
    assert [json.loads(body)["id"] for _, body in there.got[:2]] == [json.loads(there.got[0][1])["id"]] * 2
    assert there.got[0][1] == there.got[1][1]
    assert len(there.got) == 4


def test_follows_no_redirect(world: World) -> None:
    with receiver() as trap, receiver() as there:
        there.answers, there.headers = lambda number: 307, {"Location": trap.address}
        an_endpoint(a_system(), world.viewer("administrator"), there.address)
        tell(world, REPORT_RECEIVED)
        assert deliver() == 0
    assert not trap.got
    assert Outgoing.objects.get().because == "redirect"


@pytest.mark.parametrize("drip", [b"", b"H"])
def test_does_not_wait_for_a_receiver_that_never_answers(drip: bytes) -> None:
    with silent(drip) as address:
        answer = posting.post(address, b"{}", {}, private=True, seconds=0.3)
    assert answer == posting.Answer(None, "timeout")


def test_says_connect_where_nobody_listens() -> None:
    with silent() as address:
        pass
    assert posting.post(address, b"{}", {}, private=True, seconds=1.0).because == "connect"


def test_neither_loses_nor_floods_when_the_clock_jumps(world: World, hands) -> None:
    with receiver() as there:
        there.answers = lambda number: 500 if number < 2 else 200
        an_endpoint(a_system(), world.viewer("administrator"), there.address)
        tell(world)
        hands.advance(timedelta(days=400))
        deliver()
        for _ in range(3):
            deliver()
        assert len(there.got) == 1, "a clock that ran ahead tries once, not as often as it could"
        hands.advance(timedelta(days=-800))
        deliver()
        assert len(there.got) == 2, "an instant far ahead was written by a wrong clock"
        hands.advance(timedelta(minutes=2))
        assert deliver() == 3
    assert states() == [Going.SENT] * 3


@pytest.mark.parametrize(("what", "fault", "because"), [
    ("write_day", OSError("no space left"), "disk"), ("next_message", SealBroken(), "key"),
    ("write_day", ValueError("not a name"), "ours"),
])  # fmt: skip
def test_notes_what_fails_on_our_side_and_holds_up_no_other(
    world: World, monkeypatch, what: str, fault: Exception, because: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise fault

    admin = world.viewer("administrator")
    with receiver() as there, monkeypatch.context() as patch:
        an_endpoint(a_system(), admin, "" if what == "write_day" else there.address)
        an_endpoint(a_system("second"), admin, there.address if what == "write_day" else "")
        tell(world)
        tell(world, to="second")
        patch.setattr(delivering if what == "write_day" else delivering.queries, what, broken)
        assert deliver() == 3
    stuck = Outgoing.objects.filter(state=Going.WAITING)
    assert {(row.because, row.tries, row.failing_since) for row in stuck} == {(because, 0, clock.now())}
    with receiver() as there:
        deliver()
    assert not Outgoing.objects.filter(state=Going.WAITING, endpoint__kind="file").exists()


@pytest.mark.parametrize("address", ["https://主機.example：8443/", "https://[abc"])
def test_goes_on_past_an_address_that_cannot_be_read(world: World, monkeypatch, address: str) -> None:
    with receiver() as there:
        admin = world.viewer("administrator")
        with monkeypatch.context() as before_it_was_looked_at:
            before_it_was_looked_at.setattr(endpoints, "_is_address", lambda address: True)
            spoiled, _ = an_endpoint(a_system("broken"), admin, address)
        an_endpoint(a_system(), admin, there.address)
        tell(world, to="broken")
        tell(world)
        assert deliver() == 3
    assert {row.because for row in Attempt.objects.filter(message__endpoint_id=spoiled)} == {"address"}


def test_lets_other_endpoints_have_their_turn_while_one_fails(world: World) -> None:
    with receiver() as there:
        admin = world.viewer("administrator")
        with silent() as gone:
            pass
        an_endpoint(a_system("broken"), admin, gone)
        an_endpoint(a_system(), admin, there.address)
        tell(world, to="broken")
        tell(world)
        assert deliver() == 3
    assert len(there.got) == 3


def test_gives_up_what_waits_when_the_endpoint_is_ended(world: World) -> None:
    with receiver() as there:
        endpoint_id, _ = an_endpoint(a_system(), world.viewer("administrator"), there.address)
        tell(world)
        assert end_endpoint(endpoint_id=endpoint_id, by=world.viewer("administrator"), at=clock.now()) == 3
        assert deliver() == 0
    assert not there.got
    assert states() == [Going.GIVEN_UP] * 3


def test_keeps_the_order_with_two_workers_at_once(committed_db) -> None:
    with transaction.atomic():
        world = build_world()
        admin = world.viewer("administrator")
    with receiver() as there:
        with transaction.atomic():
            world.viewer("administrator")
            an_endpoint(a_system(), admin, there.address)
        with transaction.atomic():
            for _ in range(20):
                tell(world)
        failures: list[BaseException] = []

        def work() -> None:
            try:
                while Outgoing.objects.filter(state=Going.WAITING).exists():
                    deliver()
            except BaseException as error:  # shown below: a thread's error is nobody's
                failures.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not failures
    assert [int(json.loads(body)["sequence"]) for _, body in there.got] == list(range(1, 61))


def test_goes_on_after_the_database_was_restarted_while_it_sent(committed_db, cluster) -> None:
    with transaction.atomic():
        world = build_world()
    with receiver() as there:
        with transaction.atomic():
            an_endpoint(a_system(), world.viewer("administrator"), there.address)
            tell(world)
        cut = threading.Event()

        def lose_the_connection() -> None:
            if not cut.is_set():
                cut.set()
                with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as superuser:
                    superuser.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [committed_db]
                    )

        there.before = lose_the_connection
        job = worker.Job("anwang.exchange.sending.delivering:deliver", every=1)
        assert not worker.run(job)
        assert worker._is_ours() or worker._is_ours(), "at the latest on the second look it has a connection again"
        assert worker.run(job)
    ids = [json.loads(body)["id"] for _, body in there.got]
    assert len(ids) == 4
    assert ids[0] == ids[1], "the message that was on its way is sent again under the same id"
    assert states() == [Going.SENT] * 3
