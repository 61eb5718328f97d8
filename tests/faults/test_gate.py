"""The gate in front of the threads, by true sockets: slow, huge, half and doubled requests, and who comes between."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.ground import ROOT, eventually
from tests.ports import unused_port

SETTINGS = ROOT / "anwang" / "project" / "gunicorn_settings.py"
MB = 1024 * 1024
SLOW = {
    "nothing at all": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: a\r\nX-A: ",
    "half a body": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nab",
    "half a chunk": b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nab",
}


class Gate:
    """One process with two threads behind the gate, or as many as a test asks for."""

    def __init__(self, page: str = "gate", workers: int = 1, threads: int = 2, more: tuple[str, ...] = ()) -> None:
        self.port = unused_port()
        command = [sys.executable, "-m", "gunicorn", "-c", str(SETTINGS), "--workers", str(workers)]
        command += [
            "--threads",
            str(threads),
            "-b",
            f"127.0.0.1:{self.port}",
            *more,
            f"tests.faults.{page}:application",
        ]
        self.master = subprocess.Popen(command, cwd=ROOT)
        assert eventually(self.answers, 20)

    def answers(self) -> bool:
        with contextlib.suppress(OSError):
            return self.get("/")[0] == 200
        return False

    def get(self, path: str) -> tuple[int, bytes]:
        caller = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(caller):
            caller.request("GET", path)
            answer = caller.getresponse()
            return answer.status, answer.read()

    def call(self, first: bytes = b"") -> socket.socket:
        caller = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        caller.sendall(first)
        return caller

    def told(self, message: bytes) -> bytes:
        """Everything that is answered until the site ends the connection."""
        with self.call(message) as caller:
            return heard(caller)

    def children(self) -> list[int]:
        """The processes that answer."""
        text = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children").read_text()
        return [int(pid) for pid in text.split()]

    def memory(self) -> int:
        """Bytes the answering process keeps in memory."""
        status = [Path(f"/proc/{pid}/status").read_text() for pid in self.children()]
        return max(int(text.split("VmRSS:")[1].split()[0]) * 1024 for text in status)

    def end(self) -> None:
        self.master.send_signal(signal.SIGQUIT)
        self.master.wait(20)


def heard(caller: socket.socket) -> bytes:
    with caller.makefile("rb") as answers:
        return answers.read()


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    gate = Gate()
    try:
        yield gate
    finally:
        gate.end()


@pytest.mark.parametrize("first", SLOW.values(), ids=SLOW.keys())
def test_answers_others_while_fifty_callers_dawdle(gate: Gate, first: bytes) -> None:
    slow = [gate.call(first) for _ in range(50)]
    try:
        began = time.monotonic()
        assert [gate.get(f"/{n}")[0] for n in range(20)] == [200] * 20
        assert time.monotonic() - began < 4
    finally:
        for each in slow:
            each.close()


def test_answers_a_newcomer_when_every_place_is_taken_by_a_dawdler(gate: Gate) -> None:
    slow = [gate.call(SLOW["half a head"]) for _ in range(600)]
    try:
        assert gate.get("/")[0] == 200
        # The slowest was sent away, the last one is still heard.
        slow[-1].sendall(b"b\r\nConnection: close\r\n\r\n")
        assert heard(slow[-1]).endswith(b"GET / 0")
        assert slow[0].recv(10) == b""
    finally:
        for each in slow:
            each.close()


def test_answers_others_while_readers_take_nothing(gate: Gate) -> None:
    slow = [gate.call(b"GET /page HTTP/1.1\r\nHost: a\r\n\r\n" * 200) for _ in range(20)]
    try:
        assert gate.get("/")[0] == 200
    finally:
        for each in slow:
            each.close()


def test_a_process_that_computes_leaves_newcomers_to_the_others(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    gate = Gate(workers=2, threads=1)
    try:
        busy = gate.call(f"GET /busy HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Wait: {pipe}\r\n\r\n".encode())
        held = os.open(pipe, os.O_WRONLY)  # waits until the request waits
        assert [gate.get(f"/{n}") for n in range(40)] == [(200, f"GET /{n} 0".encode()) for n in range(40)]
        os.close(held)
        assert heard(busy).endswith(b"GET /busy 0")
        busy.close()
    finally:
        gate.end()


def test_takes_a_slow_request_whole(gate: Gate) -> None:
    message = b"POST /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"
    with gate.call() as caller:
        for at in range(0, len(message), 3):
            caller.sendall(message[at : at + 3])
            time.sleep(0.002)
        assert heard(caller).endswith(b"POST /slow 5")


@pytest.fixture(scope="module")
def hurried() -> Iterator[Gate]:
    """Gives a whole head one second."""
    gate = Gate("hurried")
    try:
        yield gate
    finally:
        gate.end()


DRIPS = {"empty lines": (b"", b"\r\n"), "letters": (b"GET / HTTP/1.1\r\nX: ", b"y"), "behind an answer": (
    b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"\r\n")}  # fmt: skip


@pytest.mark.parametrize(("first", "drop"), DRIPS.values(), ids=DRIPS.keys())
def test_gives_a_head_one_deadline_however_it_drips(hurried: Gate, first: bytes, drop: bytes) -> None:
    with hurried.call(first) as caller:
        caller.settimeout(0.1)
        began, is_open = time.monotonic(), True
        while is_open and time.monotonic() - began < 8:
            with contextlib.suppress(TimeoutError, OSError):
                caller.sendall(drop)
            try:
                is_open = caller.recv(1000) != b""
            except TimeoutError:
                is_open = True
            except OSError:
                is_open = False
        assert not is_open
        assert time.monotonic() - began < 6


def test_tells_a_caller_to_go_on(gate: Gate) -> None:
    head = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
    with gate.call(head) as caller:
        assert caller.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        caller.sendall(b"hello")
        assert heard(caller).endswith(b"POST / 5")


def test_answers_requests_sent_in_one_breath_in_their_order(gate: Gate) -> None:
    one = b"POST /%d HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"
    answers = gate.told(one % 1 + one % 2 + b"GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert [answers.count(word) for word in (b"POST /1 1", b"POST /2 1", b"GET /3 0")] == [1, 1, 1]
    assert answers.index(b"/1") < answers.index(b"/2") < answers.index(b"/3")


def by_length(caller: socket.socket, size: int) -> None:
    caller.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % size)
    for _ in range(size // MB):
        caller.sendall(b"x" * MB)


def by_chunks(caller: socket.socket, size: int) -> None:
    caller.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(size // MB):
        caller.sendall(b"100000\r\n" + b"x" * MB + b"\r\n")
    caller.sendall(b"0\r\n\r\n")


@pytest.mark.parametrize("send", [by_length, by_chunks])
def test_tells_eight_callers_with_fifty_megabytes_each_and_keeps_none_of_it(
    gate: Gate, send: Callable[[socket.socket, int], None]
) -> None:
    def tell(_number: int) -> bytes:
        with gate.call() as caller:
            send(caller, 50 * MB)
            return heard(caller)

    before = gate.memory()
    with ThreadPoolExecutor(8) as eight:
        told = list(eight.map(tell, range(8)))
    assert all(each.startswith(b"HTTP/1.1 413") and each.endswith(b"POST / 0 413") for each in told)
    assert gate.memory() - before < 30 * MB


def test_takes_twenty_megabytes_and_keeps_its_memory(gate: Gate) -> None:
    before = gate.memory()
    with gate.call() as caller:
        by_length(caller, 20 * MB)
        assert heard(caller).endswith(b"POST / %d" % (20 * MB))
    assert gate.memory() - before < 10 * MB


def test_gives_a_long_answer_whole_to_a_slow_reader(gate: Gate) -> None:
    with gate.call(b"GET /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") as caller:
        assert gate.get("/")[0] == 200
        assert len(heard(caller).partition(b"\r\n\r\n")[2]) == 40 * MB


HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"
SMUGGLED = {
    "behind a length and chunks": b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "behind chunks of another spelling": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "behind two lengths": b"Content-Length: 0\r\nContent-Length: 40\r\n\r\n" + HIDDEN,
    "behind a bare line end": b"Content-Length: 0\nX: y\r\n\r\n" + HIDDEN,
    "behind a folded field": b"X: y\r\n Content-Length: 50\r\n\r\n" + HIDDEN,
    "behind a field with a blank": b"Content-Length : 50\r\n\r\n" + HIDDEN,
    "behind a broken chunk": b"Transfer-Encoding: chunked\r\n\r\n0x\r\n\r\n" + HIDDEN,
}


@pytest.mark.parametrize("rest", SMUGGLED.values(), ids=SMUGGLED.keys())
def test_answers_no_request_that_hides_in_another(gate: Gate, rest: bytes) -> None:
    told = gate.told(b"POST / HTTP/1.1\r\nHost: a\r\n" + rest)
    assert told.startswith(b"HTTP/1.1 400 ")
    assert b"/hidden" not in told


UNREADABLE = {
    "no words of HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
    "a method that is none": (b"G\x00T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "another version": (b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", 400),
    "NUL in a field": (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 400),
    "an address without end": (b"GET /" + b"a" * 60_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    "a flood of fields": (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000 + b"\r\n", 431),
    "a field without end": (b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000, 431),
}


@pytest.mark.parametrize(("message", "status"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_answers_what_it_cannot_read_with_a_sentence_in_both_languages(gate: Gate, message: bytes, status: int) -> None:
    told = gate.told(message)
    assert told.startswith(b"HTTP/1.1 %d " % status)
    words = told.partition(b"\r\n\r\n")[2].decode()
    assert "。" in words
    assert "." in words
    assert gate.get("/")[0] == 200


def test_leaves_nobody_at_the_port_when_the_master_is_killed_over_a_request_without_end(tmp_path: Path) -> None:
    gate = Gate(workers=1, threads=1, more=("--graceful-timeout", "1"))
    never = tmp_path / "never"
    os.mkfifo(never)
    (answering,) = gate.children()
    with gate.call(f"GET / HTTP/1.1\r\nHost: a\r\nX-Wait: {never}\r\n\r\n".encode()):
        held = os.open(never, os.O_WRONLY)  # waits until the request waits
        gate.master.kill()
        gate.master.wait()
        is_gone = eventually(lambda: not _runs(answering), 20)
        os.close(held)  # only now could it go on
    assert is_gone


def _runs(pid: int) -> bool:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False
