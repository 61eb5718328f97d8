"""Good days to go: spread over the window, before holidays rather than in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.followups import days
from anwang.rulebook import book

NEW_YEAR = date(2026, 2, 14), date(2026, 2, 22)


@pytest.fixture(autouse=True)
def files_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No enactment is asked for: the calendar is the files'."""
    monkeypatch.setattr(days, "book", book)


def test_finds_nine_days_of_lunar_new_year(files_only: None) -> None:
    (found,) = days.holidays(date(2026, 2, 6), date(2026, 2, 27), 4, "99001")
    assert (found.first, found.last, found.days) == (*NEW_YEAR, 9)


@pytest.mark.parametrize(("n", "expected"), [
    (0, []), (1, ["2026-02-26"]), (2, ["2026-02-13", "2026-02-26"]),
    (4, ["2026-02-06", "2026-02-12", "2026-02-13", "2026-02-26"]),
])  # fmt: skip
def test_goes_before_the_new_year_rather_than_in_it(n: int, expected: list[str]) -> None:
    found = days.suggested(date(2026, 1, 31), date(2026, 2, 28), n, "99001")
    assert [one.isoformat() for one in found] == expected


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2025, 1, 1), date(2026, 11, 1)), st.integers(0, 60), st.integers(0, 8))
def test_stays_within_what_is_left(first: date, length: int, n: int) -> None:
    last = first + timedelta(days=length)
    found = days.suggested(first, last, n, "99001")
    assert len(found) == len(set(found)) <= n
    assert all(first <= one <= last for one in found)
    assert found == sorted(found)
