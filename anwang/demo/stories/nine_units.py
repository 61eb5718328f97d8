"""Nine units, three children, three fates: 蔡淑惠's family, with one lead, one plan, and who does what in it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from anwang.access.actions import involve
from anwang.cases.actions import (
    NewSubject,
    approve_review,
    confer,
    decide_opening,
    open_case,
    open_coordination,
    submit_assessment,
    update_list,
    write_note,
)
from anwang.cases.models import Case
from anwang.demo.beats import beat, taipei
from anwang.demo.stage import Stage, born
from anwang.documents.actions import bring_template, use_template
from anwang.documents.looks import blank
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import answer, answer_by_proxy, offer
from anwang.people.actions import add_person, count_in, open_family, put_in_household, relate, state
from anwang.people.models import Family
from anwang.plans.actions import Given, note_progress, publish, write_line
from anwang.plans.models import Line

TOLD = ("family", "partner", "court")
PEOPLE = (
    # name, sex, born
    ("蔡淑惠", "female", "1988-04-12"), ("蔡哲", "male", "2008-09-02"), ("蔡心", "female", "2019-01-20"),
    ("蔡恩", "male", "2022-11-11"), ("蔡陳金枝", "female", "1955-06-01"),
)  # fmt: skip
FILES = (
    # short name, kind, accountable unit, acting unit, worker, about whom
    ("child", "child_protection", "wc-child", "wc-child", "jian", ("蔡心", "蔡恩")),
    ("youth", "youth_guidance", "wc-youth", "wc-youth", "qin", ("蔡哲",)),
    ("mind", "mental_health", "wc-mind", "wc-mind", "deng", ("蔡淑惠",)),
    ("family", "vulnerable_family", "wc-luzhou", "wc-luzhou", "bai", ("",)),
    ("violence", "intimate_violence", "wc-adult", "tide", "sun", ("蔡淑惠",)),
)
JOIN = (
    # file, unit, who answers there (empty: no accounts, answered by telephone), who comes along, what for
    ("child", "wc-drug", "hua", "dai", "substance"), ("family", "wc-counsel", "", "", "schooling"),
    ("family", "wc-jobs", "", "", "livelihood"), ("family", "wc-plains", "", "", "parenting"),
    ("mind", "harbour", "zuo", "yan", "mental_health"),
)  # fmt: skip
VISITS = (
    # recorded, file, worker, whom, summary
    ("2026-03-16 16:30", "child", "jian", "蔡恩", "有計畫才安全：外婆每晚都在。"),
    ("2026-03-20 11:20", "youth", "qin", "蔡哲", "願意去工作坊，怕被同學看到。"),
    ("2026-03-26 15:00", "mind", "deng", "蔡淑惠", "睡得少，願意回診。"),
    ("2026-04-01 16:40", "family", "bai", "蔡恩", "托育補助在辦。"),
    ("2026-04-10 10:30", "child", "jian", "蔡心", "在寄養家庭，問什麼時候可以見媽媽。"),
    ("2026-04-17 17:10", "youth", "qin", "蔡哲", "這週上學四天。"),
)


class NineUnits(Stage):
    """From March to the end of April."""

    family: Family
    files: dict[str, UUID]
    who: dict[str, UUID]
    lead: UUID

    @beat("2026-03-02 10:10")
    def the_first_file(self) -> None:
        by, at = self.become("jian"), clock.now()
        self.family = open_family(label="蔡淑惠家", county="99001", by=by, at=at)
        self.who, self.files = {}, {}
        first = uuid7()
        for name, sex, day in PEOPLE:
            self.who[name] = add_person(name=name, sex=sex, birth=born(day), by=by, at=at, file_id=first).id
        self._open(*FILES[0], first)
        self._people()

    @beat("2026-03-04 14:00")
    def one_file_after_the_other(self) -> None:
        for file in FILES[1:]:
            self._open(*file)

    def _open(
        self, key: str, kind: str, accountable: str, unit: str, worker: str, about: tuple[str, ...],
        matter_id: UUID | None = None,
    ) -> None:  # fmt: skip
        by, at = self.become(worker), clock.now()
        case: Case = open_case(
            kind=kind, county="99001", accountable_id=self.county.units[accountable], acting=self.to(unit, worker),
            subjects=[NewSubject(self.who[name] if name else None) for name in about], opened_at=at, by=by,
            family_id=self.family.id, facts={"has_child": "yes"}, matter_id=matter_id,
        )  # fmt: skip
        self.files[key] = case.id
        for person in self.who.values() if matter_id is None else ():
            involve(file_id=case.id, person_id=person, by=by)

    def _people(self) -> None:
        by, at, who = self.become("jian"), clock.now(), self.who
        for person in who.values():
            count_in(family_id=self.family.id, person_id=person, by=by, at=at)
        mother, day = who["蔡淑惠"], date(2026, 3, 2)
        relate(person_id=who["蔡陳金枝"], relation="parent", to_id=mother, by=by, at=at)
        for name in ("蔡哲", "蔡心", "蔡恩"):
            relate(person_id=mother, relation="parent", to_id=who[name], by=by, at=at)
        relate(person_id=who["蔡陳金枝"], relation="carer", to_id=who["蔡恩"], by=by, at=at)
        home = None
        for name in ("蔡淑惠", "蔡哲", "蔡恩", "蔡陳金枝"):
            home = put_in_household(person_id=who[name], household_id=home, source="seen", since_on=date(2026, 3, 2),
                                    by=by, at=at).household_id  # fmt: skip
        state(
            person_id=mother,
            topic="labour",
            source="said",
            value="在夜市幫忙",
            fetched_on=day,
            by=by,
            at=at,
        )
        state(person_id=mother, topic="labour", source="labour", value="沒有加保", fetched_on=day, by=by,
              at=at, ground="個資法第16條，望社保字第1150003001號")  # fmt: skip
        state(person_id=who["蔡恩"], topic="support", source="said", value="永樂教會", fetched_on=day, by=by, at=at)

    @beat("2026-03-05 11:30")
    def the_committee_takes_him_on(self) -> None:
        by, at = self.become("qin"), clock.now()
        review = decide_opening(
            case_id=self.files["youth"], decision="opened", grounds=["at_risk_youth"],
            words="兩週內三次深夜在外，學校同意一起做。", by=by, at=at,
        )  # fmt: skip
        approve_review(review_id=review.id, by=self.become("feng"), at=at)

    @beat("2026-03-05 16:10")
    def first_meetings(self) -> None:
        mother = [self.who["蔡淑惠"]]
        self.met(self.files["violence"], "sun", taipei("2026-03-05 15:00"), mother, "先生九月出獄，她想先知道日期。")
        self.next_step(self.files["violence"], "sun", "phone", "2026-05-06 17:00")
        self.met(self.files["family"], "bai", taipei("2026-03-05 15:00"), [self.who["蔡恩"]], "外婆在家帶孩子。")

    @beat("2026-03-06 09:30")
    def others_come_along(self) -> None:
        for file, unit, chief, worker, topic in JOIN:
            first = next(one[4] for one in FILES if one[0] == file)
            by = self.become(first)
            asked = offer(matter_id=self.files[file], kind="joining", to_unit_id=self.county.units[unit], topic=topic,
                          by=by, at=clock.now())  # fmt: skip
            if chief:
                answer(offer_id=asked.id, accept=True, by=self.become(chief), at=clock.now(), to=self.to(unit, worker))
            else:
                answer_by_proxy(offer_id=asked.id, accept=True, name="承辦人", how="phone", ref="(08)000-9900",
                                at=clock.now(), by=self.become(first))  # fmt: skip

    @beat("2026-03-09 11:00")
    def the_others_ask_child_protection_along(self) -> None:
        for file, _kind, _accountable, _unit, worker, _about in FILES[1:]:
            asked = offer(matter_id=self.files[file], kind="joining", to_unit_id=self.county.units["wc-child"],
                          topic="parenting", by=self.become(worker), at=clock.now())  # fmt: skip
            answer(offer_id=asked.id, accept=True, by=self.become("ye"), at=clock.now(),
                   to=self.to("wc-child", "jian"))  # fmt: skip

    @beat("2026-03-10 10:00")
    def one_lead(self) -> None:
        by = self.become("jian")
        made = open_coordination(
            family_id=self.family.id, county="99001", accountable_id=self.county.units["wc-child"],
            lead=self.to("wc-child", "jian"), by=by, at=clock.now(), minors_home="yes",
            kinds=("child_protection", "youth_guidance", "mental_health", "vulnerable_family"),
        )  # fmt: skip
        self.lead = made.id
        lines = [
            ("wc-child", "帶蔡心會面"),
            ("wc-youth", "每週陪蔡哲到校"),
            ("wc-mind", "陪母親回診"),
            ("wc-luzhou", "托育補助"),
        ]
        update_list(coordination_id=made.id, by=self.become("jian"), at=clock.now(),
                    lines=[(self.county.units[unit], what, date(2026, 4, 30)) for unit, what in lines])  # fmt: skip

    @beat("2026-03-10 15:20")
    def a_plan_with_the_family(self) -> None:
        self._line("words", "我想要心心回家過中秋", about_id=self.who["蔡淑惠"], said_on=date(2026, 3, 10))
        self._line("words", "我想自己賺錢，不想被載來載去", about_id=self.who["蔡哲"], said_on=date(2026, 3, 10))
        self._line("strength", "外婆每晚都在，會煮三餐")
        self._line("need", "母親晚上睡不到四小時", about_id=self.who["蔡淑惠"], goes_to=("partner",))
        home = self._line("goal", "中秋前蔡心週末回家住一晚", about_id=self.who["蔡心"])
        school = self._line("goal", "蔡哲一週到校四天", about_id=self.who["蔡哲"])
        self._line("action", "每週六上午會面，母親準備早餐", under=home, owner="family",
                   owner_person_id=self.who["蔡淑惠"], due_on=date(2026, 5, 30))  # fmt: skip
        self._line("action", "陪母親回診、整理藥袋", under=home, owner="unit", due_on=date(2026, 4, 15),
                   owner_unit_id=self.county.units["wc-mind"])  # fmt: skip
        self._line("action", "外婆每週二下午喘息服務", under=home, owner="unit", for_carer=True,
                   owner_unit_id=self.county.units["wc-luzhou"])  # fmt: skip
        self._line("action", "早上騎車一起到校門口", under=school, owner="unit",
                   owner_unit_id=self.county.units["wc-youth"], due_on=date(2026, 4, 30))  # fmt: skip
        self._line("action", "週末到教會幫忙搬桌椅", under=school, owner="community", owner_name="永樂教會")
        publish(matter_id=self.lead, review_on=date(2026, 5, 10), with_family="yes",
                summary="在外婆家談，母親和蔡哲都在。", by=self.become("jian"), at=clock.now())  # fmt: skip

    def _line(self, kind: str, text: str, **more: object) -> UUID:
        given = Given(kind, text, **{"goes_to": TOLD, **more})  # type: ignore[arg-type]
        return write_line(matter_id=self.lead, given=given, by=self.become("jian"), at=clock.now()).thread

    @beat("2026-03-11 09:20")
    def the_bureau_has_its_own_look(self) -> None:
        by = self.become("zhong")
        made = bring_template(kind="plan", name="社會局，大字版", body=blank(), by=by)
        use_template(template_id=made.id, by=by)
        bring_template(kind="visit", name="訪視紀錄，試用", body=blank(), by=by)

    @beat("2026-03-20 15:00")
    def they_meet(self) -> None:
        confer(coordination_id=self.lead, by=self.become("jian"), at=clock.now())

    @beat("2026-03-25 10:00")
    def what_the_family_needs(self) -> None:
        submit_assessment(
            matter_id=self.files["family"], form="vulnerable_family", facts="外婆帶孩子，母親夜裡工作。",
            needs="托育與喘息。", goals="外婆每週休息半天。", plan="托育補助、喘息服務。", by=self.become("bai"),
            at=clock.now(),
        )  # fmt: skip
        self.approve_case(self.files["family"], "rong")

    @beat("2026-04-17 17:30")
    def it_works(self) -> None:
        by = self.become("qin")
        thread = Line.objects.get(matter_id=self.lead, text="早上騎車一起到校門口").thread
        note_progress(
            matter_id=self.lead, thread=thread, progress="done", words="這週四天都到校", by=by, at=clock.now()
        )
        write_note(matter_id=self.files["youth"], text="導師說他上課會發言了。", by=by, at=clock.now())

    @beat("2026-03-16 16:30")
    def visit_one(self) -> None:
        self._visit(0)

    @beat("2026-03-20 11:20")
    def visit_two(self) -> None:
        self._visit(1)

    @beat("2026-03-26 15:00")
    def visit_three(self) -> None:
        self._visit(2)

    @beat("2026-04-01 16:40")
    def visit_four(self) -> None:
        self._visit(3)

    @beat("2026-04-10 10:30")
    def visit_five(self) -> None:
        self._visit(4)

    @beat("2026-04-17 17:10")
    def visit_six(self) -> None:
        self._visit(5)

    def _visit(self, n: int) -> None:
        recorded, file, worker, whom, summary = VISITS[n]
        self.met(self.files[file], worker, taipei(recorded), [self.who[whom]], summary)
        self.next_step(self.files[file], worker, "visit", "2026-05-06 17:00")
