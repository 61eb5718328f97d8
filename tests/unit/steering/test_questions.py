"""A question as a thread: each section for itself, promises, asking back, days put off, repeated questions."""

from __future__ import annotations

from datetime import date

import pytest

from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.matters.models import Duty, Matter
from anwang.steering import actions, queries
from anwang.steering.models import Promise, Question, Task
from tests.unit.steering.net import DUE, Net
from tests.unit.steering.test_who_may import GIVEN, question


def answer(net: Net, one: Question, who: str, *promised: actions.Promised, words: str = "會研議。") -> None:
    part = next(a for a in queries.question(net.be(who), one.id).answers if a.may_answer)
    actions.answer_part(part_id=part.id, answer=words, promised=promised, by=net.be(who), at=net.now)


def test_owes_each_section_its_own_answer_by_the_day(net: Net) -> None:
    one = question(net, "sent")
    duties = Duty.objects.filter(rule_id="steering.answer", state="open")
    assert set(duties.values_list("matter__accountable_id", flat=True)) == {
        net.unit("families"), net.unit("protection_section"),
    }  # fmt: skip
    assert {one.due_at.isoformat() for one in duties} == {"2026-05-04T16:00:00+00:00"}
    answer(net, one, "officer")
    assert queries.question(net.be("chief"), one.id).line.state == "sent"
    answer(net, one, "other_section")
    assert queries.question(net.be("chief"), one.id).line.state == "answered"
    assert not Matter.objects.filter(kind="steering", ended_at=None).exists()


def test_turns_a_promise_into_something_the_section_owes_to_who_asked(net: Net) -> None:
    one = question(net, "sent")
    answer(net, one, "officer", actions.Promised("檢視各縣市督導配置", date(2026, 6, 30)))
    task = Promise.objects.get().task
    assert (task.unit_id, task.asked_by_id, task.owed) == (net.unit("families"), net.unit("social"), "promise")
    assert Duty.objects.get(open_of=task.id).rule_id == "steering.promise"
    with pytest.raises(Refused):
        actions.keep_task(task_id=task.id, words="做了", evidence="函", by=net.be("other_section"), at=net.now)
    with pytest.raises(BadInput, match="佐證"):
        actions.keep_task(task_id=task.id, words="做了", evidence=" ", by=net.be("head"), at=net.now)
    actions.keep_task(task_id=task.id, words="做了", evidence="函9004", by=net.be("head"), at=net.now)
    assert Matter.objects.get(id=task.id).ended_at is not None
    with pytest.raises(Conflict):
        actions.keep_task(task_id=task.id, words="做了", evidence="函9004", by=net.be("head"), at=net.now)


def test_lets_who_asked_put_off_or_drop_a_promise_and_nobody_else(net: Net) -> None:
    one = question(net, "sent")
    answer(net, one, "officer", actions.Promised("檢視配置", date(2026, 6, 30)))
    task = Promise.objects.get().task
    with pytest.raises(Refused):
        actions.move_task(task_id=task.id, due_on=date(2026, 7, 31), because="忙", by=net.be("officer"), at=net.now)
    actions.move_task(task_id=task.id, due_on=date(2026, 7, 31), because="等新表", by=net.be("chief"), at=net.now)
    duty = Duty.objects.get(open_of=task.id)
    assert (duty.rule_id, duty.due_at.isoformat()) == ("steering.promise", "2026-07-31T16:00:00+00:00")
    assert Task.objects.get(id=task.id).moved == 1
    actions.drop_task(task_id=task.id, because="改用新計畫", by=net.be("chief"), at=net.now)
    assert Task.objects.get(id=task.id).state == "dropped"


def test_asks_back_in_a_further_round(net: Net) -> None:
    one = question(net, "published")
    unit = net.unit("families")
    actions.ask_back(question_id=one.id, unit_id=unit, words="何時研議完", due_on=DUE, by=net.be("chief"), at=net.now)
    page = queries.question(net.be("chief"), one.id)
    assert (page.line.state, page.line.is_published) == ("sent", False)
    assert [(a.round, a.asked) for a in page.answers if a.unit_id == unit] == [(1, ""), (2, "何時研議完")]
    with pytest.raises(Conflict):
        actions.ask_back(question_id=one.id, unit_id=unit, words="再問", due_on=DUE, by=net.be("chief"), at=net.now)
    answer(net, one, "officer")
    assert queries.question(net.be("chief"), one.id).line.state == "answered"


def test_links_a_repeated_question_to_the_earlier_one_only(net: Net, at) -> None:  # type: ignore[no-untyped-def]
    first = question(net, "published")
    at("2026-04-22T10:00+08:00")
    second = actions.write_question(given=GIVEN, by=net.be("neighbour"), at=net.now)
    assert [id_ for id_, _name in queries.earlier_questions(net.be("neighbour"), second.id)] == [first.id]
    actions.link_repeat(question_id=second.id, earlier_id=first.id, by=net.be("neighbour"), at=net.now)
    assert queries.question(net.be("neighbour"), second.id).earlier[0][0] == first.id
    assert queries.question(net.be("county_officer"), first.id).later == ()  # the neighbour's draft stays his own
    with pytest.raises(BadInput, match="更早"):
        actions.link_repeat(question_id=first.id, earlier_id=first.id, by=net.be("chief"), at=net.now)


@pytest.mark.parametrize(
    ("changed", "field"), [({"topic": "weather"}, "topic"), ({"title": " "}, "title"), ({"text": ""}, "text")]
)
def test_says_what_is_missing_in_a_question(net: Net, changed: dict[str, str], field: str) -> None:
    told = {"topic": "posts", "title": "問", "text": "說明", **changed}
    with pytest.raises(BadInput) as refused:
        actions.write_question(given=actions.QuestionGiven(**told), by=net.be("chief"), at=net.now)
    assert refused.value.field == field


def test_refuses_to_send_to_nobody_or_to_a_county_or_for_yesterday(net: Net) -> None:
    one = question(net)
    for units, due in (([], DUE), ([net.unit("social2")], DUE), ([net.unit("families")], date(2026, 4, 19))):
        with pytest.raises(BadInput):
            actions.send_question(question_id=one.id, units=units, due_on=due, by=net.be("chief"), at=net.now)
    assert not Task.objects.exists()


def test_does_not_close_or_publish_before_all_answered(net: Net) -> None:
    one = question(net, "sent")
    answer(net, one, "officer")
    with pytest.raises(Refused):
        actions.close_question(question_id=one.id, by=net.be("chief"), at=net.now)
    with pytest.raises(Refused):
        actions.publish_question(question_id=one.id, by=net.be("officer"), at=net.now)
    with pytest.raises(Conflict):
        actions.write_question(given=GIVEN, question_id=one.id, by=net.be("chief"), at=net.now)


def test_leads_from_the_worklist_to_the_question(net: Net) -> None:
    one = question(net, "sent")
    line = queries.owed(net.be("officer"))[0]
    assert queries.place_of(net.be("officer"), line.number) == ("question", one.id)
