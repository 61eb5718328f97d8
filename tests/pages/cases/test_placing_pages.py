"""Placing a child, closing and handing the lead: the forms that weigh most."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anwang.cases.actions import NewSubject
from anwang.cases.models import Placement
from anwang.foundation import clock
from anwang.matters.actions import submit
from anwang.matters.models import Duty, Review
from anwang.matters.states import ReviewOf
from tests.pages.cases.test_case_pages import as_, instant, number, subjects_of
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


def test_places_a_child_without_showing_the_place_anywhere(office: Office) -> None:
    case = office.child_case()
    office.hands.advance(timedelta(hours=3))
    answers = {
        "subject": office.boy.hex, "kind": "emergency_centre", "basis": "child_56", "is_emergency": "yes",
        "excluded_minutes": "90", "excluded_reason": "on_the_way", "pupil": "no", "parents_known": "yes",
        "address": "望潮縣無此路9001號", "ask_whom": "家防中心", **instant("placed_at"),
    }  # fmt: skip
    client = as_("worker")
    page = client.post(f"/cases/{number(case)}/placement", answers, follow=True).content.decode()
    assert "無此路" not in page
    assert "不計入90分鐘" in page
    assert "處所保密" in page
    office.be("worker")
    placement = Placement.objects.get()
    limit = Duty.objects.get(matter_id=placement.id, rule_id="placement.emergency_limit")
    assert limit.due_at == placement.placed_at + timedelta(hours=73, minutes=30)


def test_takes_the_day_of_the_placement_for_a_consent_by_telephone(office: Office) -> None:
    case = office.child_case()
    office.hands.advance(timedelta(hours=3))
    chosen = str(office.workers["supervisor"])
    answers = {
        "subject": office.boy.hex, "kind": "emergency_centre", "basis": "child_56", "is_emergency": "yes",
        "pupil": "no", "parents_known": "yes", **instant("placed_at"), "consent_by": chosen,
        "consent_at_day": "", "consent_at_time": instant("placed_at")["placed_at_time"],
    }  # fmt: skip
    assert as_("worker").post(f"/cases/{number(case)}/placement", answers).status_code == 302
    office.be("worker")
    placement = Placement.objects.get()
    assert placement.consent_at == placement.placed_at


def test_refuses_to_close_over_an_unseen_child_with_his_name(office: Office) -> None:
    case = office.child_case()
    client = as_("worker")
    client.post(f"/cases/{number(case)}/decision", {"decision": "opened", "open_grounds": ["harm_found"]})
    from anwang.cases.actions import approve_review

    approve_review(review_id=Review.objects.get().id, by=office.be("supervisor"), at=clock.now())
    office.be("worker")
    boy = next(one for one in subjects_of(case) if one["person_id"] == office.boy)
    answer = client.post(
        f"/cases/{number(case)}/closing/{boy['id']}", {"reason": "goals_met", "summary": "穩定", "capacity": "unknown"}
    )
    assert answer.status_code == 422
    assert "陳小宇還沒有當面見到，不能結案。" in answer.content.decode()


def test_names_who_can_decide_now_what_waits(office: Office) -> None:
    case = office.child_case()
    submit(
        matter_id=case.id,
        of=ReviewOf.CLOSING,
        about_id=None,
        words="目標達成。",
        by=office.be("worker"),
        at=clock.now(),
    )
    client, address = as_("worker"), f"/cases/{number(case)}"
    assert '現在可以決定：家防中心兒保組　葉承翰（督導）<span class="n">' in client.get(address).content.decode()
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) <= 8
    assert "Who can decide now: " in as_("worker", "en").get(address).content.decode()


def test_opens_a_lead_and_keeps_its_plan_and_list(office: Office) -> None:
    case = office.child_case(family_id=office.family)
    office.child_case(
        kind="vulnerable_family", subjects=[NewSubject(None)], worker="welfare_worker", unit="welfare",
        family_id=office.family,
    )  # fmt: skip
    client, address = as_("worker"), f"/cases/{number(case)}/lead"
    assert "家防中心兒少保護" in client.get(address).content.decode()
    client.post(address, {"minors_home": "yes", "differs_because": ""})
    page = client.get(address, follow=True)
    lead = page.redirect_chain[-1][0]
    assert "還沒有共同計畫。" in page.content.decode()
    shown = client.post(f"{lead}/plan", {"text": "一起穩定孩子的生活。"}, follow=True).content.decode()
    assert "一起穩定孩子的生活。" in shown
    shown = client.post(
        f"{lead}/list", {f"what_{office.units['protection'].hex}": "每週家訪"}, follow=True
    ).content.decode()
    assert "每週家訪" in shown
    assert "一起穩定孩子的生活。" in as_("welfare_worker").get(lead).content.decode()
    assert as_("adult_worker").get(lead).status_code == 404
