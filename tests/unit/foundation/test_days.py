# ruff: noqa: DTZ001 (naive on purpose, or given its zone by the strategy)
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from anwang.foundation import calendar
from anwang.foundation.clock import TAIPEI, local
from anwang.foundation.days import Count, Length, before, due, end_of_day, extend, nth

SOURCE = Path(__file__).parents[3] / "policy/calendars/working-days.yaml"
OFFICIAL = calendar.load(yaml.safe_load(SOURCE.read_text(encoding="utf-8")))
ROLL = Count(roll="forward")
NOON = Count(roll="forward_noon_saturday")
BACK = Count(roll="backward")
FROM_THAT_DAY = Count(first_day="included")

instants = st.datetimes(datetime(2018, 1, 1), datetime(2025, 12, 31), timezones=st.just(TAIPEI))
calendar_units = st.sampled_from(["days", "weeks", "months", "years"])


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI)


def last_day(instant):
    assert local(instant).time() == time(), "a day clock ends at midnight"
    return local(instant).date() - timedelta(days=1)


@pytest.mark.parametrize(
    "text", ["24 hours", "1 hour", "72 hours", "15 days", "5 working days", "5 working_days", "1 month"]
)
def test_lengths_read_back(text):
    length = Length.parse(text)
    assert Length.parse(str(length)) == length == Length.parse(length.words("en"))


@pytest.mark.parametrize(
    "text", ["", "24", "hours", "0 days", "-1 days", "1.5 hours", "24h", "3 working hours", "２ days"]
)
def test_refuses_lengths_that_are_none(text):
    with pytest.raises(ValueError, match="reads like"):
        Length.parse(text)


@pytest.mark.parametrize(("n", "unit"), [(0, "days"), (True, "days"), (1.5, "hours"), (1, "fortnights")])
def test_refuses_lengths_of_another_kind(n, unit):
    with pytest.raises(ValueError, match="positive whole number"):
        Length(n, unit)


def test_lengths_have_words():
    assert Length.parse("24 hours").words() == "24小時"
    assert Length.parse("1 working day").words() == "1個工作日"
    assert Length.parse("1 working day").words("en") == "1 working day"


@pytest.mark.parametrize("fields", [{"first_day": "maybe"}, {"roll": "sideways"}])
def test_refuses_counts_of_another_kind(fields):
    with pytest.raises(ValueError, match="one of"):
        Count(**fields)


@given(instants, st.integers(1, 500), st.sampled_from([Count(), ROLL, NOON, BACK]))
def test_hours_run_at_once_and_never_roll(start, hours, count):
    assert due(start, Length(hours, "hours"), count) - start == timedelta(hours=hours)
    assert due(start, Length(hours, "minutes"), count) - start == timedelta(minutes=hours)


def test_24_hours_run_through_the_new_year_holidays():
    assert due(at("2026-02-15T23:40"), Length.parse("24 hours"), ROLL, OFFICIAL) == at("2026-02-16T23:40")


def test_thirty_days_from_22_october():
    assert last_day(due(at("2026-10-22T09:00"), Length.parse("30 days"))) == date(2026, 11, 21)
    assert last_day(due(at("2026-10-22T09:00"), Length.parse("30 days"), FROM_THAT_DAY)) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2026-01-31", "2 months", "2026-03-31"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2026-01-30", "1 month", "2026-02-28"),
        ("2026-01-30", "2 months", "2026-03-30"),
        ("2026-01-15", "1 month", "2026-02-15"),
        ("2026-02-28", "1 month", "2026-03-31"),
        ("2026-04-30", "1 month", "2026-05-31"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2023-02-28", "1 year", "2024-02-29"),
        ("2026-11-30", "3 months", "2027-02-28"),
        ("2026-12-31", "1 month", "2027-01-31"),
        ("2026-06-01", "2 weeks", "2026-06-15"),
    ],
)
def test_months_end_on_the_corresponding_day(start, length, expected):
    assert last_day(due(at(f"{start}T08:00"), Length.parse(length))) == date.fromisoformat(expected)


def test_counting_from_that_day_ends_a_day_earlier():
    assert last_day(due(at("2026-03-01T08:00"), Length.parse("1 month"), FROM_THAT_DAY)) == date(2026, 3, 31)
    assert last_day(due(at("2026-03-05T08:00"), Length.parse("3 days"), FROM_THAT_DAY)) == date(2026, 3, 7)


@given(instants, st.integers(1, 40), calendar_units)
def test_time_of_day_never_changes_a_day_clock(start, n, unit):
    early, late = (start.replace(hour=h, minute=m) for h, m in ((0, 0), (23, 59)))
    assert due(early, Length(n, unit)) == due(late, Length(n, unit))


@given(instants, st.integers(1, 24), st.integers(1, 6))
def test_monthly_series_does_not_drift(start, n, months):
    ends = [last_day(nth(start, Length(months, "months"), k)) for k in range(1, n + 1)]
    for k, end in enumerate(ends, start=1):
        elapsed = (end.year - start.year) * 12 + end.month - start.month
        assert elapsed == k * months
        assert end.day == start.day or (end + timedelta(days=1)).day == 1
    assert ends == sorted(set(ends))


@given(instants, st.integers(1, 19), calendar_units, st.sampled_from([Count(), FROM_THAT_DAY]))
def test_one_more_unit_is_always_later(start, n, unit, count):
    assert start - timedelta(days=1) < due(start, Length(n, unit), count) < due(start, Length(n + 1, unit), count)


@given(instants, st.integers(1, 60))
def test_roll_moves_only_days_off_and_only_its_way(start, n):
    plain, length = due(start, Length(n, "days")), Length(n, "days")
    forward, noon, back = (due(start, length, count, OFFICIAL) for count in (ROLL, NOON, BACK))
    if OFFICIAL.is_working(last_day(plain)):
        assert plain == forward == noon == back
    else:
        assert back < plain < noon <= forward
        assert OFFICIAL.is_working(last_day(forward))
        assert OFFICIAL.is_working(last_day(back))


@pytest.mark.parametrize(
    ("start", "forward", "noon"),
    [
        ("2026-11-18", "2026-11-24T00:00", "2026-11-23T12:00"),  # ends on a Saturday
        ("2026-11-19", "2026-11-24T00:00", "2026-11-24T00:00"),  # on a Sunday
        (
            "2026-02-11",
            "2026-02-24T00:00",
            "2026-02-24T00:00",
        ),  # on the Saturday that opens the New Year holidays
        ("2025-02-05", "2025-02-09T00:00", "2025-02-09T00:00"),  # on a Saturday that was worked
        ("2026-09-22", "2026-09-30T00:00", "2026-09-30T00:00"),  # Friday, weekend and Monday off
    ],
)
def test_saturday_ends_on_monday_noon_when_that_monday_is_worked(start, forward, noon):
    start = at(f"{start}T10:00")
    assert due(start, Length.parse("3 days"), ROLL, OFFICIAL) == at(forward)
    assert due(start, Length.parse("3 days"), NOON, OFFICIAL) == at(noon)


def test_a_closed_county_rolls_alone():
    closed = OFFICIAL.with_closures({"99001": {date(2026, 9, 10)}})
    start, length = at("2026-09-07T10:00"), Length.parse("3 days")
    assert last_day(due(start, length, ROLL, closed, "99001")) == date(2026, 9, 11)
    assert last_day(due(start, length, ROLL, closed, "99002")) == date(2026, 9, 10)


@given(instants, st.integers(1, 40))
def test_working_days_are_counted_one_by_one(start, n):
    end = last_day(due(start, Length(n, "working_days"), Count(), OFFICIAL))
    assert end == OFFICIAL.add_working_days(start.date(), n)


def test_first_working_day_may_be_the_day_itself():
    three = Length.parse("3 working days")
    assert last_day(due(at("2026-02-13T10:00"), three, FROM_THAT_DAY, OFFICIAL)) == date(2026, 2, 24)
    assert last_day(due(at("2026-02-14T10:00"), three, FROM_THAT_DAY, OFFICIAL)) == date(2026, 2, 25)


def test_fifteen_days_before_an_expiry_at_the_end_of_november():
    expiry = end_of_day(date(2026, 11, 30))
    assert last_day(before(expiry, Length.parse("15 days"))) == date(2026, 11, 15)
    assert last_day(before(at("2026-11-30T14:00"), Length.parse("15 days"))) == date(2026, 11, 14)
    assert last_day(before(at("2026-11-30T14:00"), Length.parse("15 days"), FROM_THAT_DAY)) == date(2026, 11, 15)
    assert before(expiry, Length.parse("36 hours")) == at("2026-11-29T12:00")


def test_a_backward_limit_stays_on_a_day_off_or_moves_earlier():
    expiry = end_of_day(date(2026, 11, 30))
    assert date(2026, 11, 15).weekday() == 6
    assert last_day(before(expiry, Length.parse("15 days"), BACK, OFFICIAL)) == date(2026, 11, 13)
    assert last_day(before(end_of_day(date(2026, 3, 31)), Length.parse("1 month"))) == date(2026, 2, 28)
    assert last_day(before(end_of_day(date(2026, 2, 23)), Length.parse("1 working day"), BACK, OFFICIAL)) == date(
        2026, 2, 13
    )


@pytest.mark.parametrize("count", [ROLL, NOON])
def test_a_backward_limit_refuses_to_roll_forward(count):
    with pytest.raises(ValueError, match="never rolls forward"):
        before(at("2026-11-30T00:00"), Length.parse("15 days"), count, OFFICIAL)


@given(
    instants,
    st.integers(1, 60),
    st.sampled_from(["days", "weeks"]),
    st.sampled_from([Count(), BACK, FROM_THAT_DAY]),
)
def test_backward_limits_leave_the_whole_length(deadline, n, unit, count):
    n = n if unit == "days" else n % 8 + 1
    limit = before(deadline + timedelta(days=400), Length(n, unit), count, OFFICIAL)
    left = deadline + timedelta(days=400) - limit
    whole = timedelta(days=n * (7 if unit == "weeks" else 1))
    assert left >= (whole - timedelta(days=1) if count.first_day == "included" else whole)


@given(instants, st.integers(0, 10_000))
def test_minutes_that_do_not_count_move_the_deadline_by_just_that(start, minutes):
    end = due(start, Length.parse("72 hours"))
    assert extend(end, minutes) - end == timedelta(minutes=minutes)


def test_refuses_negative_minutes_and_missing_calendars():
    with pytest.raises(ValueError, match="later"):
        extend(at("2026-01-01T00:00"), -1)
    for count, length in ((ROLL, "1 day"), (Count(), "1 working day")):
        with pytest.raises(ValueError, match="need a calendar"):
            due(at("2026-01-01T00:00"), Length.parse(length), count)
    with pytest.raises(ValueError, match="offset"):
        due(datetime(2026, 1, 1), Length.parse("1 day"))
