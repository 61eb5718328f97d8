"""Roster files for tests: a table of words written as text in any encoding, or as a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from anwang.rosters.reading.big5 import PRIVATE

HEAD = ("序號", "姓名", "身分證號", "性別", "出生日期", "居住地址", "聯絡電話", "母親姓名", "前置查訪結果", "備註")


def _has_a_letter(code: bytes) -> bool:
    """Whether Python's own table knows the code: then that letter is read."""
    try:
        return bool(code.decode("cp950"))
    except UnicodeDecodeError:
        return False


_BACK = {letter: code for code, letter in PRIVATE.items() if not _has_a_letter(code)}
PRIVATE_LETTERS = frozenset(_BACK)


def big5(text: str) -> bytes:
    """CP950 with private-use letters, the other way round than the product reads it."""
    return b"".join(_BACK[letter] if letter in _BACK else letter.encode("cp950") for letter in text)


def text(lines: Iterable[Sequence[str]], separator: str = ",") -> str:
    kept = io.StringIO(newline="")
    csv.writer(kept, delimiter=separator, lineterminator="\r\n").writerows(lines)
    return kept.getvalue()


def encoded(written: str, encoding: str) -> bytes:
    return big5(written) if encoding == "big5" else written.encode(encoding)


def ods(lines: Iterable[Sequence[str]], **given: object) -> bytes:
    """A spreadsheet of one sheet, with what `content` may be given."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content(lines, **given)})


def content(
    lines: Iterable[Sequence[str]], *, formulas: dict[tuple[int, int], str] | None = None, before: str = ""
) -> str:
    """Its content.xml. `formulas` are at (line, cell), both from 0; `before` stands before the root."""
    formulas = formulas or {}
    rows = []
    for at, cells in enumerate(lines):
        made = [_cell(cell, formulas.get((at, place), "")) for place, cell in enumerate(cells)]
        rows.append(f"<table:table-row>{''.join(made)}</table:table-row>")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="a">{"".join(rows)}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )


def zipped(files: dict[str, str]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return kept.getvalue()


def _cell(words: str, formula: str) -> str:
    computed = f' table:formula="{escape(formula)}"' if formula else ""
    paragraphs = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in words.split("\n")) if words else ""
    return f'<table:table-cell office:value-type="string"{computed}>{paragraphs}</table:table-cell>'


def _spaced(line: str) -> str:
    return escape(line).replace("\t", "<text:tab/>").replace(" ", '<text:s text:c="1"/>')


def child(serial: int, **cells: str) -> dict[str, str]:
    """One row under `HEAD`, by head; a girl of three of 望潮縣 unless said otherwise."""
    row = {
        "序號": str(serial), "姓名": f"測試{serial}", "身分證號": "", "性別": "女", "出生日期": "112年5月6日",
        "居住地址": "望潮縣河岬鎮防風林路9001號", "聯絡電話": "", "母親姓名": "測試媽", "前置查訪結果": "查訪，未遇",
        "備註": "",
    }  # fmt: skip
    return {**row, **cells}


def table(rows: Iterable[dict[str, str]]) -> list[list[str]]:
    return [list(HEAD), *([row[head] for head in HEAD] for row in rows)]


def roster(rows: Iterable[dict[str, str]], encoding: str = "utf-8") -> bytes:
    return encoded(text(table(rows)), encoding)
