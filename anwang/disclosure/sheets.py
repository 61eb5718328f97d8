"""The figures of use as a spreadsheet: counts only, the same that the page shows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from odfdo import Cell, Document, Row, Table

from .queries.use import UseLine

TITLE = "跨機關查詢使用統計"
HEAD = ("網絡", "目的", "查詢", "有註記", "給窗口", "不給", "核可內容", "未核可")


def as_ods(lines: Sequence[UseLine], since: date, until: date, unit: str) -> bytes:
    """A spreadsheet; `unit` is its author. Small numbers are hidden as on the page."""
    document = Document("spreadsheet")
    document.body.clear()
    table = Table(TITLE)
    for line in ((f"{TITLE} {since}－{until}",), HEAD, *((one.network, one.purpose, *one.cells) for one in lines)):
        row = Row()
        for cell in line:
            row.append_cell(Cell(text=cell, value=cell, cell_type="string"))
        table.append_row(row)
    document.body.append(table)
    meta = document.meta
    meta.title, meta.creator, meta.initial_creator, meta.language = TITLE, unit, unit, "zh-Hant-TW"
    meta.set_generator("Anwang")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
