"""Tables: what is missing never matches; floor, ceiling and the question that settles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from anwang import rulebook
from anwang.rulebook import Rulebook, WrongAnswer
from anwang.rulebook.conditions import Condition, Span

from .folders import TABLE, write

DAY = date(2026, 3, 7)


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return rulebook.load(write(tmp_path))


def test_gives_floor_ceiling_and_the_question_when_an_answer_is_missing(book: Rulebook) -> None:
    advice = book.table("track").on(DAY).advise({"factors": 3})
    assert (advice.outcome, advice.floor, advice.ceiling) == (None, "vulnerable", "crisis")
    assert str(advice.label) == "人工研判"
    assert [ask.input for ask in advice.asks] == ["danger"]
    assert advice.asks[0].would_settle == ("yes", "no")


def test_asks_first_what_settles_most(book: Rulebook) -> None:
    advice = book.table("track").on(DAY).advise({})
    assert advice.asks[0].input == "danger"
    assert advice.asks[0].would_settle == ("yes",)
    assert advice.possible == ("crisis", "vulnerable", "general")


def test_asks_nothing_that_cannot_change_the_outcome(book: Rulebook) -> None:
    advice = book.table("track").on(DAY).advise({"danger": "yes"})
    assert (advice.outcome, advice.asks, advice.row) == ("crisis", (), "1")


def test_tells_why_in_both_languages(book: Rulebook) -> None:
    (reason,) = book.table("track").on(DAY).advise({"danger": "no", "factors": 2}).reasons
    assert str(reason) == "因子數2以上，為「脆弱」"
    assert reason.to("en") == "Factors at least 2: Vulnerable"


@pytest.mark.parametrize("answers", [{"danger": "maybe"}, {"weather": "yes"}, {"factors": "many"}, {"danger": 1}])
def test_refuses_strange_answers(book: Rulebook, answers: dict) -> None:
    with pytest.raises(WrongAnswer):
        book.table("track").on(DAY).advise(answers)


def test_takes_booleans_and_the_word_unknown(book: Rulebook) -> None:
    track = book.table("track").on(DAY)
    assert track.advise({"danger": True}).outcome == "crisis"
    assert track.advise({"danger": "unknown", "factors": 0}).ceiling == "crisis"


def test_says_only_what_is_left_when_outcomes_have_no_order(tmp_path: Path) -> None:
    book = rulebook.load(write(tmp_path, table=TABLE.replace("inputs:", "ordered: no\ninputs:", 1)))
    advice = book.table("track").on(DAY).advise({"factors": 3})
    assert (advice.outcome, advice.floor, advice.ceiling) == (None, None, None)
    assert advice.possible == ("crisis", "vulnerable")


@pytest.mark.parametrize(
    ("condition", "answer", "held"),
    [
        (">= 2", 2, True),
        (">= 2", 1, False),
        ("< 18", 17, True),
        ("< 18", 18, False),
        ("> 3", 3, False),
        ("2..5", 5, True),
        ("<= 1", 2, False),
        (3, 3, True),
        (">= 2", None, None),
        (">= 2", Span(0, 1), False),
        (">= 2", Span(1, 3), None),
        (">= 2", Span(2, 3), True),
        (["a", "b"], "b", True),
        ("not a, b", "c", True),
        ("not a, b", "b", False),
        ("yes", "unknown", None),
        ("not a", None, None),
        (">= 2", "many", False),
        ("a", Span(1, 2), None),
    ],
)
def test_conditions_are_true_false_or_unknown(condition: object, answer: object, held: bool | None) -> None:
    assert Condition.read(condition).holds(answer) is held  # type: ignore[arg-type]


@pytest.mark.parametrize("condition", [True, None, 1.5, [], [1], {"a": 1}])
def test_refuses_what_is_no_condition(condition: object) -> None:
    with pytest.raises(ValueError, match=r"must be a list|is no condition"):
        Condition.read(condition)
