"""Story 1 goes on: Sunday, Monday's worker, six weeks of two cases and a placement, the family's lead."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from anwang.cases.actions import (
    Investigated,
    Safety,
    assess_witness,
    continue_placement,
    decide_opening,
    open_coordination,
    submit_assessment,
    submit_investigation,
    update_list,
    update_plan,
    write_note,
)
from anwang.demo import canaries
from anwang.demo.beats import Beat, beat, taipei
from anwang.demo.stage import Stage
from anwang.documents.actions import number_letter, register_answer, register_paper, send_paper, write_letter
from anwang.foundation import clock
from anwang.intake.actions import answer_reporter, watch_tonight
from anwang.matters.actions import answer, answer_by_proxy, change_shift, offer, reassign, sign_shift
from anwang.matters.models import Matter, ShiftHandover
from anwang.people.actions import add_person, add_safety_address, count_in, put_in_household, relate

from .first_night import FirstNight

VISITS = (
    # recorded, started, worker, case, method, place, seen, next step, summary
    ("2026-03-18 17:10", "2026-03-18 16:00", "jian", "children", "school", "school", "陳小樂", "2026-04-02 17:00",
     "小樂在學校，導師陪同。睡得比較好，擔心弟弟。"),
    ("2026-03-19 15:40", "2026-03-19 14:30", "lin", "mother", "office", "office", "林佳安", "2026-04-07 12:00",
     "討論保護令與工作，安全計畫再確認一次。"),
    ("2026-03-24 11:50", "2026-03-24 10:00", "jian", "placement", "institution", "safe_place", "陳小宇",
     "2026-04-09 17:00", "會叫照顧者，吃得下。"),
    ("2026-03-27 16:20", "2026-03-27 15:20", "jian", "children", "school", "school", "林小晴", "2026-04-10 17:00",
     "小晴說想看弟弟，外婆同意週末會面。"),
    ("2026-04-02 18:05", "2026-04-02 17:00", "jian", "children", "home", "safe_place", "陳小樂", "2026-04-16 17:00",
     "和媽媽同住，情緒穩定。"),
    ("2026-04-07 10:50", "2026-04-07 10:00", "lin", "mother", "phone", "phone", "林佳安", "2026-04-23 10:00",
     "保護令開庭日確定，需要陪同。"),
    ("2026-04-09 15:30", "2026-04-09 14:00", "jian", "placement", "institution", "safe_place", "陳小宇",
     "2026-04-23 17:00", "母子會面第二次，順利。"),
    ("2026-04-16 17:25", "2026-04-16 16:20", "jian", "children", "school", "school", "陳小樂", "2026-04-22 12:00",
     "小樂說有人在校門口看她，可能是爸爸。"),
)  # fmt: skip


class FirstWeeks(Stage):
    """From Sunday morning to the fourth week of April."""

    request: UUID
    letter: UUID
    lead: UUID

    def __init__(self, night: FirstNight) -> None:
        super().__init__(night.county)
        self.night = night

    def beats(self) -> list[Beat]:
        return super().beats() + [Beat(taipei(visit[0]), lambda visit=visit: self._visit(*visit)) for visit in VISITS]

    def _visit(
        self, _recorded: str, started: str, worker: str, case: str, method: str, place: str, name: str, due: str,
        summary: str,
    ) -> None:  # fmt: skip
        matter_id = getattr(self.night, case)
        serves = [self.night.children] if case == "placement" else []
        self.met(matter_id, worker, taipei(started), [self.night.who[name]], summary, method=method, place=place,
                 serves=serves)  # fmt: skip
        self.next_step(matter_id, worker, "accompany" if case == "mother" else "visit", due)

    @beat("2026-03-08 10:05")
    def sunday(self) -> None:
        night, by = self.night, self.become("peng")
        night.notice(night.placement, "court", "望潮地方法院少年及家事庭", "fax", "2026-03-08 09:55")
        big, baisha = night.who["林小晴"], self.county.units["bs-protection"]
        self.request = offer(matter_id=night.children, kind="visit_request", to_unit_id=baisha, topic="visit",
                             subject_id=big, urgent=True, by=self.become("peng"), at=clock.now()).id  # fmt: skip
        paper = write_letter(kind="visit", matter_id=night.children, to_unit_id=baisha, by=by, at=clock.now(),
                             reason="請於二十四小時內訪視林小晴，確認其安全與照顧情形。")  # fmt: skip
        self.letter = paper.id

    @beat("2026-03-08 16:50")
    def baisha_answers_by_telephone(self) -> None:
        answer_by_proxy(
            offer_id=self.request, accept=True, name="白沙縣家防中心 何督導", how="phone", ref="(08)000-9944",
            at=taipei("2026-03-08 16:40"), by=self.become("peng"),
        )  # fmt: skip
        write_note(matter_id=self.night.children, text="白沙縣何督導來電：傍晚到外婆家，見到小晴，安全，外婆可照顧。",
                   by=self.become("peng"), at=clock.now())  # fmt: skip

    @beat("2026-03-08 20:40")
    def the_night_comes_back(self) -> None:
        desk, workers, at = self.county.desks["wc-night"], self.county.workers, taipei("2026-03-08 20:30")
        change_shift(desk_id=desk, from_worker_id=workers["peng"], to_worker_id=workers["luo"], effective_at=at,
                     by=self.become("peng"))  # fmt: skip
        sign_shift(handover_id=ShiftHandover.objects.get(effective_at=at).id, at=clock.now(), by=self.become("luo"))

    @beat("2026-03-09 08:40")
    def mondays_worker(self) -> None:
        by, night = self.become("fang"), self.night
        for matter_id in (night.children, night.mother, night.placement):
            since = Matter.objects.values_list("acting_since", flat=True).get(id=matter_id)
            reassign(matter_id=matter_id, to=self.to("wc-intake", "you"), effective_at=taipei("2026-03-09 08:30"),
                     expected_since=since, by=by)  # fmt: skip
            self.sign_for(matter_id, "you")
            self.become("fang")
        by = self.become("du")
        for report_id in (night.police.id, night.hospital.id):
            answer_reporter(report_id=report_id, reply_class="in_hand", confirmed="unit_line", by=by, at=clock.now())

    @beat("2026-03-09 09:40")
    def she_moves_to_her_aunt(self) -> None:
        add_safety_address(
            person_id=self.night.who["林佳安"], text=canaries.AUNTS_FLAT, by=self.become("you"), at=clock.now(),
            ask_whom="通報調查處理中心 (08)000-2005",
        )  # fmt: skip

    @beat("2026-03-09 10:30")
    def who_belongs_to_whom(self) -> None:
        by, now, who = self.become("you"), clock.now(), self.night.who
        grandmother = add_person(name="林秀蓮", sex="female", by=by, at=now, file_id=self.night.children)
        who["林秀蓮"] = grandmother.id
        for parent, relation, child in (
            ("林佳安", "parent", "陳小宇"), ("林佳安", "parent", "陳小樂"), ("林佳安", "parent", "林小晴"),
            ("陳志豪", "parent", "陳小宇"), ("陳志豪", "parent", "陳小樂"), ("陳志豪", "spouse", "林佳安"),
            ("林秀蓮", "parent", "林佳安"),
        ):  # fmt: skip
            relate(person_id=who[parent], relation=relation, to_id=who[child], by=by, at=now)
        self._home(("林佳安", "陳志豪", "陳小宇", "陳小樂", "林小晴"), "register", by, "戶籍")
        self._home(("林小晴", "林秀蓮"), "said", by, "平日住外婆家")
        self._home(("林佳安", "陳志豪", "陳小宇", "陳小樂"), "seen", by, "3月8日到場所見")
        for name in who:
            count_in(family_id=self.night.family, person_id=who[name], by=by, at=now)

    def _home(self, names: tuple[str, ...], source: str, by: object, note: str) -> None:
        home = None
        for name in names:
            member = put_in_household(person_id=self.night.who[name], household_id=home, source=source, note=note,
                                      by=by, at=clock.now())  # type: ignore[arg-type]  # fmt: skip
            home = member.household_id

    @beat("2026-03-09 14:10")
    def the_letter_goes_out(self) -> None:
        by, now = self.become("zhong"), clock.now()
        number_letter(paper_id=self.letter, number="望社字第1150003091號", dated_on=date(2026, 3, 9), by=by, at=now)
        send_paper(paper_id=self.letter, way="electronic", by=by, at=now)

    @beat("2026-03-10 15:20")
    def the_court_lets_it_go_on(self) -> None:
        by, now, placement = self.become("you"), clock.now(), self.night.placement
        submit_assessment(
            matter_id=placement, form="placement", facts="新舊傷並存，加害者同住。", needs="持續安全照顧與醫療追蹤。",
            goals="母親居住穩定後返家。", plan="每兩週探視，安排母子會面。", by=by, at=now,
        )  # fmt: skip
        continue_placement(
            placement_id=placement, until=date(2026, 6, 11), order_number="115年度護字第9031號", by=by, at=now
        )

    @beat("2026-03-11 16:20")
    def the_investigation(self) -> None:
        self.approve_case(self.night.placement, "fang", "同意。")
        by, case_id = self.become("you"), self.night.children
        results = {"陳小宇": Safety("safe_with_plan", plan="安置中，母子會面由社工陪同。"),
                   "陳小樂": Safety("safe_with_plan", plan="與母親同住親戚家，學校每日確認。"),
                   "林小晴": Safety("safe")}  # fmt: skip
        unseen = {"林小晴": "elsewhere"}
        submit_investigation(
            case_id=case_id, class_code="one",
            parts={"visit_record": "3月8日00:35到場，02:12醫院，03:00入住。",
                   "advice": "成案；小宇續安置，小樂目睹輔導。"},
            subjects=[
                Investigated(self.subject(case_id, self.night.who[name]).id, unseen.get(name, ""), safety)
                for name, safety in results.items()
            ],
            by=by, at=clock.now(),
        )  # fmt: skip

    @beat("2026-03-12 17:00")
    def opened(self) -> None:
        by, night = self.become("you"), self.night
        self.met(night.children, "you", taipei("2026-03-12 13:30"), [night.who["林小晴"]],
                 "小晴在學校，平靜。外婆身體好。",
                 method="school", place="school")  # fmt: skip
        self.met(night.children, "you", taipei("2026-03-12 16:00"), [night.who["陳小樂"]], "以繪本談那一晚。",
                 method="school",
                 place="school")  # fmt: skip
        for name in ("陳小樂", "陳小宇", "林小晴"):
            assess_witness(subject_id=self.subject(night.children, night.who[name]).id, by=by, at=clock.now())
        decide_opening(case_id=night.children, decision="opened", grounds=["harm_found", "danger_now"],
                       words="三名子女列案。", by=by, at=clock.now())  # fmt: skip
        decide_opening(case_id=night.mother, decision="opened", grounds=["violence_repeated"], words="", by=by,
                       at=clock.now())  # fmt: skip

    @beat("2026-03-13 10:00")
    def from_the_centre_to_those_who_stay(self) -> None:
        night = self.night
        for matter_id, unit, worker in ((night.children, "wc-child", "jian"), (night.mother, "wc-adult", "lin")):
            self.approve_case(matter_id, "fang", "同意。")
            self.give_case(matter_id, self.to(unit, worker), self.become("fang"), accountable=unit)
        self.give_case(night.placement, self.to("wc-child", "jian"), self.become("fang"), accountable="wc-child")

    @beat("2026-03-13 10:25")
    def they_sign(self) -> None:
        for matter_id, worker in (
            (self.night.children, "jian"),
            (self.night.placement, "jian"),
            (self.night.mother, "lin"),
        ):
            self.sign_for(matter_id, worker)

    @beat("2026-03-16 11:00")
    def the_family_has_a_lead(self) -> None:
        self.lead = open_coordination(
            family_id=self.night.family, county="99001", accountable_id=self.county.units["wc-child"],
            lead=self.to("wc-child", "jian"), by=self.become("ye"), at=clock.now(), minors_home="yes",
            kinds=("child_protection", "intimate_violence"),
        ).id  # fmt: skip

    @beat("2026-03-17 14:20")
    def they_work_together(self) -> None:
        """Each of the two units joins the other's case, so that lead and partner see what is done and next."""
        for matter_id, asks, unit, topic, answers, joins in (
            (self.night.children, "jian", "wc-adult", "safety", "shi", "lin"),
            (self.night.mother, "lin", "wc-child", "parenting", "ye", "jian"),
        ):
            asked = offer(matter_id=matter_id, kind="joining", to_unit_id=self.county.units[unit], topic=topic,
                          by=self.become(asks), at=clock.now())  # fmt: skip
            answer(offer_id=asked.id, accept=True, by=self.become(answers), at=clock.now(), to=self.to(unit, joins))

    @beat("2026-03-19 11:30")
    def who_does_what(self) -> None:
        units, by = self.county.units, self.become("jian")
        update_list(coordination_id=self.lead, by=by, at=clock.now(), lines=[
            (units["wc-child"], "小宇探視與會面、小樂目睹輔導", date(2026, 4, 30)),
            (units["wc-adult"], "保護令陪同、工作與經濟", date(2026, 4, 24)),
            (units["wc-school"], "小樂每日到校確認", date(2026, 6, 30)),
        ])  # fmt: skip
        school = offer(matter_id=self.night.children, kind="joining", to_unit_id=units["wc-school"], topic="schooling",
                       by=by, at=clock.now())  # fmt: skip
        answer_by_proxy(offer_id=school.id, accept=True, name="輔導主任", how="phone", ref="(08)000-2112",
                        at=clock.now(),
                        by=by)  # fmt: skip

    @beat("2026-03-20 10:15")
    def papers_of_the_week(self) -> None:
        by = self.become("zhong")
        register_paper(
            direction="in", kind="court", number="望潮院少字第1150000317號", dated_on=date(2026, 3, 18),
            subject="繼續安置裁定",
            other_name="望潮地方法院", matter_number=self.number(self.night.children), by=by, at=clock.now(),
        )  # fmt: skip
        register_answer(to_paper_id=self.letter, number="白社字第1150001204號", dated_on=date(2026, 3, 18),
                        subject="協訪結果", by=by, at=clock.now())  # fmt: skip

    @beat("2026-04-02 11:00")
    def one_plan(self) -> None:
        update_plan(coordination_id=self.lead, by=self.become("jian"), at=clock.now(),
                    text="目標：母親與三名子女安全同住。會面逐步增加；保護令核發後再評估返家。")  # fmt: skip

    @beat("2026-04-17 15:30")
    def asks_for_somebody_to_talk_to(self) -> None:
        offer(matter_id=self.night.mother, kind="joining", to_unit_id=self.county.units["wc-mind"],
              topic="mental_health",
              by=self.become("lin"), at=clock.now())  # fmt: skip

    @beat("2026-04-20 16:10")
    def a_plan_for_the_three(self) -> None:
        submit_assessment(
            matter_id=self.night.children, form="family_plan", facts="母子同住親戚家，小宇安置中。",
            needs="安全住所與親職支持。",
            goals="七月底前團聚。", plan="會面每週一次、目睹輔導、親職教育。", by=self.become("jian"), at=clock.now(),
        )  # fmt: skip

    @beat("2026-04-21 10:40")
    def tonight(self) -> None:
        watch_tonight(
            matter_id=self.night.children, night_on=date(2026, 4, 21), why="有人在校門口看小樂，可能是父親",
            do_if="接到電話先請派出所巡邏，再打給葉督導；不要說出媽媽在哪裡", by=self.become("jian"), at=clock.now(),
        )  # fmt: skip
