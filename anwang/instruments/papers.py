"""The half-year report as a spreadsheet and as a tagged PDF. Nobody's name stands in either."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _
from odfdo import Cell, Document, Row, Table

from anwang.documents.printing import Part, Sheet
from anwang.foundation import areas, clock, roc

from . import tables
from .queries.ledger import HalfYear


def title(report: HalfYear) -> str:
    county = areas.county_of(report.county)
    return _("%(county)s　%(half)s　量表人工調整半年報") % {
        "county": county.name if county else report.county, "half": report.half.words(),
    }  # fmt: skip


def _head(report: HalfYear, unit: str) -> list[tuple[str, str]]:
    as_of = clock.local(report.as_of)
    return [
        (_("資料截至"), f"{roc.roc_long(as_of.date())}　{as_of:%H:%M}"),
        (_("產製"), f"{roc.roc_long(clock.today())}　{unit}"),
        (_("使用"), _("內部使用，不得公布。")),
    ]


@translation.override("zh-hant")
def workbook(report: HalfYear, *, unit: str) -> bytes:
    """The ODS as bytes: one sheet a table, the definitions last."""
    document = Document("spreadsheet")
    document.body.clear()
    head: list[tuple[str | int, ...]] = [(title(report),), *_head(report, unit), ()]
    for one in tables.tables(report):
        _sheet(document, one.name, [*head, (one.note,), one.head, *one.lines])
    _sheet(document, _("定義"), [*head, *tables.definitions(report)])
    meta = document.meta
    meta.title, meta.creator, meta.initial_creator, meta.language = title(report), unit, unit, "zh-Hant-TW"
    meta.set_generator("Anwang")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _sheet(document: Document, name: str, lines: Iterable[tuple[str | int, ...]]) -> None:
    table = Table(name)
    for line in lines:
        row = Row()
        for value in line:
            row.append_cell(Cell(value))
        table.append_row(row)
    document.body.append(table)


@translation.override("zh-hant")
def sheet(report: HalfYear, *, unit: str) -> Sheet:
    """The same as a sheet of paper."""
    parts = [
        Part(one.name, paragraphs=(one.note,)) if not one.lines
        else Part(one.name, table=(one.head, *(tuple(map(str, line)) for line in one.lines)))
        for one in tables.tables(report)
    ]  # fmt: skip
    parts.append(Part(_("定義"), rows=tables.definitions(report)))
    name = f"半年報-{report.county}-{report.half.year}-{report.half.half}"
    return Sheet(title(report), name, unit, _("內部使用"), envelope=tuple(_head(report, unit)), parts=tuple(parts))
