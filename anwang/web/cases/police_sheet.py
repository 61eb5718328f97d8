"""A list for the police as a spreadsheet: what they need to know a child by, and nothing of the case."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from odfdo import Cell, Document, Row, Table

from anwang.cases.queries import ListedChild
from anwang.foundation import clock, roc


def sheet(children: Sequence[ListedChild], *, unit: str) -> bytes:
    """The ODS as bytes. `unit` is its author; nobody who works there is named."""
    document = Document("spreadsheet")
    document.body.clear()
    table = Table(_("協尋"))
    lines: list[Sequence[str]] = [
        [_("行方不明兒少協尋名單")],
        [_("產製：%(day)s　%(unit)s") % {"day": roc.roc_long(clock.today()), "unit": unit}],
        [_("尋獲或有消息，請通知上列單位，勿通知家屬。")],
        [],
        [_("協尋號"), _("姓名"), _("性別"), _("生日"), _("最後知道行蹤")],
        *map(_line, children),
    ]
    for line in lines:
        row = Row()
        for value in line:
            row.append_cell(Cell(text=value, cell_type="string"))
        table.append_row(row)
    document.body.append(table)
    document.meta.title, document.meta.creator, document.meta.initial_creator = _("協尋"), unit, unit
    document.meta.set_generator("Anwang")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _line(one: ListedChild) -> Sequence[str]:
    born = one.born.isoformat() if one.born else ""
    return (one.number, one.name, one.sex, born, clock.local(one.since).date().isoformat())
