"""Windows tile whatever happens: no gap, no overlap, no drift; a change moves nothing that lies before it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang import rulebook
from anwang.rulebook.schedules import Stage, Stretch, Window, tiles

BOOK = rulebook.book()
DAY = timedelta(days=1)
SET = [
    version
    for handle in BOOK.schedules()
    for line in (handle.national, *handle.counties.values())
    for version in line
    if not version.withdrawn and version.content.is_set
]

days = st.dates(date(2019, 7, 1), date(2029, 12, 31))
every = st.tuples(st.integers(1, 6), st.sampled_from(["days", "weeks", "months", "years"])).map(
    lambda pair: f"{pair[0]} {pair[1]}"
)
finite = st.builds(Stage, every, st.integers(1, 9), st.just(0), st.integers(1, 4))
endless = st.builds(Stage, every, st.integers(1, 9), st.just(0), st.none())
steps = st.tuples(st.lists(finite, max_size=3), endless).map(lambda both: (*both[0], both[1]))


@st.composite
def courses(draw: st.DrawFn) -> list[Stretch]:
    """A course with up to four changes of level (counted from their own day) or of rule (counted from the first)."""
    origin = draw(days)
    found = [Stretch(origin + DAY, origin, draw(steps))]
    begins = origin + DAY
    for later in draw(st.lists(st.integers(0, 200), max_size=4)):
        begins += DAY * later
        of_level = draw(st.booleans())
        found.append(Stretch(begins, begins - DAY if of_level else found[-1].origin_on, draw(steps)))
    return found


def opened(stretches: list[Stretch], until: date) -> list[Window]:
    return list(tiles(stretches, until))


@settings(max_examples=200, deadline=None)
@given(courses(), st.integers(0, 900))
def test_leaves_no_gap_and_no_overlap(stretches: list[Stretch], ahead: int) -> None:
    until = stretches[0].begins_on + DAY * ahead
    found = opened(stretches, until)
    assert found[0].begins_on == stretches[0].begins_on
    assert [one.n for one in found] == list(range(1, len(found) + 1))
    for this, following in pairwise(found):
        assert following.begins_on == this.ends_on + DAY
    assert all(one.begins_on <= one.ends_on for one in found)
    assert found[-1].begins_on <= until <= found[-1].ends_on


@settings(max_examples=200, deadline=None)
@given(courses(), st.integers(1, 400), steps)
def test_moves_nothing_that_lies_before_a_change(stretches: list[Stretch], later: int, new: tuple[Stage, ...]) -> None:
    change = stretches[-1].begins_on + DAY * later
    before = opened(stretches, change)
    after = opened([*stretches, Stretch(change, change - DAY, new)], change)
    kept = [one for one in before if one.ends_on < change]
    assert after[: len(kept)] == kept
    assert any(one.begins_on == change for one in after)


@settings(max_examples=200, deadline=None)
@given(courses(), st.integers(0, 900))
def test_asks_no_more_of_a_part_than_of_the_whole(stretches: list[Stretch], ahead: int) -> None:
    most = max(stage.contacts for stretch in stretches for stage in stretch.steps)
    for one in opened(stretches, stretches[0].begins_on + DAY * ahead):
        assert 0 <= one.contacts <= most
        assert one.contacts > 0 or one.is_cut


@settings(max_examples=200, deadline=None)
@given(days, st.integers(1, 40))
def test_counts_months_without_drift(origin: date, n: int) -> None:
    """The n-th month ends on the day before the one like the first day counted, or with a month that lacks it."""
    first = origin + DAY
    found = opened([Stretch(first, origin, (Stage("1 month", 2),))], first + DAY * 31 * (n + 1))[n - 1]
    year, month = divmod(first.year * 12 + first.month - 1 + n, 12)
    length = monthrange(year, month + 1)[1]
    like = date(year, month + 1, min(first.day, length))
    assert found.ends_on == (like if first.day > length else like - DAY)


@pytest.mark.parametrize("version", SET, ids=lambda one: f"{one.rule_id} {one.from_} {one.county or ''}")
def test_ships_schedules_whose_windows_tile(version: rulebook.Version[object]) -> None:
    origin = date(2026, 1, 30)
    found = opened([Stretch(origin + DAY, origin, version.content.steps)], date(2027, 1, 30))
    assert found[0].begins_on == date(2026, 1, 31)
    assert all(two.begins_on == one.ends_on + DAY for one, two in pairwise(found))


def test_names_an_owner_for_every_frequency_and_who_must_set_what_is_not_set() -> None:
    for handle in BOOK.schedules():
        for line in (handle.national, *handle.counties.values()):
            for version in line:
                assert version.content.owner.zh
                assert version.content.owner.en
                assert version.content.is_set or version.content.set_by
                assert version.content.owes in BOOK.contents.handles


def test_keeps_suicide_follow_up_out_of_the_psychiatric_register() -> None:
    registers = {handle.rule_id: handle.national[-1].content.register for handle in BOOK.schedules()}
    assert registers["suicide.follow_up"] == ""
    assert {rule for rule, register in registers.items() if register == "psychiatric"} == {
        rule for rule in registers if rule.startswith("care.")
    }  # fmt: skip
