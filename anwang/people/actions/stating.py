"""Writing down what somebody says of a person: a register, another authority, the family, a visit."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.people.models import Statement

from .persons import require


@transaction.atomic
def state(
    *, person_id: UUID, topic: str, source: str, value: str, fetched_on: date, by: Viewer, at: datetime,
    ground: str = "", since_on: date | None = None, until_on: date | None = None, corrects_id: UUID | None = None,
) -> Statement:  # fmt: skip
    """One statement beside the others. Data of another authority need the ground on which they were fetched."""
    require(person_id, by)
    if not value.strip():
        raise BadInput(_("請寫它怎麼說。"), field="value")
    if fetched_on > clock.today():
        raise BadInput(_("取得的日子不能在今天以後。"), field="fetched_on")
    if _is_feed(source) and not ground.strip():
        raise BadInput(_("向別的機關查來的，請寫依據和文號。"), field="ground")
    if corrects_id and not Statement.objects.filter(id=corrects_id, person_id=person_id).exists():
        raise NotFound(_("找不到要更正的那一筆。"))
    said = Statement(
        id=uuid7(), person_id=person_id, topic=topic, source=source, value=value.strip(), since_on=since_on,
        until_on=until_on, fetched_on=fetched_on, ground=ground.strip(), corrects_id=corrects_id, by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    said.save(force_insert=True)
    record("person.stated", by=by, at=at, subject_id=person_id, topic=topic, source=source)
    return said


def _is_feed(source: str) -> bool:
    try:
        return book().codelist("statement.source").on(clock.today()).content[source].marks.get("feed") == "yes"
    except LookupError:
        raise BadInput(_("請從清單選來源。"), field="source") from None
