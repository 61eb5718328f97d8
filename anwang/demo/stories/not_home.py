"""A girl of the vulnerable family does not come home: steps are taken, the police get a list and send one."""

from __future__ import annotations

from anwang.cases.actions import begin_search, make_police_list, take_police_lines, take_step
from anwang.cases.models import Search
from anwang.demo.beats import beat, taipei
from anwang.demo.stage import Stage
from anwang.foundation import clock

from .old_index import OldIndex


class NotHome(Stage):
    """郭小妤 (12) since Friday 2026-04-17; a line of the police waits for 沈芷妍 on Tuesday."""

    search: Search

    def __init__(self, home: OldIndex) -> None:
        super().__init__(home.county)
        self.home = home

    @beat("2026-04-17 20:40")
    def nobody_knows_where_she_is(self) -> None:
        self.search = begin_search(
            case_id=self.home.case_id, person_id=self.home.who["郭小妤"], missing_since=taipei("2026-04-17 16:10"),
            last_known="放學後往河岬車站，穿藍色運動服。", by=self.become("shen"), at=clock.now(),
        )  # fmt: skip
        self._step("phone", "阿嬤、姑姑、導師都沒有消息。")

    @beat("2026-04-18 10:20")
    def the_police_are_asked(self) -> None:
        self._step("home", "河岬鎮老家沒有人，鄰居星期四見過她。")
        self._step("police", "河岬派出所受理，案由失蹤兒少。")

    @beat("2026-04-20 09:30")
    def a_list_goes_out(self) -> None:
        make_police_list(by=self.become("fang"), at=clock.now())

    @beat("2026-04-21 10:05")
    def a_list_comes_in(self) -> None:
        told = "郭小妤，103/3/20，青嵐車站派出所4月20日23時盤查"
        take_police_lines(text=told, by=self.become("fang"), at=clock.now())

    def _step(self, step: str, words: str) -> None:
        take_step(search_id=self.search.id, step=step, words=words, by=self.become("shen"), at=clock.now())
