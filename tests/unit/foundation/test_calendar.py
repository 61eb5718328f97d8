import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from anwang.foundation import calendar
from anwang.foundation.calendar import OutsideCalendar, WorkingCalendar

REPOSITORY = Path(__file__).parents[3]
SOURCE = yaml.safe_load((REPOSITORY / "policy/calendars/working-days.yaml").read_text(encoding="utf-8"))
OFFICIAL = calendar.load(SOURCE)
days = st.dates(date(2017, 3, 1), date(2027, 10, 31))


def span(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_lunar_new_year_2026_is_nine_days_off():
    off = span(date(2026, 2, 14), date(2026, 2, 22))
    assert not any(OFFICIAL.is_working(day) for day in off)
    assert OFFICIAL.is_working(date(2026, 2, 13))
    assert OFFICIAL.is_working(date(2026, 2, 23))
    assert OFFICIAL.next_working(date(2026, 2, 14)) == date(2026, 2, 23)
    assert OFFICIAL.add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 23)


def test_make_up_saturdays_are_worked_until_2025():
    saturdays = [day for day in OFFICIAL.days if day.weekday() == 5 and OFFICIAL.is_working(day)]
    assert len(saturdays) == 22
    assert max(saturdays) == date(2025, 2, 8)


@pytest.mark.parametrize("day", [date(2025, 9, 29), date(2025, 10, 24), date(2025, 12, 25)])
def test_knows_what_was_known_before_the_law_of_may_2025(day):
    assert not OFFICIAL.is_working(day)
    assert OFFICIAL.as_known_on(date(2025, 5, 27)).is_working(day)
    assert not OFFICIAL.as_known_on(date(2025, 5, 28)).is_working(day)
    assert calendar.load(SOURCE, known_on=date(2025, 5, 27)).is_working(day)


def test_a_county_closed_by_a_typhoon_is_closed_alone():
    day = date(2026, 9, 10)
    closed = OFFICIAL.with_closures({"99001": {day}})
    assert not closed.is_working(day, "99001")
    assert closed.is_working(day, "99002")
    assert closed.is_working(day)


@pytest.mark.parametrize("day", [date(2016, 12, 31), date(2028, 1, 1)])
def test_refuses_years_it_does_not_have(day):
    with pytest.raises(OutsideCalendar, match="日曆沒有1"):
        OFFICIAL.is_working(day)


@given(days, st.integers(1, 40))
def test_working_days_go_forth_and_back(day, n):
    there = OFFICIAL.add_working_days(day, n)
    assert OFFICIAL.is_working(there)
    assert sum(OFFICIAL.is_working(one) for one in span(day + timedelta(days=1), there)) == n
    if OFFICIAL.is_working(day):
        assert OFFICIAL.add_working_days(there, -n) == day


@given(days)
def test_next_and_previous_working_days_enclose(day):
    assert OFFICIAL.previous_working(day) <= day <= OFFICIAL.next_working(day)
    assert (OFFICIAL.previous_working(day) == day) == OFFICIAL.is_working(day)


@pytest.mark.parametrize(
    "year",
    [
        {"holidays": {"2026-02-14": "a Saturday"}},
        {"workdays": {"2026-02-13": "a Friday"}},
        {"holidays": {"2025-01-01": "another year"}},
    ],
)
def test_refuses_entries_that_change_nothing_or_stray(year):
    with pytest.raises(ValueError, match="under 2026"):
        calendar.load({"years": {2026: year}})


def test_refuses_an_amendment_of_a_year_not_listed():
    amendment = {"known_from": "2025-05-28", "holidays": {"2025-09-29": "補假"}}
    with pytest.raises(ValueError, match="not listed"):
        calendar.load({"years": {"2026": {}}, "amendments": [amendment]})


def test_an_empty_calendar_knows_nothing():
    with pytest.raises(OutsideCalendar):
        WorkingCalendar({}).next_working(date(2026, 1, 1))


def test_equals_the_reference_table_day_by_day():
    table = REPOSITORY.parent / "shared/data/e_calendar/tw_working_calendar_2017_2027.csv"
    if not table.exists():
        pytest.skip("the reference table of the office calendar is not beside the repository")
    with table.open(encoding="utf-8") as lines:
        expected = {date.fromisoformat(row["date"]): row["is_workday"] == "1" for row in csv.DictReader(lines)}
    assert {day: OFFICIAL.is_working(day) for day in OFFICIAL.days} == expected
