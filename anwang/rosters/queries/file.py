"""One file: what was sent, what became of every row, and who is not yet found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.rosters import rules, seals
from anwang.rosters.models import RosterCells, RosterFile
from anwang.rosters.states import Match, RowState, Seen

from . import words
from .alarms import missing_words
from .overview import reads_names
from .rows import BACK_SQL, Row, TakenBack, rows, taken_back

SHOWN = 200
"""Rows of a page."""
SHOWS = ("all", "rejected", "person", "waiting", "not_dispatched", "not_seen", "met", "ended")


@dataclass(frozen=True)
class Settled:
    """How a wrong count or hash was cleared up."""

    outcome: str
    asked: str
    answered_by: str
    resent: str
    words: str
    at: datetime
    who: str


SETTLED_SQL = """
SELECT v.covers_count, v.covers_hash, s.outcome, s.asked, s.answered_by, coalesce(g.number, ''), s.words, s.at,
       coalesce(w.called, '')
  FROM rosters_settled v
  LEFT JOIN rosters_rostersettlement s USING (file_id, covers_count, covers_hash)
  LEFT JOIN rosters_rosterfile g ON g.id = s.resent_id LEFT JOIN directory_worker w ON w.id = s.by
 WHERE v.file_id = %s ORDER BY s.at, s.id
"""


@dataclass(frozen=True)
class FilePage:
    """A file with its ledger. Counts are over all its rows, whoever looks; `rows` are those asked for."""

    number: str
    id: UUID
    kind: str
    kind_words: str
    sender: str
    period: str
    received_at: datetime
    loaded_by: str
    about: str
    again: tuple[str, ...]
    declared: int
    received: int
    missing: int
    missing_words: str
    accepted: int
    rejected: int
    mended: int
    withdrawn: int
    children: int
    matched: int | None
    """None for whoever reads no names: in a short file it would say of whom there is a record."""
    taken: int
    dispatched: int
    met: int
    ended: int
    """Ended or not opened without the child having been seen."""
    sha256: str
    declared_sha256: str
    is_same: bool
    size: int
    encoding: str
    form: str
    settled: tuple[Settled, ...]
    wrong: frozenset[str]
    """Of count and hash, what is not as it was declared and has not been cleared up."""
    rows: tuple[Row, ...]
    shown: str
    total: int
    reads: bool
    reconcile_by: datetime


FILE_SQL = """
SELECT f.id, coalesce(w.called, ''), coalesce(a.number, ''),
       (SELECT array_agg(g.number ORDER BY g.received_at, g.id) FROM rosters_rosterfile g WHERE g.about_id = f.id)
  FROM rosters_rosterfile f LEFT JOIN directory_worker w ON w.id = f.recorded_by
  LEFT JOIN rosters_rosterfile a ON a.id = f.about_id WHERE f.number = %s AND f.county = %s
"""


def file_page(viewer: Viewer, number: str, *, show: str = "all", after: int = 0) -> FilePage:
    """A file of the viewer's county, rows `after` so many. Opening it with names is a reading of the file."""
    with connection.cursor() as cursor:
        cursor.execute(FILE_SQL, [number, viewer.county])
        found = cursor.fetchone()
    if found is None:
        raise NotFound(_("查無這份名冊。請看回條上的編號。"))
    id_, loaded_by, about, again = found
    file = RosterFile.objects.get(id=id_)
    reads = reads_names(viewer)
    if reads:
        reading("roster.file", by=viewer, file_id=file.id, zone="case", because=number)
    with held():
        every = rows(viewer, county=file.county, file_id=file.id, most=50_000, reads=reads)
        reconcile_by = rules.due("roster.reconcile_within", file.received_at, file.county)
        kind = words.kind(file.kind, file.received_at)
        settled, wrong = _cleared_up(file)
    live = [row for row in every if row.state == RowState.ACCEPTED]
    show = "all" if show == "person" and not reads else show
    chosen = [row for row in every if _is_shown(row, show)]
    return FilePage(
        number=file.number, id=file.id, kind=file.kind, kind_words=kind, sender=file.sender, period=file.period,
        received_at=file.received_at, loaded_by=loaded_by, about=about, again=tuple(again or ()),
        declared=file.declared, received=file.received, missing=file.declared - file.received,
        missing_words=missing_words(file.gaps), accepted=file.accepted, rejected=file.rejected, mended=file.mended,
        withdrawn=file.withdrawn, sha256=file.sha256, declared_sha256=file.declared_sha256,
        is_same=file.declared_sha256 in ("", file.sha256), size=file.size, encoding=file.encoding, form=file.form,
        settled=settled if reads else (), wrong=wrong,
        rows=tuple(chosen[after : after + SHOWN]), shown=show, total=len(chosen), reads=reads,
        reconcile_by=reconcile_by, **_ledger(live, reads),
    )  # fmt: skip


def _cleared_up(file: RosterFile) -> tuple[tuple[Settled, ...], frozenset[str]]:
    """How it was cleared up, for whoever reads that; and what of count and hash is wrong still."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLED_SQL, [file.id])
        found = cursor.fetchall()
    said = tuple(
        Settled(words.of_code(rules.SETTLED, code, at), asked, answered, resent, text, at, who)
        for _count, _hash, code, asked, answered, resent, text, at, who in found
        if at is not None
    )
    wrong = {"count": bool(file.missing or file.gaps) and not any(row[0] for row in found),
             "hash": file.declared_sha256 not in ("", file.sha256) and not any(row[1] for row in found)}  # fmt: skip
    return said, frozenset(name for name, is_so in wrong.items() if is_so)


def _ledger(live: list[Row], reads: bool) -> dict[str, int | None]:
    """How far the children are: those accepted as they came and those mended on the page."""
    seen = Counter(row.seen for row in live)
    settled = (Match.NEW, Match.SAME)
    return {
        "children": len(live),
        "matched": sum(row.match in settled for row in live) if reads else None,
        "taken": sum(row.is_taken for row in live),
        "dispatched": sum(row.is_dispatched for row in live),
        "met": seen[Seen.MET],
        "ended": seen[Seen.ENDED],
    }


def _is_shown(row: Row, show: str) -> bool:
    if show == "rejected":
        return row.state == RowState.REJECTED
    live = row.state == RowState.ACCEPTED
    chosen = {
        "person": row.match == Match.PERSON,
        "waiting": not row.is_taken,
        "not_dispatched": row.is_taken and not row.is_dispatched,
        "not_seen": row.seen in (Seen.UNTRIED, Seen.NOT_MET),
        "met": row.seen == Seen.MET,
        "ended": row.seen == Seen.ENDED,
    }
    return live and chosen[show] if show in chosen else True


@dataclass(frozen=True)
class Mending:
    """A rejected row to be mended: its cells by column, as they came, with what is wrong."""

    row_id: UUID
    file_number: str
    kind_words: str
    sender: str
    line: int
    reasons: tuple[str, ...]
    wrong: frozenset[str]
    columns: tuple[tuple[str, str, str], ...]
    """(code, label, value) of every column of policy the file had or lacked."""
    others: tuple[tuple[str, str], ...]
    checks: tuple[tuple[str, str], ...]
    taken_back: TakenBack | None
    """That the sender takes it back, while a second person has not decided; or that he did not agree."""


def mending(viewer: Viewer, row_id: UUID) -> Mending:
    """A rejected row with its values, for whoever may mend it. Opening it is a reading."""
    found = RosterCells.objects.select_related("row__file").filter(
        row_id=row_id, row__state=RowState.REJECTED, row__file__county=viewer.county
    ).first()  # fmt: skip
    if found is None:
        raise NotFound(_("查無這一筆，或已經處理，或限安全區的人看。"))
    row, file = found.row, found.row.file
    cells = seals.open_cells(found.sealed, row_id) if found.sealed else found.cells
    reading("roster.row", by=viewer, file_id=file.id, zone="case", because=file.number)
    lang = words.lang()
    with held():
        columns = [(one.code, one.label.to(lang), cells.get(one.code, "")) for one in
                   rules.codes(rules.COLUMNS, file.received_at)]  # fmt: skip
        checks = [(one.label.zh, one.label.to(lang)) for one in rules.codes(rules.CHECKS, file.received_at, file.county)
                  if file.kind in one.marks["for"] and one.marks["valid"] in ("yes", True)]  # fmt: skip
        reasons, kind = words.reasons(row.reasons, file.received_at), words.kind(file.kind, file.received_at)
    return Mending(
        row_id, file.number, kind, file.sender, row.line, reasons, frozenset(column for _code, column in row.reasons),
        tuple(columns), tuple((key.lstrip("=+"), value) for key, value in cells.items() if key.startswith("=")),
        tuple(checks), _back(row_id, file.received_at),
    )  # fmt: skip


def _back(row_id: UUID, at: datetime) -> TakenBack | None:
    with connection.cursor() as cursor:
        cursor.execute(BACK_SQL, [row_id])
        found = cursor.fetchone()
    return taken_back(list(found), at) if found else None


def outcomes(viewer: Viewer, wrong: frozenset[str] = frozenset({"count", "hash"})) -> list[tuple[str, str]]:
    """(code, words) of how what is wrong may have been cleared up."""
    return [(one.code, one.label.to(words.lang())) for one in rules.codes(rules.SETTLED, clock.now(), viewer.county)
            if wrong & set(one.marks["of"])]  # fmt: skip
