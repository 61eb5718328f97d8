"""How long records are kept: holds, and erasing by two persons."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.audit.erasing import erase_said
from anwang.audit.models import Act
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.subjects import policies, rules
from anwang.subjects.models import Due, Erasure, Hold


@transaction.atomic
def hold(*, number: str, because: str, paper: str = "", by: Viewer, at: datetime) -> Hold:
    """A closed or open file must stay, whatever its term says."""
    policies.may_keep(by).enforce()
    if not rules.knows(rules.HOLDS, because):
        raise BadInput(_("請選為什麼要留。"), field="because")
    file_id, _number, _ended = file_of(number, by)
    if Hold.objects.filter(file_id=file_id, until_at=None).exists():
        raise Refused(_("這件已經暫不刪除。"))
    row = Hold(
        id=uuid7(), file_id=file_id, because=because, paper=paper.strip()[:40], since_at=at, by=_worker(by)
    )  # fmt: skip
    row.save(force_insert=True)
    record("record.held", by=by, at=at, matter_id=file_id, because=because)
    return row


@transaction.atomic
def release(*, hold_id: UUID, by: Viewer, at: datetime) -> None:
    """The hold ends; its term counts again."""
    policies.may_keep(by).enforce()
    row = Hold.objects.filter(id=hold_id, until_at=None).first()
    if row is None:
        raise NotFound(_("查無這筆暫不刪除。"))
    Hold.objects.filter(id=hold_id).update(until_at=at, ended_by=by.worker_id)
    record("record.released", by=by, at=at, matter_id=row.file_id)


@transaction.atomic
def propose_erasure(*, number: str, basis: str, paper: str = "", by: Viewer, at: datetime) -> Erasure:
    """The first person: which file, on what ground. A court's order counts at once, the term only when it is over."""
    policies.may_keep(by).enforce()
    if not rules.knows(rules.BASES, basis):
        raise BadInput(_("請選刪除的依據。"), field="basis")
    if rules.needs(basis, "needs_paper") and not paper.strip():
        raise BadInput(_("請填來文字號。"), field="paper")
    file_id, number, ended_at = file_of(number, by)
    if ended_at is None:
        raise Refused(_("還在辦的案件不能刪除。請先結案。"))
    if rules.needs(basis, "waits_for_term") and not Due.objects.filter(file_id=file_id, erased_at=None).exists():
        raise Refused(_("這件的保存期限還沒到。"))
    if Erasure.objects.filter(file_id=file_id, withdrawn_at=None).exists():
        raise Refused(_("這件已經有人提出刪除。"))
    _refuse_held(file_id)
    row = Erasure(
        id=uuid7(), file_id=file_id, number=number, county=by.county, basis=basis, paper=paper.strip()[:40],
        proposed_by=_worker(by), proposed_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    record("erasure.proposed", by=by, at=at, matter_id=file_id, basis=basis)
    return row


@transaction.atomic
def withdraw_erasure(*, erasure_id: UUID, by: Viewer, at: datetime) -> None:
    """Either person takes it back before it is done."""
    row = _open_erasure(erasure_id, by)
    Erasure.objects.filter(id=erasure_id).update(withdrawn_at=at)
    record("erasure.withdrawn", by=by, at=at, matter_id=row.file_id)


@transaction.atomic
def confirm_erasure(*, erasure_id: UUID, by: Viewer, at: datetime) -> int:
    """The second person: the content goes, for good. How many rows went.

    The acts about the file stay in the record; what they said is taken out by the record's own way, so that its
    checkpoints still hold.
    """
    row = _open_erasure(erasure_id, by)
    policies.may_confirm(by, row).enforce()
    _refuse_held(row.file_id)
    Erasure.objects.filter(id=erasure_id).update(confirmed_by=by.worker_id, done_at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT subjects_erase(%s)", [erasure_id])
        (gone,) = cursor.fetchone()
    Erasure.objects.filter(id=erasure_id).update(rows=gone)
    acts = list(Act.objects.filter(matter_id=row.file_id).exclude(details={}).values_list("id", flat=True))
    erase_said(act_ids=acts, basis=row.basis, reference=row.paper or row.number, by=by)
    record("erasure.done", by=by, at=at, matter_id=row.file_id, basis=row.basis, rows=gone)
    return int(gone)


def file_of(number: str, by: Viewer) -> tuple[UUID, str, datetime | None]:
    """A case or report of the county by its number: key, number, when it ended. Numbers only, nothing of what it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM subjects_file(%s, %s)", [number.strip().upper(), by.county])
        row = cursor.fetchone()
    if row is None:
        raise BadInput(_("找不到這個案號。請核對號碼。"), field="number")
    return row


def _open_erasure(erasure_id: UUID, by: Viewer) -> Erasure:
    policies.may_keep(by).enforce()
    row = Erasure.objects.select_for_update().filter(id=erasure_id, county=by.county, withdrawn_at=None).first()
    if row is None:
        raise NotFound(_("查無這筆刪除。"))
    if row.done_at:
        raise Conflict(_("這件已經刪除。"))
    return row


def _refuse_held(file_id: UUID) -> None:
    if Hold.objects.filter(file_id=file_id, until_at=None).exists():
        raise Refused(_("這件暫不刪除。請先看原因，解除後再提。"))


def _worker(by: Viewer) -> UUID:
    if by.worker_id is None:
        raise Refused(_("要有人決定。"))
    return by.worker_id
