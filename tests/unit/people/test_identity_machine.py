"""Joining and undoing at random: identities are always what the standing decisions connect."""

from collections.abc import Iterable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anwang.foundation.errors import Conflict
from anwang.people import actions
from anwang.people.models import Person
from tests.unit.people.test_writing_people import NIGHT, add, file_of
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
DECISIONS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(["same", "apart", "unsure"])), max_size=12
)


def connected(standing: dict[frozenset[int], str], count: int) -> list[set[int]]:
    """Groups that standing "same" decisions connect, by flooding."""
    groups = [{one} for one in range(count)]
    for pair, verdict in standing.items():
        if verdict == "same":
            touched = [group for group in groups if group & pair]
            groups = [group for group in groups if not group & pair] + [set().union(*touched)]
    return groups


def contradicts(standing: dict[frozenset[int], str], groups: Iterable[set[int]]) -> bool:
    return any(verdict == "apart" and pair <= group for pair, verdict in standing.items() for group in groups)


@pytest.fixture
def world(at) -> World:
    at(NIGHT)
    return build_world()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DECISIONS)
def test_identities_are_what_standing_decisions_connect(world: World, decisions: list[tuple[int, int, str]]) -> None:
    file_id = file_of(world)
    people = [add(world, file_id, f"甲{letter}") for letter in "乙丙丁戊己"]
    by, standing = world.viewer("worker"), dict[frozenset[int], str]()
    for one, other, verdict in decisions:
        if one == other:
            continue
        wanted = {**standing, frozenset((one, other)): verdict}
        refused = False
        try:
            with transaction.atomic():
                actions.decide_identity(
                    person_id=people[one].id, other_id=people[other].id, verdict=verdict, by=by, at=NIGHT
                )
        except Conflict:
            refused = True
        assert refused is contradicts(wanted, connected(wanted, len(people)))
        standing = standing if refused else wanted
        roots = dict(Person.objects.filter(id__in=[p.id for p in people]).values_list("id", "identity_id"))
        for group in connected(standing, len(people)):
            assert len({roots[people[index].id] for index in group}) == 1
        assert len(set(roots.values())) == len(connected(standing, len(people)))
