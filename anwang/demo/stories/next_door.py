"""Story 6: the husband next door. She hides in another county; he nurses in this one, a client of two services."""

from __future__ import annotations

from uuid import UUID

from anwang.cases.actions import take_police_lines, write_note
from anwang.demo import canaries
from anwang.demo.beats import beat, taipei
from anwang.demo.stage import Stage, born
from anwang.foundation import clock
from anwang.intake.actions import answer_reporter, complete_report_form
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn, ReportIn
from anwang.intake.models import Report
from anwang.matters.actions import answer, answer_by_proxy, offer
from anwang.people.actions import add_risk, count_in, open_family, relate
from anwang.protection import actions as protection
from anwang.protection.models import Relay

MIND, VIOLENCE = "mental_health", "intimate_violence"
HOME = (("registered", "望潮縣東汀鄉燈塔路9051號"), ("living", "望潮縣東汀鄉燈塔路9051號"))
ASK = "望潮縣家防中心 (08)000-1130"
POLICE_LINES = "張雅文，80年9月12日，先生報失蹤\n吳小安，106年5月30日，爸爸報失蹤"


class NextDoor(Stage):
    """張雅文 (34), 吳小安 (8), and 吳建國 (37)."""

    ill: Report
    report: Report
    his: UUID
    hers: UUID
    family: UUID
    order: UUID
    who: dict[str, UUID]

    @beat("2026-02-11 10:30")
    def the_clinic_refers_him(self) -> None:
        told = ReportIn(
            received_at=taipei("2026-02-11 10:00"), channel="phone", kinds=(MIND,), area_code="99001040",
            place="東汀鄉", narrative="門診病人，情緒低落、酗酒，說不想活又說要給太太好看。", mandated="yes",
            persons=(PersonIn(role="person", name="吳建國", sex="male", birth=born("1989-01-20"), addresses=HOME),),
            reporter=ReporterIn(name="門診護理師", organisation="縣立望潮醫院", phone="(08)000-2121",
                                category="medical", may_call_back="yes"),
        )  # fmt: skip
        by = self.become("du")
        self.ill = self.take(told, by)
        self.who = {"吳建國": self.person(self.ill.id, "吳建國")}
        self.his = self.give(self.ill.id, MIND, [self.who["吳建國"]], to=self.to("wc-mind", "xu2"), by=by)
        answer_reporter(report_id=self.ill.id, reply_class="in_hand", confirmed="unit_line", by=by, at=clock.now())

    @beat("2026-02-11 13:40")
    def xu_signs(self) -> None:
        self.sign_for(self.his, "xu2")
        by, now = self.become("xu2"), clock.now()
        add_risk(person_id=self.who["吳建國"], kind="weapon", words="床邊有開山刀", go_in_pairs=True, by=by, at=now)
        self.next_step(self.his, "xu2", "visit", "2026-04-28 17:00")

    @beat("2026-02-20 10:10")
    def the_programme_for_men_joins(self) -> None:
        by, now = self.become("tang"), clock.now()
        asked = offer(matter_id=self.his, kind="joining", to_unit_id=self.county.units["harbour"],
                      topic="mental_health", by=by, at=now)  # fmt: skip
        answer(offer_id=asked.id, accept=True, by=self.become("zuo"), at=now, to=self.to("harbour", "yan"))

    @beat("2026-04-17 15:20")
    def the_hospital_reports(self) -> None:
        known = self.who["吳建國"]
        told = ReportIn(
            received_at=taipei("2026-04-17 15:00"), channel="phone", kinds=(VIOLENCE,), area_code="99001040",
            place="東汀鄉", narrative="太太頸部勒痕，八歲兒子在場。先生說她走了就同歸於盡。", mandated="yes",
            persons=(
                PersonIn(role="victim", name="張雅文", sex="female", birth=born("1991-09-12"), addresses=HOME,
                         languages="華語"),
                PersonIn(role="witness", name="吳小安", sex="male", birth=born("2017-05-30"), addresses=HOME),
                PersonIn(role="other_party", person_id=known, name="吳建國", sex="male", birth=born("1989-01-20"),
                         relation="spouse"),
            ),
            reporter=ReporterIn(name="急診護理師", organisation="縣立望潮醫院", phone="(08)000-2120",
                                category="medical", may_call_back="yes"),
        )  # fmt: skip
        by = self.become("du")
        self.report = self.take(told, by)
        self.who |= {name: self.person(self.report.id, name) for name in ("張雅文", "吳小安")}
        self.screen(self.report.id, self.who["張雅文"], VIOLENCE, {
            "screening": ({"harm": "yes"}, "protection_field"),
            "jurisdiction": ({"stage": "report", "several": "no"}, "here"), "track": ({}, "crisis"),
        }, by=by)  # fmt: skip
        self.family = open_family(label="張雅文家", county="99001", by=by, at=clock.now()).id
        self.hers = self.give(self.report.id, VIOLENCE, [self.who["張雅文"]], to=self.to("wc-adult", "lin"),
                              family=self.family, by=by)  # fmt: skip
        answer_reporter(report_id=self.report.id, reply_class="in_hand", confirmed="unit_line", by=by, at=clock.now())

    @beat("2026-04-17 16:10")
    def lin_signs(self) -> None:
        self.sign_for(self.hers, "lin")
        by, now = self.become("lin"), clock.now()
        for name in ("張雅文", "吳小安"):
            count_in(family_id=self.family, person_id=self.who[name], by=by, at=now)
        relate(person_id=self.who["張雅文"], relation="parent", to_id=self.who["吳小安"], by=by, at=now)
        relate(person_id=self.who["吳建國"], relation="parent", to_id=self.who["吳小安"], by=by, at=now)
        relate(person_id=self.who["吳建國"], relation="spouse", to_id=self.who["張雅文"], by=by, at=now)

    @beat("2026-04-17 18:00")
    def she_wants_to_leave(self) -> None:
        self.met(self.hers, "lin", taipei("2026-04-17 16:40"), [self.who["張雅文"]],
                 "在急診會談。願意離開，怕他在衛生所查得到。", method="office", place="hospital")  # fmt: skip
        self.next_step(self.hers, "lin", "phone", "2026-04-24 17:00")

    @beat("2026-04-18 09:30")
    def the_form_follows(self) -> None:
        form = OriginalIn("通報表（補）\n被害人：張雅文\n".encode(), "text/plain", "補通報表.txt")
        complete_report_form(report_id=self.report.id, originals=(form,), by=self.become("du"), at=clock.now())

    @beat("2026-04-20 11:30")
    def across_the_sea(self) -> None:
        by, now, who = self.become("lin"), clock.now(), self.who
        mother, son = protection.shield(
            matter_id=self.hers, by=by, at=now,
            given=protection.ShieldGiven(persons=[who["張雅文"], who["吳小安"]], kind="court_secret", ask_whom=ASK,
                                         against=[who["吳建國"]], basis="聲請狀載明住居所保密"),
        )  # fmt: skip
        covered = (
            (mother, "address", canaries.SHELTER), (mother, "phone", canaries.HER_PHONE),
            (mother, "work", canaries.WORK_AT), (mother, "county", "珊瑚縣"),
            (son, "address", canaries.SHELTER), (son, "school", canaries.SCHOOL_AT), (son, "county", "珊瑚縣"),
        )  # fmt: skip
        for shielding, what, text in covered:
            protection.cover_place(shielding_id=shielding.id, what=what, text=text, by=by, at=now)
        asked = offer(matter_id=self.hers, kind="visit_request", to_unit_id=self.county.units["sh-protection"],
                      topic="parenting", by=self.become("shi"), at=now)  # fmt: skip
        answer_by_proxy(offer_id=asked.id, accept=True, name="值班社工", how="phone", ref="(08)000-3113", by=by, at=now)

    @beat("2026-04-20 17:30")
    def an_emergency_order(self) -> None:
        by, now, who = self.become("lin"), clock.now(), self.who
        issued = taipei("2026-04-20 16:40")
        ordered = protection.Ordered(
            kind="emergency", court="望潮地方法院", number="115年度緊家護字第9006號", bound=who["吳建國"],
            protects=[who["張雅文"], who["吳小安"]], terms=["no_contact", "keep_away", "no_records"], distance_m=200,
            issued_at=issued, received_at=taipei("2026-04-20 17:10"),
        )  # fmt: skip
        self.order = protection.register_order(matter_id=self.hers, ordered=ordered, by=by, at=now).id

    @beat("2026-04-20 18:10")
    def police_and_school_are_told(self) -> None:
        by, now = self.become("lin"), clock.now()
        told = {"police": ("望潮分局家防官", "傳真，電話確認"), "school": (canaries.SCHOOL_TOLD, "電話")}
        for relay in Relay.objects.filter(order_id=self.order, receiver__in=told).order_by("receiver"):
            protection.tell(relay_id=relay.id, to=told[relay.receiver][0], how=told[relay.receiver][1], by=by, at=now)

    @beat("2026-04-20 21:30")
    def he_telephones_her_mother(self) -> None:
        by = self.become("lin")
        protection.note_violation(
            order_id=self.order, terms=["no_contact"], words="他打給娘家媽媽，要她轉話叫她出來。",
            happened_at=taipei("2026-04-20 20:50"), by=by, at=clock.now(),
        )  # fmt: skip
        write_note(matter_id=self.hers, text="媽媽說他口氣很凶，問孩子在哪裡上學。", by=by, at=clock.now())

    @beat("2026-04-21 09:10")
    def he_reports_them_missing(self) -> None:
        by = self.become("fang")
        take_police_lines(text=POLICE_LINES, by=by, at=clock.now())
        protection.tell_of_search(text=POLICE_LINES, by=by, at=clock.now())
