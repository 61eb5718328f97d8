"""The life-threat path: the record cannot be written, so the opening is kept on the disk first; then one sheet."""

from __future__ import annotations

from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from anwang.access.models import Grant
from anwang.access.states import Purpose
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading, record
from anwang.disclosure import rules, spool
from anwang.disclosure.queries.sheet import EmergencySheet, sheet_of
from anwang.foundation import clock
from anwang.foundation.errors import Refused
from anwang.foundation.uuid7 import uuid7

from .breaking import BECAUSE, DAY, ZONES, Because, Whose, glass_key, permit, read_at_once, scope_of


def open_unrecorded(*, whose: Whose, because: Because, by: Viewer, at: datetime) -> EmergencySheet:
    """One family on one sheet, after the opening lies sealed and signed on the disk. Only for danger to life.

    The grants by which the sheet is read exist for this statement only; the job that replays the spool writes them
    into the record with everything else. Raises Refused for other reasons, and OSError when the disk takes nothing.
    """
    permit(because, by)
    if rules.marked("break_glass.reasons", because.reason, "life") != "yes":
        raise Refused(_("紀錄現在寫不進去，所以不能調閱。有生命危險才可以；其他請洽值班台。"))
    if by.worker_id is None or by.unit_id is None:
        raise Refused(_("緊急調閱要有人。"))
    if spool.of_worker_since(by.worker_id, at - DAY) >= rules.most("break_glass.most_a_day", by.county):
        raise Refused(_("24小時內的緊急調閱已到上限。請洽值班台，由當班的人處理。"))
    scope = scope_of(whose, by)
    if not scope.files:  # what is restricted needs a second person, and he cannot be written down now
        raise Refused(_("紀錄現在寫不進去，這一件要由當班督導處理。請打電話給值班台。"))
    spool.write(
        at=at, worker=by.worker_id, unit=by.unit_id, county=by.county, family=scope.family_id, files=scope.files,
        reason=because.reason, words=because.words.strip()[:500],
    )  # fmt: skip
    point = transaction.savepoint()
    try:
        until = rules.ends("break_glass.lasts", at, by.county)
        Grant.objects.bulk_create(
            [
                Grant(id=uuid7(), file_id=file_id, holder=glass_key(by.worker_id), zones=[str(zone) for zone in ZONES],
                      purpose=Purpose.DUTY, because=BECAUSE, starts_at=at, ends_at=until, granted_by=by.worker_id,
                      recorded_at=clock.now())
                for file_id in scope.files
            ]
        )  # fmt: skip
        read_at_once()
        return sheet_of(by, scope.files)
    finally:
        transaction.savepoint_rollback(point)


def record_is_writable(by: Viewer) -> bool:
    """Whether acts and readings can be written now. Tries both and leaves nothing behind."""
    try:
        with transaction.atomic():
            record("record.tried", by=by)
            reading("record.tried", by=by, file_id=uuid7(), zone="work")
            raise _NotKept
    except _NotKept:
        return True
    except DatabaseError:
        return False


class _NotKept(Exception):
    """Undoes what was only tried."""
