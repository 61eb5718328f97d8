"""A file as bytes → rows by column: the head read by its words, the control line apart, nothing dropped."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from anwang.foundation.errors import BadInput
from anwang.rosters import rules
from anwang.rosters.incoming import RowIn
from anwang.rulebook import Code

from .ods import read_ods
from .table import Line, Table
from .text import read_text

LARGEST = 20 * 1024 * 1024
"""Bytes of one file; more is a mistake or an attack."""
MOST_ROWS = 20_000
_ZIP = b"PK\x03\x04"
_CONTROL = {"筆數": "declared", "應有筆數": "declared", "單位": "sender", "種類": "kind", "期別": "period"}


@dataclass(frozen=True)
class Read:
    """A file that was read. `control` is what its control line says: declared, sender, kind, period."""

    rows: tuple[RowIn, ...]
    encoding: str
    form: str
    control: dict[str, str] = field(default_factory=dict)


def read(body: bytes, of: Code, at: datetime) -> Read:
    """Raises BadInput with a sentence when the file as a whole cannot be read, and names the columns it lacks."""
    if not body.strip():
        raise BadInput(_("檔案是空的。請確認對方有送出內容。"), field="file")
    if len(body) > LARGEST:
        raise BadInput(_("檔案超過20MB。請分成幾個檔案再送。"), field="file")
    table = read_ods(body, MOST_ROWS) if body.startswith(_ZIP) else read_text(body, MOST_ROWS)
    control, lines = _control(table)
    if not lines:
        raise BadInput(_("檔案裡沒有表頭。第一列要是欄位名稱。"), field="file")
    columns = _columns(lines[0], of, at)
    rows = tuple(_row(number, line, columns) for number, line in enumerate(lines[1:], 1))
    return Read(rows, table.encoding, table.form, control)


def _control(table: Table) -> tuple[dict[str, str], list[Line]]:
    """The line that begins with #, first or last, such as `#名冊,筆數=31,單位=河岬戶政事務所`; and all others."""
    lines = list(table.lines)
    for place in (0, -1):
        if lines and lines[place].cells[0].lstrip().startswith(("#", "＃")):
            said = unicodedata.normalize("NFKC", "\n".join(lines.pop(place).cells)).split("\n")
            pairs = (one.partition("=") for one in said)
            return {_CONTROL[key.strip("# ")]: value.strip() for key, mark, value in pairs
                    if mark and key.strip("# ") in _CONTROL}, lines  # fmt: skip
    return {}, lines


def _columns(head: Line, of: Code, at: datetime) -> list[str]:
    """The column of each place; a head nobody knows keeps its words behind `=`."""
    known = rules.heads(at)
    columns: list[str] = []
    for number, words in enumerate(head.cells, 1):
        code = known.get(rules.folded(words), "") if words.strip() else ""
        if code and code in columns:
            raise BadInput(_("有兩欄都是「%(words)s」。請只留一欄。") % {"words": words.strip()}, field="file")
        columns.append(code or f"={number} {words.strip()}")
    labels = {entry.code: entry.label.zh for entry in rules.codes(rules.COLUMNS, at)}
    missing = [labels[code] for code in of.marks["needs"] if code not in columns]
    if missing:
        words = _("、").join(missing)
        raise BadInput(_("檔案少了欄位：%(words)s。請退回名冊機關補上。") % {"words": words}, field="file")
    return columns


def _row(number: int, line: Line, columns: list[str]) -> RowIn:
    """Cells by column. Too few or too many are named; what stands beyond the head is kept too."""
    spoilt: list[tuple[str, str]] = []
    cells = dict(zip(columns, line.cells, strict=False))
    while len(cells) < len(columns):
        cells[columns[len(cells)]] = ""
    extra = line.cells[len(columns) :]
    if any(cell.strip() for cell in extra):
        spoilt.append(("cells", ""))
        cells |= {f"=+{place}": cell for place, cell in enumerate(extra, 1)}
    spoilt += [("formula", columns[place]) for place in sorted(line.formulas) if place < len(columns)]
    if any("\0" in cell or _is_broken(cell) for cell in cells.values()):
        spoilt.append(("broken", ""))
        cells = {key: _mended(cell) for key, cell in cells.items()}
    return RowIn(number, cells, tuple(spoilt))


def _is_broken(cell: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" or letter == "\ufffd" for letter in cell)


def _mended(cell: str) -> str:
    """What a database can hold; the bytes are kept beside it."""
    return "".join("\ufffd" if letter == "\0" or "\ud800" <= letter <= "\udfff" else letter for letter in cell)
