"""The closed list: who sees it, marking a file, agreeing, naming readers; nobody's name stands on it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account, Restriction, RestrictionReader
from anwang.people.actions import add_person
from tests.unit.matters.cases import after, held_by
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at) -> World:
    at(after(0))
    return build_world()


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


def mark(world: World, **changes: object):
    matter = held_by(world, "worker")
    add_person(name="丁立委", by=world.viewer("worker"), at=after(1), file_id=matter.id)
    given = {"number": matter.number, "reason": "public_figure", "until": "115/4/1",
             "readers": [str(world.workers["worker"])]}  # fmt: skip
    return matter, as_("supervisor").post("/restricted/new", given | changes)


def test_marks_a_file_and_lists_it(world: World) -> None:
    matter, answer = mark(world)
    assert answer.status_code == 302
    page = as_("supervisor").get("/restricted").content.decode()
    assert matter.number in page
    assert "丁立委" not in page
    assert "簡伯勳" in page
    assert as_("worker2").get(f"/cases/{matter.number}").status_code == 404


@pytest.mark.parametrize("changes", [
    {"number": "C115-0000-0000"}, {"reason": "bribe"}, {"until": "115/3/1"}, {"until": "116/3/1"}, {"readers": []},
    {"readers": ["nobody"]}, {"until": "<script>"},
])  # fmt: skip
def test_asks_again_for_what_cannot_be(world: World, changes: dict[str, object]) -> None:
    _matter, answer = mark(world, **changes)
    assert answer.status_code == 200
    world.viewer("supervisor")
    assert not Restriction.objects.exists()


def test_the_chief_agrees_and_the_supervisor_ends(world: World) -> None:
    matter, _answer = mark(world)
    chief = as_("chief")
    page = chief.get("/restricted").content.decode()
    agree = re.search(r'action="(/restricted/[^"]*/agree)"', page)
    assert agree, "the button stands on the line"
    assert as_("worker").post(agree[1]).status_code == 403
    assert as_("screener").post(agree[1]).status_code == 404
    assert chief.post(agree[1]).status_code == 302
    assert chief.post(agree[1]).status_code == 403, "once is enough"
    assert as_("supervisor").post(agree[1].replace("/agree", "/end")).status_code == 302
    assert "已解除" in as_("supervisor").get("/restricted").content.decode()
    assert matter.number in as_("chief").get("/restricted").content.decode()


def test_names_another_reader(world: World) -> None:
    mark(world)
    page = as_("supervisor").get("/restricted").content.decode()
    path = re.search(r'href="(/restricted/[^"]*/readers)"', page)
    assert path
    assert "徐意涵" in as_("supervisor").get(path[1]).content.decode()
    as_("supervisor").post(path[1], {"name": str(world.workers["worker2"])})
    world.viewer("supervisor")
    assert RestrictionReader.objects.filter(worker_id=world.workers["worker2"], until_at=None).exists()
    as_("supervisor").post(path[1], {"drop": str(world.workers["worker2"])})
    world.viewer("supervisor")
    assert not RestrictionReader.objects.filter(worker_id=world.workers["worker2"], until_at=None).exists()
    assert as_("supervisor").post(path[1], {"name": "x"}).status_code == 422
    assert as_("worker").get(path[1]).status_code == 404


@pytest.mark.parametrize("who", ["worker2", "screener", "clerk", "administrator", "privacy", "adult_supervisor"])
def test_is_empty_for_everybody_else(world: World, who: str) -> None:
    matter, _answer = mark(world)
    assert matter.number not in as_(who).get("/restricted").content.decode()


def test_asks_the_database_little(world: World) -> None:
    mark(world)
    client = as_("supervisor")
    client.get("/restricted")
    with CaptureQueriesContext(connection) as seen:
        client.get("/restricted")
    assert len(seen) <= 8, [one["sql"] for one in seen]
