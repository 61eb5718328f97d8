"""The button that takes a report over: there for whoever may, when its holder has gone home; gone afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from anwang.intake import actions
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.models import Report
from tests.pages.intake.test_pages import as_, number
from tests.unit.intake.stories import taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
TAKE, READ = "承辦不在班，由我接手", "看通報人，要回電"


@pytest.fixture
def report(at: Callable[..., object]) -> Report:
    at("2026-03-09T15:00+08:00")
    world: World = build_world(night=(taipei("2026-03-09 17:30"), taipei("2026-03-10 08:30")))
    said = told("2026-03-09 14:50", "小孩在哭。", PersonIn(role="child", name="林小安", age_text="5歲"),
                reporter=ReporterIn(name="卓小姐", phone="0900-000-771", may_call_back="yes"))  # fmt: skip
    return actions.receive_report(report=said, by=world.viewer("screener"))


def test_is_not_there_while_the_holder_is(report: Report) -> None:
    for key in ("screener", "screening_supervisor"):
        assert TAKE not in as_(key).get(f"/reports/{number(report)}").content.decode()


def test_lets_the_night_take_it_and_ring_back(report: Report, at: Callable[..., object]) -> None:
    at("2026-03-09T21:00+08:00")
    client = as_("night")
    path = f"/reports/{number(report)}"
    page = client.get(path).content.decode()
    assert TAKE in page
    assert READ not in page
    since = page.split('name="since" value="')[1].split('"')[0]
    after = client.post(f"{path}/take-over", {"since": since}, follow=True).content.decode()
    assert "你接手了" in after
    assert TAKE not in after
    assert READ in after
    late = client.post(f"{path}/take-over", {"since": "yesterday"})
    assert late.status_code == 422
