"""What is in the tables after a kill: each acknowledged thing once and whole, and nothing torn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import psycopg

LINES = 12
"""Reports of one file, or children on one list."""
# What came in lies sealed, and so a little longer than it was.
WHOLE = """
SELECT r.narrative, count(*), count(*) FILTER (WHERE
    m.next_duty_id IS NOT NULL AND EXISTS (SELECT 1 FROM matters_duty d WHERE d.open_of = r.id)
    AND EXISTS (SELECT 1 FROM intake_reporter p WHERE p.report_id = r.id)
    AND EXISTS (SELECT 1 FROM intake_reportperson p WHERE p.report_id = r.id)
    AND NOT EXISTS (SELECT 1 FROM intake_reportoriginal o LEFT JOIN intake_originalbody b ON b.original_id = o.id
                     WHERE o.report_id = r.id AND (b.body IS NULL OR length(b.body) < o.size))
    AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = r.id)
    AND (SELECT count(*) FROM audit_act a WHERE a.matter_id = r.id AND a.verb = 'report.received') = 1)
  FROM intake_report r JOIN matters_matter m ON m.id = r.id WHERE r.channel <> 'roster' GROUP BY 1
"""
# A list is there once, with every line of it, and every child on it has one report.
LISTS = """
SELECT f.sender, count(DISTINCT f.id), count(r.id), count(DISTINCT i.id), count(DISTINCT i.person_id)
  FROM rosters_rosterfile f LEFT JOIN rosters_rosterrow r ON r.file_id = f.id
  LEFT JOIN intake_reportperson i ON i.report_id = r.report_id AND i.person_id = r.person_id GROUP BY 1
"""

# Messages to another system: each that was acknowledged, under a number of its own.
MESSAGES = "SELECT count(*), count(number), count(DISTINCT number), max(number) FROM systems_outgoing"


@dataclass
class Round:
    """One kill: what, after how much load, how long until the site answered again, and the count after it."""

    killed: str
    after: float
    back: float = 0.0
    acknowledged: int = 0
    found: int = 0
    lost: int = 0
    duplicates: int = 0
    torn: int = 0
    findings: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.duplicates or self.torn or self.findings)


@dataclass(frozen=True)
class Told:
    """What was acknowledged: marks of reports, a number of messages, senders of lists."""

    marks: set[str]
    messages: int
    lists: set[str]


def count(server: psycopg.Connection[tuple[object, ...]], made: Round, told: Told) -> None:
    """Fill in `made` from the tables alone."""
    from anwang.matters.verify import verify

    _count_reports(server, made, told.marks)
    _count_messages(server, made, told.messages)
    _count_lists(server, made, told.lists)
    made.findings = [f"{one.promise} {one.what}" for one in verify(server)]


def _count_reports(server: psycopg.Connection[tuple[object, ...]], made: Round, told: set[str]) -> None:
    rows = server.execute(WHOLE).fetchall()  # type: ignore[arg-type]
    copies = Counter({str(mark): int(str(number)) for mark, number, _whole in rows})
    made.acknowledged, made.found = len(told), sum(copies.values())
    made.lost = sum(1 for mark in told if not copies[mark])
    made.duplicates = sum(number - 1 for number in copies.values())
    made.torn = sum(int(str(number)) - int(str(whole)) for _mark, number, whole in rows)


def _count_messages(server: psycopg.Connection[tuple[object, ...]], made: Round, told: int) -> None:
    found = server.execute(MESSAGES).fetchone() or (0, 0, 0, 0)  # type: ignore[arg-type]
    there, numbered, numbers, last = (int(str(number or 0)) for number in found)
    made.acknowledged, made.found = made.acknowledged + told, made.found + there
    made.lost += max(told - there, 0)
    made.duplicates += numbered - numbers
    made.torn += last - numbers


def _count_lists(server: psycopg.Connection[tuple[object, ...]], made: Round, told: set[str]) -> None:
    """A list is there whole or not at all; one that was acknowledged has a report for every child."""
    rows = server.execute(LISTS).fetchall()  # type: ignore[arg-type]
    lists = {str(sender): [int(str(number)) for number in numbers] for sender, *numbers in rows}
    made.acknowledged += LINES * len(told)
    made.lost += sum(LINES - (lists[sender][3] if sender in lists else 0) for sender in told)
    for files, lines, reported, children in lists.values():
        made.found += reported
        made.duplicates += files - 1 + reported - children
        made.torn += lines != LINES
