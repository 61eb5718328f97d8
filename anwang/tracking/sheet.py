"""The status table on paper: 前次會議決議辦理情形, in the form in which it goes to the next meeting."""

from __future__ import annotations

from anwang.documents.printing import Part, Sheet
from anwang.foundation import clock, roc

from .queries import StatusTable

HEAD = ("案次", "會議與決議", "主辦（協辦）", "期限", "辦理情形", "建議")


def status_sheet(table: StatusTable, author: str) -> Sheet:
    """The table as it stands today; the chair's ruling is written at the meeting."""
    rows = tuple(
        (
            str(one.case), f"{one.sitting}{one.where}：{one.text}",
            one.unit + (f"（{'、'.join(one.helping)}）" if one.helping else ""), one.due,
            _done(one.done, one.evidence, one.shares, one.changes), one.proposes or "",
        )
        for one in table.rows
    )  # fmt: skip
    today = roc.roc_long(clock.today())
    return Sheet(
        title="前次會議決議辦理情形", name=f"決議辦理情形{today}", author=author, secrecy="普通",
        envelope=(("會議", table.title), ("彙整日期", today)),
        parts=(Part("列管決議", table=(HEAD, *rows)),),
    )  # fmt: skip


def _done(done: str, evidence: str, shares: tuple[str, ...], changes: tuple[str, ...]) -> str:
    said = [f"{done}（{evidence}）" if done else "尚未回報", *shares, *(f"改了：{one}" for one in changes)]
    return "；".join(said)
