"""Pages of steering by hand, in the invented county: every tab, every form once, who is refused with a sentence."""

from __future__ import annotations

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account
from anwang.directory.models import Unit
from tests.unit.steering.net import NOW, Net, build_net

pytestmark = pytest.mark.django_db
DUE = "115年5月4日"


@pytest.fixture
def net(db: None, at) -> Net:  # type: ignore[no-untyped-def]
    at(NOW)
    return Net(build_net())


def as_(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=who))
    return client


def text(who: str, path: str, status: int = 200) -> str:
    answer = as_(who).get(path)
    assert answer.status_code == status, (who, path, answer.status_code)
    return answer.content.decode()


def send(who: str, path: str, **given: object) -> tuple[str, str]:
    """(the page after it, its address); fails where the form came back."""
    answer = as_(who).post(path, given, follow=True)
    body = answer.content.decode()
    assert answer.redirect_chain, re.sub(r"<[^>]+>|\s+", " ", body)[:1200]
    return body, answer.redirect_chain[-1][0]


def refused(who: str, path: str, said: str, **given: object) -> None:
    answer = as_(who).post(path, given)
    assert said in answer.content.decode()
    assert answer.status_code in (200, 403, 404, 409, 422)


def asked(net: Net) -> str:
    """The address of a question that both sections were sent."""
    _body, path = send(
        "county_officer", "/steering/questions/new", topic="posts", title="督導能不能多一名", text="四個中心三名督導。"
    )
    refused("county_officer", f"{path}/send", "請選一項", units=[], due_on=DUE)
    units = [str(net.unit("families")), str(net.unit("protection_section"))]
    send("county_officer", f"{path}/send", units=units, due_on=DUE)
    return path


def test_asks_answers_promises_publishes(net: Net) -> None:
    path = asked(net)
    link = re.findall(rf'href="({path}/answers/[^"]+)"', text("officer", path))[0]
    refused("officer", link, "要一起填", answer="會研議", promise="檢視配置", promise_due_on="")
    body, _at = send("officer", link, answer="會研議", promise="檢視配置", promise_due_on="115年6月30日")
    assert "檢視配置" in body
    assert "答覆過" not in body
    text("officer", link, 403)
    other = re.findall(rf'href="({path}/answers/[^"]+)"', text("other_section", path))[0]
    send("other_section", other, answer="另案辦理", promise="", promise_due_on="")
    assert text("neighbour", path, 404)
    send("officer", f"{path}/publish")
    assert "會研議" in text("neighbour", path)
    send("chief", f"{path}/back", unit_id=str(net.unit("families")), words="何時", due_on=DUE)
    assert "第2次" in text("chief", path)


def test_reports_a_promise_and_puts_one_off(net: Net) -> None:
    path = asked(net)
    link = re.findall(rf'href="({path}/answers/[^"]+)"', text("officer", path))[0]
    send("officer", link, answer="會研議", promise="檢視配置", promise_due_on="115年6月30日")
    assert all("檢視配置" in text(who, "/sittings/tracked") for who in ("officer", "county_officer"))
    assert "檢視配置" not in text("neighbour", "/sittings/tracked")
    move = re.findall(r'href="(/steering/tasks/[^"]+/move)"', text("chief", path))
    send("chief", move[-1], due_on="115年7月31日", because="等新表")
    keep = re.findall(r'href="(/steering/tasks/[^"]+/keep)"', text("head", path))[0]
    refused("head", keep, "請填佐證", words="函復了", evidence="")
    body, _at = send("head", keep, words="函復了", evidence="部授家字第9004號")
    assert "部授家字第9004號" in body


def test_mends_a_loophole(net: Net) -> None:
    _body, path = send("chief", "/steering/loopholes/new", title="出院沒人接", text="通知沒到", source="研討")
    refused("chief", f"{path}/close", "還沒有完成的措施", effect="好了")
    send("chief", f"{path}/measure", text="副知社福中心", unit_id=str(net.unit("social")), due_on=DUE)
    keep = re.findall(r'href="(/steering/tasks/[^"]+/keep)"', text("chief", path))[0]
    send("chief", keep, words="改了", evidence="函9005")
    body, _at = send("chief", f"{path}/close", effect="三天內有人接")
    assert "三天內有人接" in body
    text("neighbour", path, 404)


def test_calls_and_scores_an_assessment(net: Net) -> None:
    _body, path = send("officer", "/steering/assessments/new", unit_id=str(net.unit("social")), year="115", due_on=DUE)
    given = {f"score_{item}": "20" for item in ("staff", "screening", "opening", "network")}
    words = {f"words_{item}": "佐證" for item in ("staff", "screening", "opening", "network")}
    refused("chief", f"{path}/scores", "還差", **{**given, "score_staff": "31"}, **words)
    send("chief", f"{path}/scores", **given, **words)
    refused("officer", f"{path}/scores", "請寫理由", **{**given, "score_staff": "10"})
    body, _at = send("officer", f"{path}/scores", **given)
    assert "未定" in body
    text("neighbour", path, 404)


def test_refuses_a_plan_with_the_arithmetic(net: Net) -> None:
    refused("officer", "/steering/plans/new", "不用提計畫", unit_id=str(net.unit("social")), threshold="graded",
            since_on="115年1月1日", last_on="115年3月31日", due_on=DUE)  # fmt: skip


def test_writes_publishes_and_tries_a_card(net: Net) -> None:
    _body, path = send("chief", "/steering/cards/new", title="早上一起看", did="視訊十五分鐘", for_whom="家庭", cost="")
    text("worker", path, 404)
    send("chief", f"{path}/edit", title="早上九點一起看", did="視訊十五分鐘", for_whom="家庭", cost="")
    send("chief", f"{path}/publish")
    assert "不詳" in text("worker", path)
    body, _at = send("neighbour", f"{path}/try", tried_on="115年4月7日", words="先試兩天")
    assert "先試兩天" in body
    what = path.removeprefix("/steering/cards/")
    body, _at = send("chief", f"/steering/figures/card/{what}", figure="opened", when="before", since_on="115年1月1日",
                     last_on="115年1月31日")  # fmt: skip
    assert "定義自" in body


def test_states_imports_publishes_and_withdraws_figures(net: Net) -> None:
    told = {"county": "99001", "kind": "welfare_centre", "year": "115", "says": "actual", "source_on": "115年4月1日"}
    body, _at = send("chief", "/deployment/new", number="4", source="函報", reach="sent", **told)
    assert "已送中央" in body
    body, _at = send("officer", "/deployment/new", number="3", source="訪視", reach="published", **told)
    assert "來源不一致" in body
    move = re.findall(r'action="(/deployment/figures/[^"]+/publish)"', body)[0]
    send("officer", move)
    wrong = re.findall(r'href="(/deployment/figures/[^"]+/withdraw)"', text("officer", "/deployment?year=115"))[0]
    send("officer", wrong, because="看錯")
    refused("officer", "/deployment/import", "第一行要有", table="a,b", reach="draft")
    text("officer", "/deployment?kind=moon", 404)
    assert text("officer", "/deployment?year=²x&kind=mental_centre")


def test_asks_and_decides_posts(net: Net) -> None:
    given = {"kind": "welfare_centre", "year": "115", "centres_before": "3", "centres_after": "4",
             "supervisors_before": "3", "workers_before": "21", "supervisors": "4", "workers": "19",
             "because": "一處一名", "decides_id": str(net.unit("families")), "due_on": DUE}  # fmt: skip
    _body, path = send("chief", "/deployment/posts/new", **given)
    assert "提出的合計23人，比原來的24人少1人。" in text("officer", path)
    told = {
        "state": "otherwise",
        "supervisors": "4",
        "workers": "20",
        "letter": "部授家字第9006號",
        "answer": "總人力不變",
        "dated_on": "115年4月20日",
        "from_on": "115年7月1日",
    }
    body, _at = send("officer", f"{path}/decide", **told)
    assert "部授家字第9006號" in body
    assert "核定員額照這封函改好" in body
    assert f'href="{path}"' in text("chief", "/submissions/posts")
    text("neighbour", path, 404)


CLOSED = ("/steering", "/steering/loopholes", "/steering/plans", "/steering/assessments", "/deployment",
          "/deployment/posts", "/steering/questions/new", "/steering/plans/new")  # fmt: skip


def test_is_closed_to_who_does_not_steer(net: Net) -> None:
    for path in CLOSED:
        for who in ("worker", "clerk"):
            assert "。" in text(who, path, 403)


def test_asks_the_database_little(net: Net) -> None:
    path = asked(net)
    Unit.objects.count()
    for who in ("officer", "chief", "worker"):
        for page in ("/steering", path, "/steering/loopholes", "/steering/plans", "/steering/cards", "/deployment"):
            client = as_(who)
            client.get("/steering/cards")
            with CaptureQueriesContext(connection) as caught, transaction.atomic():
                client.get(page)
            own = [one["sql"] for one in caught if not re.match(r"SAVEPOINT|RELEASE|ROLLBACK|BEGIN", one["sql"])]
            assert len(own) <= 12, (who, page, own)  # with session, account, viewer
