"""Violence with illness across two counties, and the queue of the mental health centre around it."""

from __future__ import annotations

from uuid import UUID

from anwang.care import actions as care
from anwang.care.models import Measure
from anwang.cases.actions import decide_opening
from anwang.demo.beats import beat, taipei
from anwang.demo.county import County
from anwang.demo.stage import Stage, born
from anwang.demo.stories.suicide_attempt import SuicideAttempt
from anwang.foundation import clock
from anwang.intake.actions import answer_reporter, complete_report_form
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn, ReportIn
from anwang.matters.actions import answer
from anwang.people.actions import add_risk, open_family

MIND, VIOLENCE = "mental_health", "intimate_violence"
HOME = (("registered", "望潮縣東汀鄉落霞路9071號"), ("living", "望潮縣東汀鄉落霞路9071號"))
WARD = "縣立望潮醫院"


class TwoCounties(Stage):
    """鄭怡如 (36) and 羅志成 (41), who is ill; an emergency in the next county; others of the centre's queue."""

    hers: UUID
    his: UUID
    away: UUID
    emergency: UUID
    leaving: UUID
    who: dict[str, UUID]
    cases: dict[str, UUID]

    def __init__(self, county: County, pupil: SuicideAttempt) -> None:
        super().__init__(county)
        self.pupil = pupil
        self.who, self.cases = {}, {}

    def _referred(self, name: str, birth: str, narrative: str, worker: str, *, known: UUID | None = None) -> UUID:
        """A clinic or village officer reports somebody ill; the centre is given him."""
        by, now = self.become("du"), clock.now()
        told = ReportIn(
            received_at=now, channel="phone", kinds=(MIND,), area_code="99001040", place="東汀鄉", narrative=narrative,
            mandated="yes",
            persons=(PersonIn(role="person", person_id=known, name=name, birth=born(birth), addresses=HOME),),
            reporter=ReporterIn(name="衛生所護理師", organisation="東汀衛生所", phone="(08)000-2160",
                                category="medical", may_call_back="yes"),
        )  # fmt: skip
        report = self.take(told, by)
        self.who[name] = self.person(report.id, name)
        self.cases[name] = self.give(report.id, MIND, [self.who[name]], to=self.to("wc-mind", worker), by=by)
        answer_reporter(report_id=report.id, reply_class="in_hand", confirmed="unit_line", by=by, at=now)
        return self.cases[name]

    def _known(self, name: str, worker: str, **known: object) -> None:
        care.triage(
            matter_id=self.cases[name],
            known=care.Known(**known),
            by=self.become(worker),
            at=clock.now(),  # type: ignore[arg-type]
        )

    def _decided(self, name: str, service: str, worker: str, unit: str = "wc-mind", **more: object) -> None:
        choice = care.Choice(
            service=service,
            worker_id=self.county.workers[worker],
            unit_id=self.county.units[unit],
            **more,  # type: ignore[arg-type]
        )
        care.decide_service(matter_id=self.cases[name], choice=choice, by=self.become("tang"), at=clock.now())

    @beat("2026-01-05 09:00")
    def posts_of_the_centre(self) -> None:
        since = clock.today()
        for unit, service, worker, by in (
            ("wc-mind", "social_worker", "xu2", "tang"), ("wc-mind", "social_worker", "", "tang"),
            ("wc-mind", "suicide_visitor", "lai", "tang"), ("wc-mind", "care_visitor", "", "tang"),
            ("wc-mind", "care_visitor", "", "tang"), ("wc-station", "nurse", "tao", "zhuo"),
        ):  # fmt: skip
            viewer, now = self.become(by), clock.now()
            post = care.open_post(unit_id=self.county.units[unit], service=service, since_on=since, by=viewer, at=now)
            if worker:
                care.fill_post(
                    post_id=post.id, worker_id=self.county.workers[worker], since_on=since, by=viewer, at=now
                )
            if service == "care_visitor":
                self.empty = post.id

    @beat("2026-02-04 10:20")
    def the_pupil_is_no_patient(self) -> None:
        """自殺關懷: in the suicide register, never in the psychiatric one."""
        self.cases["劉庭"] = self.pupil.case_id
        self._known("劉庭", "lai", psychiatric="no", words="門診評估為壓力反應")
        self._decided("劉庭", "suicide_visitor", "lai")

    @beat("2026-03-02 10:10")
    def a_nurse_stands_in(self) -> None:
        self._referred("洪阿滿", "1958-04-01", "出院一個月，獨居，不太出門。", "xu2")

    @beat("2026-03-03 09:30")
    def while_the_post_is_empty(self) -> None:
        self._known("洪阿滿", "xu2", psychiatric="diagnosed", level=2, words="慢性病房出院")
        self._decided("洪阿滿", "care_visitor", "tao", "wc-station", stands_in=True)
        self.sign_for(self.cases["洪阿滿"], "tao")
        self.next_step(self.cases["洪阿滿"], "tao", "visit", "2026-04-28 17:00")

    @beat("2026-03-16 10:00")
    def she_tells_the_hospital(self) -> None:
        told = ReportIn(
            received_at=taipei("2026-03-16 09:40"), channel="phone", kinds=(VIOLENCE,), area_code="99001040",
            place="東汀鄉", narrative="先生說電視裡的人要他動手，推她撞桌角。她說他好一陣子沒吃藥。", mandated="yes",
            persons=(
                PersonIn(role="victim", name="鄭怡如", sex="female", birth=born("1990-02-11"), addresses=HOME),
                PersonIn(role="other_party", name="羅志成", sex="male", birth=born("1984-08-19"), relation="spouse"),
            ),
            reporter=ReporterIn(name="急診護理師", organisation=WARD, phone="(08)000-2120", category="medical",
                                may_call_back="yes"),
        )  # fmt: skip
        by = self.become("du")
        report = self.take(told, by)
        self.who |= {name: self.person(report.id, name) for name in ("鄭怡如", "羅志成")}
        self.screen(report.id, self.who["鄭怡如"], VIOLENCE, {
            "screening": ({"harm": "yes"}, "protection_field"),
            "jurisdiction": ({"stage": "report", "several": "no"}, "here"), "track": ({}, "crisis"),
        }, by=by)  # fmt: skip
        family = open_family(label="鄭怡如家", county="99001", by=by, at=clock.now()).id
        self.hers = self.give(
            report.id, VIOLENCE, [self.who["鄭怡如"]], to=self.to("wc-adult", "shi"), family=family, by=by
        )
        answer_reporter(report_id=report.id, reply_class="in_hand", confirmed="unit_line", by=by, at=clock.now())
        form = OriginalIn("通報表（補）\n被害人：鄭怡如\n".encode(), "text/plain", "補通報表.txt")
        complete_report_form(report_id=report.id, originals=(form,), by=by, at=clock.now())

    @beat("2026-03-16 14:00")
    def shi_meets_her(self) -> None:
        self.sign_for(self.hers, "shi")
        self.met(self.hers, "shi", taipei("2026-03-16 13:20"), [self.who["鄭怡如"]],
                 "不想報警，擔心他停藥。說好藥袋空了就打電話。", method="office", place="hospital")  # fmt: skip
        self.next_step(self.hers, "shi", "phone", "2026-04-24 17:00")

    @beat("2026-03-17 09:30")
    def he_is_referred(self) -> None:
        narrative = "門診失約三次，家人說又聽到聲音。"
        self.his = self._referred("羅志成", "1984-08-19", narrative, "xu2", known=self.who["羅志成"])

    @beat("2026-03-18 10:30")
    def the_lists_decide_nothing_alone(self) -> None:
        self.sign_for(self.his, "xu2")
        by, now = self.become("xu2"), clock.now()
        add_risk(person_id=self.who["羅志成"], kind="violence", words="停藥時會推人", go_in_pairs=True, by=by, at=now)
        self._known("羅志成", "xu2", psychiatric="severe", level=2, words="嚴重病人證明到117年")
        self._decided("羅志成", "social_worker", "xu2")
        self.next_step(self.his, "xu2", "visit", "2026-04-22 17:00")

    @beat("2026-04-09 11:00")
    def another_is_placed(self) -> None:
        self._referred("施明宏", "1979-06-30", "在市場揮刀，家人拉不住。", "xu2")
        self.sign_for(self.cases["施明宏"], "xu2")
        self._known("施明宏", "xu2", psychiatric="severe", level=1)
        care.place(
            matter_id=self.cases["施明宏"], hospital=WARD, began_at=taipei("2026-04-09 10:30"), lawyer="no",
            by=self.become("xu2"), at=clock.now(),
        )  # fmt: skip

    @beat("2026-04-10 15:00")
    def examined_and_asked(self) -> None:
        self._decided("施明宏", "social_worker", "xu2", because="more_complex", words="強制處置中，需要社工接家屬")
        measure = self._measure("施明宏")
        by = self.become("xu2")
        for kind, words in (("examined", ""), ("aid", "法扶電話通報"), ("applied", "聲請狀115衛字9031")):
            care.note_step(
                measure_id=measure, kind=kind, specialists=2 if kind == "examined" else None, words=words, by=by,
                at=clock.now(),
            )  # fmt: skip

    @beat("2026-04-14 16:00")
    def the_court_rules(self) -> None:
        granted = care.Granted(
            kind="hospital", hospital=WARD, number="115年度衛字第9031號", began_at=taipei("2026-04-14 15:00"),
            words="法官與參審員裁定",
        )  # fmt: skip
        care.grant_measure(matter_id=self.cases["施明宏"], granted=granted, by=self.become("xu2"), at=clock.now())

    def _measure(self, name: str) -> UUID:
        return Measure.objects.values_list("id", flat=True).get(matter_id=self.cases[name], ended_at=None)

    @beat("2026-04-16 09:10")
    def another_post_is_asked(self) -> None:
        self._referred("古玉枝", "1966-11-02", "病情穩定多年，先生剛過世。", "xu2")
        self.sign_for(self.cases["古玉枝"], "xu2")
        self._known("古玉枝", "xu2", psychiatric="diagnosed", level=3)
        care.ask_reroute(
            matter_id=self.cases["古玉枝"], to_unit_id=self.county.units["wc-station"], service="nurse",
            because="distance", words="住在衛生所旁邊，護理師認識她。", by=self.become("xu2"), at=clock.now(),
        )  # fmt: skip

    @beat("2026-04-17 22:05")
    def in_the_next_county(self) -> None:
        found = care.Found(
            found_by="police", place="嵐溪車站月台", what="持美工刀對空氣大喊，路人報警。", danger="others",
            received_at=taipei("2026-04-17 21:50"), name="羅志成", sex="male", birth=born("1984-08-19"),
        )  # fmt: skip
        made = care.report_emergency(found=found, by=self.become("meng"), at=clock.now())
        self.emergency, self.away = made.id, made.matter_id

    @beat("2026-04-17 22:15")
    def they_look_and_go(self) -> None:
        by = self.become("meng")
        care.answer_check(emergency_id=self.emergency, known="no", by=by, at=clock.now())

    @beat("2026-04-18 00:30")
    def taken_to_hospital(self) -> None:
        by = self.become("meng")
        given = care.EscortGiven(
            hospital="青嵐醫院", escorted_by="嵐溪分局兩位、消防救護車", left_at=taipei("2026-04-17 22:50"),
            arrived_at=taipei("2026-04-17 23:15"), received_by="急診護理師", condition="激動，願意上車後平靜。",
            restrained="no", searched="yes", belongings="美工刀由警方保管", injured="no", told_why="yes",
            family_told="yes",
        )  # fmt: skip
        care.fill_escort(emergency_id=self.emergency, given=given, by=by, at=clock.now())
        settled = care.Settled(
            on_scene="staff", done="admitted", done_at=taipei("2026-04-18 00:10"), registered="99001"
        )
        care.settle(emergency_id=self.emergency, settled=settled, by=by, at=clock.now())
        care.tell_county(
            emergency_id=self.emergency, how="電話望潮縣衛生局值班，另發青衛字9041號", by=by, at=clock.now()
        )

    @beat("2026-04-20 09:00")
    def the_county_of_registration_takes_over(self) -> None:
        asked = care.hand_over_follow_up(
            emergency_id=self.emergency, to_unit_id=self.county.units["wc-mind"], by=self.become("meng"),
            at=clock.now(), words="住院中，預計三天後出院；戶籍與住處都在東汀鄉。",
        )  # fmt: skip
        self.asked = asked.id

    @beat("2026-04-20 10:40")
    def accepted(self) -> None:
        by = self.become("tang")
        answer(offer_id=self.asked, accept=True, by=by, at=clock.now(), to=self.to("wc-mind", "xu2"))

    @beat("2026-04-20 11:30")
    def he_is_served_here_already(self) -> None:
        decide_opening(
            case_id=self.away, decision="not_opened", grounds=["other_lead"], by=self.become("xu2"), at=clock.now(),
            words=f"戶籍地已在服務，併入{self.number(self.his)}追蹤。",
        )  # fmt: skip

    @beat("2026-04-20 11:50")
    def tang_agrees(self) -> None:
        self.approve_case(self.away, "tang", "同意，由原案追蹤。")

    @beat("2026-04-20 14:00")
    def the_hospital_tells_when(self) -> None:
        notice = care.Notice(
            from_what="hospital", institution="青嵐醫院", noticed_at=taipei("2026-04-20 13:40"), severe="yes",
            expected_at=taipei("2026-04-22 10:00"), words="出院準備會議21日下午",
        )  # fmt: skip
        made = care.announce_leaving(matter_id=self.his, notice=notice, by=self.become("xu2"), at=clock.now())
        self.leaving = made.id

    @beat("2026-04-20 15:30")
    def a_post_is_filled(self) -> None:
        care.fill_post(
            post_id=self.empty, worker_id=self.county.workers["deng"], since_on=clock.today(), by=self.become("tang"),
            at=clock.now(),
        )  # fmt: skip

    @beat("2026-04-20 16:20")
    def somebody_new(self) -> None:
        self.sign_for(self._referred("游秀蘭", "1971-01-15", "鄰居說她把家門封起來，三天沒出門。", "xu2"), "xu2")
