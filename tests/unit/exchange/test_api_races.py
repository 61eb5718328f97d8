"""The interface under load: the same message at once, a death at any point; acknowledged means there, once."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, connections, transaction

from tests.ports import unused_port
from tests.unit.exchange.callers import Caller, caller, report
from tests.unit.exchange.test_api_rosters import bound
from tests.unit.exchange.test_api_rosters import send as send_list
from tests.unit.rosters.tables import child, roster
from tests.world import build_world

Owner = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture
def hospital(committed_db: str) -> Caller:
    with transaction.atomic():
        return bound(caller(by := build_world().viewer("administrator")), by)


def at_once(work: Callable[[int], Any], many: int) -> list[Any]:
    """Run `work` in so many threads that start together, each with its own connection."""
    gate = threading.Barrier(many)

    def run(number: int) -> Any:
        gate.wait()
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(run, range(many)))


def counted(owner: Owner) -> tuple[int, int]:
    row = owner.execute(
        "SELECT (SELECT count(*) FROM intake_report), (SELECT count(*) FROM intake_receivedkey)"
    ).fetchone()
    assert row
    return int(row[0]), int(row[1])


@pytest.mark.parametrize("how", ["number", "key", "both"])
def test_takes_the_same_message_at_once_once(hospital: Caller, owner_connection: Owner, how: str) -> None:
    body = report(number=None if how == "key" else "R-1")
    headers = {} if how == "number" else {"Idempotency_Key": "k-1"}
    answers = at_once(lambda _n: Caller("", hospital.plain).send(body, **headers), 6)
    assert sorted(one.status_code for one in answers) == [200] * 5 + [201]
    assert len({one.content for one in answers}) == 1
    assert counted(owner_connection) == (1, 1)


def test_takes_the_same_list_at_once_once(hospital: Caller, owner_connection: Owner) -> None:
    body = roster([child(1), child(2)])
    answers = at_once(lambda _n: send_list(Caller("", hospital.plain), body, rows=2), 5)
    assert sorted(one.status_code for one in answers) == [200] * 4 + [201]
    assert len({one.json()["number"] for one in answers}) == 1
    found = owner_connection.execute(
        "SELECT (SELECT count(*) FROM rosters_rosterfile), (SELECT count(*) FROM rosters_rosterrow)"
    ).fetchone()
    assert found == (1, 2)


def test_takes_one_of_several_messages_with_one_key(hospital: Caller, owner_connection: Owner) -> None:
    def send(n: int) -> int:
        one = Caller("", hospital.plain)
        return int(one.send(report(number=f"R-{n}"), Idempotency_Key="k-1").status_code)

    assert sorted(at_once(send, 5)) == [201] + [409] * 4
    assert counted(owner_connection) == (1, 1)


def test_answers_away_while_the_database_is_and_takes_it_afterwards(
    hospital: Caller, monkeypatch: pytest.MonkeyPatch, owner_connection: Owner
) -> None:
    def gone(**_given: Any) -> None:
        raise OperationalError("server closed the connection")

    with monkeypatch.context() as broken:
        broken.setattr("anwang.exchange.api.reports.receive_reports", gone)
        answer = hospital.send(report())
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert hospital.send(report()).status_code == 201
    assert counted(owner_connection) == (1, 1)


def test_says_broken_without_a_word_of_what_was_sent(
    hospital: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_given: Any, **_named: Any) -> None:
        raise ZeroDivisionError("瘀青")

    monkeypatch.setattr("anwang.exchange.api.reports.reading.report", breaks)
    answer = hospital.send(report())
    assert answer.status_code == 500
    assert "瘀青" not in answer.content.decode()


SERVE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
from wsgiref.simple_server import WSGIServer, WSGIRequestHandler, make_server
from socketserver import ThreadingMixIn
from django.core.wsgi import get_wsgi_application
from django.db import connections
import json, sys
connections.settings["default"].update(json.loads(sys.argv[2]))
class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
class Quiet(WSGIRequestHandler):
    def log_message(self, *given): pass
make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application(), Server, Quiet).serve_forever()
"""


@pytest.fixture
def served(committed_db: str) -> Iterator[Callable[[], tuple[subprocess.Popen[bytes], int]]]:
    """Start the site in a process of its own, on this test's database; it can be killed like any other."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> tuple[subprocess.Popen[bytes], int]:
        port = unused_port()
        known = {key: connection.settings_dict[key] for key in ("NAME", "USER", "HOST", "PORT", "PASSWORD")}
        process = subprocess.Popen([sys.executable, "-c", SERVE, str(port), json.dumps(known)])
        started.append(process)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return process, port
            except OSError:
                threading.Event().wait(0.1)
        raise AssertionError("the server did not start")

    yield start
    for process in started:
        process.kill()
        process.wait()


def post(port: int, plain: str, number: str) -> str:
    """Send one report; its number when it was acknowledged, else empty."""
    peer = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Authorization": f"Bearer {plain}", "Content-Type": "application/json"}
    try:
        peer.request("POST", "/api/v1/reports", json.dumps(report(number=number)).encode(), headers)
        answer = peer.getresponse()
        told = json.loads(answer.read())
        return str(told["number"]) if answer.status in (200, 201) else ""
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        peer.close()


def test_has_every_acknowledged_report_once_after_being_killed(
    hospital: Caller, served: Callable[[], tuple[subprocess.Popen[bytes], int]], owner_connection: Owner
) -> None:
    process, port = served()
    acknowledged: dict[str, str] = {}

    def sends(name: str) -> None:
        for n in range(400):
            key = f"{name}-{n}"
            told = post(port, hospital.plain, key)
            if not told:
                return
            acknowledged[key] = told

    threads = [threading.Thread(target=sends, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 60
    while len(acknowledged) < 20 and time.monotonic() < until:
        threading.Event().wait(0.02)
    os.kill(process.pid, signal.SIGKILL)
    for thread in threads:
        thread.join()
    kept = dict(
        owner_connection.execute(
            "SELECT split_part(k.key, ':', 3), m.number"
            " FROM intake_receivedkey k JOIN matters_matter m ON m.id = k.report_id"
        ).fetchall()
    )
    assert len(acknowledged) >= 20
    assert acknowledged.items() <= kept.items(), "whatever was acknowledged is there, under the number that was told"
    assert len(kept) - len(acknowledged) <= len(threads), "at most what was on its way is there unacknowledged"
    _process, again = served()
    for name in "abc":
        left = f"{name}-{sum(key.startswith(name) for key in acknowledged)}"
        assert post(again, hospital.plain, left), "what got no answer is sent again and becomes one report"
    total, keys = counted(owner_connection)
    assert total == keys == len(acknowledged) + 3
