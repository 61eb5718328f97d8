"""A newspaper asks about a missing girl: her file is for named readers for a week, and open again when it is quiet."""

from __future__ import annotations

from datetime import timedelta

from anwang.access.models import Restriction
from anwang.demo.beats import beat
from anwang.demo.stage import Stage
from anwang.foundation import clock
from anwang.matters.actions.restricting import agree_to_restriction, end_restriction, restrict

from .old_index import OldIndex


class InTheNews(Stage):
    """傅雅琪 closes the file on 2026-04-18, 游敏慧 agrees, and it is ended on Monday."""

    closed: Restriction

    def __init__(self, home: OldIndex) -> None:
        super().__init__(home.county)
        self.home = home

    @beat("2026-04-18 11:05")
    def a_journalist_calls(self) -> None:
        self.closed = restrict(
            matter_id=self.home.case_id, reason="media", until=clock.now() + timedelta(days=14),
            readers=[self.county.workers["shen"]], by=self.become("fu"), at=clock.now(),
        )  # fmt: skip

    @beat("2026-04-18 11:20")
    def the_chief_agrees(self) -> None:
        agree_to_restriction(restriction_id=self.closed.id, by=self.become("you2"), at=clock.now())

    @beat("2026-04-19 17:30")
    def it_is_quiet_again(self) -> None:
        end_restriction(restriction_id=self.closed.id, by=self.become("fu"), at=clock.now())
