"""A vulnerable family on the index of 2024, a day before the new one; welfare centre and school help."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from anwang.cases.actions import decide_opening, submit_assessment, write_note
from anwang.demo.beats import Beat, beat, taipei
from anwang.demo.stage import Stage, born
from anwang.foundation import clock
from anwang.intake.actions import answer_reporter, say_how_the_night_was, watch_tonight
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.intake.models import Report, TonightWatch
from anwang.matters.actions import answer_by_proxy, offer
from anwang.people.actions import add_contact_point, count_in, open_family, put_in_household, relate

KIND = "vulnerable_family"
VISITS = (
    # recorded, started, method, place, next step, summary
    ("2025-07-04 16:00", "2025-07-04 14:30", "home", "home", "2025-08-01 17:00",
     "阿嬤獨自照顧兩個孫子，家裡乾淨，冰箱空。"),
    ("2025-08-06 17:00", "2025-08-06 15:30", "home", "home", "2025-09-12 17:00", "補助申請送件，物資兩箱。"),
    ("2025-09-12 16:30", "2025-09-12 15:00", "school", "school", "2025-11-07 17:00", "導師說小妤常請假照顧阿嬤。"),
    ("2025-11-07 16:30", "2025-11-07 15:10", "home", "home", "2026-01-09 17:00", "阿嬤膝蓋開刀，長照評估中。"),
    ("2026-01-09 15:30", "2026-01-09 14:00", "home", "home", "2026-03-06 17:00", "居家服務每週三次，小妤恢復上學。"),
    ("2026-03-06 16:20", "2026-03-06 15:00", "home", "home", "2026-04-24 17:00", "爸爸來電要錢，阿嬤害怕，今晚留意。"),
    ("2026-04-10 16:40", "2026-04-10 15:00", "home", "home", "2026-04-24 17:00", "爸爸沒再來。小妤段考進步。"),
)  # fmt: skip


class OldIndex(Stage):
    """郭阿枝 (68) and two grandchildren: reported 2025-06-30, opened in July, served since."""

    report: Report
    family: UUID
    case_id: UUID
    who: dict[str, UUID]

    def beats(self) -> list[Beat]:
        return super().beats() + [Beat(taipei(visit[0]), lambda visit=visit: self._visit(*visit)) for visit in VISITS]

    def _visit(self, _recorded: str, started: str, method: str, place: str, due: str, summary: str) -> None:
        seen = ["郭小妤"] if place == "school" else list(self.who)
        self.met(self.case_id, "shen", taipei(started), [self.who[name] for name in seen], summary, method=method,
                 place=place)  # fmt: skip
        self.next_step(self.case_id, "shen", "visit", due)

    @beat("2025-06-30 15:10")
    def the_school_worries(self) -> None:
        home = (("living", "望潮縣河岬鎮防風林路9055號"),)
        told = ReportIn(
            received_at=taipei("2025-06-30 14:50"), channel="ecare",
            narrative="兩個孩子由阿嬤照顧，姊姊常請假在家煮飯。",
            kinds=(KIND,), area_code="99001010", place="河岬鎮", unit_code="15", reporting_unit="河岬國民小學",
            persons=(
                PersonIn(role="carer", name="郭阿枝", sex="female", birth=born("1957"), addresses=home,
                         languages="台語"),
                PersonIn(role="child", name="郭小妤", sex="female", birth=born("2014-03-20"), addresses=home),
                PersonIn(role="child", name="郭小安", sex="male", birth=born("2017-10-02"), addresses=home),
            ),
            reporter=ReporterIn(name="輔導老師", organisation="河岬國民小學", phone="(08)000-2113",
                                category="education",
                                may_call_back="yes"),
        )  # fmt: skip
        self.report = self.take(told, self.become("du"))
        self.who = {name: self.person(self.report.id, name) for name in ("郭阿枝", "郭小妤", "郭小安")}

    @beat("2025-07-01 10:00")
    def to_the_welfare_centre(self) -> None:
        by, now = self.become("du"), clock.now()
        pair = self.who["郭阿枝"]
        self.screen(self.report.id, pair, KIND, {
            "screening": ({"danger_now": "no", "harm": "no", "nobody_supports": "no", "care_at_risk": "yes"},
                          "vulnerable_family"),
            "track": ({}, "vulnerable"),
        }, by=by)  # fmt: skip
        self.family = open_family(label="郭阿枝家", county="99001", by=by, at=now).id
        self.case_id = self.give(self.report.id, KIND, [pair], to=self.to("wc-heja", "shen"), family=self.family, by=by)
        answer_reporter(report_id=self.report.id, reply_class="in_hand", confirmed="unit_line", by=by, at=now)

    @beat("2025-07-01 11:20")
    def shen_signs(self) -> None:
        self.sign_for(self.case_id, "shen")
        by, now, who = self.become("shen"), clock.now(), self.who
        add_contact_point(person_id=who["郭阿枝"], kind="mobile", value="0900-000-441", is_safe="yes", by=by, at=now,
                          safe_when="早上", may_leave_message="no", name_to_use="學校老師")  # fmt: skip
        home = None
        for name in who:
            count_in(family_id=self.family, person_id=who[name], by=by, at=now)
            home = put_in_household(person_id=who[name], household_id=home, source="said", area_code="99001010", by=by,
                                    at=now).household_id  # fmt: skip
        for child in ("郭小妤", "郭小安"):
            relate(person_id=who["郭阿枝"], relation="grandparent", to_id=who[child], by=by, at=now)

    @beat("2025-07-21 17:00")
    def on_the_old_index(self) -> None:
        by, now = self.become("shen"), clock.now()
        submit_assessment(
            matter_id=self.case_id, form="vulnerable_family", facts="阿嬤68歲，兩名孫子女，父親失聯，靠老人年金。",
            needs="經濟、照顧替代、就學。", goals="孩子穩定上學，阿嬤有人分擔。", plan="補助、物資、長照、課後班。",
            index_proposed="high", index_chosen="medium", index_because="阿姨每週來兩天，實際有人分擔。", by=by, at=now,
        )  # fmt: skip
        decide_opening(case_id=self.case_id, decision="opened", grounds=["many_needs", "care_lacking"], words="", by=by,
                       at=now)  # fmt: skip

    @beat("2025-07-23 09:40")
    def fu_approves(self) -> None:
        self.approve_case(self.case_id, "fu", "同意開案，調整理由成立。")

    @beat("2025-09-15 10:00")
    def the_school_joins(self) -> None:
        by, now = self.become("shen"), clock.now()
        asked = offer(matter_id=self.case_id, kind="joining", to_unit_id=self.county.units["wc-school"],
                      topic="schooling",
                      by=by, at=now)  # fmt: skip
        answer_by_proxy(offer_id=asked.id, accept=True, name="輔導主任", how="phone", ref="(08)000-2112", by=by, at=now)

    @beat("2026-03-06 16:45")
    def for_the_night(self) -> None:
        for night in (date(2026, 3, 6), date(2026, 3, 7)):
            watch_tonight(matter_id=self.case_id, night_on=night, why="孩子的爸爸來電要錢，說今晚會來",
                          by=self.become("shen"),
                          do_if="接到阿嬤電話先請河岬派出所到場", at=clock.now())  # fmt: skip

    @beat("2026-03-07 08:20")
    def the_first_was_quiet(self) -> None:
        self._tell(date(2026, 3, 6), "quiet", "")

    @beat("2026-03-08 08:15")
    def the_second_they_rang(self) -> None:
        self._tell(date(2026, 3, 7), "called", "21:10打給阿嬤，沒有人來。")

    def _tell(self, night: date, outcome: str, words: str) -> None:
        by = self.become(self.county.on_shift("wc-night"))
        watch = TonightWatch.objects.get(matter_id=self.case_id, night_on=night)
        say_how_the_night_was(watch_id=watch.id, outcome=outcome, words=words, by=by, at=clock.now())

    @beat("2026-04-10 17:00")
    def a_note(self) -> None:
        write_note(matter_id=self.case_id, text="下次討論是否轉一般服務。", by=self.become("shen"), at=clock.now())
