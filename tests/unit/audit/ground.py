"""What tests of the record share: somebody who acts, sealing as soon as nothing older runs, an owner unguarded."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import psycopg
from django.db import connection

from anwang.audit import sealing
from anwang.audit.models import Checkpoint
from anwang.foundation.uuid7 import uuid7
from tests.faults.ground import eventually

Owner = psycopg.Connection[tuple[object, ...]]
TABLES = ("audit_act", "audit_reading", "audit_checkpoint", "audit_posting", "audit_erasure")


@dataclass
class Somebody:
    worker_id: UUID | None
    unit_id: UUID | None = None
    service: str = ""
    purpose: str = "casework"


ME = Somebody(uuid7())


def seal_all() -> Checkpoint | None:
    """Seal as soon as nothing older is running: the tests beside this one write on the same server."""
    assert eventually(nothing_older_runs)
    return sealing.seal()


def nothing_older_runs() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot()) > max(xid) FROM audit_act")
        return bool(cursor.fetchone()[0])


def unguarded(owner: Owner, *sql: str) -> None:
    """What the owner of the database can do once he has taken the guards away."""
    for table in TABLES:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for one in sql:
        owner.execute(one)
