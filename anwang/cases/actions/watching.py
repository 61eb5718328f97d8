"""Change watch: something changed in the life of a family. Whoever serves it on the same side assesses anew."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies, rules
from anwang.cases.models import NotedChange, Reassessment
from anwang.cases.states import Meaning
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind
from anwang.rulebook import Code

CHANGES = "change.kind"
TOLD_SQL = "SELECT file, is_reminder FROM cases_files_of_change(%s, %s)"


@transaction.atomic
def note_change(
    *, case_id: UUID, kind: str, words: str, happened_at: datetime, by: Viewer, at: datetime | None = None,
    also: Collection[UUID] = (),
) -> NotedChange:  # fmt: skip
    """Somebody with any relation to the file tells of a change; it starts the duty to assess anew, and tells others.

    Open files of the same family or people on the same side get the change with its words; the family's lead is told.
    From the other party's side only what the list lets cross reaches her files, as a reminder without words. Nothing
    ever goes from her side to his. `also` are files of hers that a room above knows of (by an order), reminded
    too where the kind crosses. Raises BadInput for an unknown kind or a time to come.
    """
    policies.may_record(by, case_id).enforce()
    matter, now = lock(case_id), clock.now()
    at = at or now
    entry = rules.code(CHANGES, kind, clock.local(at).date(), matter.county)
    if entry is None:
        raise BadInput(_("請從清單選什麼變了。"), field="kind")
    if happened_at > now:
        raise BadInput(_("這個時間還沒到。請填已經發生的時間。"), field="happened_at")
    noted = _write(case_id, entry.code, happened_at, at, words=words.strip(), by=by)
    _tell(case_id, entry, at, by)
    spread_change(case_id=case_id, kind=kind, words=words, happened_at=happened_at, by=by, at=at, also=also)
    _tell_lead(matter, entry, at, by)
    record("change.noted", by=by, at=at, matter_id=case_id, change=kind, noted=noted.id)
    keep()
    return noted


def spread_change(
    *, case_id: UUID, kind: str, words: str, happened_at: datetime, by: Viewer, at: datetime,
    also: Collection[UUID] = (),
) -> int:  # fmt: skip
    """Tell the other files that must know; how many. Internal to this room and to whoever joins a report."""
    entry = rules.code(CHANGES, kind, clock.local(at).date())
    if entry is None:
        return 0
    crosses = entry.marks.get("crosses") == "yes"
    with connection.cursor() as cursor:
        cursor.execute(TOLD_SQL, [case_id, crosses])
        found = dict(cursor.fetchall())
    if crosses:
        found |= {file_id: True for file_id in also if file_id not in found}
    for file_id, is_reminder in sorted(found.items()):
        _write(
            file_id, entry.code, happened_at, at, words="" if is_reminder else words.strip(),
            by=None if is_reminder else by, is_reminder=is_reminder,
        )  # fmt: skip
        _tell(file_id, entry, at, by)
    return len(found)


@transaction.atomic
def reassess(*, case_id: UUID, meaning: Meaning | str, words: str, by: Viewer, at: datetime) -> Reassessment:
    """What the changes mean for this case, in the worker's words. It ends the duty, as reports and instruments do."""
    policies.may_work(by, case_id).enforce()
    lock(case_id)
    if meaning not in Meaning.values:
        raise BadInput(_("請選這個變動的意思。"), field="meaning")
    if not words.strip():
        raise BadInput(_("請寫看到什麼、為什麼這樣判斷。"), field="words")
    done = Reassessment(
        id=uuid7(), matter_id=case_id, meaning=meaning, words=words.strip(), at=at, by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    done.save(force_insert=True)
    happened(matter_id=case_id, event=events.CHANGE_REASSESSED, at=at, by=by)
    record("change.reassessed", by=by, at=at, matter_id=case_id, meaning=str(meaning), reassessment=done.id)
    keep()
    return done


def _write(
    file_id: UUID, kind: str, happened_at: datetime, at: datetime, *, words: str, by: Viewer | None,
    is_reminder: bool = False,
) -> NotedChange:  # fmt: skip
    """A row in a file the writer may not read: inserted without asking for it back."""
    row = NotedChange(
        id=uuid7(), matter_id=file_id, kind=kind, words=words, is_reminder=is_reminder, happened_at=happened_at, at=at,
        by=by.worker_id if by else None, recorded_at=clock.now(),
    )  # fmt: skip
    NotedChange.objects.bulk_create([row])
    return row


def _tell(file_id: UUID, entry: Code, at: datetime, by: Viewer) -> None:
    facts = {"change": entry.code, "urgency": str(entry.marks["urgency"])}
    happened(matter_id=file_id, event=events.CHANGE_NOTED, at=at, by=by, facts=facts)


def _tell_lead(matter: Matter, entry: Code, at: datetime, by: Viewer) -> None:
    """The lead of the family, when another unit leads it and the change is of a kind that it is told."""
    if matter.family_id is None:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_serves_other_party(%s)", [matter.id])
        if cursor.fetchone()[0]:
            return
    lead = Matter.objects.filter(family_id=matter.family_id, kind=MatterKind.COORDINATION, ended_at=None).first()
    if lead is not None:
        happened(matter_id=lead.id, event=events.CHANGE_TOLD_LEAD, at=at, by=by)
