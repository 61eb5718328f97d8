"""Rows with how far each child is: one statement, ready for lists. Nothing here shows where anybody lives."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # database rows
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.rosters import rules, seals
from anwang.rosters.states import Match, RowState, Seen, Taken, Withdrawal

from . import words

BACK = "wd.state, wd.because, wd.words, wd.asked_at, wd.asked_by, wa.called, wb.called, wd.decided_words"
BACK_SQL = f"""
SELECT {BACK} FROM rosters_rosterwithdrawal wd LEFT JOIN directory_worker wa ON wa.id = wd.asked_by
  LEFT JOIN directory_worker wb ON wb.id = wd.decided_by WHERE wd.row_id = %s ORDER BY wd.recorded_at DESC LIMIT 1
"""  # noqa: S608
ROWS_SQL = f"""
SELECT r.id, r.file_id, f.number, f.kind, f.sender, f.received_at, f.recorded_at, r.line, r.attempt, r.serial, r.state,
       r.reasons, r.notes, r.taken, r.match, r.withdrawn_because, r.pre_check, r.recorded_at, m.line, mf.number,
       c.cells::text, c.sealed, p.report_number, p.received_at, p.dispatched, p.met_at, p.tries, p.is_over,
       u.called, coalesce(w.called, d.called, ''), coalesce(w.phone, d.phone, u.phone, ''), f.county,
       r.is_taken, iu.called, iu.phone, {BACK}
  FROM rosters_lines r JOIN rosters_rosterfile f ON f.id = r.file_id
  LEFT JOIN rosters_rostercells c ON c.row_id = r.id
  LEFT JOIN rosters_lines m ON m.id = r.mended_by_id LEFT JOIN rosters_rosterfile mf ON mf.id = m.file_id
  LEFT JOIN rosters_progress(%(county)s, %(file)s) p ON p.row_id = r.id
  LEFT JOIN directory_unit u ON u.id = p.unit_id LEFT JOIN directory_worker w ON w.id = p.worker_id
  LEFT JOIN directory_desk d ON d.id = p.desk_id
  LEFT JOIN LATERAL (SELECT * FROM rosters_rosterwithdrawal x WHERE x.row_id = r.id
                      ORDER BY x.recorded_at DESC, x.id DESC LIMIT 1) wd ON true
  LEFT JOIN directory_worker wa ON wa.id = wd.asked_by LEFT JOIN directory_worker wb ON wb.id = wd.decided_by
  LEFT JOIN directory_unit iu ON iu.jurisdiction_id = f.county AND iu.kind = 'intake' AND iu.closed_on IS NULL
 WHERE f.county = %(county)s AND (%(file)s::uuid IS NULL OR f.id = %(file)s)
   AND (%(all)s OR (r.state = 'rejected' AND f.id = ANY (%(mend)s::uuid[]))
        OR (r.state = 'accepted' AND NOT r.is_taken AND f.id = ANY (%(take)s::uuid[]))
        OR (r.state = 'accepted' AND r.is_taken AND f.id = ANY (%(visit)s::uuid[])
            AND p.met_at IS NULL AND NOT p.is_over))
 ORDER BY f.received_at, f.id, r.line, r.attempt LIMIT %(most)s
"""  # noqa: S608


FILES_SQL = "SELECT id, received_at, recorded_at FROM rosters_rosterfile WHERE county = %s"


@dataclass(frozen=True)
class TakenBack:
    """That the sender takes a row back, as it was written and decided; `is_waiting` for a second person."""

    because: str
    words: str
    asked_by: UUID
    who: str
    at: datetime
    state: str
    state_words: str
    decided: str
    """Who decided, and his words."""

    @property
    def is_waiting(self) -> bool:
        return self.state == Withdrawal.ASKED


@dataclass(frozen=True)
class Row:
    """A row for a list. `whom` is 保密 where the viewer reads the file but not this row, empty where not the file."""

    id: UUID
    file_id: UUID
    file_number: str
    kind: str
    kind_words: str
    sender: str
    received_at: datetime
    line: int
    is_mend: bool
    serial: str
    state: str
    state_words: str
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    match: str
    match_words: str
    taken_words: str
    mended_in: str
    pre_check: str
    whom: str
    age: str
    is_sealed: bool
    report_number: str
    seen: str
    seen_words: str
    is_taken: bool
    is_dispatched: bool
    visit_due: datetime | None
    unit: str
    who: str
    phone: str
    recorded_at: datetime
    county: str
    centre: str
    centre_phone: str
    taken_back: TakenBack | None
    withdrawn_because: str


def rows(viewer: Viewer, *, county: str, file_id: UUID, most: int, reads: bool) -> list[Row]:
    """Every row of a file.

    `reads` says whether the viewer was granted the names; what is hidden then is sealed, not merely not his.
    """
    return _asked(reads, county=county, file=file_id, all=True, most=most)


def late(viewer: Viewer, *, county: str, now: datetime, most: int, reads: bool) -> list[Row]:
    """Rows of a county that may be late, at most so many: of files whose time to mend, take or visit is over.

    What is not due yet takes the place of nothing that is.
    """
    with connection.cursor() as cursor:
        cursor.execute(FILES_SQL, [county])
        files = cursor.fetchall()
    return _asked(reads, county=county, file=None, all=False, most=most, **over(files, county, now))


def over(files: Sequence[tuple[UUID, datetime, datetime]], county: str, now: datetime) -> dict[str, list[UUID]]:
    """Of files (id, received, recorded): those whose time to mend, to be taken and to be visited is over."""
    return {
        "mend": [id_ for id_, _at, on in files if rules.due("roster.mend_within", on, county) <= now],
        "take": [id_ for id_, _at, on in files if rules.due("roster.take_on_within", on, county) <= now],
        "visit": [id_ for id_, at, _on in files if rules.visit_due(at, county) <= now],
    }


def _asked(reads: bool, **given: object) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS_SQL, {"mend": [], "take": [], "visit": [], **given})
        return list(_rows(cursor.fetchall(), reads))


def _rows(found: list[tuple[Any, ...]], reads: bool) -> Iterator[Row]:
    dues: dict[tuple[datetime, str], datetime] = {}
    for row in found:
        (id_, file_id, number, kind, sender, received_at, _f, line, attempt, serial, state, why, notes, taken, match,
         because, check, recorded_at, mended_line, mended_file, cells, sealed_cells, report, known_at, dispatched, met,
         tries, over, unit, who, phone, county, is_taken, centre, centre_phone, *back) = row  # fmt: skip
        says = seals.open_cells(sealed_cells, id_) if sealed_cells else seals.read_cells(cells) if cells else {}
        seen = _seen(bool(is_taken), dispatched, met, tries, over)
        due = None
        if is_taken and known_at is not None:
            due = dues.get((known_at, county)) or dues.setdefault((known_at, county), rules.visit_due(known_at, county))
        sealed = reads and cells is None
        shown = reads and not sealed
        if not reads:  # nobody's row may look other than the next one
            report = unit = who = phone = ""
        yield Row(
            id=id_, file_id=file_id, file_number=number, kind=kind, kind_words=words.kind(kind, received_at),
            sender=sender, received_at=received_at, line=line, is_mend=attempt > 0, serial=str(serial or ""),
            state=state, state_words=str(RowState(state).label), reasons=words.reasons(_json(why), received_at),
            notes=words.reasons(_json(notes), received_at), match=match,
            match_words=str(Match(match).label) if match and shown else "",
            taken_words=str(Taken(taken).label) if taken and shown else "",
            mended_in=_("%(file)s第%(n)d筆") % {"file": mended_file, "n": mended_line} if mended_file else "",
            pre_check=words.of_code(rules.CHECKS, check, received_at) if check else "",
            whom=words.child(says) if cells else _("保密") if sealed else "", age=words.age(says) if cells else "",
            is_sealed=sealed, report_number=report or "", seen=seen, seen_words=str(Seen(seen).label),
            is_taken=bool(is_taken), is_dispatched=bool(dispatched), visit_due=due, unit=unit or "", who=who or "",
            phone=phone or "",
            recorded_at=recorded_at, county=county, centre=centre or "", centre_phone=centre_phone or "",
            taken_back=taken_back(back, received_at) if shown else None,
            withdrawn_because=words.of_code(rules.WITHDRAWALS, because, received_at) if because else "",
        )  # fmt: skip


def taken_back(found: list[Any], at: datetime) -> TakenBack | None:
    """The columns of `BACK` as they are shown."""
    state, because, said, asked_at, asked_by, who, by, answer = found
    if state is None:
        return None
    return TakenBack(
        words.of_code(rules.WITHDRAWALS, because, at), said, asked_by, who or "", asked_at, state,
        str(Withdrawal(state).label), _("，").join(filter(None, (by, answer))),
    )  # fmt: skip


def _json(value: Any) -> list[list[str]]:
    return json.loads(value) if isinstance(value, str) else value


def _seen(is_taken: bool, dispatched: bool | None, met: datetime | None, tries: int | None, over: bool | None) -> str:
    if not is_taken:
        return Seen.WAITING
    if met is not None:
        return Seen.MET
    if over:
        return Seen.ENDED
    return Seen.NOT_MET if tries else Seen.UNTRIED
