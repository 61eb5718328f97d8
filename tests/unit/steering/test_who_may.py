"""Who sees and does what: the ministry, the county itself, another county, a field worker. One table a record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from anwang.foundation.errors import NotFound, Refused
from anwang.steering import actions, policies, queries
from anwang.steering.models import Card, Question
from tests.unit.steering.net import DUE, Net

WHO = ("officer", "other_section", "county_officer", "chief", "neighbour", "worker", "welfare_supervisor", "clerk")
GIVEN = actions.QuestionGiven(
    topic="posts", title="督導能不能多一名", text="四個中心只核三名督導。", source="溝通說明會"
)
CARD = actions.CardGiven(title="早上一起看表", did="每天九點一起看前一晚的通報。", for_whom="脆弱家庭")


def question(net: Net, state: str = "draft") -> Question:
    one = actions.write_question(given=GIVEN, by=net.be("county_officer"), at=net.now)
    if state != "draft":
        units = [net.unit("families"), net.unit("protection_section")]
        actions.send_question(question_id=one.id, units=units, due_on=DUE, by=net.be("county_officer"), at=net.now)
    if state in ("answered", "published"):
        for who in ("officer", "other_section"):
            page = queries.question(net.be(who), one.id)
            part = next(a for a in page.answers if a.may_answer)
            actions.answer_part(part_id=part.id, answer="會研議。", promised=[], by=net.be(who), at=net.now)
    if state == "published":
        actions.publish_question(question_id=one.id, by=net.be("officer"), at=net.now)
    return one


def card(net: Net, published: bool) -> Card:
    one = actions.write_card(given=CARD, by=net.be("county_officer"), at=net.now)
    if published:
        actions.publish_card(card_id=one.id, by=net.be("county_officer"), at=net.now)
    return one


def who_can(net: Net, do: Callable[[str], object]) -> set[str]:
    """Those for whom it is not refused."""
    done = set()
    for who in WHO:
        try:
            do(who)
        except (Refused, NotFound):
            continue
        done.add(who)
    return done


OWN, MINISTRY = {"county_officer", "chief"}, {"officer", "other_section"}


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        ("draft", OWN),
        ("sent", OWN | MINISTRY),
        ("answered", OWN | MINISTRY),
        ("published", OWN | MINISTRY | {"neighbour"}),
    ],
)
def test_shows_a_question_to(net: Net, state: str, seen_by: set[str]) -> None:
    one = question(net, state)
    assert who_can(net, lambda who: queries.question(net.be(who), one.id)) == seen_by
    assert {who for who in WHO if queries.questions(net.be(who))} == seen_by


def test_opens_the_desk_to_those_who_steer(net: Net) -> None:
    assert {who for who in WHO if policies.may_see(net.be(who))} == OWN | MINISTRY | {"neighbour"}


@pytest.mark.parametrize(("published", "seen_by"), [(False, OWN), (True, set(WHO))])
def test_shows_a_card_to(net: Net, published: bool, seen_by: set[str]) -> None:
    one = card(net, published)
    assert who_can(net, lambda who: queries.card(net.be(who), one.id)) == seen_by
    assert {who for who in WHO if queries.cards(net.be(who))} == seen_by


def test_lets_only_another_county_tell_that_it_tried(net: Net) -> None:
    one = card(net, published=True)
    day = date(2026, 4, 1)
    assert who_can(
        net, lambda who: actions.tell_trial(card_id=one.id, tried_on=day, words="也試了", by=net.be(who), at=net.now)
    ) == {"neighbour"}


def test_shows_a_loophole_to_its_county_and_the_ministry(net: Net) -> None:
    told = {"title": "出院沒人接", "text": "出院通知沒有到社福中心。", "source": "個案研討"}
    one = actions.register_loophole(by=net.be("county_officer"), at=net.now, **told)
    assert who_can(net, lambda who: queries.loophole(net.be(who), one.id)) == OWN | MINISTRY


def test_lets_each_section_answer_only_its_own_share(net: Net) -> None:
    one = question(net, "sent")
    part = next(a for a in queries.question(net.be("officer"), one.id).answers if a.may_answer)
    for who in ("other_section", "county_officer", "neighbour", "worker"):
        with pytest.raises((Refused, NotFound)):
            actions.answer_part(part_id=part.id, answer="我來答", promised=[], by=net.be(who), at=net.now)


def test_lets_only_the_ministry_publish_and_only_the_county_close(net: Net) -> None:
    one = question(net, "answered")
    for who in ("county_officer", "neighbour", "worker"):
        with pytest.raises((Refused, NotFound)):
            actions.publish_question(question_id=one.id, by=net.be(who), at=net.now)
    for who in ("officer", "neighbour", "worker"):
        with pytest.raises((Refused, NotFound)):
            actions.close_question(question_id=one.id, by=net.be(who), at=net.now)
    actions.close_question(question_id=one.id, by=net.be("chief"), at=net.now)
