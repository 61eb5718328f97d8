"""The text of copies: every slot of a stamp filled for one draw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from operator import itemgetter
from typing import Any

from anwang.foundation import numbers
from anwang.foundation.names import search_key
from anwang.intake import sealed as reporters
from anwang.people import seals

from . import windows
from .casting import Stamp
from .drawing import Draw
from .nation import Nation
from .people import Household
from .staff import Office
from .words import MONTHS

DAY = 86_400
EPOCH = date(1970, 1, 1)
TAIPEI_AHEAD = 8 * 3600
HANDS = [f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}" for second in range(DAY)]
ONE_EACH = ("seat", "intake", "social", "health", "desk", "checker", "chief", "duty_supervisor")
STEP, LAST = 6_700_417, 10_000_000
"""Numbers are drawn by steps that meet no number twice: no common divisor with how many there are."""


@cache
def _day(number: int) -> str:
    return (EPOCH + timedelta(days=number)).isoformat()


@cache
def _date(number: int) -> date:
    return EPOCH + timedelta(days=number)


Posts = dict[str, Any]
"""A county's desks as text: role → id, or ids to choose from; `branches` → sections."""


class Form:
    """A stamp made ready: its slots by what they are, positions at hand."""

    def __init__(self, stamp: Stamp) -> None:
        self.stamp, self.size = stamp, len(stamp.slots) + 2
        self.by_kind: dict[str, list[tuple[int, tuple[Any, ...]]]] = {}
        for (kind, *rest), at in stamp.slots.items():
            self.by_kind.setdefault(kind, []).append((at, tuple(rest)))
        self.instants = [
            (at, *_moment(when), gap, rest, ahead) for at, (when, gap, rest, ahead) in self.by_kind.get("at", [])
        ]
        self.words = [
            (at, language, *_moment(when), ends_day, _moment(since) if since else None)
            for at, (language, when, ends_day, since) in self.by_kind.get("words", [])
        ]
        self.days = [(at, (day - EPOCH).days) for at, (day,) in self.by_kind.get("day", [])]
        self.who = [
            (at, role.startswith("other "), role.removeprefix("other ")) for at, (role,) in self.by_kind.get("who", [])
        ]
        self.ids = [(at, f"-7{number:03x}-") for at, (number,) in self.by_kind.get("id", [])]
        self.texts = {name: (text, _getter(at)) for name, (text, at) in stamp.rows.items()}


def _moment(when: datetime) -> tuple[int, bool]:
    """Seconds since 1970, and whether it is a midnight, which stays one."""
    seconds = int(when.timestamp())
    return seconds, (seconds + TAIPEI_AHEAD) % DAY == 0


def _getter(at: tuple[int, ...]) -> Callable[[list[str]], tuple[str, ...]]:
    if len(at) > 1:
        return itemgetter(*at)
    return lambda values: tuple(values[one] for one in at)


class Filler:
    """Fills copies for one seed; `number` is the copy's own, and gives all its identifiers."""

    def __init__(self, nation: Nation, offices: list[Office], stamps: list[Stamp], seed: int, taken: frozenset[str]):
        self.nation, self.offices, self.seed, self.taken = nation, offices, seed, taken
        self.forms = [Form(stamp) for stamp in stamps]
        self.posts = [_posts(office) for office in offices]

    def rows(self, draw: Draw, number: int, first_number: int) -> dict[str, str]:
        """Table → rows of one copy, ready for COPY."""
        form = self.forms[draw.stamp]
        values = self.values(form, draw, number, first_number)
        return {name: text % pick(values) for name, (text, pick) in form.texts.items()}

    def values(self, form: Form, draw: Draw, number: int, first_number: int) -> list[str]:
        values = [""] * form.size
        head = f"{draw.received * 1000:012x}"
        head, tail = f"{head[:8]}-{head[8:]}", f"{0x8000 | self.seed & 0xFFF:04x}-{number:012x}"
        for at, middle in form.ids:
            values[at] = head + middle + tail
        self._times(form, draw, values)
        self._places_and_posts(form, draw, values)
        year = _date((draw.received + TAIPEI_AHEAD) // DAY).year
        for at, (told,) in form.by_kind.get("number", []):
            values[at], first_number = self._number(told, year, first_number)
        self._people(form, draw, values, lambda k: f"{head}-7{k:03x}-{tail}")
        return values

    def _times(self, form: Form, draw: Draw, values: list[str]) -> None:
        weeks = -draw.weeks * 7 * DAY
        both = weeks + draw.minutes * 60
        for at, seconds, is_midnight, gap, rest, ahead in form.instants:
            day, second = divmod(seconds + ahead + (weeks if is_midnight else both), DAY)
            values[at] = _day(day) + gap + HANDS[second] + rest
        for at, language, seconds, is_midnight, ends_day, since in form.words:
            year = None
            if since:
                year = _date((since[0] + (weeks if since[1] else both) + TAIPEI_AHEAD) // DAY).year
            values[at] = _in_words(language, seconds + (weeks if is_midnight else both), ends_day, year)
        for at, number in form.days:
            values[at] = _day(number - draw.weeks * 7)
        for at, (course, n, end) in form.by_kind.get("window", ()):
            values[at] = windows.day(course, n, end, draw.weeks)

    def _places_and_posts(self, form: Form, draw: Draw, values: list[str]) -> None:
        kinds, branch = form.by_kind, form.stamp.mould.plan.branch
        here = self.posts[draw.office]
        there = self.posts[(draw.office + 1 + draw.family % (len(self.posts) - 1)) % len(self.posts)]
        for at, is_other, role in form.who:
            posts = there if is_other else here
            found = posts.get(role)
            if found is None:
                seat = (draw.section, draw.worker) if not is_other else None
                found = self._seated(posts, branch, role.removeprefix(branch).strip(), draw.family, seat)
            values[at] = found if isinstance(found, str) else found[draw.family % len(found)]
        for at, (before,) in kinds.get("county", ()):
            values[at] = (there if before else here)["code"]  # type: ignore[assignment]
        for at, (before,) in kinds.get("json county", ()):
            values[at] = f'"county": "{(there if before else here)["code"]}"'
        for at, _ in kinds.get("area", ()):
            values[at] = self.offices[draw.office].place.townships[draw.town][0]

    def _seated(self, posts: Posts, branch: str, role: str, family: int, seat: tuple[int, int] | None) -> str:
        """The unit, worker or supervisor of the section a copy belongs to."""
        sections = posts["branches"][branch]  # type: ignore[index]
        section = sections[seat[0] if seat else family % len(sections)]
        if role != "worker":
            return section[role or "unit"]  # type: ignore[no-any-return]
        workers = section["workers"]
        return workers[seat[1] if seat else family % len(workers)]  # type: ignore[no-any-return]

    def _number(self, told: str, year: int, counter: int) -> tuple[str, int]:
        """The next free number with the letter of the one told."""
        while True:
            digits, counter = f"{counter * STEP % LAST:07}", counter + 1
            made = numbers.written(told[0], year - 1911, digits)
            if made not in self.taken:
                return made, counter

    def _people(self, form: Form, draw: Draw, values: list[str], row_id: Callable[[int], str]) -> None:
        office, stamp, kinds = self.offices[draw.office], form.stamp, form.by_kind
        home = Household(self.nation, draw.family, self.seed)
        where = home.place(office.place, office.place.townships[draw.town][1])
        surnames: dict[str, int] = {}
        names, ids, phones = [], [], []
        for person in stamp.people:
            which = surnames.setdefault(person.name[:1], len(surnames))
            is_child = bool(person.born[1] and person.born[1].year > 2006)
            names.append(home.name(which, person.sex, is_child))
            ids.append(home.number(person.sex))
        phones = [home.phone() for _ in stamp.phones]
        shift = home.random.randrange(-150, 150)
        shown = [
            f"代號{draw.family % 1_000_000:06}" if one.is_coded else name
            for one, name in zip(stamp.people, names, strict=True)
        ]
        for at, (person,) in kinds.get("name", []):
            values[at] = shown[person]
        for at, (person,) in kinds.get("key", []):
            values[at] = search_key(names[person])
        for at, (person, end) in kinds.get("born", []):
            told = stamp.people[person].born[end]
            values[at] = home.born(told, shift).isoformat() if told else "\\N"
        for at, (person,) in kinds.get("last_three", []):
            values[at] = ids[person][-3:]
        for at, _ in kinds.get("is_checksum_valid", []):
            values[at] = "t"
        for at, _ in kinds.get("place", []):
            values[at] = where
        for at, (door,) in kinds.get("address", []):
            values[at] = home.address(where, door)
        for at, (which, dash) in kinds.get("phone", []):
            values[at] = phones[which].replace("-", dash)
        self._sealed(
            form, values, row_id, names, ids, [home.address(where, door) for door in range(len(stamp.addresses))]
        )

    def _sealed(
        self, form: Form, values: list[str], row_id: Callable[[int], str], names: list[str], ids: list[str],
        addresses: list[str],
    ) -> None:  # fmt: skip
        kinds = form.by_kind
        for at, (row, person) in kinds.get("number seal", []):
            values[at] = _bytes(seals.seal(ids[person], "identifier.value", row_id(row)))  # type: ignore[arg-type]
        for at, (person,) in kinds.get("number key", []):
            values[at] = _bytes(seals.number_lookup(ids[person]))
        for at, (door,) in kinds.get("place key", []):
            values[at] = _bytes(seals.place_lookup(addresses[door]))
        for at, (row, person) in kinds.get("name seal", []):
            values[at] = _bytes(seals.seal(names[person], "name_seal.name", row_id(row)))  # type: ignore[arg-type]
        for at, (row, said) in kinds.get("reporter seal", []):
            values[at] = _bytes(reporters.seal(dict(said), "reporter", row_id(row)))  # type: ignore[arg-type]


def _bytes(raw: bytes) -> str:
    return "\\\\x" + raw.hex()


def _in_words(language: str, seconds: int, ends_day: bool, year: int | None) -> str:
    """As `rulebook.clocks` writes an instant."""
    day, second = divmod(seconds + TAIPEI_AHEAD, DAY)
    hands = HANDS[second][:5]
    if ends_day:
        day, hands = day - 1, "24:00"
    on = _date(day)
    if language == "zh":
        prefix = f"{on.year - 1911}年" if year is not None and on.year != year else ""
        return f"{prefix}{on.month}月{on.day}日{hands}"
    suffix = f" {on.year}" if year is not None and on.year != year else ""
    return f"{on.day} {MONTHS[on.month - 1]}{suffix} {hands}"


def _posts(office: Office) -> Posts:
    one = {name: str(getattr(office, name)) for name in ONE_EACH}
    several = {"screener": [str(key) for key in office.screeners], "duty": [str(key) for key in office.duty]}
    branches = {
        branch: [
            {"unit": str(one.unit), "workers": [str(key) for key in one.workers], "supervisor": str(one.supervisor)}
            for one in sections
        ]
        for branch, sections in office.branches.items()
    }
    return {"code": office.place.code, "branches": branches} | one | several
