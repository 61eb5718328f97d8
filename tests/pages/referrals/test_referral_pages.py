"""The desk of referrals by hand: every form once, what each side reads, and what strangers get."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.matters.models import Matter, Offer
from anwang.referrals.models import Reception, Referral, Transition
from tests.pages.cases.test_case_pages import as_, instant, number
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.referrals.asking import sent, taken
from tests.unit.referrals.test_coming_home import her_case, told
from tests.world import build_world

pytestmark = pytest.mark.django_db
LETTER = {
    "about": "陳小宇家", "topic": "parenting", "asks": ["assess", "care"], "words": "媽媽一個人帶兩個孩子。",
    "urgency": "ordinary", "basis": "child", "q_harm": "no", "q_child_home": "yes", "q_several": "yes",
    "q_steps_down": "no", "q_family_asks": "yes",
}  # fmt: skip


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


@pytest.fixture
def case(office: Office) -> Case:
    return office.child_case(family_id=office.family)


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def send(client: Client, path: str, **given: object) -> str:
    answer = client.post(path, given, follow=True)
    body = answer.content.decode()
    assert answer.redirect_chain, re.sub(r"<[^>]+>|\s+", " ", body)[:1500]
    return body


def where(referral: Referral) -> str:
    return f"/referrals/{Matter.objects.get(id=referral.id).number}"


def test_refers_through_the_form_and_says_who_answers_until_then(office: Office, case: Case) -> None:
    office.hands.advance(timedelta(minutes=5))
    client = as_("worker")
    assert "轉介指標" in text(client, f"/cases/{number(case)}/refer")
    given = {**LETTER, "unit": str(office.units["welfare"]), "person": str(office.boy)}
    body = send(client, f"/cases/{number(case)}/refer/vulnerable_family", **given)
    assert "對方接受之前，由你們負責。" in body
    assert "陳小宇家" in text(client, f"/cases/{number(case)}/referrals")
    assert "等對方回覆" in text(client, "/referrals")


def test_keeps_what_was_typed_when_the_indicators_do_not_fit(office: Office, case: Case) -> None:
    office.hands.advance(timedelta(minutes=5))
    given = {**LETTER, "unit": str(office.units["welfare"]), "person": "", "q_several": "no"}
    answer = as_("worker").post(f"/cases/{number(case)}/refer/vulnerable_family", given)
    assert answer.status_code == 422
    assert "媽媽一個人帶兩個孩子。" in answer.content.decode()


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_receiver_reads_the_letter_and_no_word_of_the_case(office: Office, case: Case, language: str) -> None:
    referral = sent(office, case.id)
    client = as_("welfare_supervisor", language)
    body = text(client, where(referral))
    assert "需要喘息和實物" in body
    assert number(case) not in body
    assert "林佳安" not in body
    assert number(case) not in text(client, "/referrals")


def test_answers_asks_and_takes_through_the_forms(office: Office, case: Case) -> None:
    referral = sent(office, case.id)
    there = where(referral)
    office.hands.advance(timedelta(minutes=5))
    send(as_("welfare_supervisor"), f"{there}/ask", words="媽媽知道嗎？")
    send(as_("worker"), f"{there}/reply", words="知道。")
    office.hands.advance(timedelta(minutes=5))
    send(as_("welfare_supervisor"), f"{there}/answer", accept="yes", worker=str(office.workers["welfare_worker"]))
    office.hands.advance(timedelta(minutes=5))
    client = as_("welfare_worker")
    send(client, f"{there}/contact", words="去過家裡。", **instant("at"))
    send(client, f"{there}/outcome", outcome="serving", words="", **instant("at"))
    body = text(as_("worker"), there)
    assert "持續服務中" in body
    assert "去過家裡。" in body


def test_comes_back_is_sent_on_and_given_up(office: Office, case: Case) -> None:
    referral = sent(office, case.id)
    there = where(referral)
    office.hands.advance(timedelta(minutes=5))
    send(as_("welfare_supervisor"), f"{there}/answer", accept="no", reason="not_resident", words="住鷺洲")
    assert "退回來，要決定" in text(as_("worker"), "/referrals")
    office.hands.advance(timedelta(minutes=5))
    send(as_("worker"), f"{there}/send-on", unit=str(office.units["adult"]))
    send(as_("worker"), f"{there}/give-up", reason="done_here")
    assert Matter.objects.get(id=referral.id).ended_how == "given_up"


def test_the_unit_desks_answer_leads_to_the_referral(office: Office, case: Case) -> None:
    referral = sent(office, case.id)
    asked = Offer.objects.get(pending_of=referral.id)
    answer = as_("welfare_supervisor").get(f"/unit/offers/{asked.id}")
    assert answer.url == f"{where(referral)}/answer"


def test_proxy_for_a_receiver_without_accounts(office: Office, case: Case) -> None:
    fits = {"harm": "no", "danger": "no", "suspected": "yes"}
    referral = sent(office, case.id, to="health", to_kind="mental_health", answers=fits)
    office.hands.advance(timedelta(minutes=5))
    said = {"accept": "yes", "name": "王護理長", "how": "phone", "ref": "(08)000-2222", **instant("at")}
    send(as_("worker"), f"{where(referral)}/proxy", **said)
    send(as_("worker"), f"{where(referral)}/contact", words="約好門診", ref="王護理長", **instant("at"))
    assert "代登：王護理長" in text(as_("worker"), where(referral))


def test_step_down_through_the_pages(office: Office, case: Case) -> None:
    referral = taken(office, sent(office, case.id, is_step_down=True, answers={"harm": "no", "steps_down": "yes"}))
    office.hands.advance(timedelta(minutes=5))
    there = where(referral)
    send(as_("worker"), f"{there}/together", words="和沈社工一起去。", **instant("at"))
    send(as_("welfare_supervisor"), f"{there}/open", worker=str(office.workers["welfare_worker"]))
    send(as_("worker"), f"{there}/look-back", words="上學了。", outcome="serving", **instant("at"))
    assert "兒保降階" in text(as_("worker"), there)


def test_plans_moves_and_drops_a_transition_and_writes_a_stage(office: Office, case: Case) -> None:
    client, of_case = as_("worker"), f"/cases/{number(case)}"
    send(client, f"{of_case}/transition", person=str(office.boy), kind="graduation", on="115年9月1日")
    plan = Transition.objects.get()
    assert "畢業、離校" in text(client, f"{of_case}/referrals")
    assert "轉介與轉銜" in text(client, of_case)
    send(client, f"{of_case}/transition/{plan.id}", what="move", on="115年10月1日")
    send(client, f"{of_case}/transition/{plan.id}", what="drop", because="延長")
    send(client, f"{of_case}/stage", topic="parenting", stage="steady", words="三個月沒事")
    assert "穩定維持" in text(client, f"{of_case}/referrals")


def test_publishes_capacity_which_everybody_reads(office: Office, case: Case) -> None:
    said = {"unit": str(office.units["welfare"]), "kind": "vulnerable_family", "places": "2", "waiting_days": "7"}
    send(as_("welfare_supervisor"), "/referrals/receivers/say", **said)
    assert Reception.objects.get().places == 2
    assert "還能收2件" in text(as_("worker"), "/referrals/receivers")
    assert "2 more" in text(as_("worker", "en"), "/referrals/receivers")
    answer = as_("supervisor").post("/referrals/receivers/say", said)
    assert answer.status_code in (403, 422)


def test_a_notice_is_taken_in_and_her_worker_logs_the_call(office: Office) -> None:
    her_case(office)
    body = send(
        as_("screener"), "/referrals/notices/new", source="prison", from_whom="監獄 名籍股", who="陳志豪",
        born_on="79年2月3日", home_at_day="115年3月20日", home_at_time="09:00", **instant("received_at"),
    )  # fmt: skip
    assert "由承辦人在他到家前通知。" in body
    assert "陳志豪" not in text(as_("screener"), "/referrals/notices")
    client = as_("adult_worker")
    assert "陳志豪" in text(client, "/referrals/notices")
    there = f"/referrals/notices/{Matter.objects.get(kind='notice').number}"
    send(client, there, result="told", plan_gone_through="on", words="她去妹妹家", **instant("at"))
    assert "通知到本人" in text(client, there)


def test_another_day_is_said_at_the_top_and_the_answered_notice_is_one_click_away(office: Office) -> None:
    her_case(office)
    told(office)
    client = as_("adult_worker")
    first = Matter.objects.get(kind="notice").number
    office.hands.advance(timedelta(hours=1))
    told(office, home_at=datetime(2026, 3, 18, 9, tzinfo=clock.TAIPEI))
    body = text(client, f"/referrals/notices/{first}")
    assert "日期改了" in body
    assert "先前的日子還沒告訴她。" in body
    send(client, f"/referrals/notices/{first}", result="told", plan_gone_through="on", words="好", **instant("at"))
    assert "先前的日子還沒告訴她。" not in text(client, f"/referrals/notices/{first}"), "it is answered"
    told(office, home_at=datetime(2026, 3, 19, 9, tzinfo=clock.TAIPEI))
    (again,) = Matter.objects.filter(kind="notice").exclude(number=first)
    body = text(client, f"/referrals/notices/{again.number}")
    assert "請告訴她新的日子。" in body
    assert f"日期改變前的通知 {first}" in body
    assert "收到通知以前就告訴她了" not in body, "nobody chooses that result"


@pytest.mark.parametrize("who", ["adult_worker", "ngo_worker", "clerk", "privacy", "administrator"])
def test_strangers_get_the_same_answer_as_for_nothing(office: Office, case: Case, who: str) -> None:
    referral = sent(office, case.id)
    her_case(office)
    told(office)
    office.be("adult_supervisor")
    client = as_(who if who != "adult_worker" else "nurse")
    assert client.get(where(referral)).status_code == client.get("/referrals/Z115-0000-0000").status_code
    notice = Matter.objects.filter(kind="notice").order_by("id")[0].number
    assert client.get(f"/referrals/notices/{notice}").status_code == 404


def test_two_leads_stand_side_by_side_and_a_person_lead_opens_by_its_form(office: Office, case: Case) -> None:
    from anwang.cases.actions import NewSubject

    council = office.child_case(
        kind="youth_guidance", subjects=[NewSubject(office.girl, "child")], worker="welfare_worker", unit="welfare",
        family_id=office.family,
    )  # fmt: skip
    client = as_("welfare_worker")
    send(client, f"/cases/{number(council)}/person-lead", person=str(office.girl), at_risk_youth="yes")
    body = text(client, f"/cases/{number(council)}/referrals")
    assert "陳小樂的統籌" in body
    assert "河岬社福中心" in body


def test_says_of_an_empty_desk_what_comes_next(office: Office) -> None:
    body = text(as_("worker"), "/referrals")
    assert "沒有轉介等你們決定。" in body
    assert "從案件的「轉介與轉銜」送出。" in body


def test_the_front_desk_finds_the_form_for_a_notice_where_it_works(office: Office) -> None:
    """A prison's fax: whoever has the telephone gets to the form from his own desk; nobody else is sent there."""
    link = 'href="/referrals/notices/new"'
    assert link in text(as_("screener"), "/intake")
    assert link in text(as_("screener"), "/duty")
    assert "有人要回來了" in text(as_("screener"), "/referrals/notices/new")
    assert link not in text(as_("worker"), "/duty")
