"""Pay and hiring of the platform's decisions, played to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.submissions import pay

pytestmark = pytest.mark.django_db
SECOND = date(2021, 1, 8)


@pytest.mark.parametrize(
    ("first", "raised"),
    [
        (date(2021, 2, 1), date(2024, 2, 1)),
        (date(2018, 1, 8), date(2021, 1, 8)),
        (date(2020, 2, 29), date(2023, 3, 1)),  # no 29 February in 2023: the term ends with the 28th
        (date(2021, 2, 28), date(2024, 2, 28)),
        (date(2021, 3, 31), date(2024, 3, 31)),
    ],
)
def test_raised_on_the_day_three_years_are_reached(first: date, raised: date) -> None:
    periods = [(first, None)]
    assert pay.reached_on(periods, SECOND) == raised
    before, then = pay.hiring(periods, raised - timedelta(days=1)), pay.hiring(periods, raised)
    assert (before.outcome, before.points, before.months) == (
        "lower" if raised > date(2021, 1, 1) else "not_hired", None, 35
    )  # fmt: skip
    assert (then.outcome, then.points, then.months) == ("points_360", 360, 36)


def test_no_number_of_failed_recruitments_waives_it() -> None:
    periods = [(date(2020, 1, 1), None)]
    for times in (0, 3, 50):
        assert pay.hiring(periods, SECOND, failed_recruitments=times).points is None
    assert any("未獲同意" in why for why in pay.hiring(periods, SECOND, failed_recruitments=3).why)


def test_fewer_years_were_not_hired_in_the_first_plan_and_are_in_the_second() -> None:
    periods = [(date(2019, 1, 1), None)]
    assert pay.hiring(periods, date(2020, 12, 31)).outcome == "not_hired"
    assert pay.hiring(periods, date(2021, 1, 1)).outcome == "lower"


def test_interrupted_work_is_added_and_overlaps_count_once() -> None:
    periods = [(date(2018, 1, 1), date(2018, 12, 31)), (date(2019, 7, 1), None), (date(2020, 1, 1), date(2020, 3, 31))]
    assert pay.reached_on(periods, SECOND) == date(2021, 7, 1)
    assert pay.credit(periods, date(2021, 6, 30)) == (35, 29)
    assert pay.reached_on([(date(2018, 1, 1), date(2018, 12, 31))], SECOND) is None
    assert pay.reached_on([(date(2018, 1, 1), date(2020, 12, 31))], SECOND) == date(2021, 1, 1)


def test_experience_not_known_is_asked_for_and_never_guessed() -> None:
    told = pay.hiring(None, SECOND)
    assert (told.outcome, told.points, told.months, told.raised_on) == ("unknown", None, None, None)
    assert told.why


@pytest.mark.parametrize(
    ("points", "scheme", "on", "amount"),
    [
        (296, "protection", date(2011, 8, 31), None), (296, "protection", date(2011, 9, 1), 38_480),
        (360, "protection", date(2019, 12, 31), 46_800), (360, "protection", date(2020, 1, 1), 48_096),
        (360, "protection", date(2021, 1, 8), 48_096), (360, "protection", date(2022, 1, 1), None),
        (280, "private", date(2020, 1, 1), 34_916), (328, "private", date(2020, 1, 1), 40_901),
        (280, "private", date(2024, 1, 1), 37_765), (328, "private", date(2024, 1, 1), 44_239),
        (296, "general", date(2019, 12, 31), 35_845),
    ],
)  # fmt: skip
def test_dollars_are_those_of_the_day_or_undecided(points: int, scheme: str, on: date, amount: int | None) -> None:
    assert pay.monthly(points, scheme, on) == amount


@given(st.dates(date(2015, 1, 1), date(2022, 12, 31)))
@settings(max_examples=40, deadline=None)
def test_the_table_and_the_day_agree(first: date) -> None:
    raised = pay.reached_on([(first, None)], SECOND)
    assert raised is not None
    assert pay.credit([(first, None)], raised)[0] == 36
    assert pay.credit([(first, None)], raised - timedelta(days=1))[0] == 35
