"""Names of those who preside or take the minutes: several of them apart, offices beside their names."""

from __future__ import annotations

import re

from .lines import Line
from .marks import PLAIN
from .speakers import is_person

_NAME = r"[\u4e00-\u9fff○〇◯]{2,4}"
_OFFICE = r"[\u4e00-\u9fff]{0,8}[員師長士佐記審察事任導書人政正局處司署科課室組會院]"
_BETWEEN = re.compile(r"\s*[/,;、]\s*")
_LINE = re.compile(rf"\s*(?:{_OFFICE}\s+)?{_NAME}(?:\s+(?:{_OFFICE}\s+)?{_NAME})*\s*$")
_LETTER_SPACED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
"""王　明: a name of two signs set apart."""
_DEEP = re.compile(r"(?:\u3000| {2}|\t){2}")


def people(words: str) -> str:
    """Several names joined by 、; an office stays with its name. Words that are no list of names stay as they are."""
    parts = [words[begin:end] for begin, end in _pieces(words)]
    return "、".join(one for part in parts for one in _apart(part)) if parts else words


def close_up(words: str) -> str:
    """Two signs that were set apart, as 王　明 and 科　長, together."""
    return _LETTER_SPACED.sub(r"\1\2", words)


def goes_on(line: Line) -> bool:
    """Whether a line without a label of its own names another one: below the first, office and name."""
    return bool(_LINE.match(close_up(line.plain))) and (bool(_DEEP.match(line.raw)) or len(line.text.split()) > 1)


def _pieces(words: str) -> list[tuple[int, int]]:
    plain = words.translate(PLAIN)
    if "(" in plain:
        return [(0, len(words))]
    ends = [one.start() for one in _BETWEEN.finditer(plain)]
    begins = [one.end() for one in _BETWEEN.finditer(plain)]
    return [(a, b) for a, b in zip([0, *begins], [*ends, len(words)], strict=True) if a < b]


def _apart(words: str) -> list[str]:
    said = words.split()
    if len(said) < 2:
        return [words]
    if all(is_person(one) for one in said):
        return said
    offices = [bool(re.fullmatch(_OFFICE, one)) for one in said]
    if not all(office or re.fullmatch(_NAME, one) for office, one in zip(offices, said, strict=True)):
        return [words]
    if not any(offices):
        return said
    paired = len(said) % 2 == 0 and len(set(offices[::2])) == 1 == len(set(offices[1::2])) and offices[0] != offices[1]
    spaces = re.findall(r"\s+", words.strip())
    return [said[at] + spaces[at] + said[at + 1] for at in range(0, len(said), 2)] if paired else [words]
