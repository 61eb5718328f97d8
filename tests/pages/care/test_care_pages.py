"""The desk of mental health by hand: every form once, what the pages say, what strangers and the other side get."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from anwang.care.models import Departure, Emergency, Homecoming, Measure, Post, Reroute
from anwang.cases.models import Case
from anwang.foundation import clock
from tests.pages.cases.test_case_pages import as_, number
from tests.unit.care.centre import Centre, open_centre
from tests.unit.cases.office import LATER, NIGHT, open_office
from tests.world import build_world

pytestmark = pytest.mark.django_db
HIS, LEADS = "mind_worker", "mind_supervisor"


@pytest.fixture
def centre(db: None, at: Callable[..., clock.FrozenClock]) -> Centre:
    return open_centre(open_office(build_world(), at(NIGHT + LATER)))


@pytest.fixture
def case(centre: Centre) -> Case:
    return centre.his_case()


def instant(prefix: str, then: datetime | None = None) -> dict[str, str]:
    here = clock.local(then or clock.now())
    return {f"{prefix}_day": f"{here.year - 1911}年{here.month}月{here.day}日", f"{prefix}_time": f"{here:%H:%M}"}


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())


def send(client: Client, path: str, **given: object) -> str:
    answer = client.post(path, given, follow=True)
    body = answer.content.decode()
    assert answer.redirect_chain, re.sub(r"<[^>]+>|\s+", " ", body)[:1500]
    return re.sub(r"<[^>]+>|\s+", "", body)


def test_says_of_an_empty_queue_what_comes_next(centre: Centre) -> None:
    body = text(as_(HIS), "/care")
    assert "沒有等著分流或決定的案件。" in body
    assert "新的精神照護案件派來，就會在這裡。" in body


def test_walks_from_triage_to_a_decision_against_the_proposal(centre: Centre, case: Case) -> None:
    here = f"/care/of/{number(case)}"
    assert "接獲後還沒分流" in text(as_(HIS), "/care")
    body = send(as_(HIS), f"{here}/triage", psychiatric="diagnosed", level="2", words="規律服藥")
    assert "建議：關懷訪視員" in body
    assert "單一議題，第一、二級由關懷訪視員服務" in body
    assert "建議由關懷訪視員服務" in text(as_(LEADS), "/care")
    centre.later(minutes=5)
    who = f"{centre.units['mind']}/{centre.workers[HIS]}"
    refused = as_(LEADS).post(f"{here}/decide", {"service": "social_worker", "who": who, "because": ""})
    assert refused.status_code == 422
    assert "和建議不同，請選理由。" in refused.content.decode()
    body = send(as_(LEADS), f"{here}/decide", service="social_worker", who=who, because="knows_him", words="三年了")
    assert "第二級，由心理衛生社工服務。" in body
    assert "建議是關懷訪視員；理由：已有信任的人在服務" in body


def test_uses_the_words_of_health(centre: Centre, case: Case) -> None:
    body = text(as_(HIS), f"/care/of/{number(case)}")
    assert "收案評估中" in body
    for word in ("開案", "結案", "調查中"):
        assert word not in body


def test_walks_through_level_rerouting_and_long_relationship(centre: Centre, case: Case) -> None:
    here = f"/care/of/{number(case)}"
    centre.triaged(case.id, level=3)
    centre.decided(case.id, "nurse", "station_nurse", unit="station")
    send(as_("station_nurse"), f"{here}/level", level="2", words="夜裡不睡")
    send(
        as_("station_nurse"), f"{here}/reroute", to_unit=str(centre.units["mind"]), service="care_visitor",
        because="more_complex", words="請協助",
    )  # fmt: skip
    asked = Reroute.objects.get()
    assert "以關懷訪視員服務：比資料顯示的複雜" in text(as_(LEADS), "/care")
    centre.later(minutes=5)
    send(
        as_(LEADS), f"/care/reroutes/{asked.id}/answer", accept="yes", worker=str(centre.workers["visitor"]), answer=""
    )
    assert "第二級，由關懷訪視員服務。" in text(as_("visitor"), here)
    send(as_(LEADS), f"{here}/long", words="十年來第一個肯開門的人")
    assert "長期陪伴" in send(as_("visitor"), f"{here}/long/review", words="每月一起買菜", goes_on="yes")
    send(as_("visitor"), f"{here}/reroute", to_unit=str(centre.units["station"]), service="nurse", because="distance")
    send(as_("visitor"), f"/care/reroutes/{Reroute.objects.get(state='asked').id}/withdraw")
    assert "銷列" in send(as_(LEADS), f"{here}/leave-register", because="stable")


def test_keeps_posts_and_says_what_a_load_is_made_of(centre: Centre, case: Case) -> None:
    client = as_(LEADS)
    assert "還沒有登錄員額。" in text(client, "/care/load")
    send(client, "/care/posts/new", unit=str(centre.units["mind"]), service="care_visitor", since_on="115年1月1日")
    post = Post.objects.get()
    assert "有1個員額出缺。" in text(client, "/care/load")
    centre.triaged(case.id, level=1)
    here = f"/care/of/{number(case)}"
    centre.later(minutes=5)
    nurse = f"{centre.units['station']}/{centre.workers['station_nurse']}"
    send(client, f"{here}/decide", service="care_visitor", who=nurse, stands_in="on", because="")
    assert "公共衛生護理師（暫代關懷訪視員）" in text(client, here)
    centre.later(days=3)
    send(client, f"/care/posts/{post.id}/fill", worker=str(centre.workers["visitor"]), since_on="115年3月11日")
    assert "護理師暫代中，關懷訪視員已補實" in text(client, "/care")
    visitor = f"{centre.units['mind']}/{centre.workers['visitor']}"
    send(client, f"{here}/hand-back", who=visitor)
    body = text(client, "/care/load")
    assert "1:1.0" in body
    assert "計畫目標1:30" in body
    assert "除以今天實際在職的人數" in body
    assert "有1個員額出缺。" in send(client, f"/care/posts/{post.id}/vacate", until_on="115年3月11日")


def test_walks_through_compulsory_treatment(centre: Centre, case: Case) -> None:
    here, client = f"/care/of/{number(case)}", as_(HIS)
    body = send(client, f"{here}/placed", hospital="縣立望潮醫院", lawyer="no", **instant("began_at"))
    assert "緊急安置，到3月14日" in body
    assert "法院裁定（新制）" in body
    measure = Measure.objects.get()
    centre.later(days=1)
    send(client, f"/care/measures/{measure.id}/step", kind="examined", specialists="2", **instant("at"))
    send(client, f"/care/measures/{measure.id}/step", kind="applied", words="狀9001", **instant("at"))
    body = send(
        client, f"{here}/granted", kind="hospital", hospital="縣立望潮醫院", number="衛字9002", **instant("began_at")
    )
    assert "強制住院，到5月7日" in body
    centre.later(days=1)
    live = Measure.objects.get(ended_at=None)
    assert "病情改善而無繼續必要" in send(client, f"/care/measures/{live.id}/end", how="better", **instant("at"))


def test_walks_through_an_emergency_of_somebody_unknown(centre: Centre) -> None:
    client = as_("mind2_supervisor")
    body = send(
        client, "/care/emergency", name="", found_by="police", place="嵐溪車站", what="持刀大喊", danger="others",
        **instant("received_at"),
    )  # fmt: skip
    assert "由青嵐縣處理中。" in body
    emergency = Emergency.objects.get()
    here = f"/care/emergencies/{emergency.id}"
    centre.later(hours=1)
    send(client, f"{here}/known", known="unknown", **instant("at"))
    send(
        client, f"{here}/escort", hospital="青嵐醫院", escorted_by="嵐溪分局兩位", received_by="急診護理師",
        condition="激動", restrained="no", searched="yes", injured="no", told_why="yes", family_told="no",
        **instant("left_at", clock.now() - timedelta(minutes=30)), **instant("arrived_at"),
    )  # fmt: skip
    body = send(client, f"{here}/done", on_scene="staff", done="admitted", registered="99001", **instant("done_at"))
    assert "現在由青嵐縣追蹤。" in body
    send(client, f"{here}/county", how="公文9003號", **instant("at"))
    centre.later(minutes=5)
    body = send(client, f"{here}/hand-over", to_unit=str(centre.units["mind"]), words="住院中")
    assert "等東汀心衛中心接手。" in body
    assert "護送就醫單" in text(client, here)


def test_walks_through_leaving_hospital_and_has_her_called(centre: Centre, case: Case) -> None:
    hers = centre.her_case()
    here, client = f"/care/of/{number(case)}", as_(HIS)
    body = send(
        client, f"{here}/leaving", from_what="hospital", institution="縣立望潮醫院", severe="yes",
        **instant("noticed_at"), **instant("expected_at", clock.now() + timedelta(days=2)),
    )  # fmt: skip
    assert "該知道的單位會收到通知" in body
    assert "林佳安" not in body
    departure = Departure.objects.get()
    send(client, f"/care/leaving/{departure.id}/planned", words="每週回診", **instant("at"))
    send(client, f"/care/leaving/{departure.id}/moved", **instant("expected_at", clock.now() + timedelta(days=1)))
    hers_page = text(as_("adult_worker"), f"/cases/{number(hers)}")
    assert "他要回來了，先聯絡她" in hers_page
    assert "望潮醫院" not in hers_page
    as_("adult_worker")
    centre.be("adult_worker")
    assert "日期改了" in hers_page
    former = Homecoming.objects.exclude(called_off_at=None).get()
    coming = Homecoming.objects.get(called_off_at=None)
    (led, _status), *_more = as_("adult_worker").get(f"/care/homecomings/{former.id}", follow=True).redirect_chain
    assert led == f"/care/homecomings/{coming.id}"
    assert "還沒告訴她" in text(as_("adult_worker"), led)
    send(as_("adult_worker"), f"/care/homecomings/{coming.id}", how="phone", words="今晚住姊姊家", **instant("at"))
    assert "他要回來了，先聯絡她" not in text(as_("adult_worker"), f"/cases/{number(hers)}")
    centre.later(days=1)
    send(client, f"/care/leaving/{departure.id}/left", **instant("left_at"))
    send(client, f"/care/leaving/{departure.id}/plan", **instant("at"))
    body = send(
        client, f"{here}/leaving", from_what="prison", institution="望潮監獄", severe="no", **instant("noticed_at"),
        **instant("expected_at", clock.now() + timedelta(days=9)),
    )  # fmt: skip
    other = Departure.objects.get(from_what="prison")
    assert "取消" in send(client, f"/care/leaving/{other.id}/off", words="另案羈押")


def test_answers_alike_with_and_without_somebody_to_call(centre: Centre, case: Case) -> None:
    given = {
        "from_what": "hospital", "institution": "縣立望潮醫院", "severe": "no", **instant("noticed_at"),
        **instant("expected_at", clock.now() + timedelta(days=2)),
    }  # fmt: skip
    alone = send(as_(HIS), f"/care/of/{number(case)}/leaving", **given)
    centre.her_case()
    other = centre.his_case()
    told = send(as_(HIS), f"/care/of/{number(other)}/leaving", **given)
    for body in (alone, told):
        assert "該知道的單位會收到通知" in body
        assert "林佳安" not in body


@pytest.mark.parametrize("key", ["welfare_worker", "mind2_supervisor", "clerk", "privacy", "administrator"])
def test_is_closed_to_strangers(centre: Centre, case: Case, key: str) -> None:
    measure = f"/care/measures/{case.id}/step"
    for path in (f"/care/of/{number(case)}", f"/care/of/{number(case)}/triage", measure):
        assert as_(key).get(path).status_code in (403, 404), path


def test_is_shown_in_english(centre: Centre, case: Case) -> None:
    centre.triaged(case.id)
    client = as_(LEADS, "en")
    for path in ("/care", "/care/load", f"/care/of/{number(case)}", f"/care/of/{number(case)}/decide"):
        body = client.get(path).content.decode()
        assert "Triage" in body or "Posts" in body or "Decide" in body, path
