"""A course as it stands: its stretches, its opened windows, and what contacts make of them. Plain data, no writes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any  # rows of JSON
from uuid import UUID

from django.db import connection

from anwang.followups.states import SETTLED, Came
from anwang.rulebook.schedules import Stage, Stretch

STATE_SQL = "SELECT followups_state(%s)"
CONTACTS_SQL = "SELECT made_on, method, is_visit, is_met, seen, seen_in_person FROM followups_contacts(%s)"


@dataclass(frozen=True)
class Made:
    """One contact or attempt: the day, how, whether somebody was met, who was seen."""

    on: date
    method: str
    is_visit: bool
    is_met: bool
    seen: frozenset[UUID]
    seen_in_person: frozenset[UUID]

    def reached(self, person: UUID | None) -> bool:
        return self.is_met and (person is None or person in self.seen)

    def in_person(self, person: UUID | None) -> bool:
        return self.reached(person) and self.is_visit and (person is None or person in self.seen_in_person)


@dataclass(frozen=True)
class Count:
    """What was reached, of it in person, and what was tried in vain: one of each a day."""

    reached: int = 0
    in_person: int = 0
    tries: int = 0

    def came(self, contacts: int, in_person: int, *, is_over: bool, effort: bool) -> Came:
        """Documented effort stands for contacts where the schedule says so, once the window is over."""
        if self.reached >= contacts and self.in_person >= in_person:
            return Came.MET
        if not is_over:
            return Came.OPEN
        return Came.EFFORT if effort and self.tries and self.reached + self.tries >= contacts else Came.SHORT


@dataclass(frozen=True)
class Opened:
    """A window that has begun, with its last mark."""

    id: UUID
    n: int
    begins_on: date
    ends_on: date
    contacts: int
    in_person: int
    mark: int = 0
    came: str = Came.OPEN
    count: Count = Count()
    duty: UUID | None = None

    @property
    def is_settled(self) -> bool:
        return self.came in SETTLED


@dataclass(frozen=True)
class Piece:
    """A stretch with the rule it runs under."""

    n: int
    stretch: Stretch
    rule_id: str
    rule_from: date


@dataclass(frozen=True)
class Look:
    """The next day on which the course is looked at."""

    n: int
    due_on: date
    duty: UUID
    is_long: bool
    is_done: bool


@dataclass(frozen=True)
class Running:
    """A course with everything it needs to go on."""

    id: UUID
    person: UUID | None
    group: str
    episode: int
    origin_on: date
    is_ended: bool
    pieces: tuple[Piece, ...]
    windows: tuple[Opened, ...]
    look: Look | None

    @property
    def rule_id(self) -> str:
        return self.pieces[-1].rule_id

    @property
    def stretches(self) -> list[Stretch]:
        return [piece.stretch for piece in self.pieces]

    def first_free(self, today: date) -> date:
        """The first day that no counted window holds: what is over is never planned anew."""
        over = [one.ends_on for one in self.windows if one.came != Came.OPEN and one.ends_on < today]
        return date.fromordinal(max(over).toordinal() + 1) if over else self.pieces[0].stretch.begins_on


@dataclass(frozen=True)
class Standing:
    """An open case as schedules see it: whom it is about (with days of birth), whom it asked to join, its courses."""

    subjects: tuple[tuple[UUID, date | None, date | None], ...]
    asked: frozenset[UUID]
    courses: tuple[Running, ...]

    def running(self, group: str, person: UUID | None) -> list[Running]:
        return [one for one in self.courses if not one.is_ended and (one.group, one.person) == (group, person)]


def standing(matter_id: UUID) -> Standing:
    """What the database lets whoever acts know of a case: kinds, days and numbers."""
    with connection.cursor() as cursor:
        cursor.execute(STATE_SQL, [matter_id])
        raw = cursor.fetchone()[0]
    row = json.loads(raw) if isinstance(raw, str) else raw or {}
    subjects = tuple((UUID(one), _day(least), _day(most)) for one, least, most in row.get("subjects") or ())
    asked = frozenset(UUID(one) for one in row.get("asked") or ())
    return Standing(subjects, asked, tuple(_running(one) for one in row.get("courses") or ()))


def contacts(matter_id: UUID) -> list[Made]:
    """Every contact and attempt that counts for a case, corrected ones left out, in order of time."""
    with connection.cursor() as cursor:
        cursor.execute(CONTACTS_SQL, [matter_id])
        return [
            Made(on, method, visit, met, frozenset(seen), frozenset(face))
            for on, method, visit, met, seen, face in cursor.fetchall()
        ]


def count(made: Iterable[Made], person: UUID | None, first: date, last: date, methods: Collection[str]) -> Count:
    """Days on which somebody was reached, reached in person, or only tried for."""
    within = [one for one in made if first <= one.on <= last and (not methods or one.method in methods)]
    reached = {one.on for one in within if one.reached(person)}
    face = {one.on for one in within if one.in_person(person)}
    tries = {one.on for one in within} - reached
    return Count(len(reached), len(face), len(tries))


def stages(steps: Sequence[Stage]) -> list[dict[str, Any]]:
    """Steps as a stretch keeps them."""
    return [asdict(stage) for stage in steps]


def _running(row: Mapping[str, Any]) -> Running:
    return Running(
        UUID(row["id"]), UUID(row["person"]) if row["person"] else None, row["group"], row["episode"],
        date.fromisoformat(row["origin"]), row["ended"],
        tuple(
            Piece(n, Stretch(date.fromisoformat(begins), date.fromisoformat(origin), _stages(steps)), rule,
                  date.fromisoformat(since))
            for n, begins, origin, rule, since, steps in row["stretches"] or ()
        ),
        tuple(_opened(one) for one in row["windows"] or ()),
        _look(row["look"]),
    )  # fmt: skip


def _opened(row: Sequence[Any]) -> Opened:
    id_, n, begins, ends, owed, owed_face, mark, came, reached, face, tries, duty = row
    return Opened(
        UUID(id_), n, date.fromisoformat(begins), date.fromisoformat(ends), owed, owed_face, mark or 0,
        came or Came.OPEN, Count(reached or 0, face or 0, tries or 0), UUID(duty) if duty else None,
    )  # fmt: skip


def _look(row: Sequence[Any] | None) -> Look | None:
    if not row:
        return None
    n, due_on, duty, is_long, state = row
    return Look(n, date.fromisoformat(due_on), UUID(duty), is_long, state != "open")


def _stages(steps: Iterable[Mapping[str, Any]]) -> tuple[Stage, ...]:
    return tuple(Stage(**one) for one in steps)


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None
