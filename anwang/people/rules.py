"""Foldings of what is written about people, for finding only. No law here: nothing about people has a number in it."""

from __future__ import annotations

import re
import unicodedata

from anwang.foundation.areas import place_key

_DROPPED = re.compile(r"[\s,，、.．。()（）\[\]「」-]+")
_COUNTED = re.compile(r"([一二三四五六七八九十]+)(?=段|樓|巷|弄|鄰)")
_HAN_DIGITS = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
_HOUSE = re.compile(r"^.*?\d+(?:之\d+)?號")
_DASHED_HOUSE = re.compile(r"(\d+)[-－之](\d+)號|(\d+)號之(\d+)")


def address_key(text: str) -> str:
    """A place folded for comparison up to its house number: 台→臺, 三段→3段, 9001-2號 = 9001號之2.

    Floors and rooms do not count: who lives in the same house lives in the same place. "" when no house number is
    given, because half a street is nobody's address.
    """
    folded = place_key(unicodedata.normalize("NFKC", text))
    folded = _DASHED_HOUSE.sub(lambda m: f"{m[1] or m[3]}之{m[2] or m[4]}號", folded)
    folded = _COUNTED.sub(lambda m: str(_number(m[1])), _DROPPED.sub("", folded))
    house = _HOUSE.match(folded)
    return house[0] if house else ""


def _number(han: str) -> int:
    tens, ten, ones = han.rpartition("十")
    return (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(ones, 0)
