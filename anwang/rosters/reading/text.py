"""Tables written as text: UTF-8, UTF-16 with its mark, or Big5; commas, tabs or semicolons; quoted line ends."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from django.utils.translation import gettext as _

from anwang.foundation.errors import BadInput

from . import big5
from .table import Line, Table, too_many

SEPARATORS = ",\t;"
_FIELD = 100_000


def read_text(body: bytes, most: int) -> Table:
    """Raises BadInput when the bytes are no text, or the quotes do not close."""
    written, encoding = decode(body)
    if "\0" in written:
        raise BadInput(_("檔案裡有不是文字的內容。請存成CSV或ODS再送。"), field="file")
    lines = []
    try:
        for cells in csv.reader(io.StringIO(written, newline=""), delimiter=_separator(written), strict=True):
            line = Line(tuple(cells))
            if not line.is_empty:
                lines.append(line)
            if len(lines) > most + 2:
                raise too_many(most)
            if any(len(cell) > _FIELD for cell in cells):
                raise BadInput(_("有一格太長，檔案可能壞了。請對方重存一次。"), field="file")
    except csv.Error:
        raise BadInput(_("引號沒有成對，檔案可能在半路截斷。請對方重送。"), field="file") from None
    return Table(tuple(lines), encoding, "csv")


def decode(body: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Nothing is guessed beyond the marks, UTF-8 and Big5."""
    try:
        if body.startswith(BOM_UTF8):
            return body.decode("utf-8-sig"), "utf-8"
        if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return body.decode("utf-16"), "utf-16"
    except UnicodeDecodeError:
        raise BadInput(_("檔案的文字壞了，可能在半路截斷。請對方重送。"), field="file") from None
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return big5.decode(body), "big5"
    except UnicodeDecodeError:
        raise BadInput(_("檔案不是UTF-8也不是Big5。請對方另存成UTF-8再送。"), field="file") from None


def _separator(written: str) -> str:
    """The one that parts the widest of the first lines, outside quotes."""
    counts = dict.fromkeys(SEPARATORS, 0)
    quoted = False
    for letter in written[:20_000]:
        if letter == '"':
            quoted = not quoted
        elif letter in counts and not quoted:
            counts[letter] += 1
        elif letter == "\n" and not quoted and any(counts.values()):
            break
    return max(SEPARATORS, key=lambda one: counts[one])
