"""Another system that takes messages: a real HTTP server in a thread, which behaves as each test wishes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.systems.actions.endpoints import open_endpoint
from anwang.systems.events import Told
from anwang.systems.models import System
from anwang.systems.states import Channel, Reach

REPORT = "T115-4829-1307"


@dataclass
class Receiver:
    """What came: bodies and headers in order. `answers` gives the status of the n-th request (from 0)."""

    address: str = ""
    answers: Callable[[int], int] = lambda number: 202
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    before: Callable[[], None] = lambda: None


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A receiver at an address of this machine, until the block ends."""
    kept = Receiver()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.before()
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                number = len(kept.got)
                kept.got.append((dict(self.headers), body))
            self.send_response(kept.answers(number))
            for name, value in kept.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    kept.address = f"http://127.0.0.1:{server.server_address[1]}/events"
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def silent(drip: bytes = b"") -> Iterator[str]:
    """The address of a server that takes the request and never answers, or drips without an end."""
    listening = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def hold() -> None:
        while not stop.is_set():
            try:
                taken, _ = listening.accept()
            except OSError:
                return
            kept.append(taken)
            while drip and not stop.wait(0.02):
                try:
                    taken.send(drip)
                except OSError:
                    break

    kept: list[socket.socket] = []
    thread = threading.Thread(target=hold, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        stop.set()
        # Closing alone does not wake a thread that waits to accept.
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(2)
        for one in kept:
            one.close()


def a_system(code: str = "school-board", county: str | None = "99001") -> UUID:
    """A system of the county, registered."""
    now = clock.now()
    row = System(
        id=uuid7(), code=code, name="校園通報系統", name_en="School reports", agency="望潮縣政府教育處",
        reach=Reach.COUNTY if county else Reach.NATIONAL, county_id=county, contact_unit="資訊科",
        channels=[Channel.API, Channel.WEBHOOK], registered_at=now, recorded_at=now,
    )  # fmt: skip
    row.save(force_insert=True)
    return row.id


def an_endpoint(
    system_id: UUID, by: Viewer, address: str = "", events: tuple[str, ...] = tuple(Told.values)
) -> tuple[UUID, bytes]:
    """An endpoint of the system, a webhook where it has an address; with its secret."""
    row, secret = open_endpoint(
        system_id=system_id, county="99001", kind="webhook" if address else "file", address=address, events=events,
        by=by, at=clock.now(),
    )  # fmt: skip
    return row.id, secret.encode()
