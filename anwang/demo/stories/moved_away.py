"""A vulnerable family moves to a county without accounts, which takes over by letter; nobody has confirmed it yet."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from anwang.cases.actions import decide_opening, submit_assessment, write_note
from anwang.demo.beats import beat, taipei
from anwang.demo.stage import Stage, born
from anwang.documents.actions import number_letter, register_answer, send_paper, write_letter
from anwang.foundation import clock
from anwang.intake.actions import answer_reporter
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.intake.models import Report
from anwang.matters.actions import answer_by_proxy, offer
from anwang.people.actions import add_contact_point, count_in, open_family, relate

KIND = "vulnerable_family"
ANSWER = "白社字第1150001688號"


class MovedAway(Stage):
    """祝欣怡 (24) and her baby: served since March, moved to her mother's in 白沙縣 in April."""

    report: Report
    family: UUID
    case_id: UUID
    request: UUID
    letter: UUID
    who: dict[str, UUID]

    @beat("2026-02-24 10:40")
    def the_health_station_worries(self) -> None:
        home = (("living", "望潮縣河岬鎮防風林路9073號2樓"),)
        told = ReportIn(
            received_at=taipei("2026-02-24 10:20"), channel="phone", kinds=(KIND,), area_code="99001010",
            place="河岬鎮",
            narrative="年輕媽媽獨自帶嬰兒，奶粉常不夠，預防針晚了兩個月。",
            persons=(
                PersonIn(role="carer", name="祝欣怡", sex="female", birth=born("2002-05-14"), addresses=home,
                         languages="華語"),
                PersonIn(role="child", name="祝小禾", sex="female", birth=born("2025-06-21"), addresses=home),
            ),
            reporter=ReporterIn(name="公衛護理師", organisation="河岬衛生所", phone="(08)000-2133", category="medical",
                                may_call_back="yes"),
        )  # fmt: skip
        self.report = self.take(told, self.become("du"), caller="公衛護理師")
        self.who = {name: self.person(self.report.id, name) for name in ("祝欣怡", "祝小禾")}

    @beat("2026-02-24 14:00")
    def to_the_welfare_centre(self) -> None:
        by, mother = self.become("du"), self.who["祝欣怡"]
        self.screen(self.report.id, mother, KIND, {
            "screening": ({"danger_now": "no", "harm": "no", "nobody_supports": "no", "care_at_risk": "yes"},
                          "vulnerable_family"),
            "track": ({}, "vulnerable"),
        }, by=by)  # fmt: skip
        self.family = open_family(label="祝欣怡家", county="99001", by=by, at=clock.now()).id
        self.case_id = self.give(self.report.id, KIND, [mother], to=self.to("wc-heja", "shen"), family=self.family,
                                 by=by)  # fmt: skip
        answer_reporter(report_id=self.report.id, reply_class="in_hand", confirmed="unit_line", by=by, at=clock.now())

    @beat("2026-02-24 15:10")
    def shen_signs(self) -> None:
        self.sign_for(self.case_id, "shen")
        by, now, who = self.become("shen"), clock.now(), self.who
        add_contact_point(person_id=who["祝欣怡"], kind="mobile", value="0900-000-461", is_safe="yes", by=by, at=now,
                          safe_when="下午", may_leave_message="yes", name_to_use="社福中心")  # fmt: skip
        for person in who.values():
            count_in(family_id=self.family, person_id=person, by=by, at=now)
        relate(person_id=who["祝欣怡"], relation="parent", to_id=who["祝小禾"], by=by, at=now)

    @beat("2026-02-26 16:10")
    def the_first_visit(self) -> None:
        self.met(self.case_id, "shen", taipei("2026-02-26 14:30"), self.who.values(),
                 "孩子抱著，體重偏輕。媽媽願意打預防針。")  # fmt: skip
        self.next_step(self.case_id, "shen", "visit", "2026-03-20 17:00")

    @beat("2026-03-16 15:30")
    def opened(self) -> None:
        by, now = self.become("shen"), clock.now()
        submit_assessment(
            matter_id=self.case_id, form="vulnerable_family", facts="24歲單親，無固定收入，孩子九個月。",
            needs="經濟、育兒指導、預防接種。", goals="孩子體重跟上，媽媽有人可以問。",
            plan="補助、物資、育兒指導每月一次。",
            index_proposed="medium", index_chosen="medium", by=by, at=now,
        )  # fmt: skip
        decide_opening(case_id=self.case_id, decision="opened", grounds=["care_lacking"], words="", by=by, at=now)

    @beat("2026-03-17 09:20")
    def fu_approves(self) -> None:
        self.approve_case(self.case_id, "fu", "同意開案。")

    @beat("2026-04-08 16:20")
    def she_says_she_will_move(self) -> None:
        self.met(self.case_id, "shen", taipei("2026-04-08 15:00"), self.who.values(),
                 "四月十一日搬回白沙縣外婆家，東西收好了。")  # fmt: skip
        self.next_step(self.case_id, "shen", "visit", "2026-04-24 17:00")

    @beat("2026-04-09 10:10")
    def asks_the_other_county(self) -> None:
        baisha, now = self.county.units["bs"], clock.now()
        self.request = offer(matter_id=self.case_id, kind="transfer", to_unit_id=baisha, by=self.become("fu"), at=now,
                             words="孩子九個月，體重偏輕，下一劑預防針在五月。").id  # fmt: skip
        self.letter = write_letter(
            kind="transfer", matter_id=self.case_id, to_unit_id=baisha, by=self.become("shen"), at=now,
            reason="該家庭於本年四月十一日遷居貴縣，請惠予接續服務。",
        ).id  # fmt: skip

    @beat("2026-04-09 15:40")
    def the_letter_goes_out(self) -> None:
        by, now = self.become("zhong"), clock.now()
        number_letter(paper_id=self.letter, number="望社字第1150004417號", dated_on=date(2026, 4, 9), by=by, at=now)
        send_paper(paper_id=self.letter, way="electronic", by=by, at=now)

    @beat("2026-04-13 11:00")
    def a_last_call(self) -> None:
        by = self.become("shen")
        write_note(matter_id=self.case_id, text="媽媽來電：已住到外婆家，孩子平安。", by=by, at=clock.now())

    @beat("2026-04-20 10:50")
    def the_other_county_accepts_by_letter(self) -> None:
        by, at = self.become("zhong"), taipei("2026-04-20 10:30")
        register_answer(to_paper_id=self.letter, number=ANSWER, dated_on=date(2026, 4, 17),
                        subject="復移轄或協訪：接受", by=by, at=at)  # fmt: skip
        answer_by_proxy(offer_id=self.request, accept=True, name="白沙縣政府社會處", how="letter", ref=ANSWER, at=at,
                        by=by)  # fmt: skip
