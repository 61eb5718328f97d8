"""The forms of asking in a browser: axe-clean, no sideways scrolling on a phone, usable by keyboard."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page

from anwang.directory.models import Shift
from anwang.foundation import clock
from anwang.matters import actions
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.states import Ledger, OfferKind
from tests.unit.matters.cases import held_by
from tests.world import World, build_world, hours

SHOTS = os.environ.get("ANWANG_SHOTS")


@pytest.fixture
def number(live: str) -> str:
    """A matter that was assigned, whose start was corrected, that is offered and disputed; committed."""
    now = clock.now()
    with transaction.atomic():
        world = build_world(night=(now - hours(50), now + hours(9)))
        matter = held_by(world, None, opened_at=now - hours(40))
        actions.assign(
            matter_id=matter.id, to=Holder(world.units["protection"], world.workers["worker"]),
            accountable_id=world.units["protection"], effective_at=now - hours(20),
            expected_since=matter.acting_since, by=world.viewer("supervisor"),
        )  # fmt: skip
        _ask(world, Matter.objects.get(id=matter.id))
        Shift.objects.create(
            desk_id=world.desk, worker_id=world.workers["worker"], starts_at=now + timedelta(hours=9),
            ends_at=now + timedelta(hours=19),
        )  # fmt: skip
    return matter.number


def _ask(world: World, matter: Matter) -> None:
    now = clock.now()
    by = world.viewer("worker")
    actions.set_step(matter_id=matter.id, code="visit", due_at=now + hours(30), by=by, at=now - hours(15))
    joining = actions.offer(
        matter_id=matter.id, kind=OfferKind.JOINING, to_unit_id=world.units["welfare"], topic="parenting", by=by,
        at=now - hours(10), words="兩個孩子由祖母照顧，想請你們一起看親職。",
    )  # fmt: skip
    actions.answer(offer_id=joining.id, accept=True, by=world.viewer("welfare_supervisor"), at=now - hours(9))
    signs = world.viewer("supervisor")
    actions.offer(
        matter_id=matter.id, kind=OfferKind.TRANSFER, to_unit_id=world.units["protection2"], by=signs,
        at=now - hours(8), words="全家月底搬到青嵐縣，已和學校確認。",
    )  # fmt: skip
    actions.file_dispute(
        matter_id=matter.id, claimed_unit_id=world.units["welfare"], topic="several_problems", by=signs,
        words="孩子安全，家庭需要的是經濟與照顧。", at=now - hours(3),
    )  # fmt: skip
    actions.correct_start(
        matter_id=matter.id, ledger=Ledger.ACTING, since=matter.acting_since, reason="phone_earlier", by=signs,
        corrected_since=matter.acting_since - hours(1), at=now,
    )  # fmt: skip


@pytest.mark.parametrize("width", [1440, 390])
def test_is_clean_for_the_supervisor(
    number: str, live: str, page: Page, log_in: Callable[..., None], axe: Callable[[Page], list[str]], width: int
) -> None:
    log_in(page, "supervisor")
    page.set_viewport_size({"width": width, "height": 900 if width > 400 else 844})
    here = f"/matters/{number}"
    forms = [f"{here}/{name}" for name in ("ask", "ask/transfer", "ask/visit_request", "dispute", "starts", "reassign")]
    for path in [*forms, "/unit/contracts/new", "/away", "/unit/roster"]:
        page.goto(live + path)
        _look(page, f"{path.replace(number, '').strip('/').replace('/', '-')}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page) == [], path


def test_asks_by_keyboard_alone(number: str, live: str, page: Page, log_in: Callable[..., None]) -> None:
    log_in(page, "worker")
    page.goto(f"{live}/matters/{number}/ask")
    page.locator("main").get_by_role("link", name="轉介", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("問哪個單位？").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("媽媽也受暴，請另外開案。")
    page.get_by_role("button", name="問對方接不接").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live}/matters/{number}/ask")
    assert "轉介：" in page.get_by_role("main").inner_text()


def _look(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
