"""Loopholes, improvement plans, assessments, practice cards and the figures drawn for them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.funding.actions import Granted, LineGiven, Spent, give_grant, open_line, report_execution
from anwang.matters.models import Duty, Matter
from anwang.steering import actions, measuring, queries
from anwang.steering.actions import assessing, drawing
from anwang.steering.models import Drawn, Plan
from tests.unit.steering.net import DUE, Net
from tests.unit.steering.test_who_may import card

FIRST, LAST = date(2026, 1, 1), date(2026, 4, 1)


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """What the figures say; reports are counted in tests of their own rooms."""
    told = {"received": 10, "graded": 7, "dispatched": 9, "opened": 3}
    for module in (measuring, drawing):
        monkeypatch.setattr(module, "counted", lambda *_: told)
    return told


def ask(net: Net, threshold: str = "graded") -> Plan:
    return actions.ask_plan(
        county="99001", threshold=threshold, since_on=FIRST, before_on=LAST, unit_id=net.unit("social"), due_on=DUE,
        by=net.be("officer"), at=net.now,
    )  # fmt: skip


def owed(task_id: object) -> str:
    return Duty.objects.get(open_of=task_id).rule_id


def test_mends_a_loophole_by_measures_with_owner_day_and_evidence(net: Net) -> None:
    told = {"title": "出院沒人接", "text": "出院通知沒有到社福中心。", "source": "個案研討"}
    hole = actions.register_loophole(by=net.be("chief"), at=net.now, **told)
    with pytest.raises(Refused, match="還沒有完成的措施"):
        actions.close_loophole(loophole_id=hole.id, effect="好了", by=net.be("chief"), at=net.now)
    with pytest.raises(BadInput, match="用提問"):
        actions.set_measure(loophole_id=hole.id, text="改辦法", unit_id=net.unit("families"), due_on=DUE,
                            by=net.be("chief"), at=net.now)  # fmt: skip
    for unit in ("welfare", "social2"):  # has no desk to answer at; is another county's
        with pytest.raises(BadInput, match="負責的單位"):
            actions.set_measure(loophole_id=hole.id, text="辦理", unit_id=net.unit(unit), due_on=DUE,
                                by=net.be("chief"), at=net.now)  # fmt: skip
    measure = actions.set_measure(loophole_id=hole.id, text="通知副知社福中心", unit_id=net.unit("social"), due_on=DUE,
                                  by=net.be("chief"), at=net.now)  # fmt: skip
    assert owed(measure.task_id) == "steering.measure"
    with pytest.raises(Refused, match="沒做完"):
        actions.close_loophole(loophole_id=hole.id, effect="好了", by=net.be("chief"), at=net.now)
    actions.keep_task(task_id=measure.task_id, words="改了表", evidence="函9005", by=net.be("chief"), at=net.now)
    with pytest.raises(BadInput):
        actions.close_loophole(loophole_id=hole.id, effect="", by=net.be("chief"), at=net.now)
    actions.close_loophole(loophole_id=hole.id, effect="出院三天內都有人接。", by=net.be("chief"), at=net.now)
    assert queries.loophole(net.be("officer"), hole.id).effect == "出院三天內都有人接。"


def test_asks_for_a_plan_only_below_the_dated_line(net: Net, numbers: dict[str, int]) -> None:
    numbers["graded"] = 8
    with pytest.raises(Refused, match=r"80.0%（8÷10），沒有低於80%"):
        ask(net)
    numbers.update(graded=0, received=0)
    with pytest.raises(Refused):
        ask(net)
    numbers.update(graded=7, received=10)
    plan = ask(net)
    assert (plan.part, plan.whole, plan.below, plan.threshold_from) == (7, 10, 80, date(2019, 10, 3))
    with pytest.raises(Conflict):
        ask(net)


def test_asks_for_a_plan_about_the_money_of_a_whole_year(net: Net) -> None:
    """Nothing is asked before every amount and quarter is there; what stands there is the county's own rate."""
    officer, year = net.be("officer"), {"since_on": date(2025, 1, 1), "before_on": date(2026, 1, 1)}

    def asked(**changed: date) -> Plan:
        return actions.ask_plan(
            county="99001", threshold="execution", unit_id=net.unit("social"), due_on=DUE, by=officer, at=net.now,
            **{**year, **changed},
        )  # fmt: skip

    line = open_line(given=LineGiven(code="X-1", name="人事費", plan="計畫", kind="plan", from_year=2018), by=officer)
    given = {"line_id": line.id, "county": "99001", "year": 2025, "dated_on": date(2025, 1, 5)}
    one = give_grant(given=Granted(**given, total=1_000_000, what="人事費", letter="第1號"), by=officer)
    with pytest.raises(BadInput, match="整個年度"):
        asked(before_on=date(2025, 7, 1))
    with pytest.raises(Refused, match="沒有報齊"):
        asked()
    for quarter in (1, 2, 3, 4):
        spent = Spent(quarter=quarter, spent=190_000, reason="招考未足額")
        report_execution(grant_id=one.id, given=spent, by=net.be("county_officer"))
    plan = asked()
    assert (plan.part, plan.whole, plan.below) == (760_000, 1_000_000, 80)
    assert queries.plan(officer, plan.id).share == "76.0%（760,000÷1,000,000）"
    give_grant(given=Granted(**given, total=None, what="未定的", letter="第2號"), by=officer)
    with pytest.raises(Refused, match="未定"):
        asked()


def test_carries_a_plan_from_asking_to_its_effect(net: Net, numbers: dict[str, int]) -> None:
    plan = ask(net)
    assert owed(plan.task_id) == "steering.plan"
    told = {"causes": "夜間沒人分級", "measures": "值班督導隔日補"}
    with pytest.raises(Refused):
        actions.hand_in_plan(plan_id=plan.id, by=net.be("officer"), at=net.now, **told)
    actions.hand_in_plan(plan_id=plan.id, by=net.be("county_officer"), at=net.now, **told)
    assert owed(plan.task_id) == "resting.steering"
    settle = {"plan_id": plan.id, "by": net.be("officer"), "at": net.now}
    with pytest.raises(BadInput, match="要補什麼"):
        actions.settle_plan(agreed=False, remarks="", due_on=DUE, **settle)
    actions.settle_plan(agreed=False, remarks="誰來做", due_on=DUE, **settle)
    assert owed(plan.task_id) == "steering.plan"
    actions.hand_in_plan(plan_id=plan.id, by=net.be("county_officer"), at=net.now, **told)
    actions.settle_plan(
        agreed=True, remarks="", due_on=date(2026, 8, 31), plan_id=plan.id, by=net.be("officer"), at=net.now
    )
    assert owed(plan.task_id) == "steering.effect"
    drawn = actions.Drawing(when="after", figure="graded", since_on=FIRST, before_on=LAST)
    actions.draw(what="plan", of_id=plan.id, drawing=drawn, by=net.be("county_officer"), at=net.now)
    actions.tell_effect(plan_id=plan.id, effect="補到九成", by=net.be("chief"), at=net.now)
    assert Matter.objects.get(id=plan.task_id).ended_at is not None
    for who in ("neighbour", "worker"):
        with pytest.raises(NotFound):
            queries.plan(net.be(who), plan.id)


def test_lists_plans_by_code_of_county_and_never_by_figure(net: Net, numbers: dict[str, int]) -> None:
    ask(net)
    numbers["graded"] = 1
    actions.ask_plan(county="99002", threshold="graded", since_on=FIRST, before_on=LAST, unit_id=net.unit("social2"),
                     due_on=DUE, by=net.be("officer"), at=net.now)  # fmt: skip
    assert [one.county for one in queries.plans(net.be("officer"))] == ["望潮縣", "青嵐縣"]
    assert [one.county for one in queries.plans(net.be("neighbour"))] == ["青嵐縣"]


def test_keeps_a_plan_off_the_books_above_the_line(net: Net, numbers: dict[str, int]) -> None:
    plan = ask(net)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE steering_plan SET part = 9 WHERE id = %s", [plan.id])


def scores(**changed: tuple[int | None, str]) -> assessing.Scores:
    return {
        "staff": (25, "進用率九成"), "screening": (28, "如統計"), "opening": (18, "如統計"),
        "network": (15, "決議追蹤表"),
        **changed,
    }  # fmt: skip


def test_assesses_with_evidence_reasons_and_an_undecided_effect(net: Net, numbers: dict[str, int]) -> None:
    found = actions.call_assessment(county="99001", year=2026, unit_id=net.unit("social"), due_on=DUE,
                                    by=net.be("officer"), at=net.now)  # fmt: skip
    assert owed(found.task_id) == "steering.self_score"
    page = queries.assessment(net.be("county_officer"), found.id)
    assert {one.code: [d.number for d in one.drawn] for one in page.items} == {
        "staff": [], "screening": [7], "opening": [3], "network": [],
    }  # fmt: skip
    score = {"assessment_id": found.id, "at": net.now}
    with pytest.raises(BadInput, match="0到30分"):
        actions.self_score(scores=scores(staff=(31, "多")), by=net.be("chief"), **score)
    with pytest.raises(BadInput, match="佐證"):
        actions.self_score(scores=scores(staff=(30, " ")), by=net.be("chief"), **score)
    actions.self_score(scores=scores(), by=net.be("chief"), **score)
    with pytest.raises(Refused):
        actions.review_assessment(scores=scores(), by=net.be("other_section"), **score)
    with pytest.raises(BadInput, match="理由"):
        actions.review_assessment(scores=scores(staff=(20, "")), by=net.be("officer"), **score)
    done = actions.review_assessment(scores=scores(staff=(20, "員額含懸缺")), by=net.be("officer"), **score)
    assert (done.state, done.effect) == ("reviewed", "undecided")
    page = queries.assessment(net.be("county_officer"), found.id)
    assert (page.self_sum, page.sum, page.effect) == (86, 81, "未定")
    with pytest.raises(NotFound):
        queries.assessment(net.be("neighbour"), found.id)
    with pytest.raises(Conflict):
        actions.call_assessment(county="99001", year=2026, unit_id=net.unit("social"), due_on=DUE,
                                by=net.be("officer"), at=net.now)  # fmt: skip


def test_sets_before_and_after_beside_each_other(net: Net, numbers: dict[str, int]) -> None:
    one = card(net, published=True)
    for when, number in (("before", 5), ("after", 8)):
        numbers["opened"] = number
        drawn = actions.Drawing(when=when, figure="opened", since_on=FIRST, before_on=LAST)
        actions.draw(what="card", of_id=one.id, drawing=drawn, by=net.be("county_officer"), at=net.now)
    moved = queries.card(net.be("worker"), one.id).moved
    assert [(one.before.number, one.after.number) for one in moved] == [(5, 8)]
    with pytest.raises(NotFound):
        actions.draw(what="card", of_id=one.id, drawing=drawn, by=net.be("neighbour"), at=net.now)
    late = actions.Drawing(when="after", figure="opened", since_on=FIRST, before_on=date(2026, 12, 31))
    with pytest.raises(BadInput, match="過完"):
        actions.draw(what="card", of_id=one.id, drawing=late, by=net.be("county_officer"), at=net.now)


def test_counts_nothing_for_whoever_does_not_steer_that_county(net: Net) -> None:
    with connection.cursor() as cursor:
        for who in ("neighbour", "worker", "officer"):
            net.be(who)
            cursor.execute("SELECT * FROM steering_figures('99001', '2026-01-01', '2026-04-01')")
            assert cursor.fetchall() == []


def test_only_adds_to_drawings(net: Net, numbers: dict[str, int]) -> None:
    one = card(net, published=False)
    drawn = actions.Drawing(when="before", figure="opened", since_on=FIRST, before_on=LAST)
    actions.draw(what="card", of_id=one.id, drawing=drawn, by=net.be("chief"), at=net.now)
    with pytest.raises(Exception, match=r"append|permission|denied"), transaction.atomic():
        Drawn.objects.update(number=99)


def test_keeps_the_cost_unknown_and_a_published_card_as_it_is(net: Net) -> None:
    one = card(net, published=True)
    assert queries.card(net.be("worker"), one.id).cost is None
    again = actions.CardGiven(title="改", did="改", for_whom="改", cost=0)
    with pytest.raises(Conflict):
        actions.write_card(given=again, card_id=one.id, by=net.be("chief"), at=net.now)
