"""The sheet as a file: CSV that Excel opens as UTF-8, or ODS. Nobody's name stands in the file's name or properties."""

from __future__ import annotations

import csv
import io

from odfdo import Cell, Document, Row, Table

from .actions import Sheet

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula at the beginning of a cell."""
TITLE = "中央資料庫上傳清單"


def as_csv(sheet: Sheet) -> bytes:
    """With the mark in front by which Excel knows UTF-8; nothing in it is a formula."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    for row in (sheet.titles, *sheet.rows):
        table.writerow([f"'{cell}" if cell.startswith(RISKY) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_ods(sheet: Sheet, unit: str) -> bytes:
    """A spreadsheet of texts; `unit` is its author."""
    document = Document("spreadsheet")
    document.body.clear()
    table = Table(TITLE)
    for line in (sheet.titles, *sheet.rows):
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
