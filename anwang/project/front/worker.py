"""gunicorn's threaded worker behind a gate: a thread sees a request only when the whole of it is there.

A thread of the plain worker waits as long as a caller likes: eight callers who send a letter a minute shut the site.
Here the main loop reads and writes without ever waiting, and the threads compute.
"""

from __future__ import annotations

import contextlib
import errno
import selectors
import signal
import socket
import time
from concurrent.futures import Future
from typing import Any  # gunicorn's own objects are untyped

from gunicorn.workers.gthread import ThreadWorker

from anwang.project.front import answers
from anwang.project.front.gathering import State
from anwang.project.front.line import (
    BODY_RATE,
    BODY_SECONDS,
    HEAD_SECONDS,
    LINGER_REFUSED_SECONDS,
    LINGER_SECONDS,
    TAKE_SECONDS,
    Line,
)

LINES_MOST = 500
"""Connections at once; another one takes the place of whoever has dawdled longest over a request."""
GATHERED_MOST = 1024 * 1024 * 1024
"""Bytes of unfinished bodies on the disk at once."""
PIECE = 64 * 1024
SWEEP_SECONDS = 0.5
LAST_SECONDS = 1
DROPPED = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


class FrontWorker(ThreadWorker):
    """Every method but `handle` and `handle_error` runs in the main thread."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines: dict[Line, None] = {}
        self.busy = 0
        self._swept = 0.0

    def run(self) -> None:
        """Answer until told to stop, or until the master is gone."""
        super().run()
        self._end_within(LAST_SECONDS)

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Stop when everybody is answered, or when their time is over."""
        self._end_within(int(self.cfg.graceful_timeout) + LAST_SECONDS)
        super().handle_exit(sig, frame)

    def handle_quit(self, sig: int, frame: Any) -> None:
        """Stop now."""
        self._end_within(int(self.cfg.graceful_timeout) + LAST_SECONDS)
        super().handle_quit(sig, frame)

    def _end_within(self, seconds: int) -> None:
        # A request that waits for the database outlives the main loop, and a killed master sees to nobody: this process
        # would keep the port and callers that nobody answers.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)

    def accept(self, listener: socket.socket) -> None:
        """Take a new caller, in place of the slowest when there are too many."""
        try:
            wire, client = listener.accept()
        except OSError as error:
            if error.errno in DROPPED:
                self._drop_slowest()
            elif error.errno not in (errno.EAGAIN, errno.ECONNABORTED):
                raise
            return
        if len(self.lines) >= LINES_MOST:
            self._drop_slowest()
        with contextlib.suppress(OSError):
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line = Line(self.cfg, wire, client, listener.getsockname())
        self.lines[line] = None
        self.nr_conns += 1
        self._read(line)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Leave new callers to another process while every thread here computes; asked before each wait."""
        super().set_accept_enabled(enabled and self.busy < self.cfg.threads)

    def enqueue_req(self, conn: Line) -> None:
        """Hand a whole request to a thread."""
        self.busy += 1
        super().enqueue_req(conn)
        if self.busy >= self.cfg.threads:
            self.set_accept_enabled(False)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Any) -> None:
        """A request that cannot be read gets a sentence, without what it said."""
        spoken = answers.Spoken()
        super().handle_error(req, spoken, addr, exc)
        client.sendall(answers.plain(spoken.status))

    def finish_request(self, conn: Line, fs: Future[Any]) -> None:
        """The thread is done: send what waits, then listen again or end."""
        self.busy -= 1
        if conn not in self.lines:
            return
        result = not fs.cancelled() and fs.exception() is None and fs.result()
        whole = conn.gathering.state is State.WHOLE
        # Bytes gunicorn did not count to this request would be taken for the next.
        conn.keeps = bool(result) and whole and self.alive and not conn.parser.unreader.buf.getvalue()
        conn.deadline = time.monotonic() + TAKE_SECONDS
        self._send(conn)

    def murder_keepalived(self, force: bool = False) -> None:
        """End every line whose time has run out, and when stopping those that say nothing."""
        now = time.monotonic()
        if now < self._swept + SWEEP_SECONDS and not force:
            return
        self._swept = now
        for line in [line for line in self.lines if line.watched]:
            quiet = not self.alive and not line.gathering.begun and not line.held.waiting
            if force or (line.ends and now > line.deadline):
                self._end(line)
            elif quiet or now > line.deadline:
                self._give_up(line)

    def _give_up(self, line: Line) -> None:
        """Say that it took too long, when anything was said at all."""
        if line.gathering.begun and not line.held.waiting and not line.ends:
            with contextlib.suppress(OSError):
                line.wire.send(answers.plain(408))
        self._end(line)

    def _drop_slowest(self) -> None:
        waiting = [line for line in self.lines if line.watched]
        if waiting:
            self._end(min(waiting, key=lambda line: (bool(line.held.waiting), line.deadline)))

    def _watch(self, line: Line, event: int) -> None:
        if line.watched == event:
            return
        if line.watched:
            self.poller.unregister(line.wire)
        if event:
            act = self._send if event == selectors.EVENT_WRITE else self._read
            self.poller.register(line.wire, event, lambda _wire: act(line))
        line.watched = event

    def _read(self, line: Line) -> None:
        """What is there now; called again when there is more."""
        try:
            data = line.wire.recv(PIECE)
        except BlockingIOError:
            self._watch(line, selectors.EVENT_READ)
            return
        except OSError:
            self._end(line)
            return
        if not data:
            self._end(line)
        elif line.ends:
            self._watch(line, selectors.EVENT_READ)
        else:
            self._gather(line, data)

    def _gather(self, line: Line, data: bytes) -> None:
        gathering, before = line.gathering, line.gathering.state
        if not gathering.came:  # one deadline for a whole head: neither empty lines nor single letters renew it
            line.deadline = time.monotonic() + HEAD_SECONDS
        try:
            gathering.feed(data)
            if gathering.size > PIECE * 16 and sum(each.gathering.size for each in self.lines) > GATHERED_MOST:
                raise OSError(errno.ENOSPC, "too much is being sent at once")
        except OSError:
            gathering.cut(503)
        self._go_on(line, before)

    def _go_on(self, line: Line, before: State) -> None:
        gathering = line.gathering
        if gathering.state is State.BROKEN:
            self._watch(line, 0)
            line.held.sendall(answers.plain(gathering.status))
            self._send(line)
        elif gathering.state in (State.WHOLE, State.CUT):
            self._watch(line, 0)
            self.enqueue_req(line)
        else:
            if before is State.HEAD and gathering.state is State.BODY:
                line.deadline = time.monotonic() + BODY_SECONDS + (gathering.length or 0) / BODY_RATE
                if gathering.expects:
                    with contextlib.suppress(OSError):
                        line.wire.send(b"HTTP/1.1 100 Continue\r\n\r\n")
            self._watch(line, selectors.EVENT_READ)

    def _send(self, line: Line) -> None:
        try:
            gone = line.send_waiting()
        except BlockingIOError:
            gone = False
        except OSError:
            self._end(line)
            return
        if not gone:
            line.deadline = time.monotonic() + TAKE_SECONDS
            self._watch(line, selectors.EVENT_WRITE)
        elif line.keeps:
            self._listen_again(line)
        else:
            self._linger(line)

    def _listen_again(self, line: Line) -> None:
        line.keeps = False
        line.next()
        line.deadline = time.monotonic() + (HEAD_SECONDS if line.gathering.came else self.cfg.keepalive)
        self._go_on(line, State.HEAD)

    def _linger(self, line: Line) -> None:
        """Half close, and throw away what still comes: a reset would take the answer away with it."""
        line.ends = True
        refused = line.gathering.state is State.CUT
        line.deadline = time.monotonic() + (LINGER_REFUSED_SECONDS if refused else LINGER_SECONDS)
        try:
            line.wire.shutdown(socket.SHUT_WR)
        except OSError:
            self._end(line)
        else:
            self._watch(line, selectors.EVENT_READ)

    def _end(self, line: Line) -> None:
        if self.lines.pop(line, False) is False:
            return
        self._watch(line, 0)
        self.nr_conns -= 1
        line.close()
