"""The bytes of one request, collected as they come: when they are all there, or why they are not taken.

Only framing is read here, and only to know when it is whole; gunicorn reads the same bytes again and decides what they
mean. What two readers could understand differently (a length and chunks, two lengths) is refused outright, so that no
request can hide inside another.
"""

from __future__ import annotations

import re
import tempfile
from enum import Enum, auto

HEAD_MOST = 64 * 1024
"""Bytes of a request line with its headers."""
BODY_MOST = 24 * 1024 * 1024
"""Bytes of a body: the largest file somebody may bring (20 MB) with the form around it."""
IN_MEMORY = 256 * 1024
CHUNK_LINE_MOST = 256
REFUSED = b"X-Body-Refused"
"""Tells the pages that a body was not taken, with the status to answer; see `web.shell.intact`."""

_END = b"\r\n\r\n"
_FIELD = re.compile(rb"[!#-'*+.^-z|~0-9A-Z-]+:")
_LENGTH = re.compile(rb"[0-9]{1,15}")
_SIZE = re.compile(rb"[0-9A-Fa-f]{1,8}")
_REFUSED = REFUSED.lower()
_FRAMING = (b"content-length", b"transfer-encoding", b"expect", b"connection", b"content-encoding", _REFUSED)


class State(Enum):
    """How far it has come. BROKEN cannot be read at all; CUT goes on without its body, to be told why."""

    HEAD = auto()
    BODY = auto()
    WHOLE = auto()
    CUT = auto()
    BROKEN = auto()


class Gathering:
    """Feed it what arrives; `state` says whether it is a request. `rest` is what came behind its end."""

    def __init__(self, most: int = BODY_MOST) -> None:
        self.state = State.HEAD
        self.status = 0
        """Of a broken or cut one: the status to answer."""
        self.length = 0
        """Bytes of body announced, when it said so."""
        self.expects = False
        """The caller waits to be told to go on before it sends the body."""
        self.size = 0
        self.rest = b""
        self.came = False
        """Something came, if only an empty line: from then on the time for a head runs."""
        self._most = most
        self._head = bytearray()
        self._kept = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - lives as long as this
        self._chunks: _Chunks | None = None

    @property
    def begun(self) -> bool:
        """A request line began, so that an answer is expected."""
        return bool(self._head)

    def feed(self, data: bytes) -> None:
        """Take what arrived. Raises OSError when the disk for large bodies is full."""
        self.came = True
        if self.state is State.HEAD:
            data = self._feed_head(data)
        if self.state is State.BODY:
            self._feed_body(data)

    def cut(self, status: int) -> None:
        """Go on without the body, so that the pages can say in the caller's language why."""
        line, *fields = bytes(self._head).split(b"\r\n")
        fields = [field for field in fields if field and _name(field) not in _FRAMING]
        told = [b"Content-Length: 0", b"Connection: close", REFUSED + b": %d" % status]
        self._restart(b"\r\n".join([line, *fields, *told]) + _END)
        self.state, self.status = State.CUT, status

    def read(self, size: int) -> bytes:
        """The bytes of a whole request, from its beginning; empty at its end."""
        return self._kept.read(size)

    def close(self) -> None:
        self._kept.close()

    def _feed_head(self, data: bytes) -> bytes:
        """What is left for the body once the head is there."""
        if not self._head:
            # Empty lines before a request line are passed over (RFC 9112 §2.2).
            data = data.lstrip(b"\r\n")
        start = max(len(self._head) - 3, 0)
        self._head += data
        end = self._head.find(_END, start)
        if end < 0 or end > HEAD_MOST:
            if len(self._head) > HEAD_MOST:
                self.state, self.status = State.BROKEN, 431
            return b""
        rest = bytes(self._head[end + 4 :])
        del self._head[end + 4 :]
        self._kept.write(self._head)
        self._read_framing()
        return rest if self.state is State.BODY else b""

    def _read_framing(self) -> None:
        fields = [field for field in bytes(self._head).split(b"\r\n")[1:] if field]
        found = {name: [_value(field) for field in fields if _name(field) == name] for name in _FRAMING}
        lengths, codings = found[b"content-length"], found[b"transfer-encoding"]
        sound = all(map(_FIELD.match, fields)) and len(lengths) + len(codings) < 2
        sound = sound and all(map(_LENGTH.fullmatch, lengths)) and not found[_REFUSED]
        if not sound or any(coding.lower() != b"chunked" for coding in codings):
            self.state, self.status = State.BROKEN, 400
            return
        self.expects = any(value.lower() == b"100-continue" for value in found[b"expect"])
        self.length = int(lengths[0]) if lengths else 0
        if codings:
            self._chunks = _Chunks()
        if self.length > self._most:
            self.cut(413)
        else:
            self.state = State.BODY

    def _feed_body(self, data: bytes) -> None:
        if self._chunks is not None:
            taken, self.rest = self._chunks.feed(data)
            ended = self._chunks.ended
        else:
            missing = self.length - self.size
            taken, self.rest = data[:missing], data[missing:]
            ended = len(data) >= missing
        self.size += len(taken)
        self._kept.write(taken)
        if self._chunks is not None and self._chunks.broken:
            self.state, self.status = State.BROKEN, 400
        elif self.size > self._most:
            self.cut(413)
        elif ended:
            self.state = State.WHOLE
            self._kept.seek(0)

    def _restart(self, head: bytes) -> None:
        self._kept.close()
        self._kept = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - lives as long as this
        self._kept.write(head)
        self._kept.seek(0)


class _Chunks:
    """Where a chunked body ends (RFC 9112 §7.1); its bytes are kept as they came."""

    def __init__(self) -> None:
        self.ended = self.broken = False
        self._line = bytearray()
        self._data = 0
        self._last = False

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        """What belongs to the body, and what comes behind it."""
        at = 0
        while at < len(data) and not (self.ended or self.broken):
            if self._data:
                step = min(self._data, len(data) - at)
                self._data -= step
                at += step
            else:
                at = self._feed_line(data, at)
        return data[:at], data[at:]

    def _feed_line(self, data: bytes, at: int) -> int:
        end = data.find(b"\n", at)
        stop = len(data) if end < 0 else end + 1
        self._line += data[at:stop]
        if len(self._line) > CHUNK_LINE_MOST:
            self.broken = True
        elif end >= 0:
            line = bytes(self._line)
            self._line.clear()
            self._read_line(line)
        return stop

    def _read_line(self, line: bytes) -> None:
        if self._last:
            # Trailers, until the empty line.
            self.ended = line == b"\r\n"
            self.broken = not line.endswith(b"\r\n")
            return
        size = line.removesuffix(b"\r\n").partition(b";")[0].strip(b" \t")
        if not _SIZE.fullmatch(size) or not line.endswith(b"\r\n"):
            self.broken = True
            return
        number = int(size, 16)
        # The line end behind the data counts with it.
        self._data, self._last = (number + 2, False) if number else (0, True)


def _name(field: bytes) -> bytes:
    return field.partition(b":")[0].lower()


def _value(field: bytes) -> bytes:
    return field.partition(b":")[2].strip(b" \t")
