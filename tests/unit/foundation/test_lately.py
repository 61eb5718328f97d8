"""Numbers are kept for a minute, by their key, and no longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from anwang.foundation import lately

AT = datetime(2026, 3, 7, 15, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    lately._kept.clear()
    yield
    lately._kept.clear()


def test_gives_back_what_was_kept_for_a_minute() -> None:
    assert lately.lately("a", AT) is None
    lately.keep("a", AT, 0)
    assert lately.lately("a", AT + timedelta(seconds=59)) == 0
    assert lately.lately("a", AT + timedelta(minutes=1)) is None
    assert lately.lately("b", AT) is None


def test_does_not_prolong_what_still_holds() -> None:
    lately.keep("a", AT, 1)
    lately.keep("a", AT + timedelta(seconds=30), 2)
    assert lately.lately("a", AT + timedelta(seconds=59)) == 1
    lately.keep("a", AT + timedelta(seconds=61), 3)
    assert lately.lately("a", AT + timedelta(seconds=61)) == 3


def test_a_clock_set_back_gives_nothing_of_the_future() -> None:
    lately.keep("a", AT, 1)
    assert lately.lately("a", AT - timedelta(hours=1)) is None


def test_forgets_all_when_too_many_are_kept() -> None:
    for key in range(lately.MOST + 2):
        lately.keep(key, AT, key)
    assert lately.lately(0, AT) is None
    assert lately.lately(lately.MOST + 1, AT) == lately.MOST + 1
