"""Documents that a county uploads for a part, and takes back while it may still write."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.documents.actions.register import MOST_BYTES
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.submissions.models import CallPart, Document

from .sending import writable

MOST = 20
"""Documents of one part: more are put together first."""


@transaction.atomic
def add_document(
    *, submission_id: UUID, part_id: UUID, name: str, media_type: str, content: bytes, by: Viewer
) -> Document:
    """Keep a file for a part, whatever its bytes are: nobody opens or renders it here. A draft until it is sent."""
    submission = writable(submission_id, by)
    if not CallPart.objects.filter(id=part_id, call_id=submission.call_id).exists():
        raise NotFound(_("這次提報沒有這一項。"))
    if not content or len(content) > MOST_BYTES:
        raise BadInput(_("檔案是空的，或超過10MB。請分成幾個檔。"), field="file")
    there = Document.objects.filter(submission=submission, part_id=part_id, taken_back_at=None)
    if there.count() >= MOST:
        raise Conflict(_("這一項已經有%(n)d個檔案。請先合併，再放上來。") % {"n": MOST})
    digest = hashlib.sha256(content).hexdigest()
    if there.filter(digest=digest).exists():
        raise BadInput(_("這個檔案已經放過了。"), field="file")
    kept = Document(
        id=uuid7(), submission=submission, part_id=part_id, name=name.strip()[-200:] or "file",
        media_type=media_type[:100] or "application/octet-stream", size=len(content), digest=digest, content=content,
        by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    kept.save(force_insert=True)
    record("submission.document_added", by=by, matter_id=submission.id, subject_id=kept.id, size=kept.size)
    return kept


@transaction.atomic
def take_back_document(*, submission_id: UUID, document_id: UUID, by: Viewer) -> None:
    """Off the submission again, while it may still be written; the row stays and says by whom."""
    submission = writable(submission_id, by)
    mine = Document.objects.filter(id=document_id, submission=submission, taken_back_at=None)
    if not mine.update(taken_back_at=clock.now(), taken_back_by=by.worker_id):
        raise NotFound(_("查無這個檔案。"))
    record("submission.document_taken_back", by=by, matter_id=submission.id, subject_id=document_id)
