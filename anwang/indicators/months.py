"""A month as the figures know it: its instants in Taipei, its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from anwang.foundation import clock
from anwang.foundation.errors import NotFound

_WRITTEN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month. `since` and `before` are its first instant and the first of the next."""

    year: int
    month: int

    @classmethod
    def read(cls, text: str) -> Month:
        """`2026-03`; raises NotFound for anything else."""
        match = _WRITTEN.fullmatch(text)
        if not match or int(match[1]) < 1912:
            raise NotFound(_("沒有這個月份。請從統計頁選。"))
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def next(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> Month:
        return Month(self.year - (self.month == 1), 12 if self.month == 1 else self.month - 1)

    @property
    def since(self) -> datetime:
        return datetime(self.year, self.month, 1, tzinfo=clock.TAIPEI)

    @property
    def before(self) -> datetime:
        return self.next.since

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    def words(self, lang: str = "zh") -> str:
        """115年3月; 2026-03 in English."""
        return f"{self.year - 1911}年{self.month}月" if lang == "zh" else str(self)
