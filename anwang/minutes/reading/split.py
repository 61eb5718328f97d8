"""Two meetings in one file: where the second begins."""

from __future__ import annotations

import re

from .lines import squeezed
from .marks import PLAIN

_BEGINS = re.compile(r"[-*#>\s]*(?:[壹一]、)?(?:開會|會議)?(?:時間|日期):.{0,6}[0-9〇○零一二三四五六七八九十廿百]+年")
_OVER = re.compile(r"散會|附件|簽到")
_TITLE = re.compile(r"會議|會報|委員會|座談會|工作小組")
_MOST_ABOVE = 6
"""Lines of title and name of the meeting that stand above its time."""


def meetings_in(text: str) -> list[tuple[int, int]]:
    """First and last line of each meeting, from 1. One pair for a file with one meeting, whatever it says."""
    lines = re.split(r"\r\n|[\r\n\f\v]", text.lstrip("\ufeff"))
    plain = [squeezed(line.translate(PLAIN)) for line in lines]
    times = [place for place, line in enumerate(plain) if _BEGINS.match(line)]
    begins = [0, *(_title_above(plain, place) for place in times[1:])]
    ends = [*(one - 1 for one in begins[1:]), len(lines) - 1]
    return [(first + 1, last + 1) for first, last in zip(begins, ends, strict=True) if last >= first]


def lines_of(text: str, first: int, last: int) -> str:
    """The lines from `first` to `last`, both counted from 1."""
    return "\n".join(re.split(r"\r\n|[\r\n\f\v]", text.lstrip("\ufeff"))[first - 1 : last])


def _title_above(plain: list[str], place: int) -> int:
    """The line where the title of a meeting begins whose time stands at `place`."""
    begin = place
    for above in range(place - 1, max(place - 1 - _MOST_ABOVE, 0), -1):
        line = plain[above]
        if _OVER.search(line) or line.endswith(("。", "；")):
            break
        if line:
            begin = above
        if _TITLE.search(line) and not _TITLE.search(plain[above - 1]):
            break
    return begin
