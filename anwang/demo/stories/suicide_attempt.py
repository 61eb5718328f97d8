"""A pupil's attempt reported by the hospital; the mental health centre follows up, the school joins."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from anwang.cases.actions import Sight, Told, decide_opening, record_contact
from anwang.demo.beats import Beat, beat, taipei
from anwang.demo.stage import Stage, born
from anwang.foundation import clock
from anwang.intake.actions import answer_reporter, relate_report
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.intake.models import Report
from anwang.matters.actions import answer_by_proxy
from anwang.matters.models import Offer
from anwang.people.actions import add_contact_point

KIND = "suicide"
CONTACTS = (
    # recorded, started, method, outcome, seen, next step, summary
    ("2026-02-02 14:40", "2026-02-02 14:20", "phone", "met", "yes", "2026-02-06 17:00", "接電話，願意談五分鐘。"),
    ("2026-02-06 16:30", "2026-02-06 15:30", "home", "not_met", "no", "2026-02-10 17:00", "按鈴沒有人應。"),
    ("2026-02-10 17:20", "2026-02-10 16:30", "home", "refused", "no", "2026-02-12 17:00", "隔門說今天不想談。"),
    ("2026-02-12 15:40", "2026-02-12 14:30", "school", "met", "yes", "2026-02-24 17:00",
     "和輔導老師一起談，約好年假聯絡方式。"),
    ("2026-02-24 10:30", "2026-02-24 10:10", "phone", "met", "yes", "2026-02-26 17:00", "年假在親戚家，心情低。"),
    ("2026-02-26 17:30", "2026-02-26 16:40", "home", "not_met", "no", "2026-03-02 17:00", "家人說人在學校。"),
    ("2026-03-03 15:50", "2026-03-03 15:00", "school", "met", "yes", "2026-03-20 17:00", "願意看門診，媽媽陪同。"),
    ("2026-03-20 16:10", "2026-03-20 15:20", "school", "met", "yes", "2026-04-10 17:00", "門診兩次，睡眠改善。"),
    ("2026-04-10 15:30", "2026-04-10 15:00", "phone", "met", "yes", "2026-04-24 17:00", "準備考試，約下次到校。"),
)  # fmt: skip


class SuicideAttempt(Stage):
    """劉庭 (17): attempt on a Friday evening, a second one in February."""

    report: Report
    again: Report
    case_id: UUID
    pupil: UUID

    def beats(self) -> list[Beat]:
        later = [Beat(taipei(one[0]), lambda one=one: self._contact(taipei(one[1]), *one[2:])) for one in CONTACTS]
        return super().beats() + later

    def _contact(self, started: datetime, method: str, outcome: str, seen: str, due: str, summary: str) -> None:
        place = {"phone": "phone", "school": "school"}.get(method, "home")
        because = "" if seen == "yes" else "refused" if outcome == "refused" else "no_answer"
        told = Told(method=method, outcome=outcome, started_at=started, place_kind=place, summary=summary,
                    sights=[Sight(self.pupil, seen, because)])  # fmt: skip
        record_contact(matter_id=self.case_id, told=told, by=self.become("lai"))
        self.next_step(self.case_id, "lai", "phone", due)

    def _told(self, at: str, known: str, narrative: str) -> ReportIn:
        known_person = getattr(self, "pupil", None)
        return ReportIn(
            received_at=taipei(at), known_at=taipei(known), channel="system", narrative=narrative, kinds=(KIND,),
            unit_code="16", reporting_unit="縣立望潮醫院", area_code="99001040", place="東汀鄉", mandated="yes",
            persons=(PersonIn(role="person", person_id=known_person, name="劉庭", sex="male", birth=born("2008-11-30"),
                              addresses=(("living", "望潮縣東汀鄉落霞路9061號"),)),),
            reporter=ReporterIn(name="急診社工", organisation="縣立望潮醫院", phone="(08)000-2120", category="medical",
                                may_call_back="yes"),
        )  # fmt: skip

    @beat("2026-01-30 22:15")
    def the_hospital_reports(self) -> None:
        told = self._told("2026-01-30 22:10", "2026-01-30 21:00", "晚上八點在家服藥，家人送醫，生命徵象穩定。")
        self.report = self.take(told, self.become(self.county.on_shift("wc-night")))
        self.pupil = self.person(self.report.id, "劉庭")

    @beat("2026-01-30 22:40")
    def to_the_centre(self) -> None:
        by = self.become(self.county.on_shift("wc-night"))
        self.case_id = self.give(self.report.id, KIND, [self.pupil], to=self.to("wc-mind", "lai"), by=by)
        answer_reporter(report_id=self.report.id, reply_class="in_hand", confirmed="unit_line", by=by, at=clock.now())

    @beat("2026-02-02 08:50")
    def lai_signs(self) -> None:
        self.sign_for(self.case_id, "lai")
        add_contact_point(person_id=self.pupil, kind="mobile", value="0900-000-551", is_safe="yes", safe_when="放學後",
                          may_leave_message="no", by=self.become("lai"), at=clock.now())  # fmt: skip

    @beat("2026-02-03 10:30")
    def taken_on(self) -> None:
        decide_opening(case_id=self.case_id, decision="opened", grounds=["ordered"], words="收案。",
                       by=self.become("lai"),
                       at=clock.now())  # fmt: skip

    @beat("2026-02-03 14:00")
    def tang_approves(self) -> None:
        self.approve_case(self.case_id, "tang", "同意收案。")

    @beat("2026-02-11 09:20")
    def the_school_joins(self) -> None:
        """The counselling centre was asked by itself when the case of a pupil was signed for."""
        by, now = self.become("tang"), clock.now()
        asked = Offer.objects.get(matter_id=self.case_id, kind="joining", state="pending")
        answer_by_proxy(
            offer_id=asked.id, accept=True, name="學諮中心輔導員", how="phone", ref="(08)000-2114", by=by, at=now
        )

    @beat("2026-02-25 09:15")
    def a_second_attempt(self) -> None:
        told = self._told("2026-02-25 09:00", "2026-02-25 08:20", "早上學校發現割腕，傷口淺，校護包紮後送醫。")
        by = self.become("du")
        self.again = self.take(told, by)
        relate_report(report_id=self.again.id, earlier_id=self.case_id, repeat="new_event", by=by, at=clock.now())
        self.give(self.again.id, KIND, [self.pupil], join=self.case_id, by=by)
        answer_reporter(report_id=self.again.id, reply_class="in_hand", confirmed="unit_line", by=by, at=clock.now())
