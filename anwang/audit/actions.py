"""Recording what was done and what was read, in the transaction that did it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7

from .models import Act
from .rows import new

COLUMNS = [field.attname for field in Act._meta.concrete_fields]
INSERT_SQL = f"INSERT INTO audit_act ({', '.join(COLUMNS)}) VALUES ({', '.join('%s' for _ in COLUMNS)})"  # noqa: S608

READINGS_SQL = """
INSERT INTO audit_reading (id, file_id, zone, what, purpose, because, by_worker_id, by_unit_id, at)
SELECT r.id, r.file_id, %s, %s, %s, %s, %s::uuid, %s::uuid, %s
  FROM unnest(%s::uuid[], %s::uuid[]) AS r (id, file_id)
"""


class Actor(Protocol):
    """Who acts: `access.viewer.Viewer` satisfies this; audit, the lowest layer, does not know it."""

    @property
    def worker_id(self) -> UUID | None: ...
    @property
    def unit_id(self) -> UUID | None: ...
    @property
    def service(self) -> str: ...
    @property
    def purpose(self) -> str: ...


# Writing an act fails only together with what it tells of: a savepoint of its own would save nothing.
@transaction.atomic(savepoint=False)
def record(
    verb: str,
    *,
    by: Actor,
    at: datetime | None = None,
    matter_id: UUID | None = None,
    subject_id: UUID | None = None,
    **details: object,
) -> Act:
    """One act. `details` are codes, identifiers and instants; never names, never text somebody wrote."""
    act = act_of(verb, by=by, at=at, matter_id=matter_id, subject_id=subject_id, **details)
    _insert(act)
    return act


def act_of(
    verb: str,
    *,
    by: Actor,
    at: datetime | None = None,
    matter_id: UUID | None = None,
    subject_id: UUID | None = None,
    **details: object,
) -> Act:
    """What `record` writes, not yet written: for actions that write all their rows together (`rows.Rows`)."""
    now = clock.now()
    return new(
        Act,
        id=uuid7(),
        verb=verb,
        matter_id=matter_id,
        subject_id=subject_id,
        by_worker_id=by.worker_id,
        by_unit_id=by.unit_id,
        by_service=by.service,
        at=at or now,
        recorded_at=now,
        details={
            key: value if isinstance(value, bool | int) or value is None else str(value)
            for key, value in details.items()
        },
    )


def _insert(act: Act) -> None:
    """One row by a statement written out once: every act ends here, and to compile it each time costs more."""
    values = [Jsonb(act.details) if name == "details" else getattr(act, name) for name in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(INSERT_SQL, values)


def reading(what: str, *, by: Actor, file_id: UUID, zone: str, because: str = "") -> None:
    """One reading of one file. If it cannot be written the transaction fails, and nothing is shown."""
    readings(what, by=by, file_ids=[file_id], zone=zone, because=because)


@transaction.atomic(savepoint=False)
def readings(what: str, *, by: Actor, file_ids: Iterable[UUID], zone: str, because: str = "") -> None:
    """`reading` of several files at once, in one statement."""
    files = list(file_ids)
    if by.worker_id is None or not files:
        return
    told = [zone, what, by.purpose, because, by.worker_id, by.unit_id, clock.now()]
    with connection.cursor() as cursor:
        cursor.execute(READINGS_SQL, [*told, [uuid7() for _ in files], files])
