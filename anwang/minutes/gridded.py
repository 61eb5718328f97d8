"""Tables of ODT and DOCX: one of tracked cases keeps its rows, any other is read cell by cell.

Offices lay out whole papers in tables; their cells are paragraphs like others. In a table of cases (列管表) the row is
what belongs together: it becomes a line between bars, as in Markdown, which the reader of minutes knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from .reading.tables import tracks

Row = list[list[str]]
"""The cells of a row, each the lines of its paragraphs."""
_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[（(]?[0-9一二三四五六七八九十]+[)）.、]|[•·])")


def below(parent: Element, *names: str) -> Iterator[Element]:
    """The nearest elements of these names, however they are wrapped, without those inside them."""
    for child in parent:
        if child.tag.rpartition("}")[2] in names:
            yield child
        else:
            yield from below(child, *names)


def table_lines(rows: list[Row]) -> Iterator[str]:
    """The lines of a table; rows that do not have the cells of its head are read cell by cell."""
    heads = [_joined(cell) for cell in rows[0]] if rows else []
    if not tracks(heads):
        yield from (line for row in rows for cell in row for line in cell)
        return
    yield _row(heads)
    yield "|" + " --- |" * len(heads)
    for row in rows[1:]:
        if len(row) == len(heads):
            yield _row([_joined(cell) for cell in row])
        else:
            yield from (line for cell in row for line in cell)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _joined(cell: list[str]) -> str:
    """Paragraphs of a cell as one line; a bar of its own would end the cell."""
    said = ""
    for line in (one.strip().replace("|", "｜") for one in cell):
        said += (" " if said and _NUMBERED.match(line) else "") + line
    return said
