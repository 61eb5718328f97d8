"""Putting right: a rejected row mended on the page, or by another file that brings it again. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.matters.promises import keep
from anwang.rosters import policies, rules, seals
from anwang.rosters.incoming import RowIn
from anwang.rosters.models import RosterCells, RosterFile, RosterRow
from anwang.rosters.states import RowState


@transaction.atomic
def mend_row(*, row_id: UUID, changed: Mapping[str, str], by: Viewer, at: datetime) -> RosterRow:
    """A rejected row with some of its cells corrected is judged again; accepted, it is a further attempt of its line.

    Raises BadInput naming the column that is still wrong: then nothing is changed, and the row waits on.
    """
    from .receiving import write_rows  # both write rows

    policies.may_settle(by).enforce()
    old = locked(row_id, by)
    held = RosterCells.objects.filter(row_id=row_id).first()
    if held is None:
        raise NotFound(_("這一筆只有安全區的人看得到。請退回名冊機關重送。"))
    cells = seals.open_cells(held.sealed, row_id) if held.sealed else held.cells
    file = old.file
    of = rules.kind(file.kind, file.received_at, file.county)
    known = {entry.code for entry in rules.codes(rules.COLUMNS, file.received_at)}
    given = {key: value.strip() for key, value in changed.items() if key in known}
    assert of is not None  # the file was received under it
    judged = rules.judge(RowIn(old.line, {**cells, **given}), of, file.received_at, file.county)
    if judged.reasons:
        raise BadInput(_("還有欄位不對，這一筆沒有送出。請看欄位旁的說明。"), field=judged.reasons[0][1])
    (new,) = write_rows(file, [judged], by, attempt=1)
    _settle_old({old.id: new}, file, by)
    record("roster.row_mended", by=by, at=at, file=file.id, row=old.id, new=new.id)
    keep()
    return new


def mend_from_another(file: RosterFile, *, by: Viewer) -> None:
    """Rejected rows of the file this one is `about` stand mended where it brings the same child under their number.

    The database compares (`rosters_mend_from`): same sender and kind, and the child by number or else by name where
    both rows say them. Another child is taken for himself with a note, and the rejected row waits on.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT mended, others FROM rosters_mend_from(%s)", [file.id])
        mended, others = cursor.fetchone()
    if mended or others:
        record("roster.rows_mended", by=by, file=file.about_id, rows=mended, others=others)


def _settle_old(mended: Mapping[UUID, RosterRow], file: RosterFile, by: Viewer) -> None:
    for old_id, new in mended.items():
        RosterRow.objects.filter(id=old_id).update(state=RowState.MENDED, mended_by_id=new.id)
    RosterFile.objects.filter(id=file.id).update(rejected=F("rejected") - len(mended), mended=F("mended") + len(mended))


def locked(row_id: UUID, by: Viewer) -> RosterRow:
    """The rejected row and its file, locked. Somebody else may have been first."""
    file_id = RosterRow.objects.filter(id=row_id, file__county=by.county).values_list("file_id", flat=True).first()
    if file_id is None:
        raise NotFound(_("查無這一筆。請從名冊頁點進來。"))
    file = RosterFile.objects.select_for_update().get(id=file_id)
    row = RosterRow.objects.select_for_update().get(id=row_id)
    row.file = file
    if row.state != RowState.REJECTED or row.attempt != 0:
        raise Conflict(_("這一筆剛才有人處理過了。請重新整理。"))
    return row
