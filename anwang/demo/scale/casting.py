"""Making a stamp of a played story: all its rows as text, with a slot wherever a copy must say something else.

What is found: identifiers of the story's own rows, units and workers, instants and days, numbers, names, places,
telephones, sealed values. Whatever else stands in a row is the same in every copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from anwang.intake import sealed as reporters

from . import windows, words
from .moulds import Mould
from .staff import WORKSHOPS
from .tables import Table, tables

NULL = "\\N"
FOUNDED = ("directory_", "access_account", "django_", "auth_", "enactments_")
"""Tables a story must not have written to."""
KEPT_DAYS = frozenset({"rule_from"})
"""Days that belong to a rule, not to the story."""
_ID = r"(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_INSTANT = r"(?P<instant>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?\+\d\d(?::\d\d)?)"
_NUMBER = r"(?P<number>\b[A-Z]\d{3}-\d{4}-\d{4}\b)"

Slot = tuple[Any, ...]
"""What stands there: ("id", k), ("who", role), ("at", instant, T or space, rest) … as `filling` reads it."""


class Unforeseen(Exception):
    """A story left something that no copy could vary truthfully."""


@dataclass
class Person:
    """One record of somebody in a story: what a copy's person is drawn after."""

    row: int
    name: str
    sex: str
    is_coded: bool
    born: tuple[date | None, date | None]


@dataclass
class Stamp:
    """A compiled story: for each table its text with slots; what a copy needs drawn."""

    mould: Mould
    rows: dict[str, tuple[str, tuple[int, ...]]] = field(default_factory=dict)
    """Table → text for `%`, and the positions of its values."""
    count: dict[str, int] = field(default_factory=dict)
    slots: dict[Slot, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    """What stood in each slot in the story itself."""
    people: list[Person] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    reports: int = 0
    open_cases: int = 0


def compiled(connection: Connection, moulds: list[Mould]) -> tuple[list[Stamp], list[Table]]:
    """The stamps of all stories, and the tables they wrote to. Raises Unforeseen."""
    of = {number: at for at, mould in enumerate(moulds) for number in mould.transactions}
    found: list[dict[str, list[list[str]]]] = [{} for _ in moulds]
    every = {table.name: table for table in tables(connection)}
    for table in every.values():
        with connection.cursor().copy(table.out()) as copy:
            lines = b"".join(copy).decode().split("\n")
        for line in filter(None, lines):
            mark, *cells = line.split("\t")
            if int(mark) in of:
                found[of[int(mark)]].setdefault(table.name, []).append(cells)
    touched = {name for rows in found for name in rows}
    if wrong := [name for name in touched if name.startswith(FOUNDED)]:
        raise Unforeseen(f"a story wrote to {', '.join(sorted(wrong))}")
    stamps = [_Caster(mould, rows, every).stamp() for mould, rows in zip(moulds, found, strict=True)]
    return stamps, [every[name] for name in every if name in touched]


class _Caster:
    """Reads one story's rows and writes its stamp."""

    def __init__(self, mould: Mould, rows: dict[str, list[list[str]]], every: dict[str, Table]) -> None:
        self.rows, self.every, self.made = rows, every, Stamp(mould)
        self.cast = {str(key): role for key, role in mould.cast.items()}
        self.ids: dict[str, int] = {}
        self._number_the_ids()
        self._know_the_people()
        places = {cells["place"] for cells in self._of("intake_report")} - {""}
        if len(places) > 1:
            raise Unforeseen(f"{mould.plan} happens in several places")
        self.codes = dict(zip(WORKSHOPS, ("", "other "), strict=True))
        known = {name: ("name", at) for at, name in enumerate(self._names) if name}
        known |= {text: ("address", at) for at, text in enumerate(self.made.addresses)}
        known |= {text: ("phone", at, "-") for at, text in enumerate(self.made.phones)}
        known |= {text.replace("-", ""): ("phone", at, "") for at, text in enumerate(self.made.phones)}
        known |= dict.fromkeys(places, ("place",))
        known |= {f'"county": "{code}"': ("json county", before) for code, before in self.codes.items()}
        self.known = known
        texts = "|".join(re.escape(text) for text in sorted(known, key=len, reverse=True))
        self.pattern = re.compile(f"{_ID}|{_INSTANT}|{_NUMBER}|(?P<known>{texts})")
        self.windows = windows.of_courses(self._of("followups_stretch"), self._of("followups_window"))

    def stamp(self) -> Stamp:
        for name in sorted(self.rows):
            table, parts, at = self.every[name], [], []
            # In the order of their keys, so that copies come in the order the story wrote them.
            for cells in sorted(self.rows[name], key=lambda cells: self._order(table, cells)):
                row = dict(zip((column for column, _ in table.columns), cells, strict=True))
                for position, ((column, kind), text) in enumerate(zip(table.columns, cells, strict=True)):
                    parts.append("\t" if position else "")
                    self._cell(name, column, kind, text, row, parts, at)
                parts.append("\n")
            self.made.rows[name] = ("".join(parts), tuple(at))
            self.made.count[name] = len(self.rows[name])
        self.made.reports = self.made.count.get("intake_report", 0)
        self.made.open_cases = sum(
            row["kind"] == "case" and row["ended_at"] == NULL for row in self._of("matters_matter")
        )
        return self.made

    def _cell(
        self, table: str, column: str, kind: str, text: str, row: dict[str, str], parts: list[str], at: list[int]
    ) -> None:  # fmt: skip
        """One value as text and slots."""
        slot = self._special(table, column, kind, text, row)
        if slot is not None:
            parts.append("%s")
            at.append(self._slot(slot, text))
            return
        if text == NULL:
            parts.append(text)
            return
        pattern, meant = self.pattern, self._meant
        if column in ("words", "words_en") and table == "matters_duty" and text:
            near = datetime.fromisoformat(row["starts_at"])
            pattern, meant = words.TOKEN, self._dates_of(text, near)
        last = 0
        for found in pattern.finditer(text):
            parts += [text[last : found.start()].replace("%", "%%"), "%s"]
            at.append(self._slot(meant(found), found[0]))
            last = found.end()
        parts.append(text[last:].replace("%", "%%"))

    def _special(self, table: str, column: str, kind: str, text: str, row: dict[str, str]) -> Slot | None:
        """Columns whose value follows from others, or that no pattern would know."""
        if text == NULL or text == "":
            return None
        if kind == "bytea":
            return self._sealed(table, column, text, row)
        if kind == "date" and column not in KEPT_DAYS:
            if table == "people_person" and column.startswith("born_"):
                return ("born", self._person(row["id"]), int(column == "born_latest"))
            return self.windows.get((row.get("id", ""), column), ("day", date.fromisoformat(text)))
        if table == "people_person" and column in ("name", "name_key"):
            # By his record: two of one name in one story are two people.
            return ("name" if column == "name" else "key", self._person(row["id"]))
        if table == "people_identifier" and column in ("last_three", "is_checksum_valid"):
            return (column, self._person(row["person_id"]))
        if column == "area_code":
            return ("area",)
        return ("county", self.codes[text]) if column == "county" else None

    def _sealed(self, table: str, column: str, text: str, row: dict[str, str]) -> Slot | None:
        if text == "\\\\x":
            return None
        raw = bytes.fromhex(text.removeprefix("\\\\x"))
        if table == "people_identifier":
            person = self._person(row["person_id"])
            return ("number seal", self.ids[row["id"]], person) if column == "sealed_value" else ("number key", person)
        if (table, column) == ("people_address", "lookup"):
            return ("place key", self.made.addresses.index(row["text"]))
        if (table, column) == ("people_nameseal", "sealed_name"):
            return ("name seal", self.ids[row["person_id"]], self._person(row["person_id"]))
        if (table, column) == ("intake_reporter", "sealed"):
            said = reporters.unseal(raw, "reporter", UUID(row["id"]))
            return ("reporter seal", self.ids[row["id"]], tuple(said.items()))
        raise Unforeseen(f"{table}.{column} is sealed in a way no copy knows")

    def _meant(self, found: re.Match[str]) -> Slot:
        text = found[0]
        if found["known"]:
            return self.known[text]
        if found["instant"]:
            when = datetime.fromisoformat(text)
            ahead = (when.utcoffset() or timedelta()) // timedelta(seconds=1)
            return ("at", when.astimezone(UTC).replace(microsecond=0), text[10], text[19:], ahead)
        if found["number"]:
            return ("number", text)
        role = self.cast.get(text)
        return ("who", role) if role else ("id", self.ids[text])

    def _dates_of(self, text: str, near: datetime) -> Callable[[re.Match[str]], Slot]:
        first = words.TOKEN.search(text)
        assert first is not None
        start = words.instant(first, near)

        def meant(found: re.Match[str]) -> Slot:
            language = "zh" if found["month"] else "en"
            ends_day = (found["at"] or found["at_en"]) == "24:00"
            since = None if found.start() == first.start() else start
            return ("words", language, words.instant(found, near), ends_day, since)

        return meant

    def _slot(self, slot: Slot, text: str) -> int:
        """The position of a slot, which says the same wherever it stands."""
        at = self.made.slots.setdefault(slot, len(self.made.slots))
        if at == len(self.made.told):
            self.made.told.append(text)
        elif self.made.told[at] != text:
            raise Unforeseen(f"{self.made.mould.plan}: {slot} is both {self.made.told[at]!r} and {text!r}")
        return at

    def _number_the_ids(self) -> None:
        """Every identifier that is not of the directory, in the order in which it was made."""
        every = {
            found[0]
            for rows in self.rows.values() for cells in rows for text in cells for found in re.finditer(_ID, text)
        }  # fmt: skip
        self.ids = {key: at for at, key in enumerate(sorted(every - set(self.cast)))}
        if len(self.ids) > 4096:
            raise Unforeseen(f"{self.made.mould.plan} has more rows than a stamp can number")

    def _know_the_people(self) -> None:
        made, self._names, self._of_row = self.made, [], {}
        for row in sorted(self._of("people_person"), key=lambda row: row["id"]):
            born = tuple(
                None if row[c] == NULL else date.fromisoformat(row[c]) for c in ("born_earliest", "born_latest")
            )
            self._of_row[row["id"]] = len(made.people)
            made.people.append(Person(self.ids[row["id"]], row["name"], row["sex"], row["name_kind"] == "code", born))  # type: ignore[arg-type]
            self._names.append(row["name"])
        made.addresses = sorted({row["text"] for row in self._of("people_address")})
        made.phones = sorted({row["value"] for row in self._of("people_contactpoint")})

    def _person(self, row_id: str) -> int:
        return self._of_row[row_id]

    def _of(self, table: str) -> list[dict[str, str]]:
        names = [column for column, _ in self.every[table].columns]
        return [dict(zip(names, cells, strict=True)) for cells in self.rows.get(table, [])]

    def _order(self, table: Table, cells: list[str]) -> tuple[object, ...]:
        """Rows by their key; where the database counts them, by when and to what they belong."""
        row = dict(zip((column for column, _ in table.columns), cells, strict=True))
        if "id" in row:
            return (row["id"],)
        return (row.get("since", ""), [self.ids.get(text, -1) for text in cells], cells)
