"""Spreadsheets (ODS). Opened with suspicion: a small file may swell, name others, or compute what nobody wrote.

A cell with a formula is not taken over: its row goes back with that reason, because what it shows on our machine is
not what the sender wrote. Dates are read as the dates they are, everything else as it is shown.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from anwang.foundation.errors import BadInput

from .table import Line, Table, too_many

LARGEST_INSIDE = 80 * 1024 * 1024
"""Bytes of the content once unpacked."""
WIDEST = 200
"""Cells of a row."""
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def read_ods(body: bytes, most: int) -> Table:
    """The one sheet that holds anything. Raises BadInput for whatever is not a plain table."""
    content = _content(body)
    sheets = _Sheets(most)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = sheets.refuse
    parser.StartElementHandler = sheets.start
    parser.EndElementHandler = sheets.end
    parser.CharacterDataHandler = sheets.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise BadInput(_("這個ODS打不開，可能加了密碼或已損壞。請對方重存一次。"), field="file") from None
    filled = [lines for lines in sheets.done if lines]
    if len(filled) > 1:
        raise BadInput(_("檔案裡有好幾張工作表。請每張存成一個檔案。"), field="file")
    return Table(tuple(filled[0]) if filled else (), "utf-8", "ods")


def _content(body: bytes) -> bytes:
    """content.xml, read no further than it may be long, whatever the archive says of itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST_INSIDE:
                raise BadInput(_("這個ODS解開後太大。請分成幾個檔案再送。"), field="file")
            with archive.open("content.xml") as inside:
                content = inside.read(LARGEST_INSIDE + 1)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, zlib.error, EOFError, OSError):
        raise BadInput(_("這個ODS打不開，可能加了密碼或已損壞。請對方重存一次。"), field="file") from None
    if len(content) > LARGEST_INSIDE:
        raise BadInput(_("這個ODS解開後太大。請分成幾個檔案再送。"), field="file")
    return content


class _Sheets:
    """Gathers the sheets while the document is walked; keeps nothing but cells."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.done: list[list[Line]] = []
        self._row: list[tuple[str, bool]] = []
        self._row_times = self._cell_times = 1
        self._words: list[str] | None = None
        self._date = ""
        self._formula = False
        self._paragraphs = self._aside = self._nested = 0

    def refuse(self, *_given: object) -> None:
        raise BadInput(_("這個ODS夾帶外部宣告，不能收。請對方用試算表軟體重存。"), field="file")

    def start(self, name: str, given: dict[str, Any]) -> None:
        space, _space, tag = name.rpartition(" ")
        if self._aside or tag in ("annotation", "tracked-changes"):
            self._aside += 1
        elif space == _TABLE and tag == "table":
            self._nested += 1
            if self._nested == 1:
                self.done.append([])
        elif space == _TABLE and tag == "table-row":
            self._row, self._row_times = [], _times(given, "number-rows-repeated")
        elif space == _TABLE and tag in ("table-cell", "covered-table-cell"):
            self._words, self._paragraphs = [], 0
            self._cell_times = _times(given, "number-columns-repeated")
            self._formula = f"{_TABLE} formula" in given
            self._date = str(given.get(f"{_OFFICE} date-value", "")).partition("T")[0]
        elif space == _TEXT and self._words is not None:
            self._within(tag, given)

    def _within(self, tag: str, given: dict[str, Any]) -> None:
        assert self._words is not None
        if tag == "p":
            self._paragraphs += 1
            if self._paragraphs > 1:
                self._words.append("\n")
        elif tag == "s":
            self._words.append(" " * min(_times(given, "c", _TEXT), 1000))
        elif tag == "tab":
            self._words.append("\t")
        elif tag == "line-break":
            self._words.append("\n")

    def text(self, data: str) -> None:
        if self._words is not None and self._paragraphs and not self._aside:
            self._words.append(data)

    def end(self, name: str) -> None:
        space, _space, tag = name.rpartition(" ")
        if self._aside:
            self._aside -= 1
        elif space == _TABLE and tag == "table":
            self._nested -= 1
        elif space == _TABLE and tag in ("table-cell", "covered-table-cell") and self._words is not None:
            value = self._date or "".join(self._words)
            empty = not value and not self._formula
            times = self._cell_times if not empty else min(self._cell_times, WIDEST)
            if len(self._row) + times > WIDEST and not empty:
                raise BadInput(_("一列超過%(most)d格。請只留需要的欄位。") % {"most": WIDEST}, field="file")
            self._row += [(value, self._formula)] * min(times, WIDEST)
            self._words = None
        elif space == _TABLE and tag == "table-row" and self.done:
            self._keep_row()

    def _keep_row(self) -> None:
        while self._row and self._row[-1] == ("", False):
            self._row.pop()
        formulas = frozenset(number for number, (_value, is_one) in enumerate(self._row) if is_one)
        line = Line(tuple(value for value, _is_one in self._row), formulas)
        if line.is_empty:
            return
        if len(self.done[-1]) + self._row_times > self.most + 2:
            raise too_many(self.most)
        self.done[-1] += [line] * self._row_times


def _times(given: dict[str, Any], name: str, space: str = _TABLE) -> int:
    written = str(given.get(f"{space} {name}", "1"))
    return int(written) if written.isascii() and written.isdigit() and 0 < len(written) < 10 else 1
