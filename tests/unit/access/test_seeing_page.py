"""Who may see what, as a page a lawyer reads, says what the program does."""

from __future__ import annotations

import ast
from pathlib import Path

import psycopg
import pytest

from anwang.access import seeing
from anwang.access.relations import RELATIONS, kind_of, relation
from anwang.access.roles import ROLES, Permission
from anwang.access.states import Zone
from anwang.directory.states import Role
from anwang.project.postgres import roles
from anwang.project.postgres.cluster import Cluster

ROOT = Path(seeing.__file__).resolve().parents[1]
GRANTING = {"grant", "grant_of", "grant_files", "grant_to_receiver"}


@pytest.mark.parametrize("path", [path.name for path in seeing.written()])
def test_is_printed_from_the_rules_of_today(path: str) -> None:
    text = next(text for one, text in seeing.written().items() if one.name == path)
    there = (seeing.DOCS / path).read_text(encoding="utf-8")
    assert there == text, "print it anew: python -m anwang.access.seeing"


def test_the_truth_table_of_roles() -> None:
    """What no role may gain unnoticed: content for those who keep the system, numbers for those who keep a case."""
    assert set(ROLES) == set(Role)
    keeps = {role for role in Role if Permission.ADMINISTER in ROLES[role]}
    assert keeps == {Role.ADMINISTRATOR}
    content = {Permission.CASEWORK, Permission.SEARCH_PEOPLE, Permission.TAKE_REPORT, Permission.LOG_CALL,
               Permission.LOOK_ACROSS, Permission.BREAK_GLASS, Permission.DRILL, Permission.INCIDENT_NOTE}  # fmt: skip
    for role in (Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.CHIEF, Role.CLERK):
        assert not ROLES[role] & content, role
    assert {role for role in Role if Permission.REVIEW_OPENINGS in ROLES[role]} <= {
        Role.PRIVACY_OFFICER, Role.SUPERVISOR, Role.SCREENING_SUPERVISOR, Role.DUTY_SUPERVISOR, Role.CHIEF,
    }  # fmt: skip


def test_the_truth_table_of_zones() -> None:
    """Where somebody hides and who reported are opened to whoever acts, and to no post of a unit."""
    opens = {zone: {(one.because, one.holder) for one in RELATIONS if zone in one.most} for zone in Zone}
    assert opens[Zone.SAFETY] == {("acting", "worker"), ("acting", "desk"), ("tonight_watch", "desk"),
                                  ("break_glass", "worker")}  # fmt: skip
    assert opens[Zone.REPORTER] == {("acting", "worker"), ("acting", "desk"), ("case", "worker"), ("case", "desk")}
    chiefs = {one.because for one in RELATIONS if one.holder == "chief" and Zone.CASE in one.most}
    assert chiefs == {"dispute", "tracking", "tracking_late"}, "decisions of policy name no family; nothing else opens"
    assert len({(one.because, one.holder) for one in RELATIONS}) == len(RELATIONS)


def test_knows_every_reason_that_the_program_grants_for() -> None:
    known = {one.because for one in RELATIONS}
    strange = {}
    for path in ROOT.rglob("*.py"):
        if "demo" in path.parts:
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in GRANTING:
                for word in call.keywords:
                    if word.arg == "because" and isinstance(word.value, ast.Constant) and word.value.value not in known:
                        strange[word.value.value] = path.name
    assert strange == {}


def test_no_grant_of_the_county_opens_more_than_its_relation(county: str, cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(roles.OWNER, county)) as owner:
        found = owner.execute("SELECT DISTINCT because, holder, zones FROM access_grant").fetchall()
    more = {
        (because, kind_of(holder), tuple(sorted(zones)))
        for because, holder, zones in found
        if (known := relation(because, holder)) is None or not set(zones) <= known.most
    }
    assert more == set()
    assert len({because for because, _holder, _zones in found}) > 10
