"""Within one look a question is asked once; outside, and by another key, anew."""

from __future__ import annotations

import pytest

from anwang.foundation.looking import looking, once

asked: list[tuple[str, int]] = []


@once(lambda name, at: name)
def question(name: str, at: int) -> int:
    asked.append((name, at))
    return len(asked)


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    asked.clear()


def test_asks_every_time_outside_a_look() -> None:
    assert (question("a", 1), question("a", 1)) == (1, 2)


def test_asks_once_within_a_look_by_its_key() -> None:
    with looking():
        assert (question("a", 1), question("a", at=2), question("b", 1)) == (1, 1, 2)
    assert asked == [("a", 1), ("b", 1)]


def test_forgets_with_the_end_of_the_look_also_by_an_error() -> None:
    def look() -> None:
        with looking():
            question("a", 1)
            raise KeyError

    with pytest.raises(KeyError):
        look()
    assert question("a", 1) == 2


def test_keeps_no_answer_where_the_question_failed() -> None:
    @once(lambda: 0)
    def fails() -> int:
        asked.append(("fails", 0))
        raise KeyError

    with looking():
        for _ in range(2):
            with pytest.raises(KeyError):
                fails()
    assert len(asked) == 2
