"""A report of every kind of case opens, in either regime, and asks only what a rule can answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from anwang.access.models import Account
from anwang.intake import actions
from anwang.intake.incoming import PersonIn
from anwang.matters.models import Matter
from anwang.rulebook import book
from tests.unit.intake.stories import build_old_county, taipei, told, viewer
from tests.world import build_world

pytestmark = pytest.mark.django_db
NOW = "2026-03-06 10:00"
KINDS = sorted(one.code for one in book().codelist("case.kind").on(taipei(NOW).date()))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ["person", "child"])
def test_opens_a_report_of_this_kind(kind: str, role: str, at) -> None:  # type: ignore[no-untyped-def]
    at((taipei(NOW) + timedelta(minutes=5)).isoformat())
    world = build_world()
    build_old_county(world)
    who = PersonIn(role=role, name="陳志豪", age_text="35" if role == "person" else "4歲")
    report = actions.receive_report(
        report=told(NOW, "最近一直說不想活。", who, kinds=(kind,)), by=viewer(world, "screener")
    )  # fmt: skip
    client = Client()
    client.force_login(Account.objects.get(username="screener"))
    page = client.get(f"/reports/{Matter.objects.get(id=report.id).number}")
    assert page.status_code == 200
    assert "陳志豪" in page.content.decode()
