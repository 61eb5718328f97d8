"""The month as a spreadsheet: figures, breakdowns, the official form, and the definitions beside them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from odfdo import Cell, Document, Row, Table

from anwang.foundation import areas, clock, roc

from . import tables
from .definitions import STATIC, definitions
from .queries import MonthCount

INTERNAL = "內部使用，不得公布。"
Line = Sequence[str | int]


def workbook(counted: MonthCount, *, unit: str, townships: Mapping[str, str]) -> bytes:
    """The ODS as bytes. `unit` is the author; nobody's name stands in it."""
    document = Document("spreadsheet")
    document.body.clear()
    county = areas.county_of(counted.county)
    name = county.name if county else counted.county
    head: list[Line] = [
        [f"{name}　{counted.month.words()}　通報及個案統計"],
        [INTERNAL],
        [f"產製：{roc.roc_long(clock.today())}　{unit}"],
        [],
    ]
    _sheet(document, "月報", [*head, *_figures(counted)])
    for by_, title in (("kind", "依案類"), ("source", "依個案來源"), ("township", "依鄉鎮市區")):
        _sheet(document, title, [*head, *_breakdown(counted, by_, title, townships)])
    reasons = [[label, count.items, count.persons] for _key, label, count in tables.reasons(counted, "zh")]
    _sheet(document, "不開案理由", [*head, ["理由", "件次", "人數"], *reasons])
    note = "公務統計報表10740-90-01-2：只知橫縱分項，表式未全，僅供核對，不得逕行報送。"
    _sheet(document, "10740-90-01-2", [*head[:2], [note], [], *tables.official_form(counted)])
    _sheet(document, "定義", [*head, *_definitions(counted)])
    meta = document.meta
    meta.title, meta.creator, meta.initial_creator = f"{name}{counted.month.words()}統計", unit, unit
    meta.language = "zh-Hant-TW"
    meta.set_generator("Anwang")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _figures(counted: MonthCount) -> Iterable[Line]:
    yield ["指標", "件次", "人數", "口徑", "定義", "算式"]
    for row in tables.figure_rows(counted, "zh"):
        period = "月底靜態" if row.definition.period == STATIC else "本月動態"
        numbers: Line = [row.rate, ""] if row.rate else [row.count.items, row.count.persons if row.can_drill else ""]
        yield [row.title, *numbers, period, row.definition.definition.zh, row.definition.formula.zh]


def _breakdown(counted: MonthCount, by_: str, title: str, townships: Mapping[str, str]) -> Iterable[Line]:
    shown = tables.breakdown(counted, by_, "zh", townships)
    told = definitions(counted.month.next.first)
    titles = [told[figure].title.zh for figure in shown.figures]
    yield [title, *(f"{one}{what}" for one in titles for what in ("件次", "人數"))]
    for _key, label, counts in shown.rows:
        yield [label, *(number for count in counts for number in (count.items, count.persons))]


def _definitions(counted: MonthCount) -> Iterable[Line]:
    yield ["指標", "定義", "算式", "口徑", "自", "依據", "假設"]
    for one in definitions(counted.month.next.first).values():
        yield [
            one.title.zh, one.definition.zh, one.formula.zh, "月底靜態" if one.period == STATIC else "本月動態",
            roc.roc_long(one.since), str(one.cite or ""), one.assumption.zh if one.assumption else "",
        ]  # fmt: skip


def _sheet(document: Document, name: str, lines: Iterable[Line]) -> None:
    table = Table(name)
    for line in lines:
        row = Row()
        for value in line:
            row.append_cell(Cell(value))
        table.append_row(row)
    document.body.append(table)
