"""The case in the hands of those who may: pages, forms, and what others do not get."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account
from anwang.cases.actions import NewSubject, Sight, Told, record_contact
from anwang.cases.models import Case, CaseSubject, Contact
from anwang.foundation import clock
from anwang.matters.actions import set_step
from anwang.matters.models import Duty, Matter, Review
from anwang.people.models import Family
from anwang.web.unit_desk.views import forms_codes
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.world import build_world

pytestmark = pytest.mark.django_db
STRANGERS = ["worker2", "welfare_worker", "welfare_supervisor", "ngo_worker", "adult_worker", "clerk", "administrator"]


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


def as_(key: str, language: str = "zh-hant") -> Client:
    account = Account.objects.get(username=key)
    Account.objects.filter(pk=account.pk).update(language=language)
    client = Client()
    client.force_login(account)
    return client


def number(case: Case) -> str:
    return Matter.objects.get(id=case.id).number


def instant(prefix: str) -> dict[str, str]:
    here = clock.local(clock.now())
    return {f"{prefix}_day": f"{here.year - 1911}年{here.month}月{here.day}日", f"{prefix}_time": f"{here:%H:%M}"}


def contact_answers(office: Office, **changes: str) -> dict[str, str]:
    return {
        "method": "home", "outcome": "met", "place_kind": "home", "summary": "小宇在客廳玩。",
        f"seen_{office.boy.hex}": "yes", f"body_{office.boy.hex}": "左耳後瘀青",
        f"seen_{office.girl.hex}": "asleep", **instant("started_at"), **changes,
    }  # fmt: skip


def test_shows_the_worker_who_answers_what_is_owed_and_why(office: Office) -> None:
    page = as_("worker").get(f"/cases/{number(office.child_case())}").content.decode()
    told = ("還沒見到陳小樂、陳小宇", "簡伯勳", "第一級案件當面訪視兒少", "24小時", "第一級　第一類", "記一次聯繫")
    for words in told:
        assert words in page


@pytest.mark.parametrize("key", STRANGERS)
def test_says_the_same_to_strangers_whether_there_is_a_case_or_not(office: Office, key: str) -> None:
    there = as_(key).get(f"/cases/{number(office.child_case())}")
    nowhere = as_(key).get("/cases/C115-0000-0000")
    assert there.status_code == nowhere.status_code == 404
    assert "陳小宇" not in there.content.decode()


def test_shows_the_chief_who_answers_but_no_names(office: Office) -> None:
    case = office.child_case()
    by = office.be("screener")
    record_contact(matter_id=office.report, told=Told("phone", "met", clock.now(), summary="鄰居說"), by=by)
    Matter.objects.filter(id=case.id)
    page = as_("supervisor").get(f"/cases/{number(case)}").content.decode()
    assert "陳小宇" in page


def test_saves_a_contact_and_marks_nothing_it_did_not_see(office: Office) -> None:
    case = office.child_case()
    client = as_("worker")
    answer = client.post(f"/cases/{number(case)}/contact", contact_answers(office), follow=True)
    assert answer.redirect_chain == [(f"/cases/{number(case)}", 302)]
    page = answer.content.decode()
    for words in ("記下了。", "左耳後瘀青", "陳小樂　沒見到：家人稱在睡", "還沒見到陳小樂"):
        assert words in page
    assert Contact.objects.count() == 1
    assert Duty.objects.get(rule_id="child_protection.first_visit").state == "done"


def test_asks_of_every_child_and_keeps_what_was_typed(office: Office) -> None:
    case = office.child_case()
    answers = contact_answers(office)
    del answers[f"seen_{office.girl.hex}"]
    answer = as_("worker").post(f"/cases/{number(case)}/contact", answers)
    assert answer.status_code == 422
    assert "請選有沒有見到陳小樂。" in answer.content.decode()
    assert "小宇在客廳玩。" in answer.content.decode()


def test_refuses_a_sight_without_a_meeting_with_a_sentence(office: Office) -> None:
    case = office.child_case()
    answer = as_("worker").post(f"/cases/{number(case)}/contact", contact_answers(office, outcome="not_met"))
    assert answer.status_code == 422
    assert "沒有見到面，就不能勾「見到」" in answer.content.decode()


def test_marks_a_late_entry_and_shows_both_times(office: Office) -> None:
    case = office.child_case()
    answers = contact_answers(office)
    office.hands.advance(timedelta(hours=50))
    page = as_("worker").post(f"/cases/{number(case)}/contact", answers, follow=True).content.decode()
    assert "補登" in page
    assert "登載" in page


def test_corrects_by_another_entry(office: Office) -> None:
    case = office.child_case()
    client = as_("worker")
    client.post(f"/cases/{number(case)}/contact", contact_answers(office))
    office.be("worker")
    first = Contact.objects.get()
    wrong = contact_answers(office, because="看錯人") | {f"seen_{office.boy.hex}": "away", f"body_{office.boy.hex}": ""}
    page = client.post(f"/cases/{number(case)}/contact/{first.id}", wrong, follow=True).content.decode()
    assert "已更正" in page
    assert "更正原因：看錯人" in page


def test_sends_an_investigation_report_to_the_supervisor(office: Office) -> None:
    case = office.child_case()
    client = as_("worker")
    client.post(f"/cases/{number(case)}/contact", contact_answers(office))
    office.be("worker")
    subjects = {one["person_id"]: one["id"].hex for one in subjects_of(case)}
    answers = {"class_code": "one", "visit_record": "家訪紀錄", "advice": "列管"}
    for key in subjects.values():
        answers |= {f"safety_{key}": "safe_with_plan", f"plan_{key}": "外婆同住"}
    page = client.post(f"/cases/{number(case)}/investigation", answers, follow=True).content.decode()
    assert "送審了。" in page
    assert Review.objects.get().of == "investigation"


def subjects_of(case: Case) -> list[dict]:
    from anwang.cases.models import CaseSubject

    return list(CaseSubject.objects.filter(matter_id=case.id).values("id", "person_id"))


@pytest.mark.parametrize(
    "path", ["", "/contact", "/note", "/investigation", "/assessment", "/decision", "/notice", "/placement"]
)
def test_asks_few_statements(office: Office, path: str) -> None:
    case = office.child_case()
    record_contact(
        matter_id=case.id, told=Told("home", "met", clock.now(), sights=(Sight(office.boy, "yes"),)),
        by=office.be("worker"),
    )  # fmt: skip
    client, address = as_("worker"), f"/cases/{number(case)}{path}"
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    statements = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert len(statements) <= 8, statements


def test_speaks_english(office: Office) -> None:
    page = as_("worker", "en").get(f"/cases/{number(office.child_case())}").content.decode()
    assert "Whom to ask now" in page
    assert "Record a contact" in page


def test_names_the_family_that_is_the_client_once(office: Office) -> None:
    case = office.child_case(
        kind="vulnerable_family", subjects=[NewSubject(None)], worker="welfare_worker", unit="welfare",
        family_id=office.family,
    )  # fmt: skip
    part = as_("welfare_worker").get(f"/cases/{number(case)}").content.decode().split("案件對象")[1].split("</li>")[0]
    label = Family.objects.get(id=office.family).label
    assert re.sub(r"<[^>]+>|\s", "", part) == f"{label}案家"


def test_shows_law_and_arithmetic_of_what_is_owed_with_the_way_to_the_rule(office: Office) -> None:
    case = office.child_case()
    office.be("worker")
    owed = Duty.objects.get(rule_id="child_protection.first_visit", subject_id=office.boy)
    page = as_("worker").get(f"/cases/{number(case)}").content.decode()
    assert f'/policy/child_protection.first_visit?duty={owed.id}">' in page
    assert f'duty={owed.id}">規則<' not in page
    assert "24小時" in page


def test_names_a_step_of_ones_own_as_the_worklist_does(office: Office) -> None:
    case, by = office.child_case(), office.be("worker")
    set_step(matter_id=case.id, code="partner", due_at=clock.now() + LATER, by=by, at=clock.now())
    client = as_("worker")
    page, today = (client.get(path).content.decode() for path in (f"/cases/{number(case)}", "/today"))
    title = dict(forms_codes("manual.steps"))["partner"]
    assert title in page
    assert title in today


def test_leads_from_a_contact_to_its_printed_record_and_from_the_case_to_a_letter(office: Office) -> None:
    case = office.child_case()
    made = record_contact(matter_id=case.id, told=Told("home", "not_met", clock.now()), by=office.be("worker"))
    client = as_("worker")
    page = client.get(f"/cases/{number(case)}").content.decode()
    assert f'href="/papers/visit/{number(case)}/{made.id}"' in page
    assert f'href="/papers/letter?matter={number(case)}"' in page
    assert client.get(f"/papers/visit/{number(case)}/{made.id}").status_code == 200


def test_says_of_a_child_seen_before_that_he_was_not_seen_lately(office: Office) -> None:
    case = office.child_case(subjects=[NewSubject(office.boy, "child", grade="one", class_code="one")])
    office.be("worker")
    subject = CaseSubject.objects.get(matter_id=case.id)
    now = clock.now()
    Case.objects.filter(id=case.id).update(
        phase="opened", opened_on=clock.today(), decision="opened", decided_at=now, grounds=["harm_found"]
    )  # fmt: skip
    CaseSubject.objects.filter(id=subject.id).update(last_seen_at=now - timedelta(hours=2), missed_at=now)
    office.be("worker")
    path = f"/cases/{office.matter(case.id).number}/closing/{subject.id}"
    given = {"reason": "goals_met", "summary": "穩定。", "after_care": "no", "capacity": "unknown"}
    said = as_("worker").post(path, given).content.decode()
    assert "陳小宇最近沒有當面見到，不能結案。" in said


def test_names_whom_a_case_in_after_care_was_about(office: Office) -> None:
    case = office.child_case(subjects=[NewSubject(office.boy, "child", grade="one", class_code="one")])
    office.be("worker")
    CaseSubject.objects.filter(matter_id=case.id).update(until_on=clock.today(), ended_because="goals_met")
    Case.objects.filter(id=case.id).update(
        phase="after_care", opened_on=clock.today(), decision="opened", decided_at=clock.now(), grounds=["harm_found"],
        closed_on=clock.today(), closed_because="goals_met",
    )  # fmt: skip
    page = as_("worker").get(f"/cases/{office.matter(case.id).number}").content.decode()
    assert "陳小宇，後追。" in re.sub(r"<[^>]*>", "", page)
