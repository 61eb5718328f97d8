"""The report about the other party, read by his worker: no number, kind or count of what her side reported."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from anwang.access.models import Account
from anwang.intake import actions
from anwang.intake.incoming import PersonIn
from anwang.intake.models import ReportPerson
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.people.actions import decide_identity
from tests.unit.intake.stories import build_old_county, taipei, told, viewer
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = "2026-03-06 10:00"


@pytest.fixture
def world(at) -> World:  # type: ignore[no-untyped-def]
    hands = at((taipei(NOW) + timedelta(minutes=5)).isoformat())
    world = build_world()
    build_old_county(world)
    hands.advance(timedelta(minutes=1))
    return world


def page_of(key: str, number: str) -> str:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    answer = client.get(f"/reports/{number}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_tells_his_worker_of_no_earlier_report(world: World) -> None:
    by = viewer(world, "screener")
    hers = actions.receive_report(
        report=told(NOW, "鄰居說先生打太太。", PersonIn(role="victim", name="林佳安", age_text="31"),
                    PersonIn(role="other_party", name="陳志豪", age_text="35"), kinds=("intimate_violence",)),
        by=by,
    )  # fmt: skip
    man = PersonIn(role="person", name="陳志豪", age_text="35")
    his = actions.receive_report(report=told(NOW, "他說不想活。", man, kinds=("suicide",)), by=by)
    number = Matter.objects.get(id=hers.id).number
    him = ReportPerson.objects.get(report_id=his.id).person_id
    known = ReportPerson.objects.get(report_id=hers.id, person__name="陳志豪").person_id
    decide_identity(person_id=him, other_id=known, verdict="same", reasons=["name"], by=by,
                    at=taipei(NOW) + timedelta(minutes=2))  # fmt: skip
    to = Holder(world.units["welfare"], world.workers["welfare_worker"])
    actions.dispatch(report_id=his.id, kind="suicide", person_ids=[him], to=to, by=by,
                     at=taipei(NOW) + timedelta(minutes=5))  # fmt: skip
    mine = Matter.objects.get(id=his.id).number
    assert number in page_of("screener", mine)
    page = page_of("welfare_worker", mine)
    assert number not in page
    assert "親密關係暴力" not in page.split("通報單")[0].split('id="before"')[1].split("</section>")[0]
    assert "再檢視" not in page
