"""Notes by anyone on the team, and incident notes by colleagues who cannot read the file."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.actions import grant, unit_key
from anwang.access.roles import Permission, has
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies, sealed
from anwang.cases.models import Effort, IncidentNote, IncidentRead, Note
from anwang.directory.states import SUPERVISING_POST
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.foundation.names import search_key
from anwang.foundation.numbers import normalise
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep


@transaction.atomic
def write_note(
    *, matter_id: UUID, text: str, by: Viewer, at: datetime, zone: str = Zone.CASE, corrects_id: UUID | None = None
) -> Note:
    """A note on a case, in a zone its author reads himself. A correction is a further note of the same author."""
    policies.may_write_zone(by, matter_id, zone).enforce()
    _check(text, at)
    if corrects_id:
        old = Note.objects.filter(id=corrects_id, matter_id=matter_id).first()
        if old is None:
            raise NotFound(_("查無這則紀錄。"))
        policies.may_correct(by, old, old.by_id).enforce()
    note_id = uuid7()
    note = Note(
        id=note_id, matter_id=matter_id, zone=zone, text=sealed.note(text.strip(), zone, note_id), at=at,
        corrects_id=corrects_id, by_id=by.worker_id, unit_id=by.unit_id, recorded_at=clock.now(),
    )  # fmt: skip
    note.save(force_insert=True)
    record("case.note", by=by, at=at, matter_id=matter_id, note=note.id, zone=zone)
    return note


@transaction.atomic
def write_incident_note(*, about: str, text: str, by: Viewer, at: datetime) -> UUID:
    """通知便箋: tell whoever works on somebody what you saw, by case number or name, without reading anything.

    Reaches the acting pair as a duty. When nobody, or more than one person, is meant, the author's supervisors hold
    it. Returns an id that says nothing about which of the two it was.
    """
    if not has(by, Permission.INCIDENT_NOTE) or by.worker_id is None:
        raise Refused(_("通知便箋由工作人員填寫。請洽你的督導。"))
    _check(text, at)
    if not about.strip():
        raise BadInput(_("請填案號，或那個人的姓名。"), field="about")
    files = _files_meant(about, by.county)
    for file_id in files:
        _write_to(file_id, about, text, by, at)
    return _hold_at_own_unit(about, text, by, at) if not files else uuid7()


def tell_file(*, file_id: UUID, about: str, text: str, by: Viewer, at: datetime) -> None:
    """A note to a file that a room above found without reading it; its acting worker has it as a duty. Internal."""
    _write_to(file_id, about, text, by, at)


@transaction.atomic
def forward_incident_note(*, note_id: UUID, number: str, by: Viewer) -> None:
    """A supervisor who holds an unmatched note passes it on to a file by its number."""
    note = IncidentNote.objects.filter(id=note_id, matter=None).first()
    if note is None:
        raise NotFound(_("查無這張便箋。"))
    files = _files_meant(normalise(number), by.county)
    if not files:
        raise BadInput(_("沒有這個編號的進行中案件。請再對一次。"), field="number")
    for file_id in files:
        _write_to(file_id, note.about, note.text, by, note.at, forwards=note)
    IncidentRead.objects.create(id=uuid7(), note=note, file_id=note.file_id, by_id=by.worker_id, at=clock.now())


@transaction.atomic
def read_incident_note(*, note_id: UUID, by: Viewer, at: datetime) -> None:
    """The acting worker (or his supervisor) has read it: ends the duty when it was the last unread one."""
    note = IncidentNote.objects.filter(id=note_id).first()
    if note is None:
        raise NotFound(_("查無這張便箋。"))
    IncidentRead.objects.create(id=uuid7(), note=note, file_id=note.file_id, by_id=by.worker_id, at=at)
    read = IncidentRead.objects.filter(file_id=note.file_id).values("note_id")
    if note.matter_id and not IncidentNote.objects.filter(file_id=note.file_id).exclude(id__in=read).exists():
        happened(matter_id=note.matter_id, event=events.INCIDENT_READ, at=at, by=by)
    record("incident.read", by=by, at=at, matter_id=note.matter_id, note=note_id)


@transaction.atomic
def log_effort(
    *, case_id: UUID, person_id: UUID | None, method: str, refused: bool, words: str, by: Viewer, at: datetime
) -> Effort:
    """What was tried with somebody who does not want us, and whether he refused this time."""
    policies.may_work(by, case_id).enforce()
    effort = Effort(
        id=uuid7(), matter_id=case_id, person_id=person_id, method=method, refused=refused, words=words.strip(), at=at,
        by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    effort.save(force_insert=True)
    record("case.effort", by=by, at=at, matter_id=case_id, refused=refused)
    return effort


def _check(text: str, at: datetime) -> None:
    if not text.strip():
        raise BadInput(_("還沒有寫內容。"), field="text")
    if at > clock.now():
        raise BadInput(_("這個時間還沒到。請填已經發生的時間。"), field="at")


def _files_meant(about: str, county: str) -> list[UUID]:
    """By number when it reads like one, else by the exact name in this county."""
    typed = unicodedata.normalize("NFKC", about).strip()
    try:
        number, key = normalise(typed), ""
    except BadInput:
        number, key = "", search_key(typed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_incident_files(%s, %s, %s)", [number, key, county])
        return list(cursor.fetchone()[0])


def _write_to(
    file_id: UUID, about: str, text: str, by: Viewer, at: datetime, forwards: IncidentNote | None = None
) -> None:
    note = IncidentNote(
        id=uuid7(), file_id=file_id, matter_id=file_id, about=about.strip(), text=text.strip(), forwards=forwards,
        at=at, by_id=by.worker_id, unit_id=by.unit_id, recorded_at=clock.now(),
    )  # fmt: skip
    note.save(force_insert=True)
    happened(matter_id=file_id, event=events.INCIDENT_WRITTEN, at=clock.now(), by=by)
    record("incident.written", by=by, at=at, matter_id=file_id, note=note.id)
    keep()


def _hold_at_own_unit(about: str, text: str, by: Viewer, at: datetime) -> UUID:
    new = uuid7()
    if by.unit_id:
        holder = unit_key(by.unit_id, SUPERVISING_POST)
        grant(file_id=new, holder=holder, zones=(Zone.CASE,), because="incident", by=by, at=clock.now())
    note = IncidentNote(
        id=new, file_id=new, about=about.strip(), text=text.strip(), at=at, by_id=by.worker_id, unit_id=by.unit_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    note.save(force_insert=True)
    record("incident.held", by=by, at=at, note=new)
    return new
