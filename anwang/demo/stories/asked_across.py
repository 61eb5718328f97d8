"""Looking across agencies and opening in an emergency, around the family of story 6."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from anwang.demo.beats import beat, taipei
from anwang.demo.county import County
from anwang.demo.stage import Stage
from anwang.disclosure import actions
from anwang.foundation import clock
from anwang.people.models import Family

from .next_door import NextDoor


class AskedAcross(Stage):
    """林可芸 asks before she visits, 許立群 asks about the wrong side, 羅以安 opens at night and 蒲思妤 reviews."""

    look: UUID
    opening: UUID

    def __init__(self, county: County, next_door: NextDoor) -> None:
        super().__init__(county)
        self.next_door = next_door

    @beat("2026-04-20 14:30")
    def the_prosecutor_writes(self) -> None:
        wanted = actions.Wanted(
            "paper", ("course", "who_serves"), "偵辦傷害案件，請提供4月17日以後的服務經過。", date(2026, 6, 30)
        )
        letter = actions.Letter("望潮地方檢察署", "望檢家115他字第90號", "joint_service", "law")
        actions.register_letter(
            matter_number=self.number(self.next_door.hers), letter=letter, wanted=wanted, by=self.become("lin"),
            at=clock.now(),
        )  # fmt: skip

    @beat("2026-04-20 22:40")
    def somebody_is_at_the_door(self) -> None:
        self.become("lin")
        number = Family.objects.values_list("number", flat=True).get(id=self.next_door.family)
        because = actions.Because("cannot_reach", "外婆來電說他在門外，承辦人手機沒接，要知道孩子在不在裡面。")
        self.opening = actions.break_glass(
            whose=actions.Whose(number=number), because=because, by=self.become("luo"), at=clock.now()
        ).matter_id

    @beat("2026-04-20 23:15")
    def he_is_done(self) -> None:
        actions.end_opening(glass_id=self.opening, by=self.become("luo"), at=clock.now())

    @beat("2026-04-21 09:30")
    def is_anybody_serving_him(self) -> None:
        by = self.become("lin")
        made = actions.look_up(
            asked=actions.Asked(name="吳建國", born_on=date(1989, 1, 20)), purpose="visit_safety", basis="danger",
            for_number=self.number(self.next_door.hers), by=by, at=clock.now(),
        ).look  # fmt: skip
        assert made is not None  # one look in the hour
        self.look = made.id

    @beat("2026-04-21 10:05")
    def they_talk(self) -> None:
        actions.log_conversation(
            look_id=self.look, spoke_with="心衛中心督導（經值班台轉接）", spoke_at=taipei("2026-04-21 09:45"),
            agreed="go_together", words="家裡有刀。下次一起去，先不讓他知道我們通過電話。",
            by=self.become("lin"), at=clock.now(),
        )  # fmt: skip

    @beat("2026-04-21 10:20")
    def nothing_for_who_serves_him(self) -> None:
        actions.look_up(
            asked=actions.Asked(name="張雅文", born_on=date(1991, 9, 12)), purpose="joint_service", basis="duty",
            for_number=self.number(self.next_door.his), by=self.become("xu2"), at=clock.now(),
        )  # fmt: skip
