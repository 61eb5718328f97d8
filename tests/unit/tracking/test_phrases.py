"""Days read out of the minutes' words, and why; a person's day counts."""

from __future__ import annotations

from datetime import date

import pytest

from anwang.tracking.phrases import every_months, next_round, proposed_due

MET, NEXT = date(2021, 1, 8), date(2021, 4, 9)
SAID = [
    ("2021-07-31", date(2021, 7, 31), "day"), ("2021-07", date(2021, 7, 31), "month"),
    ("2024-02", date(2024, 2, 29), "month"), ("會後1週內", date(2021, 1, 15), "phrase"),
    ("會後10日內", date(2021, 1, 18), "phrase"), ("兩個月內", date(2021, 3, 8), "phrase"),
    ("半年後", date(2021, 7, 8), "phrase"), ("下次會議", NEXT, "phrase"), ("下次會議前", NEXT, "phrase"),
    ("113年底前", date(2024, 12, 31), "phrase"), ("6月30日前", date(2021, 6, 30), "phrase"),
    ("1月5日前", date(2022, 1, 5), "phrase"), ("2月底前", date(2021, 2, 28), "phrase"),
    ("114年第1季前", date(2025, 3, 31), "phrase"), ("2月30日前", None, "phrase"),
    ("本(5)月底前", None, "phrase"), ("儘速", None, "phrase"), ("", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("said", "on", "how"), SAID)
def test_reads_a_day_and_says_how(said: str, on: date | None, how: str) -> None:
    found = proposed_due(said, MET, NEXT)
    assert (found.on, found.how) == (on, how)
    assert found.why


def test_leaves_what_only_a_person_knows() -> None:
    assert proposed_due("下次會議", MET, None).on is None
    assert proposed_due("半年後", None, None).on is None


@pytest.mark.parametrize(("said", "months"), [("每半年", 6), ("每年", 12), ("每季", 3), ("每2個月", 2), ("每三個月", 3),
                                              ("定期", None), ("", None)])  # fmt: skip
def test_reads_how_often(said: str, months: int | None) -> None:
    assert every_months(said) == months


def test_counts_the_next_round_by_the_calendar() -> None:
    assert next_round(date(2026, 8, 31), 6) == date(2027, 2, 28)
