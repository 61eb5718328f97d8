"""How much of what was owed was done: by worker for himself and his supervisor, by unit for whoever heads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from anwang.access.queries import headed
from anwang.access.viewer import Viewer
from anwang.enactments.queries import held
from anwang.followups import rules, words
from anwang.foundation import clock

COVERAGE_SQL = "SELECT * FROM followups_coverage(%s, %s, %s, %s)"


@dataclass(frozen=True)
class Coverage:
    """Windows that ended in a month, of one worker (or, without a name, of a whole unit) and one kind of follow-up.

    `owed` = `met` + `effort` + `short`; those a change cut are apart. `contacts` of `wanted` were reached, `tries` were
    in vain. `percent` is (met + effort) ÷ owed.
    """

    unit: str
    worker: str
    what: str
    owed: int
    met: int
    effort: int
    short: int
    explained: int
    cut: int
    contacts: int
    wanted: int
    tries: int

    @property
    def percent(self) -> int | None:
        return round(100 * (self.met + self.effort) / self.owed) if self.owed else None


@held()
def coverage(viewer: Viewer, month: date) -> tuple[Coverage, ...]:
    """Own figures, those of the viewer's supervised units by worker, those of units below a chief without names."""
    first = month.replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    heads = [one.id for one in headed(viewer)]
    own = [unit for unit in viewer.supervised_units if unit not in heads]
    rows = [*_rows(viewer, first, after, own, heads)]
    return tuple(sorted(rows, key=lambda one: (one.unit, one.worker, one.what)))


def _rows(
    viewer: Viewer, first: date, after: date, own: Iterable[UUID], heads: Iterable[UUID]
) -> Iterable[Coverage]:  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(COVERAGE_SQL, [first, after, list(own), list(heads)])
        for unit, unit_en, worker, worker_en, group, *numbers in cursor.fetchall():
            yield Coverage(
                _called(unit, unit_en), _called(worker, worker_en), group_title(group), *numbers
            )  # fmt: skip


def group_title(group: str) -> str:
    """What a kind of follow-up is called: the title of its first schedule."""
    found = rules.of_group(group, clock.today(), "")
    return words.text(found[0].title) if found else group


def _called(name: str | None, name_en: str | None) -> str:
    return (name_en if words.lang() == "en" and name_en else name) or ""
