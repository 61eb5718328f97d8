"""Numbering of official papers: 壹、 一、 （一） 1. （1） ①, and numbers written in Han."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = "〇一二三四五六七八九"
_FORMAL = dict(zip("零壹貳參肆伍陸柒捌玖", range(10), strict=True)) | {"叁": 3, "弍": 2, "兩": 2}
_TENS = "十拾"
_TWENTIES = {"廿": 20, "卅": 30}
_HUNDRED = "百佰"
HAN = "一二三四五六七八九十"
STEMS = "甲乙丙丁戊己庚辛壬癸"
FORMAL = "壹貳參叁肆伍陸柒捌玖拾"
PLAIN = str.maketrans("０１２３４５６７８９（）：．，；　〔〕［］－～", "0123456789():.,; ()()-~")
"""Full-width signs as the half-width ones, each for one, so that places in a line stay the same."""
FIGURES = str.maketrans("０１２３４５６７８９", "0123456789")
STYLES = ("formal", "stems", "han", "paren", "number", "in_parens", "circle")
"""From the outside to the inside, as official papers nest them."""
_MARK = re.compile(
    rf"""\s*(?:
      (?P<formal>[{FORMAL}](?:\s*[{FORMAL}]){{0,2}})\s*[、.:,]
    | (?P<stems>[{STEMS}])\s*、
    | (?P<han>[{HAN}]{{1,3}})\s*[、.](?!\s*[{HAN}]級)
    | \(\s*(?P<paren>[{HAN}]{{1,3}})\s*\)\s*[、.]?
    | (?P<number>\d{{1,2}})\s*[.、](?:(?!\s*\d)|(?=\s*\d{{2,4}}年))
    | \(\s*(?P<in_parens>\d{{1,2}})\s*\)\s*[、.]?
    | (?P<circle>[①-⑳])
    | (?P<one_sign>[㈠-㈩⑴-⒇⒈-⒛])
    )\s*""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the beginning of a line: its style (one of STYLES), its number, and how it is printed."""

    style: str
    number: int
    label: str


def value(text: str) -> int | None:
    """The number a word of figures means (十二, 拾, 廿一, 12); None when it means none."""
    said = text.translate(PLAIN).replace(" ", "")
    if said.isascii() and said.isdigit():
        return int(said)
    total, pending = 0, 0
    for sign in said:
        if sign in _TENS:
            total, pending = total + (pending or 1) * 10, 0
        elif sign in _HUNDRED:
            total, pending = total + (pending or 1) * 100, 0
        elif sign in _TWENTIES:
            total += _TWENTIES[sign]
        elif sign in _UNITS:
            pending = pending * 10 + _UNITS.index(sign)
        elif sign in _FORMAL:
            pending = pending * 10 + _FORMAL[sign]
        else:
            return None
    return total + pending if said else None


def mark_of(line: str) -> tuple[Mark, str] | None:
    """The mark a line begins with and the rest of the line; None when it begins with none."""
    found = _MARK.match(line.translate(PLAIN))
    if not found or found.lastgroup is None:
        return None
    printed = found[found.lastgroup]
    if found.lastgroup == "one_sign":
        return _of_one_sign(printed), line[found.end() :].strip()
    if found.lastgroup == "stems":
        number: int | None = STEMS.index(printed) + 1
    else:
        number = ord(printed) - ord("①") + 1 if found.lastgroup == "circle" else value(printed)
    if not number:
        return None
    label = printed.replace(" ", "")
    if found.lastgroup in ("paren", "in_parens"):
        label = f"({label})"
    return Mark(found.lastgroup, number, label), line[found.end() :].strip()


def _of_one_sign(sign: str) -> Mark:
    """㈠ ⑴ ⒈: a whole mark in one sign, labelled as if it were written out."""
    for style, first in (("paren", "㈠"), ("in_parens", "⑴"), ("number", "⒈")):
        number = ord(sign) - ord(first) + 1
        if 0 < number <= 20:
            written = HAN[number - 1] if style == "paren" else str(number)
            return Mark(style, number, written if style == "number" else f"({written})")
    raise AssertionError(sign)


class Numbering:
    """Which marks are open, so that a wrapped line beginning with 一、 is not taken for a new point."""

    def __init__(self) -> None:
        self.open: list[Mark] = []

    def follows(self, mark: Mark, is_sentence_over: bool) -> bool:
        """Whether a mark goes on where the papers stand: the next of an open list, or the first of an inner one."""
        for one in self.open:
            if one.style == mark.style:
                return mark.number == one.number + 1 or (is_sentence_over and mark.number > one.number)
        return mark.number == 1

    def take(self, mark: Mark) -> int:
        """Open it; its depth, 1 for the outermost."""
        self.open = [*self._before(mark), mark]
        return len(self.open)

    def _before(self, mark: Mark) -> list[Mark]:
        for place, one in enumerate(self.open):
            if one.style == mark.style:
                return self.open[:place]
        return self.open

    def above(self) -> tuple[str, ...]:
        """Labels of what is open, from the outside."""
        return tuple(one.label for one in self.open)
