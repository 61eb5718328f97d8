"""The pages of a case in a browser: accessible, no wider than the screen, usable by keyboard and without script."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page

from anwang.access.models import Account
from anwang.cases.actions import Consent, Place, Sight, Told, place, record_contact, write_incident_note, write_note
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.matters.models import Matter
from anwang.people.models import WorkerRisk
from tests.unit.cases.office import Office, open_office
from tests.world import build_world

SHOWN = [
    ("index", "/cases"), ("case", "/cases/{}"), ("contact", "/cases/{}/contact"), ("note", "/cases/{}/note"),
    ("investigation", "/cases/{}/investigation"), ("assessment", "/cases/{}/assessment"),
    ("decision", "/cases/{}/decision"), ("placement", "/cases/{}/placement"), ("notice", "/cases/{}/notice"),
    ("incident", "/incident"), ("case-en", "/cases/{}"), ("contact-en", "/cases/{}/contact"),
]  # fmt: skip


def busy_case() -> tuple[Office, str]:
    """A case with a risk, a visit, an attempt, a placement, a note and an incident note, committed."""
    hands = clock.FrozenClock(clock.now())
    with transaction.atomic():
        office = open_office(build_world(), hands)
        case = office.child_case()
        WorkerRisk.objects.bulk_create(
            [
                WorkerRisk(
                    person_id=office.father, kind="weapon", words="客廳有開山刀", go_in_pairs=True,
                    since_on=clock.today(), recorded_at=clock.now(),
                )
            ]
        )  # fmt: skip
        _fill(office, case)
        number = Matter.objects.get(id=case.id).number
    return office, number


def _fill(office: Office, case: Case) -> None:
    now, by = clock.now() - timedelta(minutes=1), office.be("worker")
    seen = (
        Sight(office.boy, "yes", observation="左耳後兩處瘀青，約一元硬幣大小。"),
        Sight(office.girl, "no", "asleep"),
    )
    visit = Told(
        "home", "met", now - timedelta(hours=50), now - timedelta(hours=49), companions="河岬派出所李警員",
        summary="小宇在客廳玩，看到我們躲到母親身後。", worker_safety="父親酒後情緒激動，門後有鐵棍。",
        sights=seen,
    )  # fmt: skip
    record_contact(matter_id=case.id, told=visit, by=by)
    record_contact(matter_id=case.id, told=Told("phone", "not_met", now - timedelta(hours=2)), by=by)
    write_note(matter_id=case.id, text="學校老師來電，小樂今天請假。", by=by, at=now)
    where = Place("foster", "child_56", case_start(case), address="無此路9001號", ask_whom="家防中心")
    consent = Consent(office.workers["supervisor"], "葉承翰", case_start(case))
    place(case_id=case.id, person_id=office.boy, where=where, by=by, consent=consent)
    write_incident_note(about="陳小宇", text="他在服務台大哭，說不想回家。", by=office.be("welfare_worker"), at=now)


def case_start(case: Case) -> object:
    return Matter.objects.values_list("opened_at", flat=True).get(id=case.id)


@pytest.mark.parametrize(("name", "path"), SHOWN)
def test_is_accessible_on_desk_and_phone(
    name: str, path: str, live: str, log_in: Callable[..., None], axe: Callable[[Page], list[str]], page: Page
) -> None:
    _office, number = busy_case()
    Account.objects.filter(username="worker").update(language="en" if name.endswith("-en") else "zh-hant")
    log_in(page, "worker")
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(live + path.format(number))
        assert page.locator("h1").count() == 1
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if folder := os.environ.get("ANWANG_PICTURES"):
            page.screenshot(path=f"{folder}/cases-{name}-{width}.png", full_page=True)


def test_records_a_contact_without_script_and_by_keyboard(
    live: str, log_in: Callable[..., None], browser: Browser
) -> None:
    _office, number = busy_case()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    log_in(page, "worker")
    page.goto(f"{live}/cases/{number}/contact")
    page.get_by_label("電訪").focus()
    page.keyboard.press("Space")
    for label in ("訪視成功", "電話中"):
        page.get_by_label(label, exact=True).focus()
        page.keyboard.press("Space")
    for group in page.get_by_role("group").filter(has_text="有見到嗎").all():
        group.get_by_label("不在場").focus()
        page.keyboard.press("Space")
    page.get_by_label("談了什麼、看到什麼").fill("母親說小樂在外婆家。")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="存到").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".errors").all_inner_texts() == []
    assert page.url.endswith(f"/cases/{number}")
    assert "母親說小樂在外婆家。" in page.content()
    context.close()
