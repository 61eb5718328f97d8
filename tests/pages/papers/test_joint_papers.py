"""Minutes of a meeting on paper hold one side alone."""

from __future__ import annotations

from anwang.conferences.queries import MeetingPage
from anwang.conferences.queries.meeting import InvitationLine, ItemLine, MinuteLine, PartLine
from anwang.conferences.states import Side
from anwang.documents.printing import Sheet
from anwang.foundation.uuid7 import uuid7
from anwang.web.papers.joint import minutes_sheet


def _part(circle: str, whom: str, text: str) -> PartLine:
    line = MinuteLine(uuid7(), "", text, "", "")
    return PartLine(uuid7(), "C1", circle, "", whom, "", "", "家防中心", (line,), ())


def _seat(who: str, side: Side) -> InvitationLine:
    return InvitationLine(uuid7(), who, "單位", "", side.value, "", "", True, "出席", True, "", "", True, False)


def a_meeting() -> MeetingPage:
    items = (
        ItemLine(uuid7(), 1, "", (_part("victim", "甲", "她搬走了"), _part("other", "乙", "他在上課"))),
        ItemLine(uuid7(), 2, "", (_part("other", "丙", "只談他"),)),
        ItemLine(uuid7(), 3, "", (_part("neutral", "丁", "孩子轉學"),)),
    )
    return MeetingPage(
        id=uuid7(), number="M1", sort="聯繫會議", sort_code="x", title="", place="", when="3月", state="held",
        state_words="", chair="主席", recorder="紀錄", unit="家防中心", may_keep=True, items=items, minutes=(),
        decisions=(), own=None, waiting=(), meets_at=None, ends_at=None,
        invitations=(_seat("她的社工", Side.HERS), _seat("他的社工", Side.HIS), _seat("主持", Side.BRIDGE)),
    )  # fmt: skip


def _headings(sheet: Sheet) -> list[str]:
    return [part.heading for part in sheet.parts if part.heading.startswith("第")]


def test_minutes_for_one_side_tell_nothing_of_the_other_not_even_by_a_number() -> None:
    hers, his = minutes_sheet(a_meeting(), Side.HERS), minutes_sheet(a_meeting(), Side.HIS)
    assert "她搬走了" in hers.text
    assert "孩子轉學" in hers.text
    for words in ("他在上課", "只談他", "乙", "丙", "他的社工"):
        assert words not in hers.text, words
    assert _headings(hers) == ["第1案　甲", "第2案　丁"]
    for words in ("她搬走了", "孩子轉學", "她的社工", "甲", "丁"):
        assert words not in his.text, words
    assert _headings(his) == ["第1案　乙", "第2案　丙"]
    both = minutes_sheet(a_meeting(), Side.BRIDGE).text
    assert "她搬走了" in both
    assert "他在上課" in both
