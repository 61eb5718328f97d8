"""A checkpoint notices every touch of what it sealed, and seals nothing that is still being written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from anwang.audit import sealing
from anwang.audit.actions import reading, record
from anwang.audit.models import Act, Checkpoint
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from tests.faults.ground import eventually

Owner = psycopg.Connection[tuple[object, ...]]


@dataclass
class Somebody:
    worker_id: UUID | None
    unit_id: UUID | None = None
    service: str = ""
    purpose: str = "casework"


ME = Somebody(uuid7())


@pytest.fixture
def sealed(committed_db: str) -> str:
    for number in range(5):
        record("note.written", by=ME, matter_id=uuid7(), number=number)
    reading("case.page", by=ME, file_id=uuid7(), zone="case")
    assert _seal() is not None
    assert sealing.check() == []
    return committed_db


def _seal() -> Checkpoint | None:
    """Seal as soon as nothing older is running: the tests beside this one write on the same server."""
    assert eventually(_nothing_older_runs)
    return sealing.seal()


def _nothing_older_runs() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot()) > max(xid) FROM audit_act")
        return bool(cursor.fetchone()[0])


def _unguarded(owner: Owner, sql: str) -> None:
    for table in ("audit_act", "audit_reading", "audit_checkpoint"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
    owner.execute(sql)


def test_seals_once_and_continues(sealed: str) -> None:
    assert sealing.seal() is None
    record("note.written", by=ME)
    second = _seal()
    assert second is not None
    assert (second.acts, second.readings) == (6, 1)
    assert sealing.check() == []


@pytest.mark.parametrize(
    "touch",
    [
        "UPDATE audit_act SET verb = 'note.read' WHERE details ->> 'number' = '2'",
        "UPDATE audit_act SET recorded_at = recorded_at - interval '1 second' WHERE details ->> 'number' = '2'",
        "UPDATE audit_act SET details = '{}' WHERE details ->> 'number' = '2'",
        "DELETE FROM audit_act WHERE details ->> 'number' = '4'",
        "TRUNCATE audit_reading",
        "UPDATE audit_reading SET by_worker_id = gen_random_uuid()",
        """INSERT INTO audit_act SELECT gen_random_uuid(), verb, matter_id, subject_id, by_worker_id, by_unit_id,
           by_service, at, recorded_at, details, xid FROM audit_act LIMIT 1""",
        """UPDATE audit_act a SET xid = b.xid FROM audit_act b
            WHERE a.details ->> 'number' = '0' AND b.details ->> 'number' = '3'""",
        "UPDATE audit_checkpoint SET acts = acts - 1",
        "UPDATE audit_checkpoint SET made_at = made_at - interval '1 day'",
    ],
)
def test_notices_every_touch(sealed: str, owner_connection: Owner, touch: str) -> None:
    _unguarded(owner_connection, touch)
    assert sealing.check() != []


def test_notices_a_checkpoint_taken_out(sealed: str, owner_connection: Owner) -> None:
    for _ in range(2):
        record("note.written", by=ME)
        assert _seal() is not None
    middle = Checkpoint.objects.order_by("id")[1].id
    _unguarded(owner_connection, f"DELETE FROM audit_checkpoint WHERE id = {middle}")
    assert sealing.check() != []


def test_notices_another_key(sealed: str, settings: object) -> None:
    settings.KEYRING = {**settings.KEYRING, "audit": b"k" * 32}  # type: ignore[attr-defined]
    assert [fault.words for fault in sealing.check()] == ["signed with another key"]


def test_seals_nothing_beside_a_transaction_still_running(sealed: str, app_connect: Callable[..., Owner]) -> None:
    other = app_connect()
    now = datetime(2026, 3, 8, tzinfo=UTC)
    other.execute(
        "INSERT INTO audit_act (id, verb, at, recorded_at, by_service, details)"
        " VALUES (gen_random_uuid(), 'note.slow', %s, %s, '', '{}')",
        [now, now],
    )
    record("note.fast", by=ME)
    assert sealing.seal() is None
    other.commit()
    made = _seal()
    assert made is not None
    assert made.acts == 7
    assert sealing.check() == []


@pytest.mark.parametrize("table", ["audit_act", "audit_reading", "audit_checkpoint"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {}"])
def test_database_refuses_application_and_owner(
    sealed: str, owner_connection: Owner, table: str, verb: str
) -> None:  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))
    with pytest.raises(psycopg.errors.CheckViolation):
        owner_connection.execute(verb.format(table))


def test_keeps_two_times_and_no_text(committed_db: str) -> None:
    earlier = clock.now() - timedelta(hours=9)
    made = record("review.approved", by=ME, at=earlier, reason=uuid7())
    kept = Act.objects.get(id=made.id)
    assert kept.at == earlier
    assert kept.recorded_at > earlier
