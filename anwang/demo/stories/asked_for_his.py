"""Story 6 (e): he asks for the boy's record as his guardian; others ask for their own; a court has a file erased."""

from __future__ import annotations

from datetime import date

from anwang.demo.beats import beat, taipei
from anwang.demo.stage import Stage
from anwang.foundation import clock
from anwang.matters.models import Matter
from anwang.matters.states import MatterKind
from anwang.subjects.actions import (
    Told,
    extend,
    hand_over,
    hold,
    look,
    propose_erasure,
    take_request,
    write_answer,
    write_copy,
)


class AskedForHis(Stage):
    """吳建國 at the counter of the bureau; a grandmother and a father before him."""

    @beat("2026-03-30 10:20")
    def a_grandmother_asks_for_her_own(self) -> None:
        told = Told(asks="copy", asker_role="self", proof="id_card", asker="高玉蘭", born_on=date(1955, 8, 3))
        request = take_request(told=told, by=self.become("zhong"), at=taipei("2026-03-30 10:15"))
        answer = write_copy(request_id=request.matter_id, plain=True, by=self.become("zhong"), at=clock.now())
        look(answer_id=answer.id, approve=True, by=self.become("you2"))
        hand_over(request_id=request.matter_id, how="in_person", by=self.become("zhong"), at=clock.now())

    @beat("2026-04-13 14:10")
    def somebody_wants_his_name_corrected(self) -> None:
        told = Told(asks="correct", asker_role="self", proof="id_card", asker="林國棟", words="戶籍改名，請更正姓名。")
        by = self.become("zhong")
        request = take_request(told=told, by=by, at=taipei("2026-04-13 14:00"))
        extend(request_id=request.matter_id, because="enquiry", by=by, at=clock.now())
        write_answer(request_id=request.matter_id, outcome="granted", by=by, at=clock.now())

    @beat("2026-04-20 09:30")
    def a_court_has_a_file_erased_and_another_must_stay(self) -> None:
        ended = Matter.objects.filter(county="99001", kind=MatterKind.REPORT, ended_at__isnull=False)
        first, second = ended.order_by("opened_at", "id").values_list("number", flat=True)[:2]
        by, now = self.become("pu"), clock.now()
        hold(number=second, because="court_case", paper="望檢115偵9012", by=by, at=now)
        propose_erasure(number=first, basis="court", paper="望院115少塗9003", by=by, at=now)

    @beat("2026-04-21 09:25")
    def he_asks_for_the_boy_s_record(self) -> None:
        told = Told(
            asks="copy", asker_role="guardian", proof="household_register", asker="吳建國", about="吳小安",
            born_on=date(2017, 5, 30), reach="望潮縣東汀鄉燈塔路9051號",
        )  # fmt: skip
        by = self.become("zhong")
        request = take_request(told=told, by=by, at=taipei("2026-04-21 09:15"))
        write_copy(request_id=request.matter_id, by=by, at=clock.now())
