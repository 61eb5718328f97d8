"""The rule for seeing once more, in plain Python over raw rows: what row-level security is compared with.

Nothing here asks the database who may read. It reads posts, shifts, covers, grants, involvements, restrictions and bars
as they lie there, and answers for one worker at one instant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import psycopg

SUPERVISING = {"supervisor", "screening_supervisor", "duty_supervisor", "ngo_supervisor"}
Connection = psycopg.Connection[tuple[object, ...]]
_LIVE = (
    r"\(g\.starts_at <= \( SELECT access_at\(\) AS access_at\)\) AND"
    r" \(\(g\.ends_at IS NULL\) OR \(g\.ends_at > \( SELECT access_at\(\) AS access_at\)\)\)"
)
_HELD = r"\(\(g\.holder\)::text = ANY \(\( SELECT access_keys\(\) AS access_keys\)::text\[\]\)\)"
BY_FILE = re.compile(
    rf"^\(EXISTS \( SELECT 1 FROM access_grant g WHERE \(\(g\.file_id = (\w+)\.(\w+)\) AND {_HELD}"
    rf" AND \('(\w+)'::text = ANY \(\(g\.zones\)::text\[\]\)\) AND {_LIVE}\)\)\)$"
)
BY_PERSON = re.compile(
    r"^\(EXISTS \( SELECT 1 FROM \(access_involvement i JOIN access_grant g ON \(\(g\.file_id = i\.file_id\)\)\)"
    rf" WHERE \(\(i\.person_id = (\w+)\.(\w+)\) AND {_HELD} AND \('(\w+)'::text = ANY \(\(g\.zones\)::text\[\]\)\)"
    rf" AND {_LIVE}\)\)\)$"
)


@dataclass(frozen=True)
class Shape:
    """How a table hangs on files: by a file's id or a person's in `column`, in `zone`."""

    by: str
    column: str
    zone: str


def shapes(connection: Connection) -> dict[str, Shape]:
    """Every table with one reading policy of the usual form; others have rules of their own."""
    found, odd = {}, set()
    policies = connection.execute(
        "SELECT tablename, regexp_replace(qual, '\\s+', ' ', 'g') FROM pg_policies WHERE schemaname = 'public'"
        " AND cmd IN ('SELECT', 'ALL') AND NOT roles && '{anwang_functions,anwang_owner}'"
    )
    for table, qual in policies.fetchall():
        for by, pattern in (("file", BY_FILE), ("person", BY_PERSON)):
            fits = pattern.match(str(qual))
            if fits and fits[1] == table and table not in found:
                found[str(table)] = Shape(by, fits[2], fits[3])
                break
        else:
            odd.add(table)
    return {table: shape for table, shape in found.items() if table not in odd}


@dataclass
class Facts:
    """Raw rows, read once."""

    workers: dict[UUID, datetime | None] = field(default_factory=dict)
    posts: list[tuple[UUID, UUID, str, datetime, datetime | None]] = field(default_factory=list)
    shifts: list[tuple[UUID, UUID, datetime, datetime]] = field(default_factory=list)
    covers: list[tuple[UUID, UUID, datetime, datetime]] = field(default_factory=list)
    grants: list[tuple[UUID, str, list[str], datetime, datetime | None]] = field(default_factory=list)
    stands: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    restricted: list[tuple[UUID, UUID, datetime, datetime, datetime | None]] = field(default_factory=list)
    readers: list[tuple[UUID, UUID, datetime, datetime | None]] = field(default_factory=list)
    bars: list[tuple[UUID, UUID, datetime, datetime | None]] = field(default_factory=list)
    identity: dict[UUID, UUID] = field(default_factory=dict)

    def stands_in(self) -> set[UUID]:
        """Every file in which somebody stands."""
        return set().union(*self.stands.values())

    def keys(self, who: UUID, at: datetime) -> set[str]:
        """Under what a worker may read at an instant."""
        keys = {f"w:{who}"} if self.workers[who] is None else set()
        keys |= {f"w:{absent}" for absent, cover, since, until in self.covers if cover == who and since <= at < until}
        for worker, unit, role, since, until in self.posts:
            if worker == who and _during(at, since, until):
                keys |= {f"u:{unit}", f"u:{unit}/{role}"}
                keys |= {f"u:{unit}/supervising"} if role in SUPERVISING else set()
        keys |= {f"d:{desk}" for desk, worker, since, until in self.shifts if worker == who and since <= at < until}
        if self.workers[who] is None:
            glass = f"w:{who}/glass"
            keys |= {glass for _file, holder, _zones, since, until in self.grants
                     if holder == glass and until and since <= at < until}  # fmt: skip
        return keys

    def closed(self, who: UUID, at: datetime) -> set[UUID]:
        """Files that are shut whatever was granted: restricted to others, or about somebody he is barred from."""
        named = {one for one, worker, since, until in self.readers if worker == who and _during(at, since, until)}
        shut = {file for one, file, since, until, ended in self.restricted
                if since <= at < until and (ended is None or at < ended) and one not in named}  # fmt: skip
        kin = {self.identity[person] for worker, person, since, until in self.bars
               if worker == who and _during(at, since, until)}  # fmt: skip
        return shut | {file for person, files in self.stands.items() if self.identity.get(person) in kin
                       for file in files}  # fmt: skip

    def zones(self, who: UUID, at: datetime) -> dict[UUID, set[str]]:
        """File → zones he reads."""
        keys, closed = self.keys(who, at), self.closed(who, at)
        found: dict[UUID, set[str]] = defaultdict(set)
        for file, holder, zones, since, until in self.grants:
            if holder in keys and file not in closed and _during(at, since, until):
                found[file] |= set(zones)
        return found


def _during(at: datetime, since: datetime, until: datetime | None) -> bool:
    return since <= at and (until is None or at < until)


def facts(connection: Connection) -> Facts:
    """Everything the rule asks for."""
    rows = lambda sql: connection.execute(sql).fetchall()  # noqa: E731
    told = Facts()
    told.workers = dict(rows("SELECT id, left_on FROM directory_worker"))  # type: ignore[arg-type]
    told.posts = rows("SELECT worker_id, unit_id, role, started_at, ended_at FROM directory_appointment")  # type: ignore[assignment]
    told.shifts = rows("SELECT desk_id, worker_id, starts_at, ends_at FROM directory_shift")  # type: ignore[assignment]
    told.covers = rows("SELECT worker_id, covered_by_id, starts_at, ends_at FROM directory_absence"
                       " WHERE covered_by_id IS NOT NULL")  # type: ignore[assignment]  # fmt: skip
    told.grants = rows("SELECT file_id, holder, zones, starts_at, ends_at FROM access_grant")  # type: ignore[assignment]
    for person, file in rows("SELECT person_id, file_id FROM access_involvement"):
        told.stands[person].add(file)  # type: ignore[index,arg-type]
    told.restricted = rows("SELECT id, file_id, starts_at, until_at, ended_at FROM access_restriction")  # type: ignore[assignment]
    told.readers = rows("SELECT restriction_id, worker_id, since_at, until_at FROM access_restrictionreader")  # type: ignore[assignment]
    told.bars = rows("SELECT worker_id, person_id, starts_at, ends_at FROM access_bar")  # type: ignore[assignment]
    told.identity = dict(rows("SELECT id, identity_id FROM people_person"))  # type: ignore[arg-type]
    return told
