"""Whom to ask now, when the one who holds the case is not the one to ring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from anwang.cases.models import Case
from anwang.directory.models import Shift
from anwang.foundation import clock
from anwang.matters import actions as matters
from anwang.matters.models import Matter
from tests.pages.cases.test_case_pages import as_
from tests.unit.cases.office import NIGHT, Office, open_office
from tests.world import build_world

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 9, 10, 0, tzinfo=clock.TAIPEI)


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT))


def lead(case: Case) -> str:
    page: str = as_("supervisor").get(f"/cases/{Matter.objects.get(id=case.id).number}").content.decode()
    return page[page.index('<div class="lead">') : page.index("</header>", page.index('<div class="lead">'))]


def on_the_desk(office: Office, key: str, begin: datetime, end: datetime) -> None:
    Shift.objects.create(desk_id=office.world.desk, worker_id=office.workers[key], rank=1, starts_at=begin, ends_at=end)


def test_names_the_countys_desk_after_hours_and_nobody_else_by_day(
    office: Office, at: Callable[..., clock.FrozenClock]
) -> None:
    case = office.child_case()
    on_the_desk(office, "worker2", MONDAY.replace(hour=17, minute=30), MONDAY.replace(day=10, hour=8))
    at(MONDAY)
    assert "下班時間" not in lead(case)
    at(MONDAY.replace(hour=23))
    assert "下班時間" in lead(case)
    assert "徐意涵" in lead(case)


def test_names_the_cover_of_somebody_on_leave(office: Office, at: Callable[..., clock.FrozenClock]) -> None:
    case = office.child_case()
    at(MONDAY)
    matters.add_absence(
        worker_id=office.workers["worker"], covered_by_id=office.workers["worker2"], kind="leave",
        starts_at=MONDAY.replace(hour=8), ends_at=MONDAY.replace(hour=17), by=office.be("supervisor"),
    )  # fmt: skip
    assert "請假，代理" in lead(case)
    assert "徐意涵" in lead(case)


def test_does_not_send_anybody_to_a_desk_whose_keeper_is_on_leave(
    office: Office, at: Callable[..., clock.FrozenClock]
) -> None:
    case = office.child_case()
    on_the_desk(office, "worker2", MONDAY.replace(hour=17, minute=30), MONDAY.replace(day=10, hour=8))
    at(MONDAY)
    matters.add_absence(
        worker_id=office.workers["worker2"], covered_by_id=office.workers["worker"], kind="leave",
        starts_at=MONDAY, ends_at=MONDAY.replace(day=10), by=office.be("supervisor"),
    )  # fmt: skip
    at(MONDAY.replace(hour=23))
    assert "徐意涵" not in lead(case)
