"""Forms in the stories of others: a mood that falls and rises, an index seen otherwise, networks that differ."""

from __future__ import annotations

from datetime import date

from anwang.access.viewer import Viewer
from anwang.demo.beats import beat
from anwang.demo.county import County
from anwang.demo.stage import Stage
from anwang.foundation import clock
from anwang.instruments.actions import Form, Judged, Reported, fill, follow_up, publish
from anwang.instruments.models import Fill

from .first_night import FirstNight
from .next_door import NextDoor
from .old_index import OldIndex
from .suicide_attempt import SuicideAttempt

INDEX = {
    "job": "no", "emergency": "no", "poverty": "yes", "debt": "unknown", "disaster": "no", "member_lost": "yes",
    "couple": "no", "relatives": "declined", "child_special": "no", "carer_lacks": "yes", "child_conduct": "no",
    "self_care": "yes", "mental": "no", "addiction": "unsafe", "suicide": "no", "isolated": "no",
}  # fmt: skip


class Instruments(Stage):
    """劉庭's mood by 賴, the index of 郭阿枝's family, the danger of 林佳安 and of 吳建國 as networks see it."""

    def __init__(
        self, county: County, pupil: SuicideAttempt, home: OldIndex, night: FirstNight, door: NextDoor
    ) -> None:
        super().__init__(county)
        self.pupil, self.home, self.night, self.door = pupil, home, night, door

    def _mood(self, answers: tuple[int | str, ...], by: Viewer, judged: Judged | None = None) -> Fill:
        names = ("sleep", "tense", "annoyed", "low", "inferior", "suicide")
        form = Form("mood.bsrs5", self.pupil.case_id, person_id=self.pupil.pupil,
                    answers=dict(zip(names, answers, strict=True)), judged=judged)  # fmt: skip
        return fill(form=form, by=by, at=clock.now())

    @beat("2025-07-18 16:30")
    def the_index_of_the_family(self) -> None:
        by = self.become("shen")
        seen = Judged("medium", "down", "protective", "阿姨每週來兩天，實際有人分擔。", ("carer_lacks",))
        form = Form("vulnerability.index", self.home.case_id, family_id=self.home.family, answers=INDEX, judged=seen)
        fill(form=form, by=by, at=clock.now())

    @beat("2026-02-12 15:30")
    def the_first_mood(self) -> None:
        by = self.become("lai")
        found = self._mood((3, 3, 2, 4, 3, 3), by)
        follow_up(fill_id=found.id, did="referred", words="身心科門診，輔導老師陪同。", by=by, at=clock.now())

    @beat("2026-02-24 10:20")
    def on_holiday(self) -> None:
        low = Judged("mild", "down", "doubtful", "電話中說都還好，語氣輕鬆。", ("low",))
        self._mood((2, 2, 2, 3, 2, 1), self.become("lai"), low)

    @beat("2026-03-03 15:20")
    def after_the_second_attempt(self) -> None:
        by = self.become("lai")
        found = self._mood((3, 3, 2, 4, 3, "declined"), by, Judged("refer"))
        follow_up(fill_id=found.id, did="in_treatment", words="門診已知情。", by=by, at=clock.now())

    @beat("2026-03-20 15:30")
    def better(self) -> None:
        self._mood((2, 2, 1, 2, 2, 1), self.become("lai"), Judged("mild"))

    @beat("2026-04-10 15:10")
    def better_still(self) -> None:
        self._mood((1, 1, 1, 1, 1, 0), self.become("lai"), Judged("normal"))

    @beat("2026-04-02 10:10")
    def three_networks_about_her(self) -> None:
        by, now = self.become("lin"), clock.now()
        for network, told in (
            ("police", Reported("河岬派出所", "high", "TIPVDA 2.0簡版")),
            ("hospital", Reported("縣立望潮醫院急診", "attention", "TIPVDA 2.0簡版")),
            ("protection", Reported("家防中心成保組", "high", "TIPVDA 2.0進階版")),
        ):
            form = Form("danger.intimate", self.night.mother, person_id=self.night.who["林佳安"],
                        event_on=date(2026, 3, 7), network=network, reported=told)  # fmt: skip
            fill(form=form, by=by, at=now)

    @beat("2026-04-13 11:00")
    def two_networks_about_him(self) -> None:
        by, now = self.become("xu2"), clock.now()
        for network, told in (
            ("mental_health", Reported("心衛中心許社工", "high")), ("police", Reported("河岬派出所", "medium"))
        ):  # fmt: skip
            form = Form("public.safety", self.door.his, person_id=self.door.who["吳建國"], network=network,
                        reported=told)  # fmt: skip
            fill(form=form, by=by, at=now)

    @beat("2026-04-20 08:30")
    def published(self) -> None:
        publish(by=self.become("ye"))
