"""Story 1: Saturday night, one event, three reports, four people. 望潮縣, the centre investigates first."""

from __future__ import annotations

from uuid import UUID

from anwang.cases.actions import (
    Consent,
    Excluded,
    Place,
    Safety,
    Sight,
    Told,
    place,
    record_contact,
    record_notice,
    record_safety,
)
from anwang.demo import canaries
from anwang.demo.beats import beat, taipei
from anwang.demo.stage import BY_CARER, ONE, TWO, Stage, born
from anwang.foundation import clock
from anwang.foundation.national_id import make_test_id
from anwang.intake.actions import (
    add_to_report,
    approve_review,
    check_in,
    check_out,
    note_call_out,
    note_for_next_shift,
    note_on_the_way,
    read_reporter,
    relate_report,
    write_down_review,
)
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.intake.models import Report
from anwang.matters.actions import change_shift, sign_shift
from anwang.matters.models import Review, ShiftHandover
from anwang.matters.states import ReviewState
from anwang.people.actions import add_identifier, add_risk, open_family

CHILD, VIOLENCE = "child_protection", "intimate_violence"
HOME = (("living", "望潮縣河岬鎮潮音路9088號5樓"),)
LITTLE = PersonIn(role="child", name="陳小宇", sex="male", birth=born("2023-11-18"), injuries="臉頰瘀青",
                  addresses=HOME, languages="華語")  # fmt: skip
MIDDLE = PersonIn(role="witness", name="陳小樂", sex="female", birth=born("2016-08-02"), addresses=HOME,
                  languages="華語",
                  notes="在房間裡聽到")  # fmt: skip
BIG = PersonIn(role="child", name="林小晴", sex="female", birth=born("2009-09-12"), relation="child",
               where_now="平日住外婆家（白沙縣）", addresses=(("living", "白沙縣霧津鎮霧津街9003號"),))  # fmt: skip
WIFE = PersonIn(role="victim", name="林佳安", sex="female", birth=born("1994-06"), phones=("0900-000-331",),
                addresses=HOME, languages="華語、台語")  # fmt: skip
HUSBAND = PersonIn(role="other_party", name="陳志豪", sex="male", birth=born("1990"), relation="spouse", addresses=HOME)
NEIGHBOUR = ReporterIn(name=canaries.NEIGHBOUR_NAME, phone=canaries.NEIGHBOUR_PHONE, relation="neighbour",
                       category="anonymous", may_call_back="yes", call_when="晚上九點前",
                       name_to_use="卓小姐")  # fmt: skip
SEEN_NIGHT = taipei("2026-03-08 00:35")


class FirstNight(Stage):
    """From the call at 23:40 to the signature at 08:52."""

    call: Report
    police: Report
    hospital: Report
    children: UUID
    mother: UUID
    placement: UUID
    family: UUID
    who: dict[str, UUID]
    out: UUID
    called: UUID

    @beat("2026-03-07 23:47")
    def the_line_passes_on_a_call(self) -> None:
        told = ReportIn(
            received_at=taipei("2026-03-07 23:40"), channel="line_113", unit_code="35", reporting_unit="113保護專線",
            narrative="鄰居聽到先生打太太，太太喊救命；兩歲的弟弟臉上有瘀青，九歲的姊姊在哭。",
            kinds=(CHILD, VIOLENCE), persons=(LITTLE, MIDDLE, WIFE, HUSBAND), reporter=NEIGHBOUR,
            place="河岬鎮", area_code="99001010",
        )  # fmt: skip
        self.call = self.take(told, self.become("luo"), caller="113線上人員", phone=canaries.NEIGHBOUR_PHONE)
        self.who = {name: self.person(self.call.id, name) for name in ("陳小宇", "陳小樂", "林佳安", "陳志豪")}

    @beat("2026-03-07 23:51")
    def one_traced_click(self) -> None:
        read_reporter(report_id=self.call.id, by=self.become("luo"), because="確認門牌與小孩人數")

    @beat("2026-03-07 23:58")
    def level_one_by_telephone(self) -> None:
        by = self.become("luo")
        for name, grade in (("陳小宇", (ONE, "one")), ("陳小樂", (TWO, "two"))):
            self.screen(self.call.id, self.who[name], CHILD, {
                "screening": ({"harm": "yes"}, "protection_field"), "grade": grade, "class": (BY_CARER, "one"),
                "jurisdiction": ({"urgent": "yes", "moving": "no"}, "where_found"), "track": ({}, "crisis"),
            }, by=by, phoned_by="jiang")  # fmt: skip
        self.screen(self.call.id, self.who["林佳安"], VIOLENCE, {
            "screening": ({"harm": "yes", "preschool_child": "yes"}, "protection_field"),
            "jurisdiction": ({"stage": "report", "several": "no"}, "here"), "track": ({}, "crisis"),
        }, by=by)  # fmt: skip

    @beat("2026-03-08 00:02")
    def two_cases_in_the_hands_of_the_night(self) -> None:
        by, luo = self.become("luo"), self.to("wc-intake", "luo")
        self.family = open_family(label="林佳安家", county="99001", by=by, at=clock.now()).id
        children = [self.who["陳小宇"], self.who["陳小樂"]]
        self.children = self.give(self.call.id, CHILD, children, to=luo, family=self.family, by=by)
        self.mother = self.give(self.call.id, VIOLENCE, [self.who["林佳安"]], to=luo, family=self.family, by=by)

    @beat("2026-03-08 00:06")
    def into_the_car(self) -> None:
        by = self.become("luo")
        self.called = note_call_out(
            worker_id=self.county.workers["cao"], called_at=taipei("2026-03-08 00:03"), matter_id=self.children,
            answered_at=taipei("2026-03-08 00:04"), by=by,
        ).id  # fmt: skip
        self.out = check_out(
            due_back_at=taipei("2026-03-08 04:30"), at=clock.now(), matter_id=self.children, area_name="河岬鎮",
            with_whom="曹宜庭（備勤）、河岬派出所", by=by,
        ).id  # fmt: skip

    @beat("2026-03-08 00:48")
    def the_police_report(self) -> None:
        by, sergeant = self.become("luo"), ReporterIn(name="河岬派出所員警", organisation="河岬派出所",
                                                      phone="(08)000-2110",
                                                      category="police", may_call_back="yes")  # fmt: skip
        told = ReportIn(
            received_at=taipei("2026-03-08 00:20"), channel="system", unit_code="24", reporting_unit="河岬派出所",
            narrative="到場處理：太太頸部紅腫。新版危險評估表，結果「高」。先生在場，已隔開。", kinds=(VIOLENCE,),
            persons=(PersonIn(role="victim", person_id=self.who["林佳安"], injuries="頸部紅腫"),
                     PersonIn(role="other_party", person_id=self.who["陳志豪"])),
            reporter=sergeant, area_code="99001010", urgency={"danger_form": "2026", "danger_result": "高"},
        )  # fmt: skip
        self.police = self.take(told, by)
        relate_report(report_id=self.police.id, earlier_id=self.call.id, repeat="other_victim", by=by, at=clock.now(),
                      reason="同一晚同一事件，被害人是太太。")  # fmt: skip
        add_identifier(person_id=self.who["林佳安"], kind="national_id", value=make_test_id("W", 2, 31), by=by,
                       at=clock.now())  # fmt: skip
        add_identifier(person_id=self.who["陳小宇"], kind="national_id", value=make_test_id("W", 1, 33), by=by,
                       at=clock.now())  # fmt: skip
        add_risk(person_id=self.who["陳志豪"], kind="violence", words="酒後會摔東西，兩人同行，先聯絡派出所",
                 go_in_pairs=True,
                 by=by, at=clock.now())  # fmt: skip

    @beat("2026-03-08 00:58")
    def a_third_child(self) -> None:
        by, now = self.become("luo"), clock.now()
        self.who["林小晴"] = add_to_report(report_id=self.call.id, person=BIG, by=by, at=now).person_id
        self.screen(self.call.id, self.who["林小晴"], CHILD, {
            "screening": ({"harm": "yes"}, "protection_field"), "grade": (TWO, "two"), "class": (BY_CARER, "one"),
            "jurisdiction": ({"urgent": "yes", "moving": "no"}, "where_found"),
        }, by=by, phoned_by="jiang")  # fmt: skip
        self.give(self.call.id, CHILD, [self.who["林小晴"]], join=self.children, by=by)
        self.screen(self.police.id, self.who["林佳安"], VIOLENCE, {
            "screening": ({"harm": "yes", "preschool_child": "yes"}, "protection_field"),
            "jurisdiction": ({"stage": "report", "several": "no"}, "here"),
        }, by=by)  # fmt: skip
        self.give(self.police.id, VIOLENCE, [self.who["林佳安"]], join=self.mother, by=by, reason="同一事件，併入同案")

    @beat("2026-03-08 01:25")
    def at_the_flat(self) -> None:
        by = self.become("luo")
        told = Told(
            method="home", outcome="met", started_at=SEEN_NIGHT, ended_at=taipei("2026-03-08 01:20"), place_kind="home",
            purpose="當面確認小孩與太太安全", companions="曹宜庭、河岬派出所兩名員警",
            summary="太太頸部紅腫，同意驗傷。小宇左臉頰瘀青，抱著不放。小樂說「爸爸打媽媽，弟弟去拉」。",
            worker_safety="先生酒味重，員警先隔開後才進屋。",
            sights=[
                Sight(self.who["陳小宇"], "yes", observation="左臉頰瘀青約2公分"), Sight(self.who["陳小樂"], "yes"),
                Sight(self.who["林佳安"], "yes", observation="頸部紅腫"), Sight(self.who["林小晴"], "no", "elsewhere"),
            ],
        )  # fmt: skip
        record_contact(matter_id=self.children, told=told, serves=[self.mother], by=by)
        self.safety("陳小宇", Safety("unsafe"), "luo")
        note_on_the_way(call_out_id=self.called, left_at=taipei("2026-03-08 00:15"), by=by,
                        arrived_at=taipei("2026-03-08 00:33"))  # fmt: skip

    @beat("2026-03-08 02:20")
    def the_hospital_reports(self) -> None:
        by = self.become("luo")
        nurse = ReporterIn(name="急診護理師", organisation="縣立望潮醫院", phone="(08)000-2119", category="medical",
                           may_call_back="yes")  # fmt: skip
        told = ReportIn(
            received_at=taipei("2026-03-08 02:05"), channel="fax", unit_code="16", reporting_unit="縣立望潮醫院",
            narrative="兩歲男童，臉頰及前臂瘀青，新舊不一，請社工評估。", kinds=(CHILD,), reporter=nurse,
            persons=(PersonIn(role="child", person_id=self.who["陳小宇"], injuries="臉頰及前臂瘀青，新舊不一"),),
        )  # fmt: skip
        self.hospital = self.take(told, by)
        relate_report(report_id=self.hospital.id, earlier_id=self.call.id, repeat="same_new_facts", by=by,
                      at=clock.now(), reason="同一晚，新增前臂與舊傷。")  # fmt: skip
        waiting = Review.objects.get(matter_id=self.hospital.id, state=ReviewState.SUBMITTED)
        approve_review(review_id=waiting.id, by=by, at=clock.now(), by_phone=True,
                       approver_id=self.county.workers["jiang"])  # fmt: skip

    @beat("2026-03-08 02:55")
    def at_the_hospital(self) -> None:
        told = Told(
            method="accompany", outcome="met", started_at=taipei("2026-03-08 02:12"), place_kind="hospital",
            purpose="陪同驗傷", summary="小宇前臂有新舊瘀青。林佳安說上個月也有一次，願意住到親戚家，同意小宇先安置。",
            sights=[
                Sight(self.who["陳小宇"], "yes", observation="右前臂新舊瘀青"), Sight(self.who["林佳安"], "yes"),
                Sight(self.who["陳小樂"], "no", "elsewhere"), Sight(self.who["林小晴"], "no", "elsewhere"),
            ],
        )  # fmt: skip
        record_contact(matter_id=self.children, told=told, serves=[self.mother], by=self.become("luo"))

    @beat("2026-03-08 03:25")
    def placed_at_three(self) -> None:
        by = self.become("luo")
        self.notice(self.children, "prosecutor", "望潮地檢署內勤", "phone", "2026-03-08 02:35")
        where = Place(
            kind="emergency_centre", basis="child_56",
            placed_at=taipei("2026-03-08 03:00"),
            pupil="no", parents_known="yes", address=canaries.REFUGE, ask_whom="通報調查處理中心 (08)000-2005",
        )  # fmt: skip
        jiang = Consent(self.county.workers["jiang"], "江淑芬", taipei("2026-03-08 02:50"))
        self.placement = place(
            case_id=self.children, person_id=self.who["陳小宇"], where=where, consent=jiang, by=by,
            excluded=[Excluded("on_the_way", 35, "急診到安置處所")],
        ).id  # fmt: skip
        self.notice(self.placement, "police", "望潮縣警察局勤務中心", "phone", "2026-03-08 03:10")

    @beat("2026-03-08 04:20")
    def back_at_the_desk(self) -> None:
        by = self.become("luo")
        told = Told(
            method="institution", outcome="met", started_at=taipei("2026-03-08 03:00"), place_kind="safe_place",
            summary="小宇入睡前喝了奶。交代過敏與慣用安撫巾。", purpose="入住", sights=[Sight(self.who["陳小宇"],
                                                                        "yes")],
        )  # fmt: skip
        record_contact(matter_id=self.placement, told=told, by=by)
        self.notice(
            self.placement,
            "parents",
            "林佳安",
            "in_person",
            "2026-03-08 02:55",
            words="孩子安全，由社工照顧；不告知處所。",
        )
        check_in(check_in_id=self.out, by=by, at=clock.now())
        note_on_the_way(call_out_id=self.called, returned_at=taipei("2026-03-08 04:15"), by=by)

    @beat("2026-03-08 08:25")
    def the_sheet(self) -> None:
        by = self.become("luo")
        note_for_next_shift(desk_id=self.county.desks["wc-night"], text="法院書面通報今天白天傳真；小晴請白沙縣協訪。",
                            number=self.number(self.children), by=by)  # fmt: skip
        change_shift(
            desk_id=self.county.desks["wc-night"], from_worker_id=self.county.workers["luo"],
            to_worker_id=self.county.workers["peng"], effective_at=taipei("2026-03-08 08:30"), by=by,
        )  # fmt: skip

    @beat("2026-03-08 08:52")
    def peng_signs(self) -> None:
        sheet = ShiftHandover.objects.get(effective_at=taipei("2026-03-08 08:30"))
        sign_shift(handover_id=sheet.id, at=clock.now(), by=self.become("peng"))

    @beat("2026-03-08 09:20")
    def in_writing(self) -> None:
        by = self.become("jiang")
        given = Review.objects.filter(by_phone=True, written_at=None, decided_by=self.county.workers["jiang"])
        for review_id in list(given.order_by("decided_at", "id").values_list("id", flat=True)):
            write_down_review(review_id=review_id, words="昨夜電話同意，補登。", by=by, at=clock.now())

    def safety(self, name: str, result: Safety, worker: str) -> None:
        """The safety result of one child, now."""
        by = self.become(worker)
        subject = self.subject(self.children, self.who[name])
        record_safety(subject_id=subject.id, safety=result, by=by, at=clock.now())

    def notice(self, matter_id: UUID, kind: str, to: str, way: str, at: str, words: str = "", number: str = "") -> None:
        """Write down a notice with the eyes of whoever was become last."""
        by = self.become(self.holder(matter_id))
        record_notice(matter_id=matter_id, kind=kind, to_whom=to, way=way, sent_at=taipei(at), words=words,
                      number=number, by=by)  # fmt: skip
