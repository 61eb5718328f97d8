"""Whoever asked for a visit or a joining is told of the answer, and by whom it was given where others entered it."""

from __future__ import annotations

import pytest
from django.test import Client

from anwang.access.models import Account
from anwang.matters import actions
from anwang.matters.states import AnsweredHow, OfferKind
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at) -> World:
    at(after(60))
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


def page(key: str, path: str) -> str:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client.get(path).content.decode()


def test_tells_who_asked_for_a_visit_that_a_county_without_accounts_accepted(world: World) -> None:
    matter = held_by(world, "worker")
    asked = actions.offer(
        matter_id=matter.id, kind=OfferKind.VISIT_REQUEST, to_unit_id=world.units["protection2"], topic="safety",
        at=after(10), by=world.viewer("worker"),
    )  # fmt: skip
    assert "青嵐縣家防中心接受了協訪" not in page("worker", "/today")
    actions.answer_by_proxy(
        offer_id=asked.id, accept=True, name="白社工", how=AnsweredHow.PHONE, ref="(08)000-555", at=after(20),
        by=world.viewer("supervisor"),
    )  # fmt: skip
    today = page("worker", "/today")
    assert "青嵐縣家防中心接受了協訪" in today
    assert f"/matters/{matter.number}/ask" in today
    assert "對方由白社工回覆，(08)000-555" in page("worker", f"/matters/{matter.number}/ask")
    assert "接受了協訪" not in page("worker2", "/today")


def test_tells_no_more_of_a_joining_that_ended(world: World) -> None:
    matter = held_by(world, "worker")
    asked = actions.offer(
        matter_id=matter.id, kind=OfferKind.JOINING, to_unit_id=world.units["welfare"], topic="parenting", at=after(10),
        by=world.viewer("worker"),
    )  # fmt: skip
    actions.answer(offer_id=asked.id, accept=True, by=world.viewer("welfare_supervisor"), at=after(20))
    assert "河岬社福中心接受了協力邀請" in page("worker", "/today")
    actions.end_joining(offer_id=asked.id, reason="done", by=world.viewer("worker"), at=after(30))
    assert "接受了協力邀請" not in page("worker", "/today")
