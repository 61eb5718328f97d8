"""Story 2: four reports about 王小恩 in nine days, of which one is a duplicate. 青嵐縣, dispatch first."""

from __future__ import annotations

from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.cases.actions import Safety, Sight, Told, record_contact, record_notice, record_safety
from anwang.demo import canaries
from anwang.demo.beats import beat, taipei
from anwang.demo.stage import BY_CARER, HARM, ONE, TWO, Stage, born
from anwang.foundation import clock
from anwang.foundation.national_id import make_test_id
from anwang.intake.actions import answer_reporter, complete_report_form, relate_report, say_who
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn, ReportIn
from anwang.intake.models import Report

CHILD, KIND = "王小恩", "child_protection"
BOY = PersonIn(
    role="child", name=CHILD, sex="male", birth=born("2021-11-05"), injuries="左上臂瘀青",
    identifiers=(("national_id", make_test_id("W", 1, 21)),), addresses=(("living", "青嵐縣嵐溪鎮竹影路9102號"),),
    languages="華語",
)  # fmt: skip
MOTHER = PersonIn(role="carer", name="王思婷", sex="female", birth=born("1996"), relation="parent",
                  phones=("0900-000-221",))  # fmt: skip
PRESCHOOL = ReporterIn(
    name="嵐溪幼兒園林主任", phone=canaries.KINDERGARTEN_PHONE, organisation="嵐溪幼兒園", category="preschool",
    may_call_back="yes", call_when="上課日10:00–16:00",
)  # fmt: skip


def report(at: str, narrative: str, persons: tuple[PersonIn, ...], reporter: ReporterIn, **more: str) -> ReportIn:
    """A report of this story that came by telephone, unless `more` says how else."""
    return ReportIn(
        received_at=taipei(at), channel=more.pop("channel", "phone"), narrative=narrative, kinds=(KIND,),
        persons=persons, reporter=reporter, area_code="99002010", place="嵐溪鎮", **more,  # type: ignore[arg-type]
    )  # fmt: skip


class NotADuplicate(Stage):
    """R1 opens a case; R2 is a new event; R3 tells more of R2; R4 tells R1 again."""

    r1: Report
    r2: Report
    r3: Report
    r4: Report
    case_id: UUID
    boy: UUID

    @beat("2026-04-13 10:20")
    def the_kindergarten_sees_a_bruise(self) -> None:
        told = report(
            "2026-04-13 10:20", "早上換衣服時看到小恩左上臂有一塊瘀青，他說是被打的。", (BOY, MOTHER), PRESCHOOL
        )
        self.r1 = self.take(told, self.become("he"), caller=PRESCHOOL.name, phone=PRESCHOOL.phone)
        self.boy = self.person(self.r1.id, CHILD)

    @beat("2026-04-13 14:30")
    def it_is_level_two(self) -> None:
        by = self.become("he")
        self.screen(self.r1.id, self.boy, KIND, {
            "screening": (HARM, "protection"), "grade": (TWO, "two"), "class": (BY_CARER, "one"),
            "jurisdiction": ({"urgent": "no"}, "here"), "track": ({}, "crisis"),
        }, by=by)  # fmt: skip

    @beat("2026-04-13 15:10")
    def xu_gets_it(self) -> None:
        by = self.become("he")
        self.case_id = self.give(self.r1.id, KIND, [self.boy], to=self.to("ql-protection", "xu"), by=by)
        answer_reporter(report_id=self.r1.id, reply_class="in_hand", confirmed="unit_line", by=by, at=clock.now())

    @beat("2026-04-13 15:25")
    def xu_signs(self) -> None:
        self.sign_for(self.case_id, "xu")

    @beat("2026-04-13 16:40")
    def the_supervisor_approves_the_grade(self) -> None:
        self.approve_report(self.r1.id, "ma", "同意第二級第一類。")

    @beat("2026-04-14 09:30")
    def the_form_follows(self) -> None:
        form = OriginalIn("通報表（補）\n兒少：王小恩\n".encode(), "text/plain", "補通報表.txt")
        complete_report_form(report_id=self.r1.id, originals=(form,), by=self.become("he"), at=clock.now())

    @beat("2026-04-14 15:50")
    def xu_sees_him_at_the_kindergarten(self) -> None:
        self.met(self.case_id, "xu", taipei("2026-04-14 14:00"), [self.boy],
                 "小恩說「媽媽生氣」。左上臂瘀青約3公分，老師已拍照。",
                 method="school", place="school", purpose="查看傷勢與安全", companions="幼兒園班導師")  # fmt: skip
        subject = self.subject(self.case_id, self.boy)
        safety = Safety("safe_with_plan", plan="幼兒園每日留意，媽媽同意不體罰。")
        record_safety(subject_id=subject.id, safety=safety, by=self.become("xu"), at=taipei("2026-04-14 14:40"))

    @beat("2026-04-20 09:05")
    def somebody_heard_screams(self) -> None:
        boy = PersonIn(role="child", name="小恩", name_kind="called", sex="male", age_text="4歲")
        caller = ReporterIn(phone=canaries.SCREAMS_PHONE, category="anonymous", may_call_back="no")
        told = report("2026-04-20 09:05", "昨晚九點多聽到小孩尖叫，媽媽一直罵，叫小恩，住樓上。", (boy,), caller)
        self.r2 = self.take(told, self.become("he"), phone=canaries.SCREAMS_PHONE)

    @beat("2026-04-20 09:20")
    def a_new_event(self) -> None:
        by, now = self.become("he"), clock.now()
        same = self.person(self.r2.id, "小恩")
        say_who(report_id=self.r2.id, person_id=same, other_id=self.boy, verdict="same",
                reasons=["同址", "乳名與年齡相符"], by=by, at=now)  # fmt: skip
        relate_report(report_id=self.r2.id, earlier_id=self.r1.id, repeat="new_event", by=by, at=now)

    @beat("2026-04-20 11:40")
    def graded_as_far_as_known(self) -> None:
        by = self.become("he")
        self._decide(self.r2.id, self.person(self.r2.id, "小恩"), TWO, "two", by)

    @beat("2026-04-20 14:30")
    def the_ear(self) -> None:
        boy = PersonIn(role="child", person_id=self.boy, injuries="右耳廓瘀青，今天早上看到")
        told = report("2026-04-20 14:30", "小恩今天右耳廓有新瘀青，週五還沒有。他說昨天晚上。", (boy,), PRESCHOOL)
        self.r3 = self.take(told, self.become("he"), caller=PRESCHOOL.name, phone=PRESCHOOL.phone)

    @beat("2026-04-20 14:45")
    def more_of_the_same_evening(self) -> None:
        relate_report(report_id=self.r3.id, earlier_id=self.r2.id, repeat="same_new_facts", by=self.become("he"),
                      at=clock.now(), reason="同是19日晚上，傷在耳部是新事實。")  # fmt: skip

    @beat("2026-04-20 15:05")
    def a_second_person_confirms(self) -> None:
        self.approve_report(self.r3.id, "ma", "同意；請重新分級。")

    @beat("2026-04-20 15:20")
    def graded_anew(self) -> None:
        by = self.become("he")
        boy = self.person(self.r2.id, "小恩")
        self._decide(self.r2.id, boy, ONE, "one", by)
        self.give(self.r2.id, KIND, [boy], join=self.case_id, by=by, reason="在案，併入處理")

    @beat("2026-04-20 15:35")
    def the_new_grade_is_approved(self) -> None:
        self.approve_report(self.r2.id, "ma", "同意改第一級，請今天見到小恩。")

    @beat("2026-04-20 16:35")
    def the_mother_at_the_door(self) -> None:
        told = Told(
            method="home", outcome="not_met", started_at=taipei("2026-04-20 16:00"), place_kind="home",
            purpose="當面訪視小恩", summary="母親在門口說小恩在睡，不便入內；約明天上午再來。",
            sights=[Sight(self.boy, "no", "asleep")],
        )  # fmt: skip
        record_contact(matter_id=self.case_id, told=told, by=self.become("xu"))

    @beat("2026-04-20 17:20")
    def police_and_prosecutor_are_told(self) -> None:
        record_notice(matter_id=self.case_id, kind="prosecutor", to_whom="青嵐地檢署內勤", way="phone",
                      by=self.become("xu"),
                      sent_at=taipei("2026-04-20 17:15"))  # fmt: skip

    @beat("2026-04-21 11:00")
    def the_clinic_tells_it_again(self) -> None:
        boy = PersonIn(role="child", name=CHILD, sex="male", birth=born("2021-11-05"),
                       injuries="左上臂瘀青（4月13日就診）",
                       identifiers=BOY.identifiers)  # fmt: skip
        clinic = ReporterIn(name="嵐溪診所", phone="(08)000-9932", organisation="嵐溪診所", category="medical",
                            may_call_back="yes")  # fmt: skip
        told = report("2026-04-21 11:00", "4月13日帶來看左上臂瘀青，補辦通報。", (boy,), clinic, channel="fax")
        self.r4 = self.take(told, self.become("he"))

    @beat("2026-04-21 11:10")
    def the_same_event(self) -> None:
        by, now = self.become("he"), clock.now()
        say_who(report_id=self.r4.id, person_id=self.person(self.r4.id, CHILD), other_id=self.boy, verdict="same",
                reasons=["姓名、生日、證號相同"], by=by, at=now)  # fmt: skip
        relate_report(report_id=self.r4.id, earlier_id=self.r1.id, repeat="same_nothing_new", by=by, at=now,
                      reason="同是13日的傷，沒有新事實。")  # fmt: skip

    @beat("2026-04-21 11:20")
    def counted_and_answered(self) -> None:
        self.approve_report(self.r4.id, "ma", "同意，計入一次。")
        answer_reporter(report_id=self.r4.id, reply_class="received", by=self.become("he"), at=clock.now())

    def _decide(self, report_id: UUID, boy: UUID, grade: dict[str, str], level: str, by: Viewer) -> None:
        self.screen(report_id, boy, KIND, {
            "screening": (HARM, "protection"), "grade": (grade, level), "class": (BY_CARER, "one"),
            "jurisdiction": ({"urgent": "no"}, "here"),
        }, by=by)  # fmt: skip
