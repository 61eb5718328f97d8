"""Sums of whole NT dollars that refuse to guess: what is undecided is counted, never estimated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from anwang.cases.words import lang
from anwang.foundation.money import Twd


@dataclass(frozen=True)
class Sum:
    """At `least` so many dollars; `undecided` parts are not in it, or only with what they are at least."""

    least: int = 0
    undecided: int = 0

    @property
    def is_known(self) -> bool:
        return self.undecided == 0

    @property
    def text(self) -> str:
        """1,234元; 至少1,234元，另有2項未定; 未定 where nothing is known."""
        amount = Twd(self.least).text(lang())
        if self.is_known:
            return amount
        if not self.least:
            return _("未定（%(n)d項）") % {"n": self.undecided}
        return _("至少%(amount)s，另有%(n)d項未定") % {"amount": amount, "n": self.undecided}


def total(parts: Iterable[tuple[int | None, int]]) -> Sum:
    """The sum of (amount or None, at least so much)."""
    least = undecided = 0
    for amount, at_least in parts:
        least += at_least if amount is None else amount
        undecided += amount is None
    return Sum(least, undecided)


def text(amount: int | None) -> str:
    """One amount, or 未定."""
    return _("未定") if amount is None else Twd(amount).text(lang())


def split(amount: int | None, central_percent: int | None) -> tuple[int | None, int | None]:
    """The centre's part, rounded down to whole dollars, and the county's, which is the rest. Undecided stays so."""
    if amount is None or central_percent is None:
        return None, None
    central = Twd(amount).share(Fraction(central_percent, 100), "down").dollars
    return central, amount - central


def rate(spent: int, granted: int | None) -> str:
    """執行率: spent of granted in per cent with one decimal, rounded down; 未定 where the amount is undecided."""
    if granted is None:
        return _("未定")
    if granted == 0:
        return _("沒有核定金額")
    tenths = spent * 1000 // granted
    return f"{tenths // 10}.{tenths % 10}%"
