"""The pages of instruments: filling by post, result and judgement, chart, networks, library, ledger, report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account
from anwang.cases.actions import NewSubject
from anwang.foundation import clock
from anwang.instruments.actions import Form, Judged, Reported, fill, judge
from anwang.instruments.models import Fill, FollowUp, Judgement
from anwang.people.models import Person
from tests.proving import prove
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.instruments.test_filling import MOOD
from tests.world import build_world

MOST = 8
POSTED = {f"q_{name}": str(answer) for name, answer in MOOD.items()}


@dataclass
class Desk:
    """The office with one case of child protection, and short words to open pages."""

    office: Office
    case: UUID
    number: str

    def as_(self, key: str, language: str = "zh-hant") -> Client:
        account = Account.objects.get(username=key)
        Account.objects.filter(pk=account.pk).update(language=language)
        client = Client(headers={"accept-language": language})
        client.force_login(account)
        return prove(client)

    def mood(self, *, whom: UUID | None = None, judged: Judged | None = None, **answers: object) -> Fill:
        form = Form("mood.bsrs5", self.case, person_id=whom or self.office.girl, answers=MOOD | answers, judged=judged)
        return fill(form=form, by=self.office.be("worker"), at=clock.now())


@pytest.fixture
def desk(db: None, at: Callable[..., clock.FrozenClock]) -> Desk:
    office = open_office(build_world(), at(NIGHT + LATER))
    case = office.child_case(family_id=office.family)
    return Desk(office, case.id, office.matter(case.id).number)


def when() -> dict[str, str]:
    here = clock.local(clock.now())
    return {
        "at_0": f"{here:%Y-%m-%d}",
        "at_1": f"{here:%H:%M}",
        "at_day": f"{here:%Y-%m-%d}",
        "at_time": f"{here:%H:%M}",
    }


def test_offers_the_forms_of_this_kind_of_case_first(desk: Desk) -> None:
    page = desk.as_("worker").get(f"/cases/{desk.number}/forms").text
    assert page.index("兒少安全評估") < page.index("簡式健康量表")
    assert "這個案件還沒填過表。" in page


def test_fills_a_form_by_post_and_shows_its_result(desk: Desk) -> None:
    client, path = desk.as_("worker"), f"/cases/{desk.number}/forms/mood.bsrs5"
    page = client.get(path).text
    for word in ("睡眠困難", "不詳", "不願回答", "不便問", "陳小樂"):
        assert word in page
    assert "checked" not in page.split("睡眠困難")[1]
    given = POSTED | when() | {"about": str(desk.office.girl), "network": "welfare", "q_suicide": "declined"}
    done = client.post(path, given, follow=True)
    assert done.status_code == 200, done.text
    assert "請人研判" in done.text
    assert "不願回答" in done.text
    assert "題目與各分數之文字未核對官方版本" in done.text
    assert Fill.objects.get().network == "welfare"


def test_loses_nothing_when_something_is_missing(desk: Desk) -> None:
    client, path = desk.as_("worker"), f"/cases/{desk.number}/forms/mood.bsrs5"
    page = client.post(path, POSTED | when() | {"network": "welfare"})
    assert page.status_code == 422
    assert "請選一項" in page.text
    assert page.text.count("checked") == len(POSTED)
    assert not Fill.objects.exists()


def test_asks_the_day_of_the_event_before_it_shows_a_version(desk: Desk) -> None:
    office = desk.office
    Person.objects.filter(id=office.mother).update(sex="female")
    case = office.child_case(kind="intimate_violence", subjects=[NewSubject(office.mother, "victim")])
    client, path = desk.as_("worker"), f"/cases/{office.matter(case.id).number}/forms/danger.intimate"
    assert "事件是哪一天" in client.get(path).text
    assert "以刀槍或危險物威脅" in client.get(path, {"on": "111/12/31"}).text
    new = client.get(path, {"on": "2023-01-01"}).text
    assert "以刀槍或危險物威脅" not in new
    assert "題目沒有公布" in new
    assert client.get(path, {"on": "2030-01-01"}).status_code == 422
    given = when() | {"on": "2023-01-01", "about": str(office.mother), "network": "police", "result": "high",
                      "reported_by": "望潮分局家防官", "reported_version": "TIPVDA 2.0簡版"}  # fmt: skip
    done = client.post(path, given, follow=True)
    assert "望潮分局家防官" in done.text
    assert Judgement.objects.get().direction == "free"


def test_asks_direction_and_reason_and_keeps_both_values(desk: Desk) -> None:
    filled, client = desk.mood(), desk.as_("worker")
    path = f"/forms/of/{filled.id}/value"
    page = client.post(path, {"level": "mild"})
    assert page.status_code == 422
    assert "方向和等級不符" in page.text
    given = {"level": "mild", "direction": "down", "reason": "protective", "words": "外婆陪著", "items": ["low"]}
    done = client.post(path, given, follow=True)
    for word in ("調低", "中度", "輕度", "外婆陪著"):
        assert word in done.text
    done = client.post(f"/forms/of/{filled.id}/done", {"did": "referred", "words": ""}, follow=True)
    assert "已轉介" in done.text
    assert FollowUp.objects.count() == 1


def test_corrects_a_form_with_what_was_answered(desk: Desk) -> None:
    filled, client = desk.mood(), desk.as_("worker")
    page = client.get(f"/forms/of/{filled.id}/again").text
    assert page.count("checked") >= len(POSTED)
    given = (
        POSTED | when() | {"about": str(desk.office.girl), "network": "protection", "q_sleep": "0", "because": "看錯格"}
    )
    assert "輕度" in client.post(f"/forms/of/{filled.id}/again", given, follow=True).text
    assert "這一份已經更正" in client.get(f"/forms/of/{filled.id}").text


def test_draws_repeats_as_a_chart_with_the_same_numbers_in_a_table(desk: Desk) -> None:
    last = desk.mood()
    for answers in ({"sleep": 4}, {"sleep": "unknown"}, {"sleep": 0}):
        desk.office.hands.advance(timedelta(days=20))
        last = desk.mood(**answers)
    page = desk.as_("worker").get(f"/forms/of/{last.id}/chart").text
    assert 'role="img"' in page
    assert page.count("<circle") == 3
    assert "stroke-dasharray" in page
    assert "8–12" in page
    assert page.count("<tr>") == 5


def test_shows_where_networks_differ(desk: Desk) -> None:
    office = desk.office
    case = office.child_case(kind="mental_health", subjects=[NewSubject(office.father)])
    by = office.be("worker")
    found = [
        fill(form=Form("public.safety", case.id, person_id=office.father, network=network,
                       reported=Reported(who, result)), by=by, at=clock.now())
        for network, who, result in (("police", "河岬派出所", "medium"), ("mental_health", "心衛中心", "high"))
    ]  # fmt: skip
    page = desk.as_("worker").get(f"/forms/of/{found[0].id}/networks").text
    assert "各體系有1處說法不同" in page
    assert "河岬派出所" in page


def test_hides_a_form_from_whoever_does_not_read_its_zone(desk: Desk) -> None:
    filled = desk.mood()
    for key in ("welfare_worker", "chief", "clerk"):
        client = desk.as_(key)
        for path in ("", "/chart", "/networks"):
            assert client.get(f"/forms/of/{filled.id}{path}").status_code == 404, (key, path)


def test_stands_on_the_case_page_with_what_stands(desk: Desk) -> None:
    client = desk.as_("worker")
    assert "選一張表來填" in client.get(f"/cases/{desk.number}").text
    filled = desk.mood()
    judge(fill_id=filled.id, judged=Judged("severe", "up", "not_in_form", "昨晚割腕"), by=desk.office.be("worker"),
          at=clock.now())  # fmt: skip
    page = client.get(f"/cases/{desk.number}").text
    assert "簡式健康量表" in page
    assert "重度" in page


def test_shows_every_instrument_with_its_versions(desk: Desk) -> None:
    page = desk.as_("worker").get("/forms").text
    for word in (
        "家庭脆弱性指標",
        "兒少安全評估",
        "公共安全風險評估量表",
        "高風險孕產婦收案評估",
        "SAD PERSONS",
        "未取得",
    ):
        assert word in page
    assert "已發布" not in page
    client = desk.as_("supervisor")
    assert "已發布" in client.post("/forms/publish", follow=True).text
    assert desk.as_("worker").post("/forms/publish").status_code == 403
    assert "家庭成員突發變故" in client.get("/forms/text/vulnerability.index/2018-11-20").text
    assert client.get("/forms/text/vulnerability.index/2018-11-21").status_code == 404


def test_keeps_the_ledger_to_oneself_and_the_supervisor_and_the_report_to_heads(desk: Desk) -> None:
    desk.mood(judged=Judged("mild", "down", "protective", "外婆陪著"))
    assert "簡伯勳" in desk.as_("worker").get("/forms/ledger").text
    assert "簡伯勳" in desk.as_("supervisor").get("/forms/ledger").text
    assert "簡伯勳" not in desk.as_("worker2").get("/forms/ledger").text.split("<main")[1]
    assert desk.as_("worker").get("/forms/report").status_code == 403
    page = desk.as_("supervisor").get("/forms/report").text
    assert "人和系統不同1份" in page
    assert "簡伯勳" not in page.split("<main")[1]
    for form, start in (("ods", b"PK"), ("pdf", b"%PDF")):
        file = desk.as_("chief").get(f"/forms/report/2026-1/{form}")
        assert file.content.startswith(start)
    assert desk.as_("chief").get("/forms/report/2026-3").status_code == 404


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_stays_within_its_statements(desk: Desk, language: str) -> None:
    filled, client = desk.mood(), desk.as_("worker", language)
    for _n in range(12):
        desk.mood()
    paths = [f"/cases/{desk.number}/forms", f"/cases/{desk.number}/forms/mood.bsrs5", f"/forms/of/{filled.id}",
             f"/forms/of/{filled.id}/chart", f"/forms/of/{filled.id}/networks", "/forms", "/forms/ledger"]  # fmt: skip
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(path).status_code == 200
        asked = [one["sql"] for one in seen if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
        assert len(asked) <= MOST, (path, len(asked), asked)
