"""Drafts of rules: one of the ministry open to the front line, with a replay; one value of 望潮縣 approved, to come."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from anwang.demo.beats import beat
from anwang.demo.stage import Stage
from anwang.foundation import clock
from anwang.lab import actions, jobs
from anwang.lab.models import Comment

VISIT, TELL = "vulnerable_family.first_visit", "release.tell"


class Drafted(Stage):
    """謝政勳 wants the first visit sooner; 程雅文 the notice of his coming home."""

    visit: UUID
    tell: UUID

    @beat("2026-03-02 09:20")
    def cheng_drafts_for_her_county(self) -> None:
        self.tell = self._draft(
            "cheng", TELL, "99001", {"within": "2 hours"}, date(2026, 5, 1), "府社護字第1150302001號",
            "他從外縣市出監到本縣只要三小時，四小時才通知就來不及了。",
        )  # fmt: skip

    @beat("2026-03-05 16:40")
    def lin_asks_who_calls_at_night(self) -> None:
        self._say(self.tell, "lin", "夜間收到通知時由值班台打電話，兩小時做得到，但要有她的安全聯絡方式。")

    @beat("2026-03-09 11:00")
    def cheng_answers(self) -> None:
        self._answer(self.tell, "cheng", "yes", "夜間由值班台通知，安全聯絡方式列入交班事項。")

    @beat("2026-03-18 10:00")
    def it_goes_to_the_approvers(self) -> None:
        actions.hand_on(draft_id=self.tell, by=self.become("cheng"), at=clock.now())

    @beat("2026-03-19 14:10")
    def you_approves(self) -> None:
        actions.approve(draft_id=self.tell, by=self.become("you2"), at=clock.now())

    @beat("2026-03-20 09:30")
    def cen_approves(self) -> None:
        actions.approve(draft_id=self.tell, by=self.become("cen"), at=clock.now())

    @beat("2026-04-13 09:00")
    def xie_drafts_for_the_nation(self) -> None:
        self.visit = self._draft(
            "xie", VISIT, "", {"within": "7 days"}, date(2026, 7, 1), "115年第3次網絡業務協調會議",
            "十天內見到孩子的家庭裡，多數在第七天前就見到了；晚的幾件後來都有事。",
        )  # fmt: skip
        actions.ask_replay(draft_id=self.visit, by=self.become("xie"), at=clock.now())
        jobs.replay()

    @beat("2026-04-15 17:20")
    def shen_says_what_it_takes(self) -> None:
        self._say(self.visit, "shen", "離島和山區週末沒有船，七天裡扣掉兩個週末只剩一次機會。")

    @beat("2026-04-16 10:05")
    def xie_answers(self) -> None:
        self._answer(self.visit, "xie", "partly", "天數不變，遇停航可以先以視訊見到孩子，停航結束當天補訪。")

    @beat("2026-04-17 08:50")
    def bo_asks(self) -> None:
        self._say(self.visit, "bo", "請問已經排好的訪視要不要提前？")

    def _draft(
        self, who: str, rule_id: str, county: str, values: dict[str, Any], starts_on: date, letter: str, why: str
    ) -> UUID:
        by, now = self.become(who), clock.now()
        change = actions.Change(values=values, starts_on=starts_on, why=why, letter=letter)
        draft = actions.draft(rule_id=rule_id, county=county, change=change, by=by, at=now)
        actions.open_to_comment(draft_id=draft.id, by=by, at=now)
        return draft.id

    def _say(self, draft_id: UUID, who: str, text: str) -> None:
        actions.comment(draft_id=draft_id, text=text, by=self.become(who), at=clock.now())

    def _answer(self, draft_id: UUID, who: str, taken: str, text: str) -> None:
        comment = Comment.objects.filter(draft_id=draft_id).latest("recorded_at")
        actions.answer(comment_id=comment.id, taken=taken, text=text, by=self.become(who), at=clock.now())
