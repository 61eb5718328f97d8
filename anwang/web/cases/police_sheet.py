"""A list for the police as a spreadsheet: what they need to know a child by, and nothing of the case.

It goes to an office of this country, so it is Chinese whoever takes it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from odfdo import Cell, Document, Row, Table

from anwang.cases.queries import ListedChild
from anwang.foundation import clock, roc


def sheet(children: Sequence[ListedChild], *, unit: str) -> bytes:
    """The ODS as bytes. `unit` is its author; nobody who works there is named."""
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("協尋")
    lines: list[Sequence[str]] = [
        ["行方不明兒少協尋名單"],
        [f"產製：{roc.roc_long(clock.today())}　{unit}"],
        ["尋獲或有消息，請通知上列單位，勿通知家屬。"],
        [],
        ["協尋號", "姓名", "性別", "生日", "最後知道行蹤"],
        *map(_line, children),
    ]
    for line in lines:
        row = Row()
        for value in line:
            row.append_cell(Cell(text=value, cell_type="string"))
        table.append_row(row)
    document.body.append(table)
    document.meta.title, document.meta.creator, document.meta.initial_creator = "協尋", unit, unit
    document.meta.set_generator("Anwang")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _line(one: ListedChild) -> Sequence[str]:
    born = one.born.isoformat() if one.born else ""
    return (one.number, one.name, one.sex, born, clock.local(one.since).date().isoformat())
