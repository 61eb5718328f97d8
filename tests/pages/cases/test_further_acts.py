"""The rarer acts of a case, each by its page: who may, what it does, and the sentence when it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from anwang.cases.actions import (
    NewSubject,
    Place,
    Told,
    join_report,
    open_coordination,
    place,
    record_contact,
    record_notice,
    update_list,
)
from anwang.cases.models import Case, CaseSubject, Effort, Leaving, Note, Notice
from anwang.foundation import clock
from anwang.foundation.numbers import new_number
from anwang.matters.actions import set_step
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from anwang.people.actions import open_family
from anwang.people.models import FamilyMember
from tests.pages.cases.test_case_pages import as_, contact_answers, instant, number
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


def violence(office: Office) -> Case:
    """A case of the mother with a child who saw it."""
    mother = NewSubject(office.mother, "victim")
    return office.child_case(kind="intimate_violence", subjects=[mother, NewSubject(office.girl, "witness")])


def two_units(office: Office) -> tuple[Case, Case, str]:
    """A family with two units and a lead at child protection."""
    case = office.child_case(family_id=office.family)
    other = office.child_case(
        kind="vulnerable_family", subjects=[NewSubject(None)], worker="welfare_worker", unit="welfare",
        family_id=office.family,
    )  # fmt: skip
    lead = open_coordination(
        family_id=office.family, county="99001", accountable_id=office.units["protection"],
        lead=Holder(office.units["protection"], office.workers["worker"]), by=office.be("worker"), at=clock.now(),
    )  # fmt: skip
    return case, other, Matter.objects.get(id=lead.id).number


def test_hands_the_same_case_over_to_treatment(office: Office) -> None:
    case = office.child_case()
    address = f"/cases/{number(case)}/treatment"
    since = Matter.objects.get(id=case.id).acting_since.isoformat()
    answers = {"hand": office.workers["welfare_worker"].hex, "since": since, **instant("at")}
    assert "指派由篩派案人員或督導辦理" in as_("worker").post(address, answers).content.decode()
    office.hands.advance(timedelta(minutes=5))
    answers |= instant("at")
    answer = as_("supervisor").post(address, answers)
    assert answer.status_code == 302
    moved = Matter.objects.get(id=case.id)
    assert (moved.acting_worker_id, moved.acting_unit_id) == (
        office.workers["welfare_worker"], office.units["welfare"],
    )  # fmt: skip
    assert as_("supervisor").post(address, answers).status_code in (404, 409)


def test_offers_the_hand_over_only_to_those_who_assign(office: Office) -> None:
    case = office.child_case()
    assert "交給處遇社工" in as_("supervisor").get(f"/cases/{number(case)}").content.decode()
    assert "交給處遇社工" not in as_("worker").get(f"/cases/{number(case)}").content.decode()


def test_adds_somebody_of_the_report_as_a_subject_with_clocks_of_his_own(office: Office) -> None:
    case = office.child_case(subjects=[office.children()[0]])
    client, address = as_("worker"), f"/cases/{number(case)}/subject"
    form = client.get(address).content.decode()
    assert "陳小樂" in form
    assert office.boy.hex not in form
    answer = client.post(address, {"person": office.girl.hex, "role": "child", **instant("at")})
    assert answer.status_code == 302
    office.be("worker")
    assert CaseSubject.objects.filter(matter_id=case.id, person_id=office.girl, role="child").exists()


def test_keeps_the_assessment_of_a_witness_child_and_ends_its_duty(office: Office) -> None:
    case = violence(office)
    client = as_("worker")
    office.be("worker")
    duty = Duty.objects.get(rule_id="violence.witness_child")
    girl = CaseSubject.objects.get(matter_id=case.id, person_id=office.girl)
    address = f"/cases/{number(case)}/witness/{girl.id}"
    assert address in client.get(f"/cases/{number(case)}").content.decode()
    assert client.post(address, {"text": "", **instant("at")}).status_code == 422
    client.post(address, {"text": "在隔壁房間聽到。", **instant("at")})
    duty.refresh_from_db()
    office.be("worker")
    assert duty.state == "done"
    assert "在隔壁房間聽到。" in Note.objects.get().text


def test_logs_what_was_tried_with_somebody_who_refuses(office: Office) -> None:
    case = office.child_case()
    answers = {"person": "family", "method": "home", "refused": "yes", "words": "不開門。", **instant("at")}
    assert as_("worker").post(f"/cases/{number(case)}/effort", answers).status_code == 302
    office.be("worker")
    assert Effort.objects.get().refused


def test_notes_who_confirmed_a_notice_once(office: Office) -> None:
    case = office.child_case()
    sent = record_notice(
        matter_id=case.id, kind="parents", to_whom="陳志豪", way="phone", sent_at=clock.now(), by=office.be("worker")
    )  # fmt: skip
    client, address = as_("worker"), f"/cases/{number(case)}/notice/{sent.id}"
    assert address in client.get(f"/cases/{number(case)}").content.decode()
    assert client.post(address, {"name": "陳志豪", **instant("at")}).status_code == 302
    assert client.post(address, {"name": "別人", **instant("at")}).status_code == 409
    assert as_("welfare_worker").get(address).status_code == 404
    office.be("worker")
    assert Notice.objects.get().acknowledged_name == "陳志豪"


@pytest.mark.parametrize(
    ("answers", "objects"), [({"agrees": "no", "words": "再陪一個月"}, True), ({"agrees": "yes"}, False)]
)
def test_tells_the_lead_of_a_leaving_and_takes_its_answer(
    office: Office, answers: dict[str, str], objects: bool
) -> None:
    _case, other, lead = two_units(office)
    told = as_("welfare_worker").post(f"/cases/{number(other)}/leaving", follow=True).content.decode()
    assert "告訴主責了。" in told
    office.be("worker")
    leaving = Leaving.objects.get()
    address = f"/leads/{lead}/leaving/{leaving.id}"
    client = as_("worker")
    assert address in client.get(f"/leads/{lead}").content.decode()
    assert client.post(address, answers).status_code == 302
    office.be("worker")
    leaving.refresh_from_db()
    assert bool(leaving.objection) is objects
    assert Duty.objects.get(rule_id="coordination.leaving").state == "done"
    assert as_("adult_worker").post(address, answers).status_code == 404


def test_says_when_there_is_no_lead_to_tell(office: Office) -> None:
    answer = as_("worker").post(f"/cases/{number(office.child_case())}/leaving")
    assert "不必告知" in answer.content.decode()


def test_goes_from_the_conference_to_the_list(office: Office) -> None:
    _case, _other, lead = two_units(office)
    answer = as_("worker").post(f"/leads/{lead}/conference", instant("at"))
    assert answer.headers["Location"] == f"/leads/{lead}/list"


def test_attaches_a_case_to_a_family_opened_before_and_counts_its_people_in(office: Office) -> None:
    case = office.child_case()
    made = open_family(label="陳家", county="99001", by=office.be("worker"), at=clock.now())
    client = as_("worker")
    assert client.get(f"/families/{made.number}").status_code == 404
    assert f"/cases/{number(case)}/family" in client.get(f"/cases/{number(case)}").content.decode()
    answers = {"number": made.number, "people": [office.boy.hex, office.girl.hex]}
    assert client.post(f"/cases/{number(case)}/family", answers).status_code == 302
    shown = client.get(f"/families/{made.number}").content.decode()
    assert "陳小宇" in shown
    office.be("worker")
    assert FamilyMember.objects.filter(family_id=made.id).count() == 2
    assert as_("worker2").get(f"/families/{made.number}").status_code == 404


def test_opens_a_family_from_the_case(office: Office) -> None:
    case = office.child_case()
    answers = {"label": "陳小宇家", "people": [office.boy.hex]}
    client = as_("worker")
    client.post(f"/cases/{number(case)}/family", answers)
    assert "陳小宇家" in client.get("/families").content.decode()
    assert client.post(f"/cases/{number(case)}/family", answers).status_code == 409


def test_opens_a_family_and_attaches_a_case_at_once(office: Office) -> None:
    case = office.child_case()
    page = as_("worker").post("/families/new", {"label": "陳家", "case": case.id.hex}, follow=True)
    assert "陳小宇" in page.content.decode()


def test_says_the_same_of_a_family_that_is_elsewhere_and_of_none(office: Office) -> None:
    elsewhere = office.child_case(
        kind="vulnerable_family", subjects=[NewSubject(None)], worker="welfare_worker", unit="welfare",
        family_id=open_family(label="別家", county="99001", by=office.be("welfare_worker"), at=clock.now()).id,
    )  # fmt: skip
    case = office.child_case()
    office.be("welfare_worker")
    theirs = Matter.objects.select_related("family").get(id=elsewhere.id).family.number
    said = [
        as_("worker").post(f"/cases/{number(case)}/family", {"number": typed}).content.decode()
        for typed in (theirs, new_number("H", 115), "H")
    ]
    assert all("找不到可以掛上的這一家。" in page for page in said)
    assert Matter.objects.get(id=case.id).family_id is None


@pytest.mark.parametrize("path", ["treatment", "family", "subject", "effort", "leaving"])
def test_asks_few_statements(office: Office, path: str) -> None:
    client, address = as_("supervisor"), f"/cases/{number(office.child_case())}/{path}"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) <= 8


def test_speaks_english(office: Office) -> None:
    case, found = office.child_case(), []
    with translation.override("en"):
        for path in ("", "/treatment", "/family", "/subject", "/effort", "/leaving"):
            page = as_("supervisor", "en").get(f"/cases/{number(case)}{path}").content.decode()
            found.append(re.search(r"<h1>(.*?)</h1>", page, re.S)[1])  # type: ignore[index]
    assert not [title for title in found[1:] if re.search(r"[\u4e00-\u9fff]", title)]


def test_names_on_the_worklist_whom_a_case_without_a_family_is_about(office: Office) -> None:
    case = office.child_case()
    set_step(matter_id=case.id, code="partner", due_at=clock.now() + LATER, by=office.be("worker"), at=clock.now())
    page = as_("worker").get("/today").content.decode()
    assert f"陳小宇・{number(case)}" in page


def test_adds_somebody_whom_nobody_has_written_down_yet(office: Office) -> None:
    case = office.child_case()
    client, address = as_("worker"), f"/cases/{number(case)}/subject"
    answers = {"person": "new", "name": "小寶", "sex": "male", "birth": "115年2月", "role": "child", **instant("at")}
    assert client.post(address, answers).status_code == 302
    office.be("worker")
    added = CaseSubject.objects.select_related("person").get(matter_id=case.id, person__name="小寶")
    assert (added.person.sex, added.person.born_latest.month) == ("male", 2)
    assert client.post(address, answers | {"name": "", "birth": ""}).status_code == 302


def test_tells_of_leaving_only_where_another_unit_leads(office: Office) -> None:
    case, other, _lead = two_units(office)
    for one, key in ((case, "worker"), (other, "welfare_worker")):
        office.be(key)
        Case.objects.filter(id=one.id).update(
            phase="opened", opened_on=clock.today(), decision="opened", decided_at=clock.now(), grounds=["harm_found"]
        )  # fmt: skip
    assert "告訴主責要退出" not in as_("worker").get(f"/cases/{number(case)}").content.decode()
    assert "告訴主責要退出" in as_("welfare_worker").get(f"/cases/{number(other)}").content.decode()


def test_keeps_the_list_of_who_does_what_when_one_line_changes(office: Office) -> None:
    _case, _other, lead = two_units(office)
    school = office.units["adult"]
    by = office.be("worker")
    lines = [(office.units["protection"], "每週探視", None), (school, "陪同出庭", clock.today())]
    update_list(coordination_id=Matter.objects.get(number=lead).id, lines=lines, by=by, at=clock.now())
    page = as_("worker").get(f"/leads/{lead}/list").content.decode()
    assert "每週探視" in page
    assert "陪同出庭" in page
    assert f'name="due_{school.hex}" value="' in page
    assert "回到家庭主責" in page


def test_asks_the_safety_of_each_child_in_the_assessment(office: Office) -> None:
    case = office.child_case()
    office.be("worker")
    children = list(CaseSubject.objects.filter(matter_id=case.id).order_by("id"))
    parts = dict.fromkeys(("facts", "needs", "goals", "plan"), "內容")
    client, address = as_("worker"), f"/cases/{number(case)}/assessment"
    refused = client.post(address, {"form": "assessment", **parts}).content.decode()
    assert "選安全評估結果" in refused
    form = re.search(r'name="form" value="(\w+)"', refused)
    assert form
    safe = {f"safety_{one.id.hex}": "safe" for one in children}
    assert client.post(address, {"form": form[1], **parts, **safe}).status_code == 302
    office.be("worker")
    assert {one.safety for one in CaseSubject.objects.filter(matter_id=case.id)} == {"safe"}


def test_expects_no_placed_child_at_home_and_says_so(office: Office) -> None:
    case = office.child_case()
    where = Place("foster", "child_56", clock.now() - timedelta(minutes=5))
    place(case_id=case.id, person_id=office.boy, where=where, by=office.be("worker"))
    client, address = as_("worker"), f"/cases/{number(case)}/contact"
    form = client.get(address).content.decode()
    chosen = re.findall(r'<input[^>]*name="(seen_[0-9a-f]+)" value="(\w+)"[^>]*checked', form)
    assert chosen == [(f"seen_{office.boy.hex}", "placed")]
    assert form.count('value="placed"') == 1, "offered for nobody else"
    answers = contact_answers(office) | {f"seen_{office.boy.hex}": "placed", f"seen_{office.girl.hex}": "yes"}
    page = client.post(address, answers, follow=True).content.decode()
    assert "陳小宇　安置在外，不在這裡訪視" in page
    assert "陳小宇　沒見到" not in page
    assert "還沒見到陳小宇。" in page, "nobody saw him at his placement either"


@pytest.mark.parametrize("news", ["missed", "reported"])
def test_counts_in_the_list_whoever_was_not_seen_lately(office: Office, news: str) -> None:
    case = office.child_case()
    client = as_("worker")
    client.post(f"/cases/{number(case)}/contact", contact_answers(office) | {f"seen_{office.girl.hex}": "yes"})
    assert "還有人沒見到" not in client.get("/cases").content.decode()
    office.hands.advance(LATER)
    if news == "missed":
        told = Told("home", "not_met", clock.now())
        record_contact(matter_id=case.id, told=told, by=office.be("worker"))
    else:
        join_report(case_id=case.id, report_id=office.another_report().id, as_what="new_event", at=clock.now(),
                    by=office.be("screener"))  # fmt: skip
    assert "其中1件還有人沒見到" in client.get("/cases").content.decode()


def test_grades_a_child_who_came_ungraded(office: Office) -> None:
    case = office.child_case(subjects=[NewSubject(office.boy, "child"), NewSubject(office.girl, "child", grade="two")])
    client = as_("worker")
    page = client.get(f"/cases/{number(case)}").content.decode()
    assert page.count("還沒分級分類") == 1
    address = re.findall(r'href="([^"]+/grade/[^"]+)">分級分類', page)
    assert len(address) == 1
    assert "陳小宇分級分類" in client.get(address[0]).content.decode()
    page = client.post(address[0], {"grade": "one", "class_code": "one", "reason": "耳朵瘀青"}, follow=True)
    assert "還沒分級分類" not in page.content.decode()
    assert "第一級　第一類" in page.content.decode()
    assert "第一級案件當面訪視兒少" in page.content.decode()
