"""Corrections of earlier minutes: 修正…為：…, 更正：…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .marks import PLAIN
from .paper import Amendment

_AMENDS = re.compile(
    r"(?:更正\s*:\s*)?修正\s*(?P<target>[^::]{1,40}?)\s*(?:為)?\s*:\s*(?P<text>.+)|(?:[更修]正\s*:\s*)?(?P<whole>.+?)(?:修正為|更正為)\s*:?\s*(?P<new>.+)"
)
_CONFIRMS = re.compile(
    r"(?:前|上)(?:一)?次(?:[(（]第.{1,4}次[)）])?(?:委員會議|委員會|會議|會)(?:議事錄|紀錄|記錄)|確認.{0,8}第.{1,5}次.{0,8}(?:議事錄|紀錄|記錄)"
)


def confirms(title: str) -> bool:
    """Whether a section confirms earlier minutes, so that what it says may correct them."""
    return bool(_CONFIRMS.search(title))


def amendments_in(words: str, line: int) -> Iterator[Amendment]:
    """Each sentence that corrects earlier minutes, with its words as printed."""
    for sentence in re.split(r"(?<=。)", words):
        found = _AMENDS.search(sentence.translate(PLAIN))
        if found:
            target, text = found["target"] or found["whole"], found["text"] or found["new"]
            plain = sentence.translate(PLAIN)
            begin, where = plain.index(text), plain.index(target)
            found_there = sentence[where : where + len(target)].strip()
            yield Amendment(found_there, sentence[begin:].strip(), line)
