"""A call for three counties, one of them off the system, with a grant line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from anwang.funding.models import Line
from anwang.submissions import actions
from anwang.submissions.actions import CallGiven
from anwang.submissions.models import Call, CallPart, Submission
from tests.unit.funding.conftest import Treasury, treasury

__all__ = ["treasury"]
DUE = date(2026, 6, 26)


@dataclass
class Office:
    """A published call, due on 26 June 2026; it is the first of June."""

    treasury: Treasury
    call: Call
    line: Line

    def be(self, key: str):  # type: ignore[no-untyped-def]
        return self.treasury.be(key)

    def of(self, county: str = "99001") -> Submission:
        return Submission.objects.get(call=self.call, county=county)

    def part(self, position: int) -> UUID:
        return CallPart.objects.get(call=self.call, position=position).id

    def write(self, who: str = "cheng", county: str = "99001", parts: tuple[int, ...] = (1, 2)) -> Submission:
        """Fill parts and ask for money and a supervisor in place of two workers."""
        one = self.of(county)
        for position in parts:
            actions.fill_part(
                submission_id=one.id, part_id=self.part(position), words=f"第{position}項內容", attached="",
                by=self.be(who),
            )  # fmt: skip
        actions.ask_for(submission_id=one.id, line_id=self.line.id, asked=3_000_000, by=self.be(who))
        actions.ask_for(submission_id=one.id, post="supervisor", asked=1, by=self.be(who))
        return one


@pytest.fixture
def office(treasury: Treasury) -> Office:
    line = treasury.line()
    given = CallGiven(
        title="115年度提報", year=2027, due_on=DUE, parts=[("計畫書", True), ("經費表", True), ("附錄", False)],
        lines=[line.id], basis="審查處理原則",
    )  # fmt: skip
    call = actions.draft_call(given=given, by=treasury.be("xie"))
    actions.publish_call(call_id=call.id, counties=["99001", "99002", "99003"], by=treasury.be("xie"))
    return Office(treasury, call, line)
