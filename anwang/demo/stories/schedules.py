"""Contacts by schedule: the pupil's windows over new year, a patient whose level changes, what fell short and why."""

from __future__ import annotations

from anwang.demo.beats import beat, taipei
from anwang.demo.county import County
from anwang.demo.stage import Stage
from anwang.followups.actions import explain, look_at, make_feed, set_level, stay_long
from anwang.followups.jobs import roll_on
from anwang.followups.models import Course, Mark
from anwang.followups.states import Came
from anwang.foundation import clock

from .next_door import NextDoor
from .suicide_attempt import SuicideAttempt

CARE = "care"


class OnSchedule(Stage):
    """What the nights and the workers do about the courses of two other stories."""

    def __init__(self, county: County, pupil: SuicideAttempt, patient: NextDoor) -> None:
        super().__init__(county)
        self.pupil, self.patient = pupil, patient

    @beat("2026-02-11 15:00")
    def xu_sets_his_level(self) -> None:
        set_level(matter_id=self.patient.his, group=CARE, level="1", person_id=self.patient.who["吳建國"],
                  reason="剛由門診轉來，症狀未穩", by=self.become("xu2"), at=clock.now())  # fmt: skip

    @beat("2026-02-27 11:10")
    def xu_sees_him_at_the_health_station(self) -> None:
        self.met(self.patient.his, "xu2", taipei("2026-02-27 10:20"), [self.patient.who["吳建國"]],
                 "在衛生所會談，願意回診。", method="office", place="office")  # fmt: skip

    @beat("2026-03-01 03:00")
    def the_first_window_is_over(self) -> None:
        roll_on()

    @beat("2026-03-03 16:20")
    def lai_says_why_it_fell_short(self) -> None:
        by = self.become("lai")
        course = Course.objects.filter(matter_id=self.pupil.case_id).order_by("episode").first()
        effort = Mark.objects.filter(window__course=course, came=Came.EFFORT).order_by("window__n").first()
        if effort:
            explain(window_id=effort.window_id, reason="holiday", words="年假在親戚家，電話聯繫上一次", by=by,
                    at=clock.now())  # fmt: skip

    @beat("2026-03-10 10:40")
    def xu_sees_him_again(self) -> None:
        self.met(self.patient.his, "xu2", taipei("2026-03-10 09:40"), [self.patient.who["吳建國"]],
                 "規則回診，睡得著，工作還在。", method="office", place="office")  # fmt: skip

    @beat("2026-03-20 14:10")
    def he_is_steadier(self) -> None:
        set_level(matter_id=self.patient.his, group=CARE, level="2", person_id=self.patient.who["吳建國"],
                  reason="連續兩次會談症狀穩定、規則回診", by=self.become("xu2"), at=clock.now())  # fmt: skip

    @beat("2026-03-31 03:00")
    def another_window_is_over(self) -> None:
        roll_on()

    @beat("2026-04-08 09:30")
    def tang_agrees_to_a_long_relationship(self) -> None:
        by = self.become("tang")
        course = Course.objects.get(matter_id=self.patient.his, group=CARE)
        stay_long(course_id=course.id, reason="信任剛建立，家裡有刀械，需長期陪伴", by=by, at=clock.now())

    @beat("2026-04-15 16:40")
    def xu_looks_at_it(self) -> None:
        by = self.become("xu2")
        course = Course.objects.get(matter_id=self.patient.his, group=CARE)
        look_at(course_id=course.id, words="願意開門，續每兩個月訪視。", by=by, at=clock.now())

    @beat("2026-04-16 08:40")
    def lai_takes_her_calendar_along(self) -> None:
        make_feed(by=self.become("lai"), at=clock.now())

    @beat("2026-04-21 03:00")
    def the_night_before_today(self) -> None:
        roll_on()
