"""A draft from the rule's page to its approvers, clean for axe, on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page

from anwang.foundation import clock, roc
from anwang.lab import actions, jobs
from anwang.lab.models import Draft, Replay
from tests.browser import follow
from tests.unit.lab.drafting import (
    ALL_ONE,
    FIRST_VISIT,
    GRADE,
    Lab,
    answered,
    drafted,
    graded_children,
    open_lab,
    opened,
    said,
)


@pytest.fixture
def lab(live: str) -> Lab:
    """Live servers keep their own time: everything happens now, but what was commented on is some weeks old."""
    now = clock.now()
    with clock.frozen(now - timedelta(days=20)), transaction.atomic():
        lab = open_lab()
        draft = opened(lab, days=80)
        answered(lab, said(lab, draft))
    with clock.frozen(now), transaction.atomic():
        graded_children(lab.world, 2)
        child = drafted(lab, rule_id=GRADE, rows=ALL_ONE)
        actions.ask_replay(draft_id=child.id, by=lab.be("official"), at=clock.now())
    with clock.frozen(now):
        jobs.replay()
    return lab


def test_goes_from_draft_to_force(
    page: Page, live: str, lab: Lab, log_in: Callable[[Page, str], None], axe: Callable[[Page], list[str]]
) -> None:
    draft = Draft.objects.get(rule_id=FIRST_VISIT)
    here, found = f"{live}/drafts/of/{draft.id}", []

    def look(address: str) -> None:
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            found.extend(f"{address} at {width}: {fault}" for fault in axe(page))
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                found.append(f"{address} at {width} scrolls sideways")

    log_in(page, "official")
    replay = Replay.objects.get()
    for address in ("/drafts", f"/drafts/new/{FIRST_VISIT}", f"/drafts/replays/{replay.id}", f"/policy/{FIRST_VISIT}",
                    f"/policy/{FIRST_VISIT}/compare?from=2019-01-01&to=2026-03-07"):  # fmt: skip
        look(live + address)
    look(here)
    assert found == []
    follow(page, page.get_by_role("button", name="送核准").click)
    assert "送核准了" in page.get_by_role("status").inner_text()
    for key in ("director", "official2"):
        page.context.clear_cookies()
        log_in(page, key)
        page.goto(here)
        follow(page, page.get_by_role("button", name="核准這份草案").click)
    assert "到生效日自動適用" in page.get_by_role("status").inner_text()
    page.goto(f"{live}/policy/{FIRST_VISIT}?on={draft.starts_on.isoformat()}")
    assert "7日內" in page.locator("p.answer").inner_text()


def test_is_written_in_a_browser(page: Page, live: str, lab: Lab, log_in: Callable[[Page, str], None]) -> None:
    log_in(page, "steerer")
    page.goto(f"{live}/policy/{FIRST_VISIT}")
    follow(page, page.get_by_role("link", name="提一個修改").click)
    page.get_by_label("要改的值").fill("within: 12 days")
    page.get_by_label("從哪一天起").fill(roc.roc_long(clock.today() + timedelta(days=40)))
    page.get_by_label("為什麼要改").fill("本縣山區多")
    page.get_by_label("文號，或哪一次會議的決議").fill("府社字第2號")
    follow(page, page.get_by_role("button", name="存成草案").click)
    assert "縣市只能訂得更嚴" in page.get_by_role("alert").inner_text()
    page.get_by_label("要改的值").fill("within: 6 days")
    follow(page, page.get_by_role("button", name="存成草案").click)
    assert "還沒有公開" in page.get_by_role("status").inner_text()
