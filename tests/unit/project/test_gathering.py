"""The bytes of one request, in pieces of any size: when they are whole, and what is never taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.project.front.gathering import BODY_MOST, HEAD_MOST, Gathering, State

HEAD = b"POST /reports/new HTTP/1.1\r\nHost: 127.0.0.1\r\n"
LENGTH = HEAD + b"Content-Length: 11\r\n\r\nhello=world"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n=world\r\n0\r\nX-Sum: 1\r\n\r\n"
NEXT = b"GET / HTTP/1.1\r\n\r\n"


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@contextmanager
def gathered(data: bytes, size: int = 1 << 20) -> Iterator[Gathering]:
    gathering = Gathering()
    for piece in pieces(data, size):
        if gathering.state in (State.WHOLE, State.CUT, State.BROKEN):
            gathering.rest += piece
        else:
            gathering.feed(piece)
    yield gathering
    gathering.close()


@settings(max_examples=60, deadline=None)
@given(size=st.integers(1, 200), message=st.sampled_from([LENGTH, CHUNKED, NEXT, b"\r\n" + NEXT]))
def test_knows_the_end_in_pieces_of_any_size_and_leaves_what_follows(size: int, message: bytes) -> None:
    with gathered(message + NEXT, size) as found:
        assert found.state is State.WHOLE
        assert found.read(1 << 20) == message.lstrip(b"\r\n")
        assert found.rest == NEXT


@settings(max_examples=60, deadline=None)
@given(message=st.sampled_from([LENGTH, CHUNKED]), kept=st.floats(0.01, 0.99))
def test_is_not_whole_before_its_end(message: bytes, kept: float) -> None:
    with gathered(message[: int(len(message) * kept)], 7) as found:
        assert found.state in (State.HEAD, State.BODY)


DOUBTFUL = {
    "a length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    "two lengths": b"Content-Length: 5\r\nContent-Length: 6\r\n",
    "the same length twice": b"Content-Length: 5\r\nContent-Length: 5\r\n",
    "two lengths in one": b"Content-Length: 5, 6\r\n",
    "a length with a sign": b"Content-Length: +5\r\n",
    "a length below nothing": b"Content-Length: -5\r\n",
    "a length in hexadecimal": b"Content-Length: 0x5\r\n",
    "a length without end": b"Content-Length: " + b"9" * 5000 + b"\r\n",
    "another coding": b"Transfer-Encoding: gzip, chunked\r\n",
    "a coding nobody knows": b"Transfer-Encoding: xchunked\r\n",
    "chunked by another letter": b"Transfer-Encoding: chunked\x0b\r\n",
    "what only the gate may say": b"X-Body-Refused: 503\r\n",
}


@pytest.mark.parametrize("fields", DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_refuses_what_two_readers_could_understand_differently(fields: bytes) -> None:
    with gathered(HEAD + fields + b"\r\n0\r\n\r\n" + NEXT) as found:
        assert (found.state, found.status) == (State.BROKEN, 400)


CHUNKS = {
    "no number": b"zz\r\n",
    "a sign": b"-5\r\n",
    "a number too large to be one": b"fffffffff\r\n",
    "a line without its end": b"5\nhello",
    "a line too long": b"5;" + b"x" * 300,
}


@pytest.mark.parametrize("chunks", CHUNKS.values(), ids=CHUNKS.keys())
def test_refuses_broken_chunks(chunks: bytes) -> None:
    with gathered(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks) as found:
        assert (found.state, found.status) == (State.BROKEN, 400)


def test_refuses_a_head_without_end() -> None:
    with gathered(HEAD + b"X-A: " + b"x" * HEAD_MOST, 4096) as found:
        assert (found.state, found.status) == (State.BROKEN, 431)


def test_cuts_a_body_announced_too_large_before_a_byte_of_it_comes() -> None:
    with gathered(
        HEAD + b"Cookie: a=1\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n" % (BODY_MOST + 1)
    ) as found:
        assert (found.state, found.status) == (State.CUT, 413)
        told = found.read(1 << 20)
        assert b"Content-Length: 0\r\n" in told
        assert b"X-Body-Refused: 413\r\n" in told
        assert b"Cookie: a=1\r\n" in told
        assert b"Expect" not in told


def test_cuts_a_body_that_grows_too_large_and_keeps_none_of_it() -> None:
    with closing(Gathering(most=100_000)) as gathering:
        gathering.feed(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        while gathering.state is State.BODY:
            gathering.feed(b"1000\r\n" + b"x" * 4096 + b"\r\n")
        assert (gathering.state, gathering.status) == (State.CUT, 413)
        assert len(gathering.read(1 << 20)) < 200
