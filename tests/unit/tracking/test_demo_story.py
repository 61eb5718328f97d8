"""The invented county's decisions of minutes: one in each state, and nothing empty for whoever steers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from anwang.demo.beats import play
from anwang.demo.founding import found
from anwang.demo.stories.steered import Steered
from anwang.foundation import clock
from anwang.tracking import queries

NOW = datetime(2026, 4, 21, 14, 10, tzinfo=clock.TAIPEI)


@pytest.fixture
def steered(db: None) -> Iterator[Steered]:
    with clock.frozen(NOW):
        story = Steered(found())
    play([story], NOW, lambda _done, _of: None)
    with clock.frozen(NOW):
        yield story


def test_shows_a_decision_in_every_state(steered: Steered) -> None:
    desk = queries.desk(steered.become("xie"))
    assert {one.state for one in desk.decisions} == {"tracked", "continued", "special", "released", "condition"}
    assert desk.to_rule
    assert desk.late
    assert desk.unanswered
    for who in ("lan", "cheng", "bo"):
        assert queries.desk(steered.become(who)).decisions, who
    assert queries.desk(steered.become("bo")).to_receive
    table = queries.status(steered.become("xie"), steered.third)
    assert [one.case for one in table.rows] == list(range(1, len(table.rows) + 1))
    assert queries.said_by(steered.become("xie"), "care.call_before_home")[0].number
