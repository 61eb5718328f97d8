"""Shared by all tests: the database (`tests.database`), the browser (`tests.browser`), the clock, no network."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import translation

from anwang.foundation import clock
from anwang.project.postgres.cluster import Cluster
from anwang.project.postgres.tether import die_with_parent
from tests import naming

pytest_plugins = ("tests.database", "tests.county", "tests.browser")

_session = ExitStack()
NEAR = {"127.0.0.1", "::1", "localhost"}


def pytest_configure(config: pytest.Config) -> None:
    """Hold the server's lock for the whole run; a worker ends with the run, by kill -9 too."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        die_with_parent(os.getppid(), signal.SIGKILL)
    _session.enter_context(Cluster(Path(os.environ["ANWANG_TEST_RUN"]), ephemeral=True).in_use())


def pytest_unconfigure(config: pytest.Config) -> None:
    _session.close()


@pytest.fixture(autouse=True)
def near_sockets_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections to other machines."""
    connect = socket.socket.connect

    def checked(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in NEAR:
            raise AssertionError(f"a test must not talk to {address[0]}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", checked)


@pytest.fixture(autouse=True)
def chinese_first() -> Iterator[None]:
    """Begin in the product's own language, whatever page the test before looked at in English."""
    with translation.override("zh-hant"):
        yield


@pytest.fixture(autouse=True)
def founded_by_somebody() -> Iterator[None]:
    """What a test writes into posts and accounts by itself is written by a service (tests/naming.py)."""
    with naming.founding():
        yield


@pytest.fixture
def at() -> Iterator[Callable[[datetime | str], clock.FrozenClock]]:
    """Stop the clock until the test ends: `hands = at("2026-11-21T23:40+08:00")`; `hands.advance(…)` moves it."""
    with ExitStack() as stack:
        yield lambda moment: stack.enter_context(clock.frozen(moment))
