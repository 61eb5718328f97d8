"""The administration finds every worker of its county, and lets go whoever holds nothing; it reads no file."""

from __future__ import annotations

import re

import pytest

from anwang.access.models import Account
from anwang.directory.models import Appointment, Worker
from anwang.directory.states import Role
from anwang.foundation.errors import Refused
from anwang.matters import actions
from tests.pages.unit_desk.test_unit_desk import as_
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import SINCE, World, build_world, hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at) -> World:
    at(after(60))
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


def test_leads_the_administration_from_the_menu_to_every_post_of_the_county(world: World) -> None:
    client = as_("administrator")
    assert 'href="/unit/people"' in client.get("/policy").content.decode()
    page = client.get("/unit/people").content.decode()
    assert 'href="/unit/people" aria-current="page"' in page
    for key in ("worker", "clerk", "chief", "supervisor"):
        assert f"/unit/leaving/{world.workers[key]}" in page
    assert len(re.findall(r"/unit/leaving/", page)) == len(world.workers)
    assert as_("supervisor").get("/unit/people").status_code == 403
    assert 'href="/unit/people"' not in as_("supervisor").get("/policy").content.decode()


def test_says_to_the_administration_what_to_do_first_and_names_no_matter(world: World) -> None:
    matter = held_by(world, "worker")
    client, path = as_("administrator"), f"/unit/leaving/{world.workers['worker']}"
    page = client.get(path).content.decode()
    assert "簡伯勳手上還有1件。" in page
    assert "請他的督導先做移交清冊，或先暫代。全部簽收後才能停用。" in page
    assert matter.number not in page
    assert 'value="leave"' not in page
    assert client.post(path, {"do": "stand_in"}).status_code == 403
    assert client.post(path, {"do": "leave"}).status_code == 403
    assert Worker.objects.get(id=world.workers["worker"]).left_on is None


@pytest.mark.parametrize("key", ["worker", "clerk"])
def test_lets_the_administration_end_the_posts_of_whoever_holds_nothing(world: World, key: str) -> None:
    client, path = as_("administrator"), f"/unit/leaving/{world.workers[key]}"
    assert 'value="leave"' in client.get(path).content.decode()
    answer = client.post(path, {"do": "leave"}, follow=True)
    assert answer.redirect_chain == [("/unit/people", 302)]
    assert "停用了。他不能再登入。" in answer.content.decode()
    assert Worker.objects.get(id=world.workers[key]).left_on
    assert not Account.objects.get(username=key).is_active


def test_lets_nobody_go_who_works_in_another_county(world: World) -> None:
    elsewhere = Worker.objects.create(name="外縣同事", phone="0900-000-900")
    post = {"unit_id": world.units["protection2"], "role": Role.SOCIAL_WORKER, "started_at": SINCE}
    Appointment.objects.create(worker=elsewhere, **post)
    assert "外縣同事" not in as_("administrator").get("/unit/people").content.decode()
    assert as_("administrator").get(f"/unit/leaving/{elsewhere.id}").status_code == 404
    with pytest.raises(Refused):
        actions.leave(worker_id=elsewhere.id, at=after(60), by=world.viewer("administrator"))
