"""Half years, as the report counts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from anwang.foundation import clock, roc

SECOND_HALF = 7
"""The month in which a year's second half begins."""


@dataclass(frozen=True)
class Half:
    """A half year: `year` of our era, `half` 1 or 2."""

    year: int
    half: int

    @property
    def first(self) -> date:
        return date(self.year, 1 if self.half == 1 else SECOND_HALF, 1)

    @property
    def next(self) -> Half:
        return Half(self.year, 2) if self.half == 1 else Half(self.year + 1, 1)

    @property
    def before(self) -> Half:
        return Half(self.year, 1) if self.half == 2 else Half(self.year - 1, 2)

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first, time.min, clock.TAIPEI)

    @property
    def until(self) -> datetime:
        return self.next.since

    @property
    def key(self) -> str:
        """As an address names it: `2026-1`."""
        return f"{self.year}-{self.half}"

    def words(self) -> str:
        said = _("%(year)s上半年") if self.half == 1 else _("%(year)s下半年")
        return said % {"year": roc.roc_year(self.year)}

    @classmethod
    def of(cls, day: date) -> Half:
        return cls(day.year, 1 if day.month < SECOND_HALF else 2)
