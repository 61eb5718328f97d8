"""Drawing what happened in a year: for every copy which story, when, in which county, to whose desk, to which family.

All by chance from one seed, within the rates of `nation.yaml`; the text of the copies is `filling`'s.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random

from anwang.enactments.queries import book
from anwang.foundation import clock

from .casting import Stamp
from .nation import Nation
from .plans import KINDS
from .staff import Office

WEEKS = 52
FRESH_WEEKS = 3
"""Weeks within which what is open is what has only just come: there the stories themselves say how many."""
AT_WORK, SATURDAY, SUNDAY, HOLIDAY = 1.0, 0.42, 0.36, 0.4
"""How much is reported on such a day, against a working day."""
MOVED_AWAY = 0.1
"""Of families reported again, reported in another county."""
FAMILIES_REMEMBERED = 400
MOST_MINUTES = 45


@dataclass(frozen=True, slots=True)
class Draw:
    """One copy: of which stamp, so many seconds later (weeks and some minutes), in which office; and its family."""

    stamp: int
    weeks: int
    minutes: int
    office: int
    section: int
    worker: int
    town: int
    family: int
    received: int
    """Seconds since 1970, for the order of writing."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A story so many weeks earlier: the day factor of its day and how many stories share its weekday."""

    stamp: int
    weeks: int
    weight: float


class Year:
    """Draws copies until enough reports are there."""

    def __init__(self, nation: Nation, offices: list[Office], stamps: list[Stamp], until: datetime, seed: int) -> None:
        self.nation, self.offices, self.stamps, self.until = nation, offices, stamps, until
        self.random = Random(f"year {seed}")  # noqa: S311  invented people, no secret
        self.calendar = book().clock.calendar
        self.slack = [_slack(stamp, until) for stamp in stamps]
        self.ways = self._ways()
        self.turns: dict[tuple[int, str, bool], int] = defaultdict(int)
        self.families: dict[int, list[int]] = defaultdict(list)

    def draw(self, reports: int) -> list[Draw]:
        """Copies with so many reports together, in the order of receipt."""
        found: list[Draw] = []
        wanted = self.nation.open_cases / self.nation.reports * reports
        told = {week for _kind, week in self.ways}
        weeks, kinds = {week: much for week, much in self._weeks().items() if week in told}, list(KINDS)
        shares = [self.nation.kinds[kind] for kind in kinds]
        left, opened = reports, 0.0
        recent = [week for week in range(FRESH_WEEKS) if weeks.get(week)]
        fresh = round(reports * sum(weeks[week] for week in recent) / sum(weeks.values()))
        for share, among in ((fresh, recent), (reports - fresh, [w for w in weeks if w not in recent])):
            done, target = 0, wanted - opened
            of_weeks = [weeks[week] for week in among]
            while done < share and among:
                (week,), (kind,) = self.random.choices(among, of_weeks), self.random.choices(kinds, shares)
                wish = None if among is recent else target > 0 and self.random.random() < target / (share - done)
                way = self._choose(kind, week, wish, left)
                if way is None:
                    continue
                stamp = self.stamps[way.stamp]
                found.append(self._placed(way, len(found)))
                done, left = done + stamp.reports, left - stamp.reports
                target, opened = target - stamp.open_cases, opened + stamp.open_cases
        return sorted(found, key=lambda one: one.received)

    def _choose(self, kind: str, week: int, is_open: bool | None, left: int) -> _Way | None:
        """A story of this kind that can have been reported in that week; None where there is none."""
        ways = self.ways.get((kind, week), [])
        if is_open is not None:
            ways = [way for way in ways if bool(self.stamps[way.stamp].open_cases) == is_open] or ways
        ways = [way for way in ways if self.stamps[way.stamp].reports <= left]
        if not ways:
            return None
        (way,) = self.random.choices(ways, [way.weight for way in ways])
        return way

    def _placed(self, way: _Way, number: int) -> Draw:
        """The copy in a county, at somebody's desk, for a family that may be known there."""
        plan = self.stamps[way.stamp].mould.plan
        (office,) = self.random.choices(range(len(self.offices)), self._people)
        sections = self.offices[office].branches[plan.branch]
        key = (office, plan.branch, bool(self.stamps[way.stamp].open_cases))
        turn, self.turns[key] = self.turns[key], self.turns[key] + 1
        section, worker = _seat([len(one.workers) for one in sections], turn)
        towns = len(self.offices[office].place.townships)
        mine = list(range(section, towns, len(sections))) if plan.branch == "family" else []
        minutes = self.random.randint(*self.slack[way.stamp])
        received = self.stamps[way.stamp].mould.received_at - timedelta(weeks=way.weeks) + timedelta(minutes=minutes)
        return Draw(
            way.stamp, way.weeks, minutes, office, section, worker,
            self.random.choice(mine or range(towns)), self._family(office, number), int(received.timestamp()),
        )  # fmt: skip

    def _family(self, office: int, number: int) -> int:
        """A new family, or one that was reported before: here, or in the county it lived in then."""
        if self.random.random() < self.nation.rates["repeats"] + self.nation.rates["duplicates"]:
            where = self.random.randrange(len(self.offices)) if self.random.random() < MOVED_AWAY else office
            if known := self.families[where]:
                return self.random.choice(known)
        kept = self.families[office]
        if len(kept) < FAMILIES_REMEMBERED:
            kept.append(number)
        else:
            kept[self.random.randrange(FAMILIES_REMEMBERED)] = number
        return number

    @cached_property
    def _people(self) -> list[int]:
        return [office.place.people for office in self.offices]

    def _weeks(self) -> dict[int, float]:
        """How much was reported in each week before the demonstration's morning."""
        today = clock.local(self.until).date()
        return {
            week: sum(self._factor(today - timedelta(days=week * 7 + day)) for day in range(7)) for week in range(WEEKS)
        }

    def _factor(self, day: date) -> float:
        if day.weekday() >= 5:
            return SATURDAY if day.weekday() == 5 else SUNDAY
        return AT_WORK if self.calendar.is_working(day) else HOLIDAY

    def _ways(self) -> dict[tuple[str, int], list[_Way]]:
        """For each kind and week, the stories that can have been reported then."""
        found: dict[tuple[str, int], list[tuple[int, int, date]]] = defaultdict(list)
        today = clock.local(self.until).date()
        for at, stamp in enumerate(self.stamps):
            plan = stamp.mould.plan
            for weeks in range(plan.weeks + 1 if plan.weeks >= 0 else WEEKS):
                day = clock.local(stamp.mould.received_at).date() - timedelta(weeks=weeks)
                week = (today - day).days // 7
                if week < WEEKS:
                    found[plan.kind, week].append((at, weeks, day))
        return {key: self._weighed(ways) for key, ways in found.items()}

    def _weighed(self, ways: list[tuple[int, int, date]]) -> list[_Way]:
        days = [day for _, _, day in ways]
        shares = [self.stamps[at].mould.plan.share for at, _, _ in ways]
        return [
            _Way(at, weeks, share * self._factor(day) / days.count(day))
            for (at, weeks, day), share in zip(ways, shares, strict=True)
        ]


def _seat(sizes: list[int], turn: int) -> tuple[int, int]:
    """Whose turn it is where every worker of every section takes one after the other."""
    turn %= sum(sizes)
    for section, size in enumerate(sizes):
        if turn < size:
            return section, turn
        turn -= size
    raise AssertionError


def _slack(stamp: Stamp, until: datetime) -> tuple[int, int]:
    """By how many minutes a copy may be earlier or later without crossing midnight or the demonstration's clock."""
    hands = [
        there.hour * 60 + there.minute
        for kind, *rest in stamp.slots if kind == "at"
        for there in [clock.local(rest[0])] if (there.hour, there.minute, there.second) != (0, 0, 0)
    ]  # fmt: skip
    ahead = (
        int((until - stamp.mould.last_at).total_seconds() // 60) - 2 if stamp.mould.plan.weeks == 0 else MOST_MINUTES
    )
    least, most = max(-MOST_MINUTES, 1 - min(hands)), min(MOST_MINUTES, 1438 - max(hands), ahead)
    return min(least, 0), max(most, 0)
