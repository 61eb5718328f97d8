"""Today and the unit desk in a browser: axe-clean, no sideways scrolling on a phone, and usable without a script."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page

from anwang.directory.models import Absence, Contract, Shift
from anwang.foundation import clock
from anwang.matters import actions
from anwang.matters.holder import Holder
from anwang.matters.models import Dispute, Duty, HandOverList, Matter
from anwang.matters.states import HandOverReason, MatterKind, OfferKind, ReviewOf
from tests.unit.matters.cases import held_by
from tests.world import World, build_world, hours

SHOTS = os.environ.get("ANWANG_SHOTS")
PATHS = ["/unit", "/unit/work", "/unit/joint", "/unit/lists", "/unit/roster", "/unit/contracts", "/unit/precedents",
         "/today", "/today?of=unit"]  # fmt: skip


def ago(hours_before: float) -> datetime:
    """So many hours before now."""
    return clock.now() - hours(hours_before)


def _work(world: World, now: datetime) -> list[Matter]:
    """Unsigned assignments, the worker's own matters with a late duty, and two reviews; his own are given back."""
    for number in range(4):
        matter = held_by(world, None, opened_at=ago(40 + number))
        actions.assign(
            matter_id=matter.id, to=Holder(world.units["protection"], world.workers["worker"]),
            accountable_id=world.units["protection"], effective_at=ago(9 - number),
            expected_since=matter.acting_since, by=world.viewer("supervisor"),
        )  # fmt: skip
    own = [held_by(world, "worker", opened_at=ago(60)) for _ in range(3)]
    for matter, code in zip(own, ("visit", "phone", "partner"), strict=True):
        by = world.viewer("worker")
        actions.set_step(matter_id=matter.id, code=code, due_at=now + timedelta(hours=5), by=by, at=ago(20))
    late = Duty.objects.filter(open_of=own[0].id).order_by("due_at").first()
    actions.say_why_late(duty_id=late.id, cause="waiting_partner", by=world.viewer("worker"))
    placement = held_by(world, "worker", kind=MatterKind.PLACEMENT, opened_at=ago(30))
    for of in (ReviewOf.PLACEMENT, ReviewOf.CLOSING):
        actions.submit(
            matter_id=placement.id, of=of, about_id=None, words="已見到孩子。", by=world.viewer("worker"), at=ago(4)
        )
    return own


def _questions(world: World, own: list[Matter], now: datetime) -> Dispute:
    """A transfer asked, a joining, a dispute ruled and one not, a list to sign; gives the open dispute."""
    actions.offer(
        matter_id=own[1].id, kind=OfferKind.TRANSFER, to_unit_id=world.units["protection2"], at=ago(10),
        by=world.viewer("supervisor"),
    )  # fmt: skip
    joining = actions.offer(
        matter_id=own[2].id, kind=OfferKind.JOINING, to_unit_id=world.units["welfare"], topic="parenting",
        at=ago(10), by=world.viewer("worker"),
    )  # fmt: skip
    actions.answer(offer_id=joining.id, accept=True, by=world.viewer("welfare_supervisor"), at=ago(5))
    filed = actions.file_dispute(
        matter_id=own[0].id, claimed_unit_id=world.units["welfare"], topic="several_problems",
        words="孩子安全，家庭需要的是經濟與照顧。", by=world.viewer("supervisor"), at=ago(3),
    )  # fmt: skip
    settled = actions.file_dispute(
        matter_id=own[2].id, claimed_unit_id=world.units["welfare"], topic="kind", words="同前。",
        by=world.viewer("supervisor"), at=ago(3),
    )  # fmt: skip
    actions.rule(
        dispute_id=settled.id, unit_id=world.units["protection"], words="有傷。", by=world.viewer("chief"),
        principle="兒童有傷勢者，先由家防中心主責。", at=ago(2),
    )  # fmt: skip
    made = actions.hand_over_list(
        from_worker_id=world.workers["worker"], unit_id=world.units["protection"], effective_at=now,
        to={own[2].id: Holder(world.units["protection"], world.workers["worker2"])}, reason=HandOverReason.MOVING,
        by=world.viewer("supervisor"),
    )  # fmt: skip
    assert HandOverList.objects.filter(id=made.id).exists()
    return filed


@pytest.fixture
def busy(live: str) -> World:
    """A unit on a busy morning, under the real clock, committed."""
    now = clock.now()
    with transaction.atomic():
        world = build_world(night=(ago(10), now - timedelta(hours=1)))
        Shift.objects.create(
            desk_id=world.desk, worker_id=world.workers["worker2"], starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(hours=9),
        )  # fmt: skip
        Absence.objects.create(
            worker_id=world.workers["worker2"], covered_by_id=world.workers["worker"], kind="leave",
            starts_at=ago(1), ends_at=now + timedelta(days=3),
        )  # fmt: skip
        Contract.objects.create(
            number="委115-01", authority_id=world.units["protection"], ngo_id=world.units["ngo"], service="家庭處遇",
            posts=2, starts_at=ago(2000), ends_at=now + timedelta(days=40),
        )  # fmt: skip
        filed = _questions(world, _work(world, now), now)
    PATHS[9:] = [f"/unit/disputes/{filed.id}"]
    return world


@pytest.mark.parametrize("width", [1440, 390])
def test_is_clean_for_the_supervisor(
    busy: World, live: str, page: Page, log_in: Callable[..., None], axe: Callable[[Page], list[str]], width: int
) -> None:
    log_in(page, "supervisor")
    page.set_viewport_size({"width": width, "height": 900})
    for path in PATHS:
        page.goto(live + path)
        _look(page, f"{path.strip('/').replace('/', '-').replace('?', '-')[:18]}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page) == [], path


@pytest.mark.parametrize("width", [1440, 390])
def test_is_clean_for_the_worker(
    busy: World, live: str, page: Page, log_in: Callable[..., None], axe: Callable[[Page], list[str]], width: int
) -> None:
    log_in(page, "worker")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live}/today")
    _look(page, f"worker-today-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
    page.get_by_role("link", name="打電話聯繫").first.click()
    _look(page, f"worker-duty-{width}")
    assert axe(page) == []


def _look(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
