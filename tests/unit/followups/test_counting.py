"""What contacts make of a window, whatever they are: one of each a day, attempts apart, effort where it counts."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.followups.course import Count, Made, count
from anwang.followups.states import Came

FIRST, LAST = date(2026, 1, 31), date(2026, 2, 28)
SHE, HE = UUID(int=1), UUID(int=2)
who = st.sets(st.sampled_from([SHE, HE])).map(frozenset)


@st.composite
def contacts(draw: st.DrawFn) -> Made:
    seen = draw(who)
    on = FIRST + timedelta(days=draw(st.integers(-10, 40)))
    method = draw(st.sampled_from(["phone", "home", "mail"]))
    return Made(on, method, method == "home", draw(st.booleans()), seen, seen if method == "home" else frozenset())


@settings(max_examples=200, deadline=None)
@given(st.lists(contacts(), max_size=20), st.sampled_from([SHE, HE, None]))
def test_counts_each_day_once_as_reached_or_as_tried(made: list[Made], person: UUID | None) -> None:
    found = count(made, person, FIRST, LAST, ["phone", "home"])
    within = [one for one in made if FIRST <= one.on <= LAST and one.method != "mail"]
    assert found.reached + found.tries == len({one.on for one in within})
    assert found.in_person <= found.reached
    assert found.reached == len({one.on for one in within if one.is_met and (person is None or person in one.seen)})


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6), st.integers(1, 5), st.booleans(), st.booleans())
def test_takes_effort_only_where_it_counts_and_never_while_the_window_runs(
    reached: int, face: int, tries: int, owed: int, is_over: bool, effort: bool
) -> None:
    found = Count(reached, min(face, reached), tries)
    came = found.came(owed, 0, is_over=is_over, effort=effort)
    assert (came == Came.MET) == (reached >= owed)
    assert (came == Came.OPEN) == (reached < owed and not is_over)
    assert came != Came.EFFORT or (effort and is_over and tries and reached + tries >= owed)
    assert came != Came.SHORT or not effort or not tries or reached + tries < owed


def test_asks_for_a_sight_where_one_is_owed() -> None:
    by_phone = Made(FIRST, "phone", False, True, frozenset({SHE}), frozenset())
    found = count([by_phone], SHE, FIRST, LAST, ())
    assert (found.reached, found.in_person) == (1, 0)
    assert found.came(1, 1, is_over=True, effort=False) == Came.SHORT
