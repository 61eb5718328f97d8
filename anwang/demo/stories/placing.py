"""Places and who waits, a change, a refusal that may be respected, somebody nobody's criteria fit; his programme."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from anwang.cases.actions import (
    NoCriteria,
    RefusalTold,
    log_refusal,
    look_at_unfitted,
    note_change,
    reassess,
    take_unfitted,
)
from anwang.demo.beats import beat, taipei
from anwang.demo.county import County
from anwang.demo.stage import Stage, born
from anwang.demo.stories.first_night import FirstNight
from anwang.demo.stories.nobody_wants import NobodyWants
from anwang.foundation import clock
from anwang.placements import actions as places
from anwang.placements.models import Provider
from anwang.protection import actions as protection
from anwang.treatment import actions as treatment
from anwang.treatment.models import Missed, Session

FATHER = "1990-05-21"
COURT, NUMBER = "望潮地方法院", "115年度家護字第9017號"
REGISTER = (
    ("emergency_centre", "隱-01", "", "", True, 0, 12, ("infant", "siblings", "night"), 4),
    ("foster", "寄養-012", "", "", False, 0, 6, ("infant", "night"), 1),
    ("foster", "寄養-027", "", "", False, 6, 17, ("siblings", "school_near"), 2),
    ("institution", "院-03", "望岬兒少之家", "(08)000-2903", False, 6, 18, ("siblings", "behaviour"), 12),
    ("group_home", "團-02", "鹽寮團體家庭", "(08)000-2904", False, 12, 18, ("pregnancy", "behaviour"), 6),
)


class Placing(Stage):
    """The register of places for 陳小宇 and 林小晴; the programme 陳志豪 was ordered; 李美雲, nobody's client."""

    programme: UUID

    def __init__(self, county: County, night: FirstNight, wanted: NobodyWants) -> None:
        super().__init__(county)
        self.night, self.wanted = night, wanted

    @beat("2026-02-02 09:30")
    def the_register(self) -> None:
        for kind, handle, name, phone, secret, young, old, suited, n in REGISTER:
            given = places.ProviderGiven(
                county="99001", kind=kind, handle=handle, name=name, phone=phone, is_secret=secret, age_from=young,
                age_to=old, suited=suited,
            )  # fmt: skip
            places.register_provider(given=given, places=n, by=self.become("ye"), at=clock.now())
        home = Provider.objects.get(handle="院-03")
        places.close_places(
            provider_id=home.id, places=2, from_on=date(2026, 4, 13), until_on=date(2026, 4, 30), because="repairs",
            by=self.become("ye"),
        )  # fmt: skip

    @beat("2026-03-26 10:20")
    def the_order_with_a_programme(self) -> None:
        ordered = protection.Ordered(
            kind="ordinary", court=COURT, number=NUMBER, bound=self.night.who["陳志豪"],
            protects=[self.night.who["林佳安"]],
            terms=["no_violence", "no_contact", "treatment"], treatment_by=date(2026, 12, 31),
            issued_at=taipei("2026-03-25 16:00"), received_at=taipei("2026-03-26 09:50"), ends_on=date(2028, 3, 24),
        )  # fmt: skip
        protection.register_order(matter_id=self.night.mother, ordered=ordered, by=self.become("lin"), at=clock.now())

    @beat("2026-03-27 14:00")
    def the_court_writes_to_the_health_side(self) -> None:
        client = treatment.Client(name="陳志豪", sex="male", birth=born(FATHER))
        ordered = treatment.Ordered(
            "order", ("cognitive", "addiction"), taipei("2026-03-27 11:30"), COURT, NUMBER, hours=24,
            complete_by=date(2026, 12, 31),
        )  # fmt: skip
        by = self.become("xu2")
        self.programme = treatment.register_programme(client=client, ordered=ordered, by=by).id
        treatment.plan_programme(
            programme_id=self.programme, provider="縣立望潮醫院身心科", begins_on=date(2026, 3, 31),
            plan="每週二晚上七點，認知教育十二次；戒酒門診另約。", by=by, at=clock.now(),
        )  # fmt: skip
        treatment.add_sessions(
            programme_id=self.programme, item="cognitive", first_at=taipei("2026-03-31 19:00"), minutes=120, times=12,
            by=by,
        )  # fmt: skip

    @beat("2026-03-09 11:20")
    def a_place_for_the_boy_is_on_the_register(self) -> None:
        provider = Provider.objects.get(handle="隱-01")
        places.choose_place(placement_id=self.night.placement, provider_id=provider.id, by=self.become("you"))

    @beat("2026-03-31 21:20")
    def he_comes(self) -> None:
        self._came("2026-03-31 19:00", "yes", "帶了作業。")

    @beat("2026-04-07 21:20")
    def he_stays_away(self) -> None:
        self._came("2026-04-07 19:00", "no", "沒有來，電話未接。")

    @beat("2026-04-08 09:30")
    def the_authority_is_told(self) -> None:
        by = self.become("xu2")
        missed = Missed.objects.get(programme_id=self.programme)
        treatment.tell_missed(missed_id=missed.id, to_whom="望潮縣衛生局", how="電話", by=by, at=clock.now())
        by = self.become("tang")
        words = "補課一次，再缺席即移送。"
        treatment.decide_missed(missed_id=missed.id, then="again", words=words, by=by, at=clock.now())

    @beat("2026-04-14 21:20")
    def he_is_there(self) -> None:
        self._came("2026-04-14 19:00", "yes", "說上週加班，請假單補了。")

    @beat("2026-04-15 16:00")
    def she_does_not_want_us_any_more(self) -> None:
        told = RefusalTold(
            "謝謝，這陣子先不要打來，我想自己靜一靜。", self.night.who["林佳安"], "phone", "yes", "no",
            True, True, False,
        )  # fmt: skip
        log_refusal(case_id=self.night.mother, told=told, by=self.become("lin"), at=taipei("2026-04-15 15:30"))

    @beat("2026-04-16 10:10")
    def the_school_says_she_stayed_away(self) -> None:
        note_change(
            case_id=self.night.children, kind="absence", words="林小晴這週兩天沒到校，導師聯絡不上。",
            happened_at=taipei("2026-04-15 08:00"), by=self.become("jian"), at=clock.now(),
        )  # fmt: skip

    @beat("2026-04-17 17:30")
    def jian_assesses_anew(self) -> None:
        reassess(
            case_id=self.night.children, meaning="changed", words="借住同學家，情緒低落。先找可以短住的地方。",
            by=self.become("jian"), at=clock.now(),
        )  # fmt: skip
        wanted = places.WantedPlace("", ("school_near",), False, "希望留在原學區。")
        places.want_place(case_id=self.night.children, person_id=self.night.who["林小晴"], wanted=wanted,
                          by=self.become("jian"), at=clock.now())  # fmt: skip

    @beat("2026-04-20 16:40")
    def she_will_move(self) -> None:
        note_change(
            case_id=self.night.children, kind="move", words="林佳安說月底要從親戚家搬到租屋。",
            happened_at=taipei("2026-04-20 15:00"), by=self.become("jian"), at=clock.now(),
        )  # fmt: skip

    @beat("2026-03-19 10:30")
    def nobody_s_criteria_fit(self) -> None:
        told = NoCriteria("undiagnosed", "衛生局：沒有診斷，不收案。社福中心：是精神的問題。", "yes")
        case, by = self.wanted.case_id, self.become(self.holder(self.wanted.case_id))
        found = take_unfitted(case_id=case, person_id=self.wanted.mother, told=told, by=by, at=clock.now())
        look_at_unfitted(unfitted_id=found.id, what="carer", words="外婆：每週三有人陪，喘息服務已申請。", by=by,
                         at=clock.now())  # fmt: skip

    def _came(self, starts: str, came: str, words: str) -> None:
        by = self.become("xu2")
        one = Session.objects.get(programme_id=self.programme, starts_at=taipei(starts))
        treatment.mark_came(session_id=one.id, came=came, words=words, by=by, at=clock.now())
