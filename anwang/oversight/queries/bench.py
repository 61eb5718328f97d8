"""The bench of a privacy officer: questions that wait, and one of them with what he needs and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.audit.words import of_reading
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.oversight import rules, words
from anwang.oversight.models import Question, Words
from anwang.oversight.states import Part, QuestionState

MOST = 50
LINES_SQL = """
SELECT q.id, q.kind, w.called, u.called, q.day, q.readings, q.signs, q.score, q.state, q.due_at, q.outcome
  FROM oversight_question q JOIN directory_worker w ON w.id = q.reader_id LEFT JOIN directory_unit u ON u.id = q.unit_id
 WHERE (q.state = 'settled') = %(settled)s AND q.reader_id IS DISTINCT FROM %(me)s
 ORDER BY q.settled_at DESC NULLS FIRST, q.due_at, q.id
 LIMIT %(most)s
"""
COUNTS_SQL = """
SELECT count(*) FILTER (WHERE state <> 'settled'), count(*) FILTER (WHERE state <> 'settled' AND due_at < %(now)s),
       count(*) FILTER (WHERE state <> 'settled' AND kind = 'bulk'), count(*) FILTER (WHERE state = 'settled')
  FROM oversight_question WHERE reader_id IS DISTINCT FROM %(me)s
"""
ROLE_SQL = """
SELECT w.called, u.called,
       array(SELECT p.role FROM directory_appointment p WHERE p.worker_id = w.id AND p.ended_at IS NULL),
       (SELECT m.number FROM matters_matter m WHERE m.id = %(file)s), count(l.id)
  FROM directory_worker w LEFT JOIN directory_unit u ON u.id = %(unit)s
  LEFT JOIN oversight_question l ON l.reader_id = w.id AND l.id <> %(this)s
 WHERE w.id = %(reader)s GROUP BY w.id, u.id
"""
READS_SQL = """
SELECT at, what, zone, signs FROM oversight_unexplained
 WHERE day = %s AND worker_id = %s AND file_id = %s ORDER BY at LIMIT 30
"""


@dataclass(frozen=True)
class QuestionLine:
    """One row of the bench."""

    id: UUID
    is_bulk: bool
    reader: str
    unit: str
    day: object
    readings: int
    signs: tuple[str, ...]
    state: str
    state_words: str
    due_at: datetime
    is_late: bool
    outcome: str


@dataclass(frozen=True)
class Bench:
    """Counts, and the rows of one view."""

    waiting: int
    late: int
    bulk: int
    settled: int
    lines: tuple[QuestionLine, ...]


@dataclass(frozen=True)
class Read:
    """One reading, without anything it showed."""

    at: datetime
    page: str
    zone: str
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """What somebody wrote in a question."""

    part: str
    part_words: str
    text: str
    at: datetime


@dataclass(frozen=True)
class QuestionPage:
    """One question: who read, from which post, which file by its number, when, and what speaks against it."""

    line: QuestionLine
    roles: str
    number: str
    """Of the file; empty when it has none, or very many were read."""
    earlier: int
    """Other questions about the same reader that the viewer may see."""
    first_at: datetime
    last_at: datetime
    opened_at: datetime
    answer_due_at: datetime | None
    reads: tuple[Read, ...]
    said: tuple[Said, ...]
    reader_id: UUID
    state: str
    asked_at: datetime | None


def bench(viewer: Viewer, *, settled: bool = False) -> Bench:
    """What row-level security lays on the viewer's bench, the most urgent first."""
    given = {"me": viewer.worker_id, "settled": settled, "most": MOST, "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(COUNTS_SQL, given)
        counts = cursor.fetchone()
        cursor.execute(LINES_SQL, given)
        return Bench(*counts, tuple(_line(*row) for row in cursor.fetchall()))


def late_questions(viewer: Viewer) -> int:
    """How many questions on the viewer's bench are past their time."""
    return Question.objects.filter(settled_at=None, due_at__lt=clock.now()).exclude(reader_id=viewer.worker_id).count()


def question(viewer: Viewer, question_id: UUID) -> QuestionPage:
    """One question. Opening it is itself a reading of whom it is about: the reader."""
    row = Question.objects.filter(id=question_id).exclude(reader_id=viewer.worker_id).first()
    if row is None:
        raise NotFound(_("找不到這一件，或不歸你覆核。"))
    with connection.cursor() as cursor:
        given = {"file": row.file_id, "unit": row.unit_id, "this": row.id, "reader": row.reader_id}
        cursor.execute(ROLE_SQL, given)
        reader, unit, roles, number, earlier = cursor.fetchone()
        cursor.execute(READS_SQL, [row.day, row.reader_id, row.file_id])
        reads = tuple(
            Read(at, of_reading(what), zone, _signs(signs, row)) for at, what, zone, signs in cursor.fetchall()
        )
    reading("oversight.question", by=viewer, file_id=row.id, zone="work", because="oversight")
    line = _line(row.id, row.kind, reader, unit, row.day, row.readings, row.signs, row.score, row.state, row.due_at,
                 row.outcome)  # fmt: skip
    return QuestionPage(
        line=line, roles=_roles(roles), number=number or "", earlier=earlier, first_at=row.first_at,
        last_at=row.last_at, opened_at=row.opened_at, answer_due_at=row.answer_due_at, reads=reads,
        said=said_in(viewer, [row.id]).get(row.id, ()),
        reader_id=row.reader_id, state=row.state, asked_at=row.asked_at,
    )  # fmt: skip


def said_in(viewer: Viewer, question_ids: Iterable[UUID]) -> dict[UUID, tuple[Said, ...]]:
    """Every word in these questions, in order."""
    found: dict[UUID, tuple[Said, ...]] = {}
    for row in Words.objects.filter(question_id__in=list(question_ids)).order_by("written_at", "id"):
        said = Said(row.part, str(Part(row.part).label), row.text, row.written_at)
        found[row.question_id] = (*found.get(row.question_id, ()), said)
    return found


def _line(id_: UUID, kind: str, reader: str, unit: str | None, day: object, readings: int, signs: list[str],
          score: int, state: str, due_at: datetime, outcome: str) -> QuestionLine:  # fmt: skip
    on = clock.local(clock.now()).date()
    is_open = state != QuestionState.SETTLED
    return QuestionLine(
        id_, kind == "bulk", reader, unit or "", day, readings, words.of_codes(rules.SIGNS, signs, on), state,
        str(QuestionState(state).label), due_at, is_open and due_at < clock.now(),
        "".join(words.of_codes(rules.OUTCOMES, [outcome], on)),
    )  # fmt: skip


def _signs(signs: list[str], row: Question) -> tuple[str, ...]:
    return words.of_codes(rules.SIGNS, signs, row.day)


def _roles(roles: list[str]) -> str:
    return _("、").join(str(Role(role).label) for role in roles)
