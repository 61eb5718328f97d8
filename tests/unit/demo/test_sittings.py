"""Meetings of policy in the invented county: one confirmed, one in draft, one still to be looked through."""

from __future__ import annotations

import pytest

from anwang.demo.beats import play, taipei
from anwang.demo.founding import found
from anwang.demo.stories.sitting import SittingStory
from anwang.foundation import clock
from anwang.minutes import queries

AT = taipei("2026-04-21 11:30")


@pytest.mark.django_db
def test_leaves_something_to_do_for_each_who_steers() -> None:
    with clock.frozen(AT):
        county = found()
    story = SittingStory(county)
    play([story], AT, lambda _done, _of: None)
    with clock.frozen(AT):
        states = [(one.state, one.is_mine) for one in queries.desk(county.become("xie"))]
        assert states == [("draft", True), ("confirmed", True)]
        fifth = queries.sitting(county.become("lan"), story.fifth)
        assert fifth.items[0].title == "前次會議決議辦理情形"
        assert fifth.corrections[0].was == "請各縣市政府每半年回報進用率與離職原因。"
        mine = [one for one in queries.desk(county.become("cheng")) if one.is_mine]
        assert [one.doubts for one in mine] == [2]
        assert not any(one.is_mine for one in queries.desk(county.become("bo")))
