"""Printed names matched to what is known: units of the directory, series of sittings, the decision an amendment means.

A match is exact or it is none: what is not surely the same stays a printed name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from .reading.lines import squeezed
from .reading.marks import PLAIN, value

_TAIL = re.compile(r"(?:會議)?(?:紀錄|記錄|議事錄)(?:\(稿\))?$")
_COUNT = re.compile(r"第?(?:\{n\}|[0-9〇零一二三四五六七八九十廿百]+)(?:年度?|次(?:會議)?|屆)")
_EVERY = re.compile(r"^各?(?:地方|縣\(?市\)?|直轄市、縣\(市\))政府$")
_ITEM = re.compile(r"(報告|討論)(?:事項|案)?(?:案由)?第?([0-9一二三四五六七八九十]+)案?")
_POINT = re.compile(r"(?:決定|決議|裁示)(?:事項)?(?:第)?[:]?(.+?)(?:點|項)?$")


def series_key(title: str) -> str:
    """What the titles of the sittings of one series have in common: no number, no year, no 紀錄."""
    plain = squeezed(title.translate(PLAIN)).replace("台", "臺")
    return re.sub(r"會議$", "", _COUNT.sub("", _TAIL.sub("", plain)))


@dataclass(frozen=True)
class Directory:
    """Units by their names: whole names, names inside one county, all county governments."""

    whole: Mapping[str, UUID] = field(default_factory=dict)
    inside: Mapping[str, UUID] = field(default_factory=dict)
    counties: tuple[UUID, ...] = ()

    def units(self, printed: str) -> tuple[UUID, ...]:
        """The units a printed name means; empty when the directory knows none so called."""
        plain = squeezed(printed.translate(PLAIN)).replace("台", "臺")
        if _EVERY.match(plain):
            return self.counties
        found = self.whole.get(plain) or self.inside.get(plain)
        return (found,) if found else ()


def amended(target: str, decisions: Iterable[tuple[str, str, str, UUID]]) -> UUID | None:
    """The decision that a phrase like 報告案一決定事項（三） means, among (item's kind, item's label, no, id) of the
    earlier minutes; None unless exactly one fits."""
    plain = squeezed(target.translate(PLAIN))
    item, point = _ITEM.search(plain), _POINT.search(plain)
    if not item or not point:
        return None
    kind, label = ("report" if item[1] == "報告" else "discussion"), value(item[2])
    number = point[1].strip("第、.")
    fits = [
        key
        for its_kind, its_label, no, key in decisions
        if its_kind in (kind, "followup")
        and value(its_label.strip("()")) == label
        and no in (number, number.strip("()"))
    ]
    return fits[0] if len(fits) == 1 else None
