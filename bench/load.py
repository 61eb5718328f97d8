"""Users with a kept connection each, who ask for the next page as soon as the last one came."""

from __future__ import annotations

import multiprocessing
import os
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Request:
    """The bytes of one request, and how its answer begins when all is well."""

    data: bytes
    expects: tuple[int, ...] = (200,)


@dataclass
class Outcome:
    """What some users got: seconds of every answer in order, wrong answers, and the generator's own processor time."""

    seconds: list[float]
    errors: int
    elapsed: float
    own_cpu: float

    @property
    def a_second(self) -> float:
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0

    def percentile(self, part: float) -> float:
        """Milliseconds within which `part` of the answers came."""
        if not self.seconds:
            return 0.0
        ordered = sorted(self.seconds)
        return ordered[min(int(part * len(ordered)), len(ordered) - 1)] * 1000


def drive(port: int, users: Sequence[Sequence[Request]], seconds: float) -> Outcome:
    """Let every user ask his requests in turn, again and again, for so long."""
    context = multiprocessing.get_context("fork")
    pipes = []
    for requests in users:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_user, args=(port, list(requests), seconds, theirs))
        process.start()
        pipes.append((process, ours))
    parts = [ours.recv() for _process, ours in pipes]
    for process, _ours in pipes:
        process.join()
    taken = [one for part in parts for one in part[0]]
    errors, elapsed, spent = sum(part[1] for part in parts), max(part[2] for part in parts), [part[3] for part in parts]
    return Outcome(taken, errors, elapsed, sum(spent))


def _user(port: int, requests: list[Request], seconds: float, pipe: multiprocessing.connection.Connection) -> None:
    line = Line(port)
    taken: list[float] = []
    errors = turn = 0
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        request = requests[turn % len(requests)]
        turn += 1
        asked = time.perf_counter()
        try:
            status = line.ask(request.data)
        except OSError:
            status, line = 0, Line(port)
        if status in request.expects:
            taken.append(time.perf_counter() - asked)
        else:
            errors += 1
    spent = os.times()
    pipe.send((taken, errors, time.perf_counter() - began, spent.user + spent.system))


class Line:
    """One kept connection, opened again when the other side closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None
        self.rest = b""

    def ask(self, data: bytes) -> int:
        """Send one request and read its answer whole; gives the status."""
        return self.exchange(data)[0]

    def exchange(self, data: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of the answer. Raises OSError when the connection breaks in the middle."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.rest = b""
        self.socket.sendall(data)
        while b"\r\n\r\n" not in self.rest:
            self._more()
        head, _, body = self.rest.partition(b"\r\n\r\n")
        lowered = head.lower()
        length = int(lowered.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
        while len(body) < length:
            self.rest = b""
            self._more()
            body += self.rest
        self.rest = b""
        if b"connection: close" in lowered:
            self.socket.close()
            self.socket = None
        return int(head[9:12]), head, body[:length]

    def _more(self) -> None:
        assert self.socket is not None
        came = self.socket.recv(1 << 16)
        if not came:
            self.socket.close()
            self.socket = None
            raise ConnectionError("the server closed the connection")
        self.rest += came
