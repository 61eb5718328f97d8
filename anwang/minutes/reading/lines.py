"""Lines of a paper as they are printed: what is furniture, what begins anew, what a hard break cut in two."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .marks import PLAIN
from .tables import cells, rows_of_cases

_PAGE = re.compile(r"\s*(?:[-–—]?\s*\d{1,3}\s*[-–—]?|第\s*\d+\s*頁(?:\s*[,/、]?\s*共\s*\d+\s*頁)?|\d+\s*/\s*\d+)\s*$")
_RULE = re.compile(r"[-=_*~·•—–─━…\s|]+$")
_MARKDOWN = re.compile(r"^(\s*)(?:#{1,6}\s+|[-*+]\s+(?=\S)|>\s?)+")
_ROW = re.compile(r"^\s*\|([^|]{1,8})\|([^|]+)\|\s*$")
"""A row of two cells: a label and its words."""
_TITLED = re.compile(
    r"^(\s*)【\s*((?:第\s*[0-9０-９一二三四五六七八九十]+\s*案|(?:案由|提案|議題|報告案|討論案)[0-9０-９一二三四五六七八九十]*"
    r"|(?:提案|報告|主辦|協辦|辦理)(?:單位|機關|人)|(?:案由)?說明|辦法|擬辦|建議|辦理情形"
    r"|(?:附帶|主席|會議)?(?:決議|決定|裁示|結論)))\s*】\s*[:：]?"
)
"""【決議】: a name of a point in brackets stands for the same with a colon."""
_COLUMNS = re.compile(r"^\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*$")
_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f])[ \t]+|[ \t]+(?=[^\x00-\x7f])")
_ENDS = "。！？!?）)」』〉》：:"
_WORD = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its number from 1, its words without marks of Markdown, and the line as it came."""

    number: int
    text: str
    raw: str

    @property
    def plain(self) -> str:
        """The same words, as long, with half-width signs."""
        return self.text.translate(PLAIN)


def lines(text: str) -> tuple[list[Line], list[Line]]:
    """The lines that say something, and those that are furniture (page numbers, rules)."""
    said: list[Line] = []
    furniture: list[Line] = []
    heads: list[str] = []
    printed = re.split(r"\r\n|[\r\n\f\v]", text.lstrip("\ufeff"))
    for number, raw in enumerate(printed, 1):
        if raw.strip() and _COLUMNS.match(printed[number] if number < len(printed) else ""):
            furniture.append(Line(number, raw.strip(), raw))  # the heads of a table's columns
            heads = cells(raw)
            continue
        if not _COLUMNS.match(raw) and (cases := rows_of_cases(heads, raw)):
            said += [Line(number, words, raw if not place else "") for place, words in enumerate(cases)]
            continue
        row = _ROW.match(raw)
        words = f"{row[1].strip()}：{row[2].strip()}" if row else raw
        words = _TITLED.sub(r"\1\2：", words)
        words = _MARKDOWN.sub(r"\1", words).replace("**", "").replace("__", "").replace("\u200b", "").strip()
        line = Line(number, words, raw)
        if not words:
            continue
        (furniture if _PAGE.match(line.plain) or _RULE.match(words) else said).append(line)
    return said, furniture


def joined(parts: list[str]) -> str:
    """Words that hard breaks cut, together again: no space between Han, one between two Latin words."""
    whole = ""
    for part in parts:
        apart = whole and _WORD.match(whole[-1]) and part and _WORD.match(part[0])
        whole += (" " if apart else "") + part
    return _BESIDE_HAN.sub("", whole).strip()


def squeezed(text: str) -> str:
    """Without any space, for comparing."""
    return re.sub(r"\s+", "", text)


def is_over(text: str) -> bool:
    """Whether a sentence or a heading ends there."""
    return not text or text.rstrip()[-1:] in _ENDS
