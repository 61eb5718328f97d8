import threading
import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.foundation import numbers
from anwang.foundation.errors import AnwangError, BadInput
from anwang.foundation.uuid7 import random_id, uuid7

made = st.builds(numbers.new_number, st.sampled_from("TCMRZ"), st.integers(1, 999))


def test_uuid7_has_version_and_variant():
    made_id = uuid7()
    assert made_id.version == 7
    assert made_id.variant == uuid.RFC_4122
    assert random_id().version == 4


def test_uuid7_increases_strictly_across_threads():
    seen: list[list[uuid.UUID]] = [[], [], [], []]

    def make(into: list[uuid.UUID]) -> None:
        into.extend(uuid7() for _ in range(2000))

    threads = [threading.Thread(target=make, args=(part,)) for part in seen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(part == sorted(part) for part in seen)
    assert len({one.int >> 64 for part in seen for one in part}) == 8000


def test_uuid7_increases_when_the_clock_stands_still_or_goes_back(monkeypatch):
    ahead = time.time_ns() + 10**9
    readings = iter([ahead, ahead, ahead - 10**8, ahead - 10**9])
    monkeypatch.setattr("anwang.foundation.uuid7.time.time_ns", lambda: next(readings))
    made_ids = [uuid7().int >> 64 for _ in range(4)]
    assert made_ids == sorted(set(made_ids))


@given(made)
def test_number_round_trips_however_it_is_typed(number):
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number)
    for typed in (number, number.lower(), number.replace("-", ""), f" {number.replace('-', ' ')} ", wide):
        assert numbers.normalise(typed) == number


@given(made, st.data())
def test_every_wrong_single_digit_is_found(number, data):
    at = data.draw(st.sampled_from([i for i, c in enumerate(number) if c.isdigit()]))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != number[at]]))
    assert not numbers.is_number(number[:at] + other + number[at + 1 :])


@given(made, st.data())
def test_every_swap_of_neighbouring_digits_is_found(number, data):
    flat = number.replace("-", "")
    at = data.draw(st.integers(1, len(flat) - 2))
    swapped = flat[:at] + flat[at + 1] + flat[at] + flat[at + 2 :]
    if swapped != flat:
        with pytest.raises(BadInput, match="不對"):
            numbers.normalise(swapped)


@pytest.mark.parametrize("text", ["", "T115", "T115-4829-13077", "１２３", "王小明", "T115-48A9-1307", "²" * 11])
def test_refuses_what_is_no_number(text):
    with pytest.raises(BadInput, match="T115-4829-1307"):
        numbers.normalise(text)


@pytest.mark.parametrize(("letter", "year"), [("t", 115), ("TT", 115), ("T", 0), ("T", 1000), ("Ｔ", 115)])
def test_refuses_to_make_a_number_of_another_shape(letter, year):
    with pytest.raises(ValueError, match="a letter A-Z"):
        numbers.new_number(letter, year)


def test_errors_keep_a_lazy_message_until_shown():
    class Lazy:
        text = "先"

        def __str__(self):
            return self.text

    error, Lazy.text = AnwangError(Lazy()), "後"
    assert str(error) == "後"
    assert BadInput("x", field="birth").field == "birth"
