"""Every form that a case's page leads to, empty and refused, on a desk's and a telephone's width: axe finds nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import transaction
from playwright.sync_api import Page

from anwang.cases.actions import NewSubject, Place, open_coordination, place, record_notice, update_list
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from tests.browser import follow
from tests.pages.cases.test_case_in_a_browser import case_start
from tests.unit.cases.office import Office, open_office
from tests.world import build_world

WANTED = {
    "closing", "grade", "time", "continue", "end", "notice", "witness", "subject", "effort", "lead", "plan", "list",
    "conference", "letter", "reopen", "investigation", "assessment", "decision", "placement", "contact",
    "note",
}  # fmt: skip
"""Forms that must be among those found, by the words of their addresses."""
LOW_BOXES = """[...document.querySelectorAll('main textarea')].filter(box => box.clientHeight <
  Math.min(box.rows * parseFloat(getComputedStyle(box).lineHeight), innerHeight * .75)).map(box => box.name)"""
"""Boxes for long texts that begin lower than what is asked deserves."""


def family_with_everything() -> list[str]:
    """An opened case with a placement, a notice, a witness and a lead, and one that is closed; their addresses."""
    hands = clock.FrozenClock(clock.now())
    with transaction.atomic():
        office = open_office(build_world(), hands)
        mother, girl = NewSubject(office.mother, "victim"), NewSubject(office.girl, "witness")
        opened = office.child_case(family_id=office.family)
        hers = office.child_case(kind="intimate_violence", subjects=[mother, girl], family_id=office.family)
        _begin(office, opened)
        Case.objects.filter(id=opened.id).update(
            phase="opened", opened_on=clock.today(), decision="opened", decided_at=clock.now(), grounds=["harm_found"]
        )  # fmt: skip
        office.child_case(
            kind="vulnerable_family", subjects=[NewSubject(None)], worker="welfare_worker", unit="welfare",
            family_id=office.family,
        )  # fmt: skip
        lead = open_coordination(
            family_id=office.family, county="99001", accountable_id=office.units["protection"],
            lead=Holder(office.units["protection"], office.workers["worker"]), by=office.be("worker"), at=clock.now(),
        )  # fmt: skip
        update_list(
            coordination_id=lead.id, lines=[(office.units["protection"], "每週探視", clock.today())],
            by=office.be("worker"), at=clock.now(),
        )  # fmt: skip
        numbers = [Matter.objects.get(id=one.id).number for one in (opened, hers)]
        return [*(f"/cases/{one}" for one in numbers), f"/leads/{Matter.objects.get(id=lead.id).number}"]


def _begin(office: Office, case: Case) -> None:
    where = Place("foster", "child_56", case_start(case), address="無此路9001號", ask_whom="家防中心")
    place(case_id=case.id, person_id=office.boy, where=where, by=office.be("worker"))
    record_notice(
        matter_id=case.id, kind="parents", to_whom="陳志豪", way="phone", sent_at=clock.now(), by=office.be("worker")
    )  # fmt: skip


def test_every_form_of_a_case_is_accessible_empty_and_refused(
    live: str, log_in: Callable[..., None], axe: Callable[[Page], list[str]], page: Page
) -> None:
    homes = family_with_everything()
    log_in(page, "worker")
    forms: set[str] = set()
    for home in homes:
        page.goto(live + home)
        found = page.locator("main a[href^='/cases/'], main a[href^='/leads/']").all()
        forms |= {str(one.get_attribute("href")) for one in found} - set(homes)
    forms.add(f"{homes[0]}/reopen")
    assert {word for form in forms for word in re.split("/", form)} >= WANTED
    kinds = {re.sub(r"/[0-9a-f-]{36}", "", form): form for form in sorted(forms)}
    for address in kinds.values():
        _empty_and_refused(live, page, axe, address)
    log_in(page, "supervisor")
    page.goto(live + homes[-1])
    _empty_and_refused(live, page, axe, str(page.locator("main a[href$='/hand-over']").get_attribute("href")))


def _empty_and_refused(live: str, page: Page, axe: Callable[[Page], list[str]], address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    answer = page.goto(live + address)
    assert answer is not None
    assert answer.ok or address.endswith("/reopen"), address
    _looks_right(page, axe, address)
    page.set_viewport_size({"width": 390, "height": 844})
    button = page.locator("main form button.go").first
    if button.count() and page.locator("main form.form input[type=text], main form.form input[type=radio]").count():
        page.locator("main form.form").first.evaluate("form => form.noValidate = true")
        follow(page, button.click)
        _looks_right(page, axe, f"{address} refused")


def _looks_right(page: Page, axe: Callable[[Page], list[str]], what: str) -> None:
    assert axe(page) == [], what
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), what
    assert page.evaluate(LOW_BOXES) == [], what
    text = page.inner_text("main")
    assert "這個欄位是必須的" not in text, what
