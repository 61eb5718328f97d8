"""Bringing a file of minutes: kept once, read, every line laid down, what is uncertain beside it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict
from anwang.foundation.uuid7 import uuid7
from anwang.minutes import policies
from anwang.minutes.files import words_of
from anwang.minutes.models import Sitting, Source, SourceBody
from anwang.minutes.queries.known import directory_for, series_of
from anwang.minutes.reading import Minutes, read
from anwang.minutes.reading.split import lines_of, meetings_in
from anwang.minutes.states import SittingState

from .laying import lay, sweep

_NAME, _TITLE, _FIELD = 200, 400, 200
"""Signs kept of the name of a file, of a title, of a field of the head; the whole is in the lines."""
_MOST, _HIGHEST = 2000, 32767
"""Points of one meeting, and its number: beyond that the file is no minutes, the number no count."""


@dataclass(frozen=True)
class Brought:
    """What became of a file. `is_known` when the same bytes were brought before: the sittings are those of then."""

    source_id: UUID
    sittings: tuple[UUID, ...]
    is_known: bool
    meetings: int


@transaction.atomic
def bring(*, name: str, content: bytes, unit_id: UUID, split: bool = False, by: Viewer, at: datetime) -> Brought:
    """Keep a file and the minutes read from it, as a draft. The same file again is answered by the first.

    A file with several meetings is laid down as one, marked so, unless `split`. Raises BadInput with a sentence for
    a file that holds no words.
    """
    policies.may_keep_for(by, unit_id).enforce()
    digest = hashlib.sha256(content).hexdigest()
    if known := _known(unit_id, digest):
        return known
    text = words_of(content)
    source = Source(
        id=uuid7(), unit_id=unit_id, digest=digest, name=PurePath(name.replace("\\", "/")).name[:_NAME] or "minutes",
        size=len(content), text=text, at=at, by=by.worker_id,
    )  # fmt: skip
    source.save(force_insert=True)
    SourceBody.objects.create(source=source, content=content)
    parts = meetings_in(text)
    whole = [(parts[0][0], parts[-1][1])]
    made = tuple(_lay_down(source, first, last, by, at) for first, last in (parts if split else whole))
    record("minutes.bring", by=by, at=at, subject_id=source.id, sittings=len(made), meetings=len(parts))
    return Brought(source.id, made, False, len(parts))


@transaction.atomic
def split_apart(*, sitting_id: UUID, by: Viewer, at: datetime) -> tuple[UUID, ...]:
    """A draft that turned out to be several meetings is read anew, one sitting for each."""
    sitting = draft_of(sitting_id, by)
    source = sitting.source
    parts = meetings_in(source.text) if source else []
    if source is None or len(parts) < 2 or (sitting.first_line, sitting.last_line) != (parts[0][0], parts[-1][1]):
        raise BadInput(_("這份檔案只有一次會議。不用分開。"))
    sweep(sitting)
    sitting.delete()
    made = tuple(_lay_down(source, first, last, by, at) for first, last in parts)
    record("minutes.split", by=by, at=at, subject_id=source.id, sittings=len(made))
    return made


@transaction.atomic
def throw_away(*, sitting_id: UUID, by: Viewer, at: datetime) -> None:
    """A draft brought by mistake; its file goes with it when nothing else was read from it."""
    sitting = draft_of(sitting_id, by)
    source = sitting.source
    sweep(sitting)
    sitting.delete()
    if source and not Sitting.objects.filter(source=source).exists():
        SourceBody.objects.filter(source=source).delete()
        source.delete()
    record("minutes.throw_away", by=by, at=at, subject_id=sitting_id)


def draft_of(sitting_id: UUID, by: Viewer) -> Sitting:
    """The sitting, locked, when it is a draft that the viewer may write."""
    sitting = Sitting.objects.select_for_update(of=("self",)).select_related("source").filter(id=sitting_id).first()
    if sitting is None:
        raise BadInput(_("查無這次會議。請從清單選。"))
    policies.may_write(by, sitting).enforce()
    if sitting.state != SittingState.DRAFT:
        raise Conflict(_("這次會議還沒有紀錄草稿，或已經發送。請重新整理。"))
    return sitting


def _known(unit_id: UUID, digest: str) -> Brought | None:
    source = Source.objects.filter(unit_id=unit_id, digest=digest).only("id").first()
    if source is None:
        return None
    found = tuple(Sitting.objects.filter(source=source).order_by("first_line").values_list("id", flat=True))
    return Brought(source.id, found, True, len(found))


def _lay_down(source: Source, first: int, last: int, by: Viewer, at: datetime) -> UUID:
    minutes = read(lines_of(source.text, first, last))
    if max(len(minutes.items), len(minutes.uncertain), len(minutes.sections)) > _MOST:
        raise BadInput(_("檔案太長，不像一次會議的紀錄。請分開匯入。"), field="file")
    if minutes.number and minutes.number > _HIGHEST:
        minutes.number = None
    series = series_of(by, source.unit_id, minutes.title)
    met_on = date.fromisoformat(minutes.date) if minutes.date else None
    if series and met_on and Sitting.objects.filter(series_id=series, met_on=met_on, number=minutes.number).exists():
        series = None  # the same sitting from another file: a person says which one counts
    sitting = Sitting(
        id=uuid7(), unit_id=source.unit_id, series_id=series, number=minutes.number, title=_title(minutes, source),
        met_on=met_on, start_time=_time(minutes.start_time), adjourned_time=_time(minutes.adjourned_time),
        place=(minutes.place or "")[:_FIELD], chair=(minutes.chair or "")[:_FIELD],
        recorder=(minutes.recorder or "")[:_FIELD], further_days=[str(one) for one in minutes.sessions[1:]],
        state=SittingState.DRAFT, source=source, first_line=first, last_line=last, made_at=clock.now(), by=by.worker_id,
    )  # fmt: skip
    sitting.save(force_insert=True)
    lay(sitting, minutes, directory_for(by, source.unit_id))
    return sitting.id


def _title(minutes: Minutes, source: Source) -> str:
    return (minutes.title or source.name)[:_TITLE]


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
