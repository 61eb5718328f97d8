"""The family picture: everybody once, nobody upon another, the same each time, and as families are drawn."""

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from anwang.people.genogram import LABEL, STEP_X, Edge, Layout, Member, layout
from anwang.people.states import Kin

KEYS = list("abcdefghij")
MEMBERS = st.lists(
    st.builds(
        Member, key=st.sampled_from(KEYS), sex=st.sampled_from(["male", "female", "other", "unknown"]),
        born=st.none() | st.dates(date(1930, 1, 1), date(2026, 1, 1)), is_home=st.booleans(),
    ),
    unique_by=lambda one: one.key,
)  # fmt: skip
EDGES = st.lists(
    st.builds(Edge, st.sampled_from(KEYS), st.sampled_from([str(kin) for kin in Kin.values]), st.sampled_from(KEYS)),
    max_size=25,
)


@given(MEMBERS, EDGES, st.randoms(use_true_random=False))
def test_places_everybody_once_apart_and_the_same_each_time(
    members: list[Member], edges: list[Edge], shuffle: random.Random
) -> None:
    drawn = layout(members, edges)
    assert sorted(place.key for place in drawn.places) == sorted(one.key for one in members)
    for one in drawn.places:
        for other in drawn.places:
            assert one is other or one.y != other.y or abs(one.x - other.x) >= STEP_X
        assert 0 <= one.x <= drawn.width
        assert 0 <= one.y <= drawn.height
    shuffle.shuffle(members)
    shuffle.shuffle(edges)
    assert layout(members, edges) == drawn


def family() -> Layout:
    members = [
        Member("gf", sex="male", born=date(1955, 1, 1)), Member("gm", sex="female", born=date(1958, 1, 1)),
        Member("f", sex="male", born=date(1985, 1, 1), is_home=True), Member("m", sex="female", born=date(1990, 1, 1)),
        Member("w", sex="female", born=date(1992, 1, 1)), Member("aunt", sex="female", born=date(1988, 1, 1)),
        Member("c1", sex="female", born=date(2015, 1, 1), is_home=True),
        Member("c2", sex="male", born=date(2019, 1, 1)),
        Member("half", born=date(2025, 1, 1)), Member("unborn"),
    ]  # fmt: skip
    edges = [
        Edge("gf", "spouse", "gm"), Edge("gf", "parent", "f"), Edge("gm", "parent", "f"), Edge("gm", "parent", "aunt"),
        Edge("gf", "parent", "aunt"), Edge("f", "former_spouse", "m"), Edge("f", "partner", "w"),
        Edge("f", "parent", "c1"), Edge("m", "parent", "c1"), Edge("f", "parent", "c2"), Edge("m", "parent", "c2"),
        Edge("f", "parent", "half"), Edge("w", "parent", "half"), Edge("w", "parent", "unborn"),
    ]  # fmt: skip
    return layout(members, edges)


def test_stacks_generations_and_keeps_couples_adjacent() -> None:
    at = family().at
    assert [at[key].generation for key in ("gm", "gf", "f", "m", "w", "aunt", "c1", "half", "unborn")] == [
        0, 0, 1, 1, 1, 1, 2, 2, 2]  # fmt: skip
    assert abs(at["gf"].x - at["gm"].x) == STEP_X
    assert at["gf"].x < at["gm"].x
    # Between his former wife and his partner.
    assert {abs(at["f"].x - at["m"].x), abs(at["f"].x - at["w"].x)} == {STEP_X}


def test_orders_children_by_birth_under_their_parents() -> None:
    at = family().at
    assert at["c1"].x < at["c2"].x
    assert min(at["f"].x, at["m"].x) - STEP_X <= at["c1"].x <= max(at["f"].x, at["m"].x) + STEP_X


def test_draws_a_divorce_as_two_strokes_and_one_bar_for_each_set_of_parents() -> None:
    ties = family().ties
    assert sum("l8-16" in tie for tie in ties) == 1
    assert sum(tie.count("V") > 1 for tie in ties) == 4


def test_outlines_who_lives_together_and_nobody_else() -> None:
    drawn = family()
    assert drawn.household.count("z") == 2


def test_hangs_siblings_of_unknown_parents_from_one_bar() -> None:
    drawn = layout([Member("a"), Member("b")], [Edge("a", "sibling", "b")])
    assert drawn.at["a"].y == drawn.at["b"].y
    assert len(drawn.ties) == 1


def test_ends_on_a_register_that_contradicts_itself() -> None:
    drawn = layout([Member("a"), Member("b")], [Edge("a", "parent", "b"), Edge("b", "parent", "a")])
    assert len(drawn.places) == 2


def test_stands_whoever_is_tied_to_nobody_with_his_age() -> None:
    drawn = layout(
        [Member("p", born=date(1980, 1, 1)), Member("c", born=date(2015, 1, 1)), Member("x", born=date(1979, 1, 1))],
        [Edge("p", "parent", "c")],
    )
    assert drawn.at["x"].generation == drawn.at["p"].generation


def test_begins_the_line_of_a_lone_parent_below_her_name() -> None:
    people = [Member("mother", sex="female"), Member("boy"), Member("girl")]
    drawn = layout(people, [Edge("mother", "parent", "boy"), Edge("mother", "parent", "girl")])
    mother = drawn.at["mother"]
    assert drawn.ties[0].startswith(f"M{mother.x} {mother.y + LABEL}V")
