"""Titles of points as papers print them: with who proposes, letter-spaced, with their number in front."""

from __future__ import annotations

import re

from .blocks import Block
from .marks import PLAIN

_UNIT = re.compile(
    r"[(]\s*(?:報告|提案|說明|主辦|提報)(?:單位|機關|人)\s*:\s*([^()]*(?:\([^()]*\)[^()]*)*)[)]"
    r"|[(]([^():。]{2,40}?)(?:提案|報告)[)]$"
)


def printed(block: Block) -> str:
    """A block as it stands in the paper, its number in front."""
    if block.kind != "point" or not block.label or not block.mark:
        return block.words
    sign = "" if block.label.startswith("(") else "、" if block.mark.style in ("formal", "han") else "."
    return f"{block.label}{sign}{block.words}"


def titled(words: str) -> tuple[str, str | None, str]:
    """The title, the unit that reports or proposes, and what follows it."""
    found = _UNIT.search(words.translate(PLAIN))
    if not found:
        return words.rstrip("。:： "), None, ""
    place = 1 if found[1] is not None else 2
    unit = words[found.start(place) : found.end(place)].strip()
    return words[: found.start()].strip().rstrip("。:："), unit, words[found.end() :].strip("。 ")


def closed_up(words: str) -> str:
    """A letter-spaced heading without its spaces: 報　告　事　項."""
    return re.sub(r"\s+", "", words) if re.fullmatch(r"(?:[\u4e00-\u9fff]\s*){2,}", words) else words


def spaced(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("\u3000", " ")).strip()
