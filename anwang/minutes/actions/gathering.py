"""Who is asked to a sitting and how they came; the papers handed out for it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Unit
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.minutes.models import Attendance, Item, Material
from anwang.minutes.states import Attends, Came

from .planning import open_sitting

LARGEST = 10 * 1024 * 1024
"""Bytes of one paper of the agenda."""


@transaction.atomic
def ask(
    *, sitting_id: UUID, unit_id: UUID | None = None, unit_words: str = "", who: str = "", attends: str = "member",
    by: Viewer, at: datetime,
) -> Attendance:  # fmt: skip
    """Ask a unit to the sitting: one of the directory, or one by its name."""
    sitting = open_sitting(sitting_id, by)
    unit = Unit.objects.filter(live_id=unit_id).first() if unit_id else None
    words = (unit.name if unit else unit_words.strip())[:120]
    if not words:
        raise BadInput(_("請選單位，或寫單位名稱。"), field="unit_words")
    if attends not in Attends.values:
        raise BadInput(_("請選出席或列席。"), field="attends")
    last = Attendance.objects.filter(sitting=sitting).order_by("-position").values_list("position", flat=True).first()
    row = Attendance.objects.create(
        id=uuid7(), sitting=sitting, position=0 if last is None else last + 1, unit=unit, unit_words=words,
        who=who.strip()[:120], attends=attends, came=Came.UNKNOWN,
    )  # fmt: skip
    record("minutes.ask", by=by, at=at, subject_id=sitting_id, attends=attends)
    return row


@transaction.atomic
def note_came(
    *, attendance_id: UUID, came: str, who: str = "", instead: str = "", by: Viewer, at: datetime
) -> None:  # fmt: skip
    """How somebody attended: in the room, by video, through somebody else, or not."""
    row = Attendance.objects.filter(id=attendance_id).first()
    if row is None:
        raise NotFound(_("查無這個單位。請從會議頁選。"))
    open_sitting(row.sitting_id, by)
    if came not in Came.values:
        raise BadInput(_("請選怎麼出席。"), field="came")
    if came == Came.REPRESENTED and not instead.strip():
        raise BadInput(_("請寫誰代理出席。"), field="instead")
    row.came, row.who = came, who.strip()[:120] or row.who
    row.instead = instead.strip()[:120] if came == Came.REPRESENTED else ""
    row.save(update_fields=["came", "who", "instead"])
    record("minutes.note_came", by=by, at=at, subject_id=row.sitting_id, came=came)


@transaction.atomic
def add_material(
    *, sitting_id: UUID, item_id: UUID | None, name: str, media_type: str, content: bytes, by: Viewer, at: datetime
) -> Material:  # fmt: skip
    """A paper for a point of the agenda, or for the whole sitting."""
    sitting = open_sitting(sitting_id, by)
    if not content:
        raise BadInput(_("請選檔案。"), field="file")
    if len(content) > LARGEST:
        raise BadInput(_("檔案超過10MB。請分開放。"), field="file")
    if item_id and not Item.objects.filter(id=item_id, sitting=sitting).exists():
        raise BadInput(_("請選這次會議的議案。"), field="item_id")
    digest = hashlib.sha256(content).hexdigest()
    if Material.objects.filter(sitting=sitting, digest=digest).exists():
        raise BadInput(_("這份資料已經放過了。"), field="file")
    row = Material.objects.create(
        id=uuid7(), sitting=sitting, item_id=item_id, name=name.strip()[:200] or "file",
        media_type=media_type[:100] or "application/octet-stream", size=len(content), digest=digest, content=content,
        at=at, by=by.worker_id,
    )  # fmt: skip
    record("minutes.add_material", by=by, at=at, subject_id=sitting_id, size=len(content))
    return row
