"""Each wall alone: the application's checks taken out, then the policies; nobody's record is told.

The stranger holds an account and no relation to any file. Pages may break where they rely on both; they may not tell.
"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from anwang.access import queries, roles
from anwang.access.states import Zone
from anwang.access.verdict import Verdict
from anwang.project.postgres import roles as logins
from anwang.project.postgres.cluster import Cluster
from tests.faults.ground import eventually
from tests.pages.everywhere import places
from tests.pages.everywhere.crawl import Answer, Walker

STRANGERS = ("yu",)
NAMES = """
SELECT DISTINCT name FROM people_person WHERE length(name) >= 3 AND name_kind = 'full'
   AND name NOT IN (SELECT name FROM directory_worker)
UNION SELECT DISTINCT text FROM people_address WHERE length(text) >= 8 AND NOT is_hidden
"""
PROTECTED = "SELECT oid::regclass::text FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"


@pytest.fixture
def owner(county_db: str, cluster: Cluster) -> Iterator[psycopg.Connection[places.Row]]:
    with psycopg.connect(cluster.url(logins.OWNER, county_db), autocommit=True) as opened:
        yield opened


def all_zones(viewer: object, file_id: object) -> frozenset[str]:
    return frozenset({"work", "case", "special", "safety", "reporter"})


def everything(viewer: object, permission: object) -> bool:
    return True


@pytest.mark.parametrize("who", STRANGERS)
def test_the_database_alone_shows_a_stranger_nobody(
    who: str, owner: psycopg.Connection[places.Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all_zones(None, None) == frozenset(Zone.values)
    # By their code, since modules hold these functions under names of their own.
    monkeypatch.setattr(queries.zones_of.__wrapped__, "__code__", all_zones.__code__)
    monkeypatch.setattr(queries.writing_zones_of.__wrapped__, "__code__", all_zones.__code__)
    monkeypatch.setattr(roles.has, "__code__", everything.__code__)
    monkeypatch.setattr(Verdict, "__bool__", lambda self: True)
    monkeypatch.setattr(Verdict, "enforce", lambda self: None)
    answers = list(_walk(who, owner))
    assert sum(one.status == 200 for one in answers) > 60, "without its checks the application opens far more pages"
    assert _told(answers, owner) == []


@pytest.mark.parametrize("who", ["yu", "jian", "ye", "du"])
def test_nobody_gets_in_while_the_policies_are_off(who: str, owner: psycopg.Connection[places.Row]) -> None:
    """The application's lists rely on the policies; so without them it answers nobody, with every right or none."""
    for (table,) in owner.execute(PROTECTED).fetchall():
        owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")  # type: ignore[arg-type]
    answers = list(_walk(who, owner))
    assert _told(answers, owner) == []
    assert {one.status for one in answers if one.page.startswith(("cases:", "people:", "intake:"))} <= {405, 503}


def test_one_wall_down_is_enough(owner: psycopg.Connection[places.Row]) -> None:
    owner.execute("ALTER TABLE people_workerrisk NO FORCE ROW LEVEL SECURITY")
    # FORCE binds the owner alone and is looked at once a second: it may have been whole in this one.
    assert eventually(lambda: Walker("jian", owner).ask("worklist:today", "/today").status == 503)
    owner.execute("ALTER TABLE people_workerrisk FORCE ROW LEVEL SECURITY")
    assert Walker("jian", owner).ask("worklist:today", "/today").status == 200


def _walk(who: str, owner: psycopg.Connection[places.Row]) -> Iterator[Answer]:
    walker = Walker(who, owner)
    for page, paths in places.addresses(owner).items():
        if not page.endswith((":logout", ":leave")):
            yield from (walker.ask(page, path) for path in paths)


def _told(answers: list[Answer], owner: psycopg.Connection[places.Row]) -> list[str]:
    names = [str(name) for (name,) in owner.execute(NAMES).fetchall()]
    assert len(names) > 30
    found = [(one, [name for name in names if name in one.all_of_it]) for one in answers]
    return [f"{one}: {', '.join(words[:4])}" for one, words in found if words]
