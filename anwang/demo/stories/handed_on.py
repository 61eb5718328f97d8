"""Story 10 goes on: who else is asked, who takes over by which day, and who calls her before he is home."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from anwang.cases.actions import NewSubject, add_subject, open_person_lead, update_list
from anwang.demo.beats import beat, taipei
from anwang.demo.county import County
from anwang.demo.stage import Stage, born
from anwang.foundation import clock
from anwang.people.actions import add_person
from anwang.referrals import actions as referrals
from anwang.referrals.actions import NoticeIn, ReferralIn
from anwang.referrals.models import ReleaseNotice

from .nine_units import NineUnits

MOTHER, YOUTH, GIRL, SMALL, FATHER = "蔡淑惠", "蔡哲", "蔡心", "蔡恩", "蔡國棟"
PUBLISHED = (
    # unit, kind, places, waiting days, what it says, said by
    ("wc-drug", "drug_centre", 6, 5, "家屬團體週三晚上。", "hua"),
    ("wc-youth", "youth_council", 4, 7, "", "feng"),
    ("wc-heja", "vulnerable_family", 2, 10, "河岬鎮、鹽寮鄉。", "fu"),
    ("wc-mind", "mental_health", 0, 21, "急的請先打電話。", "tang"),
    ("wc-counsel", "student_counselling", 12, 3, "國小升國中的轉銜五月收件。", "ye"),
    ("wc-plains", "indigenous_family", 5, 2, "", "ye"),
    ("wc-jobs", "employment", None, None, "每週二駐點社福中心。", "ye"),
    ("wc-learning", "family_education", 20, 0, "親職課程，不做個別輔導。", "ye"),
    ("wc-ability", "disability", 3, 14, "", "ye"),
    ("wc-aftercare", "aftercare", 8, 5, "出監前兩個月可以先會談。", "ye"),
)


class HandedOn(Stage):
    """蔡淑惠's family from March on; her husband is in prison until 2026-09-15."""

    hers: UUID
    asked: dict[str, UUID]

    def __init__(self, county: County, nine: NineUnits) -> None:
        super().__init__(county)
        self.nine, self.asked = nine, {}

    @beat("2026-01-12 09:00")
    def who_receives_what(self) -> None:
        for unit, kind, places, waiting, says, by in PUBLISHED:
            referrals.publish(
                unit_id=self.county.units[unit], kind=kind, places=places, waiting_days=waiting, says=says,
                by=self.become(by), at=clock.now(),
            )  # fmt: skip

    @beat("2026-03-05 10:10")
    def he_is_known_on_her_file(self) -> None:
        by, self.hers = self.become("sun"), self.nine.files["violence"]
        add_person(
            name=FATHER, sex="male", birth=born("1984-06-11"), by=by, at=clock.now(), file_id=self.hers, circle="other"
        )  # fmt: skip

    @beat("2026-03-11 09:30")
    def the_committee_leads_the_youth(self) -> None:
        add_subject(
            case_id=self.nine.files["child"], new=NewSubject(self.nine.who[YOUTH], "child"), by=self.become("jian"),
            at=clock.now(),
        )  # fmt: skip
        by, unit = self.become("qin"), self.county.units["wc-youth"]
        lead = open_person_lead(
            person_id=self.nine.who[YOUTH], county="99001", accountable_id=unit, lead=self.to("wc-youth", "qin"), by=by,
            at=clock.now(), at_risk_youth="yes",
        )  # fmt: skip
        line = (unit, "每週二見面，找職訓", date(2026, 4, 28))
        update_list(coordination_id=lead.id, lines=[line], by=by, at=clock.now())
        self._plan("youth", YOUTH, "age_18", "qin")

    @beat("2026-03-12 09:30")
    def the_drug_centre_is_asked(self) -> None:
        self._refer("drug", "mind", "deng", MOTHER, ReferralIn(
            "drug_centre", self.county.units["wc-drug"], "substance", ("treat", "follow"),
            "安非他命，想戒。孩子由兒保看，請你們陪她戒治。", "week", "consent", MOTHER, basis_on=date(2026, 3, 11),
            reach="上午打，稱呼淑惠，不留話", answers={"harm": "no", "uses": "yes", "child_home": "yes"},
        ))  # fmt: skip

    @beat("2026-03-13 09:10")
    def they_ask_back(self) -> None:
        by = self.become("hua")
        words = "她知道會驗尿嗎？孩子白天誰看？"
        referrals.ask_back(referral_id=self.asked["drug"], words=words, by=by, at=clock.now())

    @beat("2026-03-13 13:40")
    def they_are_answered(self) -> None:
        by, words = self.become("deng"), "知道，也同意。白天在外婆家。"
        referrals.reply(referral_id=self.asked["drug"], words=words, by=by, at=clock.now())

    @beat("2026-03-16 10:20")
    def the_drug_centre_takes_her(self) -> None:
        to = self.to("wc-drug", "dai")
        referrals.accept(referral_id=self.asked["drug"], by=self.become("hua"), at=clock.now(), to=to)

    @beat("2026-03-24 16:00")
    def first_contact_with_her(self) -> None:
        by, words = self.become("dai"), "來中心，談好每兩週一次。"
        referrals.contacted(referral_id=self.asked["drug"], words=words, by=by, at=clock.now())

    @beat("2026-03-18 10:00")
    def the_school_is_asked(self) -> None:
        self._refer("school", "child", "jian", GIRL, ReferralIn(
            "student_counselling", self.county.units["wc-counsel"], "schooling", ("counsel",),
            "轉學後不說話，請學校先看。", "ordinary", "child", GIRL,
            answers={"harm": "no", "moves_school": "no", "enrolled": "yes", "school_tried": "yes"},
        ))  # fmt: skip

    @beat("2026-03-20 11:30")
    def the_school_answers_by_telephone(self) -> None:
        referrals.accept_by_proxy(
            referral_id=self.asked["school"], name="學諮中心 柯主任", how="phone", ref="(08)000-2033",  # type: ignore[arg-type]
            by=self.become("jian"), at=clock.now(), words="下週排專輔老師。",
        )  # fmt: skip

    @beat("2026-04-07 10:30")
    def work_is_asked_for(self) -> None:
        self._refer("jobs", "mind", "deng", MOTHER, ReferralIn(
            "employment", self.county.units["wc-jobs"], "livelihood", ("work",), "想工作，目前每天吃藥。", "ordinary",
            "consent", MOTHER, basis_on=date(2026, 4, 6), answers={"harm": "no", "wants_work": "yes", "ready": "no"},
            differs_because="先認識就服員，下半年再媒合",
        ))  # fmt: skip

    @beat("2026-04-14 15:00")
    def not_yet(self) -> None:
        referrals.send_back_by_proxy(
            referral_id=self.asked["jobs"], reason="other", name="就服站 曾小姐", how="phone", ref="(08)000-2035",  # type: ignore[arg-type]
            by=self.become("tang"), at=clock.now(), words="等醫師說可以工作再來。",
        )  # fmt: skip

    @beat("2026-04-15 09:30")
    def stepping_the_small_one_down(self) -> None:
        self._refer("down", "child", "jian", SMALL, ReferralIn(
            "vulnerable_family", self.county.units["wc-luzhou"], "parenting", ("follow", "money"),
            "蔡恩在家有計畫才安全，媽媽穩定三個月就交給你們。請先一起去一次。", "ordinary", "child", "蔡恩和外婆",
            answers={"harm": "no", "steps_down": "yes"}, is_step_down=True,
        ))  # fmt: skip

    @beat("2026-04-15 10:10")
    def the_girl_goes_with_her_centre(self) -> None:
        self._refer("girl", "child", "jian", GIRL, ReferralIn(
            "vulnerable_family", self.county.units["wc-heja"], "parenting", ("follow",),
            "安置結束後回外婆家。請在九月前先認識她。", "ordinary", "child", "蔡心和外婆",
            answers={"harm": "no", "steps_down": "yes"}, is_step_down=True,
        ))  # fmt: skip

    @beat("2026-04-17 09:40")
    def the_centre_takes_her(self) -> None:
        to = self.to("wc-heja", "shen")
        referrals.accept(referral_id=self.asked["girl"], by=self.become("fu"), at=clock.now(), to=to)

    @beat("2026-04-20 14:30")
    def they_go_to_her_together(self) -> None:
        referrals.visited_together(
            referral_id=self.asked["girl"], words="簡社工和沈社工一起去看蔡心，講好九月前每月見一次。",
            by=self.become("jian"), at=clock.now(),
        )  # fmt: skip

    @beat("2026-04-17 14:10")
    def a_course_is_asked_for(self) -> None:
        self._refer("course", "child", "jian", SMALL, ReferralIn(
            "family_education", self.county.units["wc-learning"], "parenting", ("train",), "外婆想學怎麼和孩子說話。",
            "ordinary", "child", "蔡恩的外婆",
            answers={"harm": "no", "parenting": "yes", "needs_counselling": "no"},
        ))  # fmt: skip

    @beat("2026-04-16 10:10")
    def days_that_come(self) -> None:
        referrals.set_stage(
            case_id=self.hers, topic="safety", stage="steady", next_kind="vulnerable_family",
            words="他出監後三個月沒有新事件", by=self.become("sun"), at=clock.now(),
        )  # fmt: skip
        self._plan("child", GIRL, "placement_end", "jian", date(2026, 9, 24))
        self.next_step(self.nine.files["child"], "jian", "visit", "2026-04-24 15:00")

    @beat("2026-04-20 16:20")
    def the_prison_tells(self) -> None:
        given = NoticeIn(
            "prison", "望潮監獄 名籍股 (08)000-2500", FATHER, taipei("2026-04-20 16:05"), taipei("2026-09-15 09:00"),
            "望監名字第1150420號", born_on=date(1984, 6, 11),
        )  # fmt: skip
        referrals.take_notice(given=given, by=self.become("du"))

    @beat("2026-04-20 17:10")
    def she_cannot_talk(self) -> None:
        by = self.become("sun")
        notice = ReleaseNotice.objects.get(case_id=self.hers)
        referrals.log_call(notice_id=notice.id, result="unsafe", words="旁邊有人，約明天。", by=by, at=clock.now())

    def _refer(self, key: str, file: str, worker: str, whom: str, given: ReferralIn) -> None:
        """Send a referral about one of the family, remembered by a short word."""
        case, by = self.nine.files[file], self.become(worker)
        whole = ReferralIn(**{**vars(given), "person_id": self.nine.who[whom]})
        self.asked[key] = referrals.refer(case_id=case, given=whole, by=by, at=clock.now()).id

    def _plan(self, file: str, whom: str, kind: str, worker: str, on: date | None = None) -> None:
        by = self.become(worker)
        referrals.plan_transition(
            case_id=self.nine.files[file], person_id=self.nine.who[whom], kind=kind, on=on, by=by, at=clock.now()
        )  # fmt: skip
