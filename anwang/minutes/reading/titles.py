"""Titles of points as papers print them: with who proposes, letter-spaced, with their number in front."""

from __future__ import annotations

import re

from .block import Block
from .marks import PLAIN

_UNIT = re.compile(
    r"[(]\s*(?:報告|提案|說明|主辦|提報|主責|辦理|權責|承辦)(?:單位|機關|人|委員|代表)\s*:\s*([^()]*(?:\([^()]*\)[^()]*)*)[)]"
    r"|[(]([^():。]{2,40}?)(?:提案|報告|提)[)]$"
)


_NAMED = re.compile(
    r"[(]([^():。]{2,20})[)]\s*:\s*(?=.)|([^:,。]{1,12}?(?:委員|代表|單位|機關|局|處|司|署|中心))(?:臨時)?提(?:案|議)?:\s*(?=.)"
)
"""Who proposes, in front: （屏東縣政府）：…, 李委員提：…"""


def printed(block: Block) -> str:
    """A block as it stands in the paper, its number in front."""
    if block.kind != "point" or not block.label or not block.mark:
        return block.words
    sign = "" if block.label.startswith("(") else "、" if block.mark.style in ("formal", "han") else "."
    return f"{block.label}{sign}{block.words}"


def titled(words: str) -> tuple[str, str | None, str]:
    """The title, the unit that reports or proposes, and what follows it."""
    if named := _NAMED.match(words.translate(PLAIN)):
        place = named.lastindex or 1
        return words[named.end() :].rstrip("。:： "), words[named.start(place) : named.end(place)], ""
    found = _UNIT.search(words.translate(PLAIN))
    if not found:
        return words.rstrip("。:： "), None, ""
    place = 1 if found[1] is not None else 2
    unit = alone(words[found.start(place) : found.end(place)])
    return words[: found.start()].strip().rstrip("。:："), unit, words[found.end() :].strip("。 ")


def alone(words: str) -> str:
    """Who proposes, without those who signed behind him."""
    return re.split(r"[,，;；、\s]*(?:附議|連署|附署)(?:委員|代表|人)", words)[0].strip().rstrip("。")


def closed_up(words: str) -> str:
    """A letter-spaced heading without its spaces: 報　告　事　項."""
    return re.sub(r"\s+", "", words) if re.fullmatch(r"(?:[\u4e00-\u9fff]\s*){2,}", words) else words


def spaced(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("\u3000", " ")).strip()
