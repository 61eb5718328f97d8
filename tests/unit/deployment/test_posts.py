"""Posts allocated anew: the arithmetic of the rule, of the county and of the decision beside each other."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from anwang.deployment import actions, queries
from anwang.deployment.models import PostsRequest
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.models import Duty, Matter
from anwang.submissions.actions import change_posts
from anwang.submissions.models import PostChange
from anwang.submissions.queries import approved_posts
from tests.unit.steering.net import DUE, Net


def ask(net: Net, who: str = "county_officer", **changed: object) -> PostsRequest:
    given = {
        "county": "99001", "kind": "welfare_centre", "year": 2026, "decides_id": net.unit("families"),
        "centres_before": 3, "centres_after": 4, "supervisors_before": 3, "workers_before": 21, "supervisors": 4,
        "workers": 19, "because": "一中心一督導，總人力不變。", "due_on": DUE, **changed,
    }  # fmt: skip
    return actions.ask_posts(asked=actions.PostsAsked(**given), by=net.be(who), at=net.now)  # type: ignore[arg-type]


def decide(net: Net, request: PostsRequest, who: str = "officer", **changed: object) -> PostsRequest:
    given = {
        "state": "otherwise",
        "supervisors": 4,
        "workers": 20,
        "letter": "部授家字第9004號",
        "answer": "總人力24人不變。",
        "dated_on": date(2026, 4, 20),
        "from_on": date(2026, 7, 1),
        **changed,
    }
    return actions.decide_posts(
        request_id=request.id, decided=actions.PostsDecided(**given), by=net.be(who), at=net.now  # type: ignore[arg-type]
    )  # fmt: skip


def test_shows_what_does_not_add_up_and_what_the_rule_makes_of_it(net: Net) -> None:
    """The question of the minutes of 2018: 3 + 21 posts, asked for 4 + 19 with the same total."""
    page = queries.posts_page(net.be("county_officer"), ask(net).id)
    assert page.arithmetic == (("原來", 3, 21, 24), ("縣市提出", 4, 19, 23), ("依規則算", 4, 20, 24))
    assert page.remarks[0] == "提出的合計23人，比原來的24人少1人。"
    assert page.rule_from == date(2018, 6, 26)


def test_lies_with_the_section_that_decides_until_its_day(net: Net) -> None:
    request = ask(net)
    matter = Matter.objects.get(id=request.id)
    duty = Duty.objects.get(open_of=request.id)
    assert (matter.accountable_id, matter.acting_worker_id) == (net.unit("families"), net.world.workers["officer"])
    assert (duty.rule_id, duty.due_at.isoformat()) == ("steering.posts", "2026-05-04T16:00:00+00:00")
    done = decide(net, request)
    assert (done.state, done.supervisors, done.workers) == ("otherwise", 4, 20)
    assert Matter.objects.get(id=request.id).ended_at is not None
    with pytest.raises(Conflict):
        decide(net, request)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"centres_after": 3}, "沒有變"),
        ({"centres_after": 40}, "不夠每個中心"),
        ({"kind": "youth_committee"}, "不按處數"),
        ({"because": " "}, "為什麼"),
        ({"due_on": date(2026, 4, 19)}, "早於今天"),
        ({"decides_id": None}, "受理單位"),
    ],
)
def test_refuses_with_a_sentence(net: Net, changed: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        ask(net, **changed)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": "granted"}, "和縣市提的不一樣"),
        ({"state": "kept"}, "和原配置不一樣"),
        ({"letter": ""}, "文號"),
        ({"answer": ""}, "理由"),
        ({"dated_on": None}, "發文日期"),
        ({"from_on": None}, "哪一天起"),
    ],
)
def test_refuses_a_decision_that_says_another_thing(net: Net, changed: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        decide(net, ask(net), **changed)


def test_becomes_the_approved_posts_by_the_same_letter(net: Net) -> None:
    """Three supervisors and 20 workers stood approved: what is decided takes their place, linked both ways."""
    for kind, number in (("supervisor", 3), ("social_worker", 20)):
        change_posts(
            county="99001", kind=kind, change=number, from_on=date(2026, 1, 1), letter="部授家字第9001號",
            dated_on=date(2025, 12, 30), because="年度核定員額", by=net.be("officer"),
        )  # fmt: skip
    assert queries.posts_approved(net.be("county_officer"), "99001", "welfare_centre") == (3, 20)
    request = decide(net, ask(net))
    before, after = (approved_posts(net.be("officer"), day, "99001") for day in (DUE, date(2026, 7, 1)))
    assert before == {("99001", "supervisor"): 3, ("99001", "social_worker"): 20}
    assert after == {("99001", "supervisor"): 4, ("99001", "social_worker"): 20}
    (change,) = PostChange.objects.filter(letter="部授家字第9004號")
    assert [(one.change, one.since) for one in queries.posts_page(net.be("officer"), request.id).carried] == [
        (1, date(2026, 7, 1))
    ]
    assert queries.requests_that_changed(net.be("county_officer"), [change.id]) == {change.id: request.id}
    assert queries.requests_that_changed(net.be("neighbour"), [change.id]) == {}


def test_leaves_the_approved_posts_where_all_stays(net: Net) -> None:
    decide(net, ask(net), state="kept", supervisors=3, workers=21, dated_on=None, from_on=None)
    assert not PostChange.objects.exists()


def test_is_asked_by_its_county_and_decided_by_the_section_asked(net: Net) -> None:
    for who in ("neighbour", "officer", "worker"):
        with pytest.raises(Refused):
            ask(net, who)
    request = ask(net)
    with pytest.raises(Conflict):
        ask(net)
    for who in ("county_officer", "other_section", "neighbour", "worker"):
        with pytest.raises(Refused):
            decide(net, request, who)
    with pytest.raises(NotFound):
        queries.posts_page(net.be("neighbour"), request.id)
    assert len(queries.posts_requests(net.be("officer"))) == 1
    assert queries.posts_requests(net.be("neighbour")) == []


def test_cannot_be_decided_without_words_past_the_actions(net: Net) -> None:
    request = ask(net)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE deployment_postsrequest SET state = 'granted' WHERE id = %s", [request.id])
