"""`anwang verify`: recompute every promise from the rows alone, as if no constraint existed.

Findings are broken promises (exit 1). Notices are what people should look at: matters that live on automatic steps or
on steps often pushed, and the share of matters resting.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from anwang.audit.posting import outside
from anwang.audit.sealing import check
from anwang.foundation import clock
from anwang.matters import rules


@dataclass(frozen=True)
class Finding:
    """A promise that does not hold: which, for what (a number or key), and in words."""

    promise: str
    what: str
    words: str


@dataclass(frozen=True)
class Notices:
    """Nothing broken, but to be looked at. `resting` of `open` matters have only an automatic next step."""

    open: int
    resting: int
    auto: tuple[str, ...]
    often_pushed: tuple[str, ...]

    @property
    def share(self) -> float:
        """Matters that live on their resting duty, of all open ones."""
        return self.resting / self.open if self.open else 0.0


@cache
def _checks() -> tuple[tuple[str, str, str], ...]:
    """(promise, words, SQL) from `verify.sql`, where each is headed `-- promise: words`."""
    text = (Path(__file__).parent / "verify.sql").read_text(encoding="utf-8")
    found = []
    for block in text.split("\n-- ")[1:]:
        head, _, sql = block.partition("\n")
        promise, _, words = head.partition(": ")
        found.append((promise, words, sql.strip().rstrip(";")))
    return tuple(found)


def verify(connection: Any = connection) -> list[Finding]:
    """Every promise recomputed; empty when all hold. Reads rows only, so any connection that sees them will do."""
    found = []
    with connection.cursor() as cursor:
        for promise, words, sql in _checks():
            cursor.execute(sql)
            found += [Finding(promise, str(row[0]), words) for row in cursor.fetchall()]
    return found


def notices(connection: Any = connection) -> Notices:
    """What to look at: resting shares and steps pushed as often as policy says is often."""
    often = rules.whole("duty.often_pushed", clock.now(), "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM matters_matter WHERE ended_at IS NULL")
        (is_open,) = cursor.fetchone()
        cursor.execute(
            "SELECT m.number FROM matters_matter m WHERE m.ended_at IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM matters_duty d WHERE d.open_of = m.id AND NOT d.is_auto) ORDER BY 1"
        )
        auto = tuple(number for (number,) in cursor.fetchall())
        cursor.execute(
            "SELECT DISTINCT m.number FROM matters_matter m JOIN matters_duty d ON d.open_of = m.id"
            " WHERE d.pushed >= %s ORDER BY 1",
            [often],
        )
        pushed = tuple(number for (number,) in cursor.fetchall())
    return Notices(is_open, len(auto), auto, pushed)


def main(arguments: Sequence[str]) -> int:
    """`anwang verify [--json]`: 0 when every promise holds, 1 with the findings otherwise."""
    parser = argparse.ArgumentParser(prog="anwang verify")
    parser.add_argument("--json", action="store_true", help="findings and notices as JSON")
    given = parser.parse_args(list(arguments))
    noted, faults = outside()
    found = verify() + [Finding("audit", fault.what, fault.words) for fault in (*faults, *check(noted))]
    seen = notices()
    if given.json:
        shown = {"findings": [asdict(one) for one in found], "notices": {**asdict(seen), "share": seen.share}}
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        _print(found, seen)
    return 1 if found else 0


def _print(found: list[Finding], seen: Notices) -> None:
    for one in found:
        print(f"{one.promise}: {one.what}: {one.words}", file=sys.stderr)
    print(f"promises: {len(_checks())} recomputed, {len(found)} findings")
    print(f"open matters: {seen.open}, living on the resting step alone: {seen.resting} ({seen.share:.0%})")
    if seen.often_pushed:
        print(f"steps often pushed: {', '.join(seen.often_pushed)}")
