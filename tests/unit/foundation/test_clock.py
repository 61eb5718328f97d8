# ruff: noqa: DTZ001 (naive on purpose, or given its zone by the strategy)
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.foundation import clock


def test_now_is_aware_utc():
    assert clock.now().tzinfo is UTC


def test_stops_and_starts_again():
    with clock.frozen("2026-11-21T23:40+08:00"):
        assert clock.now() == datetime(2026, 11, 21, 15, 40, tzinfo=UTC)
        assert clock.today() == date(2026, 11, 21)
    assert clock.now() - datetime.now(UTC) < timedelta(seconds=5)


def test_frozen_blocks_nest_and_advance():
    with clock.frozen("2026-11-21T23:40+08:00") as outer:
        with clock.frozen(datetime(2026, 1, 1, tzinfo=UTC)):
            assert clock.now().year == 2026
            assert clock.now().month == 1
        outer.advance(timedelta(minutes=30))
        assert clock.today() == date(2026, 11, 22)


def test_restores_the_clock_after_an_error():
    with pytest.raises(KeyError), clock.frozen("2000-01-01T00:00+08:00"):
        raise KeyError
    assert clock.now().year > 2000


@pytest.mark.parametrize("at", ["2026-11-21T23:40", datetime(2026, 11, 21)])
def test_refuses_an_instant_without_offset(at):
    with pytest.raises(ValueError, match="offset"), clock.frozen(at):
        pass


def test_offset_clock_still_ticks():
    clock.set_offset(timedelta(days=365))
    try:
        first = clock.now()
        assert first > datetime.now(UTC) + timedelta(days=364)
        while clock.now() == first:
            pass
    finally:
        clock.set_offset(timedelta(0))


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_taipei_is_eight_hours_ahead_all_year(at):
    assert clock.local(at).utcoffset() == timedelta(hours=8)
