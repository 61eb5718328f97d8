"""The ecomap: the family in the middle, who is tied to it around, drawn by how often they really met. No reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi, sin

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.foundation import clock
from anwang.people.queries import Topic

from .files import File

WINDOW_DAYS, OFTEN = 90, 3
"""How far back contacts count, and from how many a tie is drawn strong: choices of this picture, not rules."""
_WIDTH, _MIDDLE, _RADIUS, _TOP, _STEP = 640, 320, 46, 34, 44
_SIDE = 150
"""How far to the left and right of the middle the names stand."""


@dataclass(frozen=True)
class Tie:
    """One tie of the family: to a unit that serves it, or to people beyond it who help."""

    name: str
    what: str
    strength: str
    """strong, thin, none."""
    words: str
    x: int = 0
    y: int = 0
    anchor: str = "start"
    path: str = ""


@dataclass(frozen=True)
class Ecomap:
    box: str
    width: int
    height: int
    middle_x: int
    middle_y: int
    radius: int
    says: str
    ties: tuple[Tie, ...]


def ecomap(files: Sequence[File], supports: Sequence[Topic], on: date) -> Ecomap:
    """Units with a file open on the day, as the viewer may know of them, and supports that people named."""
    ties = [_unit(file, on) for file in files if _is_open(file, on)]
    ties += [Tie(said.value, topic.person, "thin", said.source) for topic in supports for said in topic.said]
    rows = max((len(ties) + 1) // 2, 1)
    height = _TOP * 2 + max(rows - 1, 2) * _STEP + _RADIUS
    middle = height // 2
    drawn = tuple(_placed(one, n, len(ties), middle) for n, one in enumerate(ties))
    says = _("生態圖，%(n)d個連結；下方表格內容相同") % {"n": len(drawn)}
    return Ecomap(f"0 0 {_WIDTH} {height}", _WIDTH, height, _MIDDLE, middle, _RADIUS, says, drawn)


def _is_open(file: File, on: date) -> bool:
    ended = clock.local(file.ended_at).date() if file.ended_at else None
    return clock.local(file.opened_at).date() <= on and (ended is None or ended > on)


def _unit(file: File, on: date) -> Tie:
    since = on - timedelta(days=WINDOW_DAYS)
    days = [clock.local(one.at).date() for one in file.touches if one.met]
    met = sum(since < day <= on for day in days)
    if not file.may_read and not file.touches:
        return Tie(file.unit, file.title, "thin", file.title)
    words = (
        ngettext("三個月內聯繫到%(n)d次", "三個月內聯繫到%(n)d次", met) % {"n": met} if met else _("三個月內沒有聯繫到")
    )
    return Tie(file.unit, file.title, "strong" if met >= OFTEN else "thin" if met else "none", words)


def _placed(one: Tie, n: int, of: int, middle: int) -> Tie:
    """Left and right in turn, top to bottom; the line leaves the circle towards the name."""
    rows, row, is_right = (of + 1) // 2, n // 2, n % 2 == 1
    y = middle + int((row - (rows - 1) / 2) * _STEP)
    x = _MIDDLE + (_SIDE if is_right else -_SIDE)
    angle = (pi / 2.6) * (row - (rows - 1) / 2) / max(rows / 2, 1)
    start_x = _MIDDLE + int(_RADIUS * cos(angle)) * (1 if is_right else -1)
    start_y = middle + int(_RADIUS * sin(angle))
    path = f"M{start_x} {start_y}L{x + (-8 if is_right else 8)} {y - 4}"
    return Tie(one.name, one.what, one.strength, one.words, x, y, "start" if is_right else "end", path)
