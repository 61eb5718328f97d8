"""A checkpoint notices every touch of what it sealed, and seals nothing that is still being written."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from anwang.audit import sealing
from anwang.audit.actions import reading, record
from anwang.audit.models import Act, Checkpoint
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7

from .ground import ME, Owner, seal_all, unguarded


@pytest.fixture
def sealed(committed_db: str) -> str:
    for number in range(5):
        record("note.written", by=ME, matter_id=uuid7(), number=number)
    reading("case.page", by=ME, file_id=uuid7(), zone="case")
    assert seal_all() is not None
    assert sealing.check() == []
    return committed_db


def test_seals_once_and_continues(sealed: str) -> None:
    assert sealing.seal() is None
    record("note.written", by=ME)
    second = seal_all()
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
        "UPDATE audit_checkpoint SET edge = sha256('another')",
        "UPDATE audit_act SET salt = gen_random_uuid()",
        "DELETE FROM audit_act WHERE xid = (SELECT max(xid) FROM audit_act)",
    ],
)
def test_notices_every_touch(sealed: str, owner_connection: Owner, touch: str) -> None:
    unguarded(owner_connection, touch)
    assert sealing.check() != []


def test_notices_a_checkpoint_taken_out(sealed: str, owner_connection: Owner) -> None:
    for _ in range(2):
        record("note.written", by=ME)
        assert seal_all() is not None
    middle = Checkpoint.objects.order_by("id")[1].id
    unguarded(owner_connection, f"DELETE FROM audit_checkpoint WHERE id = {middle}")
    assert sealing.check() != []


def test_notices_a_row_dated_back_when_it_was_written_later(sealed: str, owner_connection: Owner) -> None:
    unguarded(
        owner_connection,
        "INSERT INTO audit_act (id, verb, at, recorded_at, by_service, details)"
        " SELECT gen_random_uuid(), verb, at, recorded_at - interval '2 days', '', '{}' FROM audit_act LIMIT 1",
    )
    assert seal_all() is not None
    assert ["older than the checkpoint before it" in fault.words for fault in sealing.check()] == [True]


def test_notices_a_checkpoint_made_anew_for_other_rows(sealed: str, owner_connection: Owner) -> None:
    """Rewritten rows with a root and an edge that fit them: without the key the signature does not."""
    made = Checkpoint.objects.get()
    unguarded(owner_connection, "UPDATE audit_act SET verb = 'note.read'", "DELETE FROM audit_checkpoint")
    other = seal_all()
    unguarded(
        owner_connection,
        f"UPDATE audit_checkpoint SET signature = '\\x{bytes(made.signature).hex()}' WHERE id = {other.id}",
    )
    assert sealing.check() != []


def test_notices_another_key(sealed: str, settings: object) -> None:
    settings.KEYRING = {**settings.KEYRING, "audit": b"k" * 32}  # type: ignore[attr-defined]
    assert [fault.words for fault in sealing.check()] == ["signed with another key"]


def test_seals_nothing_beside_a_transaction_still_running(sealed: str, app_connect: Callable[..., Owner]) -> None:
    other = app_connect()
    now = clock.now()
    other.execute(
        "INSERT INTO audit_act (id, verb, at, recorded_at, by_service, details)"
        " VALUES (gen_random_uuid(), 'note.slow', %s, %s, '', '{}')",
        [now, now],
    )
    record("note.fast", by=ME)
    assert sealing.seal() is None
    other.commit()
    made = seal_all()
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
