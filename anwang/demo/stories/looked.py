"""Who looked: a sister at the intake centre opens what is none of her business; a clerk opens very many files."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from anwang.access.viewer import service_viewer, viewer_for
from anwang.audit.actions import reading, readings
from anwang.demo.beats import beat
from anwang.demo.county import County
from anwang.demo.stage import Stage
from anwang.matters.models import Matter
from anwang.oversight import jobs
from anwang.oversight.actions import answer_question, ask_reader, declare, settle_question
from anwang.oversight.models import Question

from .next_door import HOME, NextDoor

MANY = 27


class Looked(Stage):
    """吳淑芳 declares herself and no brother; the night finds her by surname and address."""

    def __init__(self, county: County, door: NextDoor) -> None:
        super().__init__(county)
        self.door = door

    @beat("2026-03-02 09:15")
    def she_declares_herself_alone(self) -> None:
        by = self.become("wu3")
        declare(relation="self", name="吳淑芳", number="A200009006", address=HOME[0][1], by=by)

    @beat("2026-04-14 14:00")
    def a_clerk_looks_up_very_many(self) -> None:
        by = self.become("zhong")
        for file_id in Matter.objects.order_by("opened_at", "id").values_list("id", flat=True)[:MANY]:
            reading("paper.attachment", by=by, file_id=file_id, zone="work", because="paper")
        jobs.ring_bulk()

    @beat("2026-04-14 15:30")
    def he_is_asked(self) -> None:
        ask_reader(question_id=self._bulk().id, text="十分鐘內查了二十七件，請說明事由。", by=self.become("pu"))

    @beat("2026-04-15 09:10")
    def he_says_why(self) -> None:
        words = "年度檔案清查，逐件核對附件。簽呈115社檔字第9004號。"
        answer_question(question_id=self._bulk().id, text=words, by=self.become("zhong"))

    @beat("2026-04-15 10:20")
    def it_is_settled(self) -> None:
        settle_question(
            question_id=self._bulk().id, outcome="justified", text="簽呈與清冊相符。", by=self.become("pu")
        )  # fmt: skip

    @beat("2026-04-20 09:20")
    def everybody_opens_what_is_his(self) -> None:
        held = Matter.objects.filter(ended_at=None, acting_worker__isnull=False).order_by("acting_worker", "id")
        for worker, mine in groupby(held.values_list("acting_worker", "id"), key=itemgetter(0)):
            readings("cases.case", by=viewer_for(worker), file_ids=[file_id for _worker, file_id in mine], zone="case")

    @beat("2026-04-20 19:40")
    def the_sister_looks(self) -> None:
        by = self.become("wu3")
        for page in ("report", "report.person"):
            reading(page, by=by, file_id=self.door.report.id, zone="case")

    @beat("2026-04-21 03:00")
    def the_night_is_looked_through(self) -> None:
        jobs.look_through_nights()

    def _bulk(self) -> Question:
        service_viewer("oversight")
        return Question.objects.get(reader_id=self.county.workers["zhong"])
