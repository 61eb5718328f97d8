"""What an act says can be erased by order: the tree still verifies, and the register tells of it."""

from __future__ import annotations

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from anwang.access.viewer import service_viewer
from anwang.audit import sealing
from anwang.audit.actions import record
from anwang.audit.erasing import erase_said
from anwang.audit.models import Act, Erasure

from .ground import ME, Owner, seal_all, unguarded

ORDER = {"basis": "court", "reference": "115家護字第9001號"}


def erase(acts: list[Act]) -> int:
    """As the program does it: somebody is named first, in the same transaction."""
    with transaction.atomic():
        service_viewer("subjects")
        return _erase(acts)


def _erase(acts: list[Act]) -> int:
    return erase_said(act_ids=[one.id for one in acts], by=ME, **ORDER)


@pytest.fixture
def act(committed_db: str) -> Act:
    made = record("people.searched", by=ME, asked="0f3a", found=2)
    assert seal_all() is not None
    return made


def test_erases_what_was_said_and_keeps_the_tree(act: Act) -> None:
    assert erase([act]) == 1
    act.refresh_from_db()
    assert (act.verb, act.details) == ("people.searched", {})
    assert Erasure.objects.get(act_id=act.id).reference == ORDER["reference"]
    assert Act.objects.filter(verb="audit.erased", subject_id=act.id).exists()
    assert sealing.check() == []
    assert seal_all() is not None
    assert sealing.check() == []


def test_listens_to_nobody_who_is_not_named(act: Act) -> None:
    with pytest.raises(DatabaseError, match="nobody is named"):
        _erase([act])
    act.refresh_from_db()
    assert act.details


def test_erases_once(act: Act) -> None:
    assert erase([act]) == 1
    assert erase([act]) == 0


def test_gives_equal_words_sums_that_tell_nothing(committed_db: str) -> None:
    acts = [record("people.searched", by=ME, asked="0f3a") for _ in range(2)]
    erase(acts)
    one, other = Erasure.objects.values_list("commitment", flat=True)
    assert bytes(one) != bytes(other)


@pytest.mark.parametrize("touch", ["details = '{}', salt = NULL", "details = '{}'", "salt = NULL"])
def test_finds_words_emptied_by_hand(act: Act, owner_connection: Owner, touch: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        owner_connection.execute(f"UPDATE audit_act SET {touch}")
    unguarded(owner_connection, f"UPDATE audit_act SET {touch}")
    assert sealing.check() != []


def test_finds_an_entry_in_the_register_for_other_words(act: Act, owner_connection: Owner) -> None:
    erase([act])
    unguarded(owner_connection, "UPDATE audit_erasure SET commitment = sha256('other words')")
    assert sealing.check() != []


def test_finds_an_entry_made_by_hand(act: Act, owner_connection: Owner) -> None:
    """The right sum is not enough: an erasure is an act of its own."""
    unguarded(
        owner_connection,
        "INSERT INTO audit_erasure (id, act_id, commitment, basis, reference, erased_at)"
        " SELECT gen_random_uuid(), id, sha256(convert_to('anwang said|' || salt || '|' || details, 'UTF8')),"
        " 'court', 'none', now() FROM audit_act",
        "UPDATE audit_act SET details = '{}', salt = NULL",
    )
    assert [fault.words for fault in sealing.check()] == ["erased without an entry in the register"]


def test_lets_the_application_neither_empty_nor_enter(act: Act) -> None:
    for sql in ("UPDATE audit_act SET salt = NULL", "DELETE FROM audit_erasure",
                "INSERT INTO audit_erasure (act_id) SELECT id FROM audit_act"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
