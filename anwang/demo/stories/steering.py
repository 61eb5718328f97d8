"""What counties ask and the ministry answers; a loophole, a plan, an assessment, a card; figures of deployment."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from anwang.demo.beats import beat
from anwang.demo.county import County
from anwang.demo.stage import Stage
from anwang.deployment import actions as deploying
from anwang.foundation import clock
from anwang.steering import actions, queries, rules
from anwang.steering.counting import counted
from anwang.steering.shares import is_below

TABLE = """縣市,種類,年度,數字別,數字,來源,來源日期
望潮縣,社會福利服務中心,115,目標,3,社福中心布建核定表,114年12月1日
青嵐縣,社會福利服務中心,115,目標,2,社福中心布建核定表,114年12月1日
珊瑚縣,社會福利服務中心,115,目標,1,社福中心布建核定表,114年12月1日
白沙縣,社會福利服務中心,115,目標,未定,社福中心布建核定表,114年12月1日
望潮縣,社會福利服務中心,114,實際,2,114年底盤點表,115年1月10日
青嵐縣,社會福利服務中心,114,實際,1,114年底盤點表,115年1月10日
望潮縣,社區心理衛生中心,115,目標,2,心衛中心布建核定表,114年12月1日
"""
QUARTER = date(2026, 1, 1), date(2026, 4, 1)


class Asked(Stage):
    """程雅文 asks what two sections answer; 柏翰林 asks the same later; 謝政勳 promises, asks for a plan and calls."""

    first: UUID
    card: UUID

    def __init__(self, county: County) -> None:
        super().__init__(county)

    @beat("2026-02-02 09:10")
    def targets_are_brought(self) -> None:
        deploying.import_table(text=TABLE, reach="published", by=self.become("xie"), at=clock.now())

    @beat("2026-03-02 10:00")
    def cheng_asks_two_sections(self) -> None:
        by, now = self.become("cheng"), clock.now()
        given = actions.QuestionGiven(
            topic="posts", title="每個社福中心能不能都有一名督導",
            text="本縣115年將有3處中心，核定督導2名。總人力不變，可否改為3名督導、其餘為社工？",
            source="115年2月溝通說明會",
        )  # fmt: skip
        self.first = actions.write_question(given=given, by=by, at=now).id
        units = [self.county.units[key] for key in ("ministry-families", "ministry-protection")]
        actions.send_question(question_id=self.first, units=units, due_on=date(2026, 3, 31), by=by, at=now)

    @beat("2026-03-10 15:20")
    def xie_answers_and_promises(self) -> None:
        self._answer(
            "xie",
            "一處一名督導較妥，需整體檢視各縣市配置後再調整。",
            "檢視各縣市社福中心督導配置並函復",
            date(2026, 6, 30),
        )

    @beat("2026-03-12 11:00")
    def cen_answers(self) -> None:
        self._answer("cen", "保護性社工督導另依本組核定，不在這次調整範圍。")

    @beat("2026-03-13 09:00")
    def it_is_published(self) -> None:
        actions.publish_question(question_id=self.first, by=self.become("lan"), at=clock.now())

    @beat("2026-03-20 09:40")
    def a_loophole_is_registered(self) -> None:
        by, now = self.become("cheng"), clock.now()
        told = {"title": "出院通知沒有到社福中心", "text": "醫院通知衛生局，社福中心一週後才知道人回家了。",
                "source": "115年3月跨網絡個案研討"}  # fmt: skip
        hole = actions.register_loophole(by=by, at=now, **told)
        actions.set_measure(
            loophole_id=hole.id, text="出院通知同步副知社福中心窗口", unit_id=self.county.units["wc-social"],
            due_on=date(2026, 4, 17), by=by, at=now,
        )  # fmt: skip

    @beat("2026-04-02 10:30")
    def a_plan_is_asked_where_the_line_is_missed(self) -> None:
        by, now = self.become("xie"), clock.now()
        for code, unit in (("99001", "wc-social"), ("99002", "ql-social")):
            numbers = counted(code, *QUARTER)
            for line in rules.thresholds(clock.today()):
                if is_below(numbers.get(line.part, 0), numbers.get(line.whole, 0), line.below):
                    actions.ask_plan(
                        county=code, threshold=line.code, since_on=QUARTER[0], before_on=QUARTER[1],
                        unit_id=self.county.units[unit], due_on=date(2026, 5, 15), by=by, at=now,
                    )  # fmt: skip
                    return

    @beat("2026-04-08 14:00")
    def a_card_is_published_with_its_figures(self) -> None:
        by, now = self.become("you2"), clock.now()
        given = actions.CardGiven(
            title="早上九點一起看前一晚的通報", did="調查中心、社福中心和家防中心每天視訊十五分鐘，當場說好誰接。",
            for_whom="前一晚通報、不知道該誰接的家庭", begun_on=date(2026, 3, 1), cost=None,
            cost_words="用原有視訊設備，人力沒有另計", learned="剛開始報得太細，後來只說要誰做什麼。",
        )  # fmt: skip
        self.card = actions.write_card(given=given, by=by, at=now).id
        months = {"before": (date(2026, 2, 1), date(2026, 3, 1)), "after": (date(2026, 3, 1), date(2026, 4, 1))}
        for when, (since, before) in months.items():
            drawing = actions.Drawing(when=when, figure="dispatched", since_on=since, before_on=before)
            actions.draw(what="card", of_id=self.card, drawing=drawing, by=by, at=now)
        actions.publish_card(card_id=self.card, by=by, at=now)

    @beat("2026-04-14 10:00")
    def the_neighbour_tried_and_asks_the_same(self) -> None:
        by, now = self.become("bo"), clock.now()
        actions.tell_trial(
            card_id=self.card, tried_on=date(2026, 4, 7), words="試了一週，先從週一、週四開始。", by=by, at=now
        )
        given = actions.QuestionGiven(
            topic="posts", title="中心增加時督導怎麼配", text="本縣今年增設1處中心，督導名額是否一併增加？"
        )
        asked = actions.write_question(given=given, by=by, at=now)
        actions.link_repeat(question_id=asked.id, earlier_id=self.first, by=by, at=now)
        units = [self.county.units["ministry-families"]]
        actions.send_question(question_id=asked.id, units=units, due_on=date(2026, 4, 30), by=by, at=now)

    @beat("2026-04-15 09:30")
    def sources_disagree_and_centres_change(self) -> None:
        self._state("xie", "99001", 3, "115年4月1日訪視紀錄", "published")
        self._state("cheng", "99001", 2, "望潮縣115年第1季函報", "sent")
        self._state("bo", "99002", 2, "青嵐縣115年第1季函報", "sent")

    @beat("2026-04-16 11:00")
    def posts_are_asked_for(self) -> None:
        by, now = self.become("bo"), clock.now()
        asked = deploying.PostsAsked(
            county="99002", kind="welfare_centre", year=2026, decides_id=self.county.units["ministry-families"],
            centres_before=1, centres_after=2, supervisors_before=1, workers_before=9, supervisors=2, workers=9,
            because="新設嵐溪二館，督導要多一名，社工不減。", due_on=date(2026, 5, 15),
        )  # fmt: skip
        deploying.ask_posts(asked=asked, by=by, at=now)

    @beat("2026-04-17 16:00")
    def an_assessment_is_called(self) -> None:
        actions.call_assessment(
            county="99001", year=2026, unit_id=self.county.units["wc-social"], due_on=date(2026, 5, 29),
            by=self.become("xie"), at=clock.now(),
        )  # fmt: skip

    @beat("2026-04-20 15:10")
    def what_is_not_sent_yet(self) -> None:
        by, now = self.become("cheng"), clock.now()
        asked = actions.QuestionGiven(
            topic="posts", title="代理個案管理時，加給怎麼算",
            text="心衛中心出缺兩個月，由鄰近鄉鎮的同仁代理，加給由誰支應？",
        )  # fmt: skip
        actions.write_question(given=asked, by=by, at=now)
        card = actions.CardGiven(
            title="出院前三天先通電話", did="醫院社工出院前三天打給社福中心，約好第一次一起去。",
            for_whom="出院後回到同一個家的人", begun_on=date(2026, 4, 1), cost=None, cost_words="", learned="",
        )  # fmt: skip
        actions.write_card(given=card, by=by, at=now)

    def _answer(self, who: str, words: str, promise: str = "", by_day: date | None = None) -> None:
        by = self.become(who)
        part = next(one for one in queries.question(by, self.first).answers if one.may_answer)
        promised = [actions.Promised(promise, by_day)] if promise else []
        actions.answer_part(part_id=part.id, answer=words, promised=promised, by=by, at=clock.now())

    def _state(self, who: str, county: str, number: int, source: str, reach: str) -> None:
        given = deploying.FigureGiven(
            county=county, kind="welfare_centre", year=2026, says="actual", number=number, source=source,
            source_on=date(2026, 4, 1),
        )  # fmt: skip
        deploying.state_figure(given=given, reach=reach, by=self.become(who), at=clock.now())
