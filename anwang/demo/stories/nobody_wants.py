"""Story 5: the family nobody wants, and the worker who leaves. 青嵐縣, dispatch first."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from anwang.cases.actions import (
    Investigated,
    Safety,
    Sight,
    Told,
    decide_opening,
    record_contact,
    submit_investigation,
)
from anwang.demo.beats import Beat, beat, taipei
from anwang.demo.stage import Stage
from anwang.foundation import clock
from anwang.intake.actions import (
    answer_reporter,
    complete_report_form,
    not_open,
    take_second_look,
    watch_tonight,
)
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn, ReportIn
from anwang.intake.models import Report
from anwang.matters.actions import (
    add_statement,
    answer,
    answer_by_proxy,
    file_dispute,
    give_list,
    hand_over_list,
    offer,
    receive_list,
    rule,
    say_why_late,
)
from anwang.matters.models import Dispute, Duty, HandOverList, Matter, Offer

KIND = "child_protection"
OFFICER = ReporterIn(name="嵐溪鎮公所村幹事", organisation="嵐溪鎮公所", phone="(08)000-2310",
                     category="village_officer",
                     may_call_back="yes")  # fmt: skip
BEFORE = (
    (
        "2025-11-06 10:15",
        "媽媽抱著小嬰兒在公所大廳自言自語，說有人要抓她。",
        "family_copes",
        "公所護理師當日見到母嬰，外婆來接。",
    ),
    (
        "2026-01-12 09:40",
        "早上在河堤看到她和嬰兒睡在車上，嬰兒穿得不多。",
        "short_service",
        "里長送毯子與奶粉，已給電話。",
    ),
    (
        "2026-02-09 15:20",
        "又在停車場，嬰兒咳嗽，媽媽不願看醫生。",
        "family_copes",
        "衛生所護理師當日見到嬰兒，無發燒。",
    ),
)


class NobodyWants(Stage):
    """Three times not opened, the fourth on a Friday at 16:40; a dispute, a transfer that waits, a hand-over list.

    康文彥 has not signed his part of the list, the family among it: it stays with 吳承恩, who cannot be let go yet.
    """

    baby: UUID
    mother: UUID
    report: Report
    case_id: UUID
    dispute: Dispute
    list_id: UUID
    earlier: list[UUID]

    def beats(self) -> list[Beat]:
        self.earlier = []
        return super().beats() + [Beat(taipei(told[0]), lambda told=told: self._not_opened(*told)) for told in BEFORE]

    def _told(self, at: str, narrative: str, **more: object) -> ReportIn:
        known = bool(self.earlier)
        people = (
            PersonIn(role="child", person_id=self.baby if known else None, age_text="嬰兒", notes="沒有出生登記"),
            PersonIn(role="carer", person_id=self.mother if known else None, name="李美雲", sex="female",
                     age_text="38歲",
                     relation="parent", addresses=(("registered", "望潮縣鷺洲鄉無潮路9041號"),)),
        )  # fmt: skip
        return ReportIn(
            received_at=taipei(at), channel="phone", narrative=narrative, kinds=(KIND,), persons=people,
            reporter=OFFICER, area_code="99002010", place="嵐溪鎮河堤停車場", **more,  # type: ignore[arg-type]
        )  # fmt: skip

    def _not_opened(self, at: str, narrative: str, ground: str, evidence: str) -> None:
        by, now = self.become("he"), clock.now()
        report = self.take(self._told(at, narrative), by, caller=OFFICER.name, phone=OFFICER.phone)
        self.baby, self.mother = self.person(report.id, ""), self.person(report.id, "李美雲")
        self.earlier.append(report.id)
        not_open(report_id=report.id, person_id=self.baby, kind=KIND, ground=ground, reason="目前有人看顧，先不開案。",
                 evidence=evidence, by=by, at=now)  # fmt: skip
        self.approve_report(report.id, "ma", "同意。")
        form = OriginalIn("通報表\n李美雲\n".encode(), "text/plain", "通報表.txt")
        complete_report_form(report_id=report.id, originals=(form,), by=self.become("he"), at=now)
        answer_reporter(
            report_id=report.id, reply_class="finished", confirmed="unit_line", by=self.become("he"), at=now
        )

    @beat("2026-02-05 10:00")
    def a_second_look(self) -> None:
        take_second_look(report_id=self.earlier[1], words="兩次都由公所看見；再有通報即升級處理。",
                         by=self.become("ma"),
                         at=clock.now())  # fmt: skip

    @beat("2026-03-13 16:40")
    def the_fourth(self) -> None:
        told = self._told("2026-03-13 16:40", "她說孩子是別人換來的。嬰兒約五個月，在車上，很瘦。")
        self.report = self.take(told, self.become("he"), caller=OFFICER.name, phone=OFFICER.phone)

    @beat("2026-03-13 16:58")
    def many_things_are_not_known(self) -> None:
        self.screen(self.report.id, self.baby, KIND, {
            "screening": ({"care_at_risk": "yes"}, "protection"), "grade": ({}, "one"), "class": ({}, "one"),
            "jurisdiction": ({"urgent": "yes", "moving": "no"}, "where_found"), "track": ({}, "crisis"),
        }, by=self.become("he"), reason="五個月、住車上、無法排除危險，由人判斷。")  # fmt: skip

    @beat("2026-03-13 17:05")
    def assigned(self) -> None:
        self.case_id = self.give(
            self.report.id, KIND, [self.baby], to=self.to("ql-protection", "wu"), by=self.become("he")
        )
        self.sign_for(self.case_id, "wu")
        self.approve_report(self.report.id, "ma", "同意第一級。")

    @beat("2026-03-13 17:15")
    def the_first_act(self) -> None:
        told = Told(method="network", outcome="met", started_at=taipei("2026-03-13 17:08"), place_kind="phone",
                    summary="村幹事說車牌與位置，願意帶路。")  # fmt: skip
        record_contact(matter_id=self.case_id, told=told, by=self.become("wu"))

    @beat("2026-03-13 17:20")
    def not_ours(self) -> None:
        self.dispute = file_dispute(
            matter_id=self.case_id, claimed_unit_id=self.county.units["ql-welfare"], topic="several_problems",
            words="嬰兒沒有受傷，是生活困難，應由社福中心服務。", by=self.become("gao"), at=clock.now(),
        )  # fmt: skip

    @beat("2026-03-13 17:45")
    def nor_theirs(self) -> None:
        add_statement(
            dispute_id=self.dispute.id, words="母親疑似有精神症狀，應由衛生局先處理。", by=self.become("tian")
        )
        by, now = self.become("gao"), clock.now()
        health = offer(
            matter_id=self.case_id, kind="referral", to_unit_id=self.county.units["ql-health"], by=by, at=now
        )
        answer_by_proxy(offer_id=health.id, accept=False, name="衛生局承辦人", how="phone", ref="(08)000-2320",
                        reason="not_competent", by=by, at=now)  # fmt: skip
        offer(matter_id=self.case_id, kind="transfer", to_unit_id=self.county.units["wc-child"], by=by, at=now)
        watch_tonight(matter_id=self.case_id, night_on=date(2026, 3, 13), by=by, at=now, why="母嬰在河堤車上，今晚降溫",
                      do_if="找不到車就請派出所協尋；嬰兒有狀況先送醫")  # fmt: skip

    @beat("2026-03-13 19:10")
    def somebody_goes_all_the_same(self) -> None:
        told = Told(
            method="home", outcome="met", started_at=taipei("2026-03-13 18:20"), place_kind="other", place="河堤停車場",
            purpose="當面確認嬰兒安全", summary="母嬰都在車上。嬰兒有精神，尿布疹。母親接受今晚住旅館，明早送衛生所。",
            sights=[Sight(self.baby, "yes", observation="尿布疹，無外傷")], worker_safety="和村幹事同行。",
        )  # fmt: skip
        record_contact(matter_id=self.case_id, told=told, by=self.become("wu"))

    @beat("2026-03-16 09:20")
    def wu_will_leave(self) -> None:
        """31 matters, one of them in dispute, for three receivers; until they sign, 吳承恩 answers for them."""
        unit, wu = self.county.units["ql-protection"], self.county.workers["wu"]
        held = Matter.objects.filter(acting_worker_id=wu, ended_at=None).order_by("opened_at", "id")
        by = self.become("gao")
        receivers = {
            matter_id: self.to("ql-protection", self._receiver(matter_id, sort, number))
            for number, (matter_id, sort) in enumerate(held.values_list("id", "sort"))
        }
        made: HandOverList = hand_over_list(
            from_worker_id=wu, unit_id=unit, to=receivers, reason="leaving", by=by, effective_at=clock.now()
        )
        self.list_id = made.id

    def _receiver(self, matter_id: UUID, sort: str, number: int) -> str:
        if matter_id == self.case_id:
            return "kang"
        return "gao" if sort == "elder" else ("xu", "kang")[number % 2]

    @beat("2026-03-16 17:10")
    def wu_signs_it_over(self) -> None:
        give_list(list_id=self.list_id, at=clock.now(), by=self.become("wu"))

    @beat("2026-03-16 17:25")
    def the_supervisor_takes_what_is_hers(self) -> None:
        receive_list(list_id=self.list_id, at=clock.now(), by=self.become("gao"))

    @beat("2026-03-17 08:50")
    def xu_takes_hers(self) -> None:
        receive_list(list_id=self.list_id, at=clock.now(), by=self.become("xu"))

    @beat("2026-03-16 10:20")
    def the_looks_that_were_owed(self) -> None:
        by, now = self.become("ma"), clock.now()
        take_second_look(report_id=self.earlier[2], words="四件一起看：嬰兒始終沒有人固定看見。", by=by, at=now)
        take_second_look(report_id=self.report.id, words="列邊緣性家庭名單；家防已在案。", by=self.become("ma"), at=now)
        form = OriginalIn("通報表\n李美雲母嬰\n".encode(), "text/plain", "通報表.txt")
        complete_report_form(report_id=self.report.id, originals=(form,), by=self.become("he"), at=now)
        answer_reporter(
            report_id=self.report.id, reply_class="in_hand", confirmed="unit_line", by=self.become("he"), at=now
        )

    @beat("2026-03-16 16:30")
    def the_ruling(self) -> None:
        rule(
            dispute_id=self.dispute.id, unit_id=self.county.units["ql-protection"], by=self.become("qiu"),
            at=clock.now(),
            words="嬰兒五個月、無固定住所，家防主責；社福中心協力經濟與住居，衛生局就疑似精神疾病另開一件。",
            principle="未滿六個月嬰兒無固定住所，安全未能確認前由家防主責，其他單位以協力加入。",
        )  # fmt: skip

    @beat("2026-03-17 09:30")
    def partners(self) -> None:
        by, now = self.become("gao"), clock.now()
        health = offer(
            matter_id=self.case_id, kind="referral", to_unit_id=self.county.units["ql-health"], by=by, at=now
        )
        answer_by_proxy(offer_id=health.id, accept=True, name="衛生局股長", how="letter", ref="青衛字第1150000871號",
                        by=by, at=now)  # fmt: skip
        offer(matter_id=self.case_id, kind="joining", to_unit_id=self.county.units["ql-welfare"], topic="housing",
              by=by,
              at=now)  # fmt: skip

    @beat("2026-03-17 16:40")
    def the_investigation(self) -> None:
        by = self.become("wu")
        baby = Investigated(
            self.subject(self.case_id, self.baby).id, "", Safety("safe_with_plan", plan="今晚起住短期旅宿。")
        )
        submit_investigation(
            case_id=self.case_id, class_code="one", subjects=[baby], by=by, at=clock.now(),
            parts={"visit_record": "3月13日18:20在河堤停車場見到母嬰。", "advice": "成案，住居與醫療並行。"},
        )  # fmt: skip

    @beat("2026-03-18 10:00")
    def opened_at_last(self) -> None:
        self.approve_case(self.case_id, "gao", "同意。")
        decide_opening(case_id=self.case_id, decision="opened", grounds=["care_lacking", "reported_again"], words="",
                       by=self.become("wu"), at=clock.now())  # fmt: skip

    @beat("2026-03-18 14:30")
    def the_centre_joins(self) -> None:
        self.approve_case(self.case_id, "gao", "同意成案。")
        by = self.become("tian")
        asked = Offer.objects.get(matter_id=self.case_id, kind="joining", state="pending")
        answer(offer_id=asked.id, accept=True, by=by, at=clock.now(), to=self.to("ql-welfare", "zhu"))

    @beat("2026-03-26 15:40")
    def seen_again(self) -> None:
        self.met(self.case_id, "wu", taipei("2026-03-26 14:00"), [self.baby], "母嬰住進短期旅宿，嬰兒體重增加。",
                 place="other")  # fmt: skip
        self.next_step(self.case_id, "wu", "visit", "2026-04-23 17:00")

    @beat("2026-04-09 11:00")
    def wangchao_still_thinks(self) -> None:
        by = self.become("wu")
        late = Duty.objects.get(matter_id=self.case_id, rule_id="transfer.answer", state="open")
        say_why_late(duty_id=late.id, cause="waiting_partner", by=by)
