"""A receipt is worthless without its second word, and its second word is written nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import psycopg
import pytest
from django.db import ProgrammingError, transaction
from psycopg import sql

from anwang.access.viewer import service_viewer
from anwang.foundation import clock
from anwang.intake import actions
from anwang.intake.actions.receipts import LETTERS, Shown, Status
from anwang.intake.incoming import PersonIn, ReportIn
from anwang.intake.models import Receipt, Report
from tests.world import World, build_world

NIGHT = "2026-03-08T03:04+08:00"


@pytest.fixture
def world(db: None, at: Callable[[str], object]) -> World:
    at(NIGHT)
    return build_world()


def received(world: World) -> Report:
    report = ReportIn(received_at=clock.now(), channel="public_form", narrative="樓上一直哭。",
                      persons=(PersonIn(role="child"),))  # fmt: skip
    return actions.receive_report(report=report, by=service_viewer("public"), county="99001")


def shown(world: World) -> Shown:
    return actions.make_receipt(report_id=received(world).id, by=service_viewer("public"))


def test_tells_received_to_both_words_and_nothing_to_one(world: World) -> None:
    mine, other = shown(world), shown(world)
    assert actions.status_of(number=mine.number, secret=mine.secret, by=service_viewer("public")) == Status.RECEIVED
    for number, secret in [(mine.number, other.secret), (mine.secret, mine.number), (mine.number, ""), ("", ""),
                           ("AAAA-AAAA-AAAA", mine.secret)]:  # fmt: skip
        assert actions.status_of(number=number, secret=secret, by=service_viewer("public")) == Status.UNKNOWN


def test_reads_words_as_people_type_them(world: World) -> None:
    mine = shown(world)
    typed = {"number": mine.number.lower().replace("-", " "), "secret": f" {mine.secret.replace('-', '')} "}
    assert actions.status_of(**typed, by=service_viewer("public")) == Status.RECEIVED


def test_tells_handled_once_the_report_was_decided(world: World) -> None:
    report = received(world)
    mine = actions.make_receipt(report_id=report.id, by=service_viewer("public"))
    world.viewer("screener")
    Report.objects.filter(id=report.id).update(was_decided=True)
    assert actions.status_of(number=mine.number, secret=mine.secret, by=service_viewer("public")) == Status.HANDLED


def test_tells_nothing_to_who_is_no_service(world: World) -> None:
    mine = shown(world)
    by = world.viewer("screener")
    assert actions.status_of(number=mine.number, secret=mine.secret, by=by) == Status.UNKNOWN
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Receipt.objects.exists()


def test_can_be_read_out_and_not_be_guessed(world: World) -> None:
    words = [word for _n in range(20) for word in (shown(world).number, shown(world).secret)]
    assert all(re.fullmatch(rf"[{LETTERS}]{{4}}(-[{LETTERS}]{{4}}){{2}}", word) for word in words)
    assert len(set(words)) == len(words)
    assert not set(LETTERS) & set("01258BIOSZ9")


def test_keeps_the_second_word_in_no_table(
    committed_db: str, at: Callable[[str], object], owner_connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    at(NIGHT)
    with transaction.atomic():
        mine = shown(build_world())
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    seen = {}
    for (table,) in owner_connection.execute(tables).fetchall():
        query = sql.SQL("SELECT count(*) FROM {} t WHERE t::text LIKE %s").format(sql.Identifier(str(table)))
        for word in (mine.secret, mine.secret.replace("-", ""), mine.number):
            found = owner_connection.execute(query, [f"%{word}%"]).fetchone()
            seen[table, word == mine.number] = seen.get((table, word == mine.number), 0) + found[0]
    assert {key: n for key, n in seen.items() if n} == {("intake_receipt", True): 1}
