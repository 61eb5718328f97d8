"""Paragraphs of ODT and DOCX, with the numbers that the word processor writes in front of them.

Offices let the program number 一、 and （一）: those signs stand in no paragraph. They are worked out from the list
styles, since a decision without its number is another decision.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from django.utils.translation import gettext as _

from anwang.foundation.errors import BadInput

from .gridded import below, table_lines

LARGEST_INSIDE = 40 * 1024 * 1024
"""Bytes of one part once unpacked."""
_HAN, _FORMAL, _STEMS = "一二三四五六七八九", "壹貳參肆伍陸柒捌玖", "甲乙丙丁戊己庚辛壬癸"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SKIPPED = ("annotation", "note", "tracked-changes", "del", "instrText")


@dataclass
class Level:
    """How one level of a list is numbered: `text` with %n for the number of level n."""

    form: str
    text: str
    start: int = 1


@dataclass
class Counters:
    """Where the lists of a document stand."""

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def next(self, style: str, level: int) -> str:
        """The sign in front of the next paragraph of this level."""
        how = self.levels.get((style, level))
        if how is None or not how.form:
            return ""
        for deeper in [key for key in self.counts if key[0] == style and key[1] > level]:
            del self.counts[deeper]
        self.counts[style, level] = self.counts.get((style, level), how.start - 1) + 1
        said = how.text
        for place in range(1, level + 2):
            inner = self.levels.get((style, place - 1))
            count = self.counts.get((style, place - 1), inner.start if inner else 1)
            said = said.replace(f"%{place}", numeral(count, inner.form if inner else "1"))
        return said


def numeral(number: int, form: str) -> str:
    """A number in the form a list asks for: 1, han (一), formal (壹), stems (甲)."""
    if form == "stems":
        return _STEMS[(number - 1) % 10]
    signs, ten = {"han": (_HAN, "十"), "formal": (_FORMAL, "拾")}.get(form, ("", ""))
    if not signs or not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    lead = "" if not tens else ten if tens == 1 else signs[tens - 1] + ten
    return lead + (signs[ones - 1] if ones else "")


def part_of(body: bytes, name: str) -> bytes | None:
    """One part of the archive, read no further than it may be long; None when it has none of that name."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if name not in archive.namelist():
                return None
            with archive.open(name) as inside:
                content = inside.read(LARGEST_INSIDE + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError, OSError):
        raise BadInput(_("文件打不開，可能加了密碼或已損壞。請重新下載再匯入。"), field="file") from None
    if len(content) > LARGEST_INSIDE:
        raise BadInput(_("文件解開後太大。請只匯入紀錄本文。"), field="file")
    return content


def parsed(content: bytes) -> Element:
    """Raises BadInput for what is no plain XML; a document type is refused, since it may name other files."""
    parser = XMLParser(target=_Plain())  # noqa: S314  declarations of types are refused
    try:
        parser.feed(content)
        root: Element = parser.close()
        return root
    except ParseError:
        raise BadInput(_("文件打不開，可能加了密碼或已損壞。請重新下載再匯入。"), field="file") from None


class _Plain(TreeBuilder):
    def doctype(self, *_given: object) -> None:
        raise BadInput(_("文件夾帶外部宣告，不能收。請用文書軟體重存。"), field="file")


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _of(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


# ODT

_ODT_FORMS = {"一, 二, 三, ...": "han", "壹, 貳, 參, ...": "formal", "甲, 乙, 丙, ...": "stems", "1": "1"}


def odt_lines(content: bytes, styles: bytes | None) -> Iterator[str]:
    """The paragraphs of an ODT with their numbers."""
    root = parsed(content)
    counters = Counters()
    for source in [root, *([parsed(styles)] if styles else [])]:
        for style in (one for one in source.iter() if _tag(one) == "list-style"):
            _odt_levels(style, counters)
    for body in root.iter(f"{_OFFICE}text"):
        yield from _odt_within(body, counters, "", -1)


def _odt_levels(style: Element, counters: Counters) -> None:
    for level in style:
        if _tag(level) == "list-level-style-number":
            place = int(_of(level, "level") or 1)
            form = _ODT_FORMS.get(_of(level, "num-format"), "1" if _of(level, "num-format") else "")
            text = f"{_of(level, 'num-prefix')}%{place}{_of(level, 'num-suffix')}"
            counters.levels.setdefault(
                (_of(style, "name"), place - 1), Level(form, text, int(_of(level, "start-value") or 1))
            )


def _odt_within(parent: Element, counters: Counters, style: str, level: int) -> Iterator[str]:
    for child in parent:
        tag = _tag(child)
        if tag in ("p", "h"):
            yield from _odt_text(child).split("\n")
        elif tag == "list":
            own = _of(child, "style-name") or style
            if level < 0 and _of(child, "continue-numbering") != "true" and not _of(child, "continue-list"):
                counters.counts = {key: count for key, count in counters.counts.items() if key[0] != own}
            for item in child:
                yield from _odt_item(item, counters, own, level + 1)
        elif tag == "table":
            rows = (below(row, "table-cell") for row in below(child, "table-row"))
            yield from table_lines([[list(_odt_within(cell, counters, style, level)) for cell in row] for row in rows])
        elif tag not in _SKIPPED:
            yield from _odt_within(child, counters, style, level)


def _odt_item(item: Element, counters: Counters, style: str, level: int) -> Iterator[str]:
    sign = (
        counters.next(style, level) if _tag(item) == "list-item" and len(item) and _tag(item[0]) in ("p", "h") else ""
    )
    for place, said in enumerate(_odt_within(item, counters, style, level)):
        yield sign + said if not place else said


def _odt_text(element: Element) -> str:
    said = element.text or ""
    for child in element:
        tag = _tag(child)
        if tag in ("s", "tab"):
            said += " " * int(_of(child, "c") or 1)
        elif tag == "line-break":
            said += "\n"
        elif tag not in _SKIPPED:
            said += _odt_text(child)
        said += child.tail or ""
    return said


# DOCX

_DOCX_FORMS = {
    "taiwaneseCountingThousand": "han", "taiwaneseCounting": "han", "chineseCounting": "han", "japaneseCounting": "han",
    "chineseCountingThousand": "han", "ideographLegalTraditional": "formal", "chineseLegalSimplified": "formal",
    "ideographTraditional": "stems", "decimal": "1", "decimalFullWidth": "1", "decimalEnclosedCircle": "1",
}  # fmt: skip


def docx_lines(content: bytes, numbering: bytes | None) -> Iterator[str]:
    """The paragraphs of a DOCX with their numbers."""
    yield from _docx_within(parsed(content), _docx_numbers(parsed(numbering)) if numbering else Counters())


def _docx_within(parent: Element, counters: Counters) -> Iterator[str]:
    for child in below(parent, "p", "tbl"):
        if _tag(child) == "tbl":
            rows = (below(row, "tc") for row in below(child, "tr"))
            yield from table_lines([[list(_docx_within(cell, counters)) for cell in row] for row in rows])
        else:
            yield from (_docx_sign(child, counters) + _docx_text(child)).split("\n")


def _docx_sign(paragraph: Element, counters: Counters) -> str:
    number = paragraph.find(f"{_W}pPr/{_W}numPr")
    style, level = (number.find(f"{_W}{name}") for name in ("numId", "ilvl")) if number is not None else (None, None)
    if style is None:
        return ""
    return counters.next(_of(style, "val"), int(_of(level, "val") or 0) if level is not None else 0)


def _docx_numbers(root: Element) -> Counters:
    counters = Counters()
    abstract = {_of(one, "abstractNumId"): one for one in root.iter(f"{_W}abstractNum")}
    for number in root.iter(f"{_W}num"):
        named = number.find(f"{_W}abstractNumId")
        source = abstract.get(_of(named, "val")) if named is not None else None
        for level in source.iter(f"{_W}lvl") if source is not None else ():
            _docx_level(level, _of(number, "numId"), counters)
    return counters


def _docx_level(level: Element, style: str, counters: Counters) -> None:
    form, text, start = (level.find(f"{_W}{name}") for name in ("numFmt", "lvlText", "start"))
    if form is None or text is None or _of(form, "val") in ("bullet", "none"):
        return
    first = int(_of(start, "val") or 1) if start is not None else 1
    how = Level(_DOCX_FORMS.get(_of(form, "val"), "1"), _of(text, "val"), first)
    counters.levels[style, int(_of(level, "ilvl") or 0)] = how


def _docx_text(paragraph: Element) -> str:
    said = ""
    for run in paragraph.iter():
        tag = _tag(run)
        if tag == "t":
            said += run.text or ""
        elif tag == "tab":
            said += " "
        elif tag in ("br", "cr"):
            said += "\n"
    return said
