"""The violence line of the family picture: a broken stroke from who did it to whom, ending in a head. No reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.people.genogram import LABEL, Place
from anwang.people.queries import FamilyPerson

_FREE, _STEP, _SWING = 22, 8, 4
"""Room left at a sign, length of a stroke, and how far it swings to either side, in picture units."""


@dataclass(frozen=True)
class Harm:
    """Strokes and heads for the picture, and the same in words for its table."""

    strokes: tuple[str, ...]
    heads: tuple[str, ...]
    says: dict[UUID, str]


def drawn(pairs: Iterable[tuple[UUID, UUID]], people: Sequence[FamilyPerson], at: Mapping[str, Place]) -> Harm:
    """Only between people who stand in the picture."""
    names = {one.key: one.name for one in people}
    known = sorted({pair for pair in pairs if set(pair) <= set(names) and pair[0] != pair[1]}, key=str)
    lines = [_line(at[str(doer)], at[str(hurt)]) for doer, hurt in known]
    says: dict[UUID, str] = {}
    for key in names:
        did = _("、").join(names[hurt] for doer, hurt in known if doer == key)
        bore = _("、").join(names[doer] for doer, hurt in known if hurt == key)
        said = [_("對%(names)s有暴力") % {"names": did}] if did else []
        said += [_("受%(names)s暴力") % {"names": bore}] if bore else []
        if said:
            says[key] = _("；").join(said)
    return Harm(tuple(one for one, _head in lines), tuple(head for _one, head in lines), says)


def _line(start: Place, end: Place) -> tuple[str, str]:
    """Beside the line of the couple, not upon it."""
    aside = 10 if start.y == end.y else 0
    x, y, run, rise = start.x, start.y + aside, end.x - start.x, end.y - start.y
    length = hypot(run, rise)
    along, across = (run / length, rise / length), (-rise / length, run / length)

    def point(far: float, side: float) -> str:
        return f"{x + along[0] * far + across[0] * side:.0f} {y + along[1] * far + across[1] * side:.0f}"

    below = LABEL * length / abs(rise) if rise else _FREE
    begin, tip = (below, length - _FREE) if rise > 0 else (_FREE, length - below)
    steps = max(int((tip - begin) // _STEP), 1)
    points = [point(begin + n * _STEP, (_SWING if n % 2 else -_SWING) if 0 < n < steps else 0) for n in range(steps)]
    head = f"M{point(tip, 0)}L{point(tip - _STEP, _SWING + 1)}L{point(tip - _STEP, -_SWING - 1)}z"
    return "M" + "L".join([*points, point(tip - _STEP, 0)]), head
