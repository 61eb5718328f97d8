"""One caller's connection: what it sent waits here until it is whole, what it is told waits here until it is taken."""

from __future__ import annotations

import contextlib
import select
import socket
import time
from typing import Any  # gunicorn's own objects are untyped

from gunicorn import http
from gunicorn.workers.gthread import TConn

from anwang.project.front.gathering import Gathering

HEAD_SECONDS = 15.0
"""For a whole head, however it trickles."""
BODY_SECONDS, BODY_RATE = 30.0, 16 * 1024
"""For a body: that long, and as long again as it needs at that many bytes a second (a poor telephone)."""
TAKE_SECONDS = 60.0
"""For taking an answer, from one piece to the next."""
LINGER_SECONDS, LINGER_REFUSED_SECONDS = 2.0, 30.0
"""After the answer, what still comes is read and thrown away, so that a caller in mid-sentence hears the answer."""
ANSWER_MOST = 8 * 1024 * 1024
"""Bytes of an answer that wait here for the caller; beyond that the thread waits with them."""


class Line(TConn):
    """`wire` is the true socket, never waited for; `sock` is what gunicorn reads from and writes to."""

    def __init__(self, cfg: Any, wire: socket.socket, client: Any, server: Any) -> None:
        wire.setblocking(False)
        self.wire = wire
        self.held = Held(self)
        super().__init__(cfg, self.held, client, server)
        self.data_ready = True
        self.gathering = Gathering()
        self.deadline = time.monotonic() + HEAD_SECONDS
        self.keeps = False
        """After the answer the next request may come."""
        self.ends = False
        """The last answer is given: what still comes is thrown away."""
        self.watched = 0
        """What the poller waits for on the wire; 0 while a thread has it."""

    def init(self) -> None:
        """Called by the thread that answers."""
        self.initialized = True
        if self.parser is None:
            self.parser = http.get_parser(self.cfg, self.held, self.client)

    def next(self) -> None:
        """Ready for another request on the same connection."""
        rest = self.gathering.rest
        self.gathering.close()
        self.gathering = Gathering()
        if rest:
            self.gathering.feed(rest)

    def send_waiting(self) -> bool:
        """Send what waits, as far as the caller takes it; whether all of it is gone. Raises OSError."""
        waiting = self.held.waiting
        while waiting:
            sent = self.wire.send(waiting[0])
            if sent < len(waiting[0]):
                waiting[0] = waiting[0][sent:]
                return False
            waiting.pop(0)
        return True

    def close(self, graceful: bool = False) -> None:
        self.gathering.close()
        self.wire.close()


class Held:
    """A socket to gunicorn's threads: reading gives what was gathered, writing never waits for a slow caller."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.waiting: list[memoryview] = []

    def recv(self, size: int) -> bytes:
        return self.line.gathering.read(size)

    def send(self, data: bytes) -> int:
        """Only "100 Continue" comes this way, and was said already."""
        return len(data)

    def sendall(self, data: bytes) -> None:
        """Raises OSError when the caller is gone, or takes nothing of a long answer for too long."""
        rest = memoryview(data)
        if not self.waiting:
            with contextlib.suppress(BlockingIOError):
                rest = rest[self.line.wire.send(rest) :]
        if rest:
            self.waiting.append(rest)
        while sum(map(len, self.waiting)) > ANSWER_MOST:
            if not select.select([], [self.line.wire], [], TAKE_SECONDS)[1]:
                raise TimeoutError
            with contextlib.suppress(BlockingIOError):
                self.line.send_waiting()

    def setblocking(self, flag: bool) -> None:
        """Nothing here ever blocks."""

    def settimeout(self, seconds: float | None) -> None:
        """Nothing here ever waits."""

    def gettimeout(self) -> float | None:
        return None

    def fileno(self) -> int:
        return self.line.wire.fileno()
