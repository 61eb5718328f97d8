"""Two at once: one wins, the other is told, and nothing is half done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction

from anwang.conferences import actions
from anwang.conferences.models import Meeting, RoomEntry
from anwang.foundation import clock
from anwang.foundation.errors import Conflict
from anwang.matters import verify
from anwang.matters.models import Matter
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.conferences.table import add_people, decided, held, her_case, laid
from tests.world import build_world


@pytest.fixture
def office(committed_db: str, at: Callable[..., clock.FrozenClock]) -> Office:
    hands = at(NIGHT + LATER)
    with transaction.atomic():
        office = open_office(build_world(), hands)
        add_people(office.world)
    return office


def at_once(*tries: Callable[[], None]) -> list[str]:
    """Each in a connection and transaction of its own, begun together: what became of it."""
    start, told, now = threading.Barrier(len(tries)), [], clock.now()

    def run(one: Callable[[], None]) -> None:
        try:
            start.wait(10)
            with clock.frozen(now), transaction.atomic():
                one()
            told.append("won")
        except Conflict:
            told.append("told")
        except Exception as error:
            told.append(repr(error))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=[one]) for one in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(told)


def test_lets_one_of_two_chairs_close_a_meeting(office: Office, owner_connection: psycopg.Connection[Any]) -> None:
    with transaction.atomic():
        table = laid(office)
        held(table)
        decided(table)
        decided(table, "每月回報", part_id=table.his_part, unit_id=office.units["welfare"], worker_id=None, number="二")
        actions.confirm(meeting_id=table.meeting.id, by=office.be("worker2"), at=clock.now())

    def close(who: str) -> Callable[[], None]:
        return lambda: actions.close(meeting_id=table.meeting.id, by=office.be(who), at=clock.now())

    assert at_once(close("worker2"), close("adult_supervisor")) == ["told", "won"]
    with transaction.atomic():
        office.be("worker2")
        assert Meeting.objects.get(id=table.meeting.id).state == "closed"
    assert verify.verify(owner_connection) == []


def test_lets_one_of_two_rule_on_a_decision(office: Office, owner_connection: psycopg.Connection[Any]) -> None:
    with transaction.atomic():
        table = laid(office)
        held(table)
        decision = decided(table)
        actions.report_decision(decision_id=decision.id, words="訂好了", evidence="訪視", proposes="released",
                                by=office.be("adult_worker"), at=clock.now())  # fmt: skip

    def rule(who: str, state: str) -> Callable[[], None]:
        ruled = actions.Ruled(state=state, condition="半年後再看", next_on=clock.today() + timedelta(days=90))
        return lambda: actions.rule(decision_id=decision.id, ruled=ruled, by=office.be(who), at=clock.now()) and None

    assert at_once(rule("worker2", "released"), rule("adult_supervisor", "condition")) == ["told", "won"]
    assert Matter.objects.get(id=decision.task_id).ended_at is not None
    assert verify.verify(owner_connection) == []


def test_takes_a_word_before_the_sealing_or_not_at_all(
    office: Office, owner_connection: psycopg.Connection[Any]
) -> None:
    with transaction.atomic():
        case = her_case(office)
        wanted = actions.Wanted(
            purpose="violence", words="今晚怎麼守", basis="life", ends_at=clock.now() + timedelta(hours=9),
            members=[actions.Called(role="police", worker_id=office.workers["police"])],
        )  # fmt: skip
        room = actions.open_room(case_id=case.id, wanted=wanted, by=office.be("adult_worker"), at=clock.now())
    office.hands.advance(timedelta(minutes=5))

    def seal() -> None:
        actions.seal(room_id=room.id, outcome="已安置", by=office.be("adult_worker"), at=clock.now())

    def say() -> None:
        actions.say(room_id=room.id, text="再十分鐘到", by=office.be("police"), at=clock.now())

    told = at_once(seal, say)
    assert told in (["told", "won"], ["won", "won"])
    with transaction.atomic():
        office.be("adult_worker")
        assert RoomEntry.objects.count() == told.count("won") - 1
    assert Matter.objects.get(id=room.id).ended_how == "sealed"
    assert verify.verify(owner_connection) == []
