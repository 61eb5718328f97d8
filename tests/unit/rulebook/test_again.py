"""Many inputs asked by their kinds equal each asked alone; contacts laid out once equal windows counted one by one."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang import rulebook
from anwang.foundation import clock
from anwang.rulebook.again import Again, one_by_one
from anwang.rulebook.owed import Owed
from anwang.rulebook.schedules import Stage, Stretch, tiles

BASE = rulebook.book()
DAY = date(2027, 1, 1)
RULE = "vulnerable_family.first_visit"
SETTINGS = settings(max_examples=30, deadline=None)
OFFSETS = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=5, minutes=30)), clock.TAIPEI])
INSTANTS = st.one_of(
    st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31), timezones=OFFSETS),  # noqa: DTZ001
    st.dates(date(2026, 2, 25), date(2026, 3, 5)).map(lambda d: datetime.combine(d, datetime.min.time(), clock.TAIPEI)),
).map(datetime.isoformat)
TOLD = {
    "at": INSTANTS,
    "received_at": st.one_of(st.none(), INSTANTS),
    "expires_at": st.one_of(st.none(), INSTANTS, st.just("2026-03-07"), st.just(7)),
    "kind": st.sampled_from(["vulnerable_family", "elder", "unknown", None]),
    "has_child": st.sampled_from(["yes", "no", None]),
    "county": st.sampled_from(["99001", "99002"]),
    "excluded_minutes": st.sampled_from([None, 0, 90, 3000]),
}
INPUTS = st.lists(st.fixed_dictionaries({}, optional=TOLD), max_size=15)
CHANGES: dict[str, dict[str, Any]] = {
    "hours": {"within": "36 hours"},
    "days": {"within": "7 days", "count": {"first_day": "included", "roll": "forward"}},
    "pauses": {"within": "3 working_days", "pauses": "yes"},
    "months": {"within": "1 month"},
    "backwards": {"within": "5 days", "backwards": "yes", "count": {"first_day": "included", "roll": "backward"}},
    "another start": {"starts_when": "order.dated", "only_known": {}, "unless": {}, "counted_from": "expires_at",
                      "within": "2 weeks"},
    "tested instant": {"within": "2 days", "unless": {"received_at": "2026-03-01T00:00:00+08:00"}},
}  # fmt: skip


def changed(**values: Any) -> rulebook.Rulebook:
    row = {"from": DAY.isoformat(), "assumption": "x", **values}
    return BASE.overlay([{"enacts": RULE, "county": "", "versions": [row]}])


@pytest.mark.parametrize("name", CHANGES)
@SETTINGS
@given(many=INPUTS)
def test_asked_together_equals_each_asked_alone(name: str, many: list[dict[str, Any]]) -> None:
    before, after = (book.handle(RULE).on(DAY) for book in (BASE, BOOKS[name]))
    again = Again([before, None, after], BASE)
    for inputs in many:
        wanted = [one_by_one(version, BASE, inputs) for version in (before, None, after)]
        assert again.due(json.dumps(inputs)) == wanted


BOOKS = {name: changed(**values) for name, values in CHANGES.items()}


def test_asks_once_for_each_kind() -> None:
    again = Again([BASE.handle(RULE).on(DAY)], BASE)
    for minute in range(60):
        told = {"kind": "vulnerable_family", "received_at": f"2026-03-07T10:{minute:02}:00+08:00"}
        assert again.due(json.dumps(told)) == [datetime(2026, 3, 17, 16, tzinfo=UTC)]
    assert again.asked == 1


@SETTINGS
@given(at=st.datetimes(datetime(1945, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001
def test_the_day_in_taipei_is_the_local_day(at: datetime) -> None:
    assert clock.day_there(at.replace(tzinfo=UTC)) == clock.local(at.replace(tzinfo=UTC)).date()


STEPS = st.lists(
    st.builds(Stage, st.sampled_from(["1 month", "2 weeks", "10 days", "1 year"]), st.integers(1, 5),
              times=st.integers(1, 4)),
    max_size=3,
).flatmap(
    lambda some: st.builds(
        lambda every, n: (*some, Stage(every, n)), st.sampled_from(["1 month", "1 week"]), st.integers(1, 5)
    )
)  # fmt: skip
DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))
COURSES = st.lists(st.tuples(DAYS, st.integers(1, 400), st.integers(1, 500)), max_size=8)


@SETTINGS
@given(steps=st.one_of(st.just(()), STEPS), courses=COURSES)
def test_contacts_laid_out_once_equal_the_windows_counted(
    steps: tuple[Stage, ...], courses: list[tuple[date, int, int]]
) -> None:  # fmt: skip
    since, before = date(2025, 3, 8), date(2026, 3, 8)
    owed = Owed(steps, since, before)
    for origin, later, length in courses:
        begins = origin + timedelta(later)
        ends = begins + timedelta(length)
        windows = tiles([Stretch(begins, origin, steps)], before) if steps else ()
        wanted = sum(one.contacts for one in windows if since <= one.ends_on < min(ends, before))
        assert owed.contacts(origin, begins, ends) == wanted
