"""A row that its sender takes back: one writes why, another confirms, and the database lets nobody do it alone."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.rosters.actions import ask_to_withdraw, decide_withdrawal, mend_row
from anwang.rosters.models import RosterRow
from anwang.rosters.queries import file_page
from tests.unit.rosters.conftest import bring
from tests.unit.rosters.tables import child

pytestmark = pytest.mark.django_db
WHY = {"because": "sender_error", "words": "林課員說重複列了"}


@pytest.fixture
def row(world, importer) -> RosterRow:
    bring(importer, [child(1, 前置查訪結果="")])
    return RosterRow.objects.select_related("file").get()


def ask(world, row: RosterRow, who: str = "screener", **said: str) -> None:
    ask_to_withdraw(row_id=row.id, by=world.viewer(who), at=clock.now(), **{**WHY, **said})


def decide(world, row: RosterRow, who: str, confirm: bool = True, words: str = "") -> None:
    decide_withdrawal(row_id=row.id, confirm=confirm, words=words, by=world.viewer(who), at=clock.now())


def counts(row: RosterRow) -> tuple[int, int]:
    row.file.refresh_from_db()
    return row.file.rejected, row.file.withdrawn


def test_is_withdrawn_when_another_confirms(world, row) -> None:
    ask(world, row)
    assert counts(row) == (1, 0)
    decide(world, row, "screening_supervisor")
    assert counts(row) == (0, 1)
    shown = file_page(world.viewer("screener"), row.file.number).rows[0]
    assert (shown.state, shown.withdrawn_because, shown.taken_back.words) == ("withdrawn", "機關送錯了", WHY["words"])
    assert "方振維" in shown.taken_back.decided


def test_nobody_confirms_his_own(world, row) -> None:
    ask(world, row, "screening_supervisor")
    with pytest.raises(Refused, match="另一個人"):
        decide(world, row, "screening_supervisor")
    decide(world, row, "screener")
    assert counts(row) == (0, 1)


@pytest.mark.parametrize("said", [{"because": ""}, {"because": "x"}, {"words": "  "}])
def test_says_why_in_a_code_and_in_words(world, row, said) -> None:
    with pytest.raises(BadInput):
        ask(world, row, **said)


def test_who_does_not_agree_says_why_and_the_row_waits_on(world, row) -> None:
    ask(world, row)
    with pytest.raises(BadInput):
        decide(world, row, "screening_supervisor", confirm=False)
    decide(world, row, "screening_supervisor", confirm=False, words="不是重複")
    assert counts(row) == (1, 0)
    ask(world, row, words="林課員來函撤回")
    decide(world, row, "screening_supervisor")
    assert counts(row) == (0, 1)


def test_one_waits_at_a_time_and_is_decided_once(world, row) -> None:
    ask(world, row)
    with pytest.raises(Conflict):
        ask(world, row, "screening_supervisor")
    decide(world, row, "screening_supervisor")
    with pytest.raises(Conflict):
        decide(world, row, "screening_supervisor")


def test_a_row_mended_meanwhile_is_not_withdrawn(world, row) -> None:
    ask(world, row)
    mend_row(row_id=row.id, changed={"pre_check": "查訪，未遇"}, by=world.viewer("screener"), at=clock.now())
    with pytest.raises(Conflict):
        decide(world, row, "screening_supervisor")


@pytest.mark.parametrize("who", ["clerk", "chief", "worker"])
def test_others_do_not_ask(world, row, who: str) -> None:
    with pytest.raises((Refused, NotFound)):
        ask(world, row, who)


BY_HAND = {
    "alone": "UPDATE rosters_rosterrow SET state = 'withdrawn', withdrawn_because = 'sender_error'",
    "by who asked": "UPDATE rosters_rosterwithdrawal SET state = 'confirmed', decided_by = asked_by,"
    " decided_at = asked_at",
    "by nobody": "UPDATE rosters_rosterwithdrawal SET state = 'confirmed'",
    "another reason": "UPDATE rosters_rosterwithdrawal SET because = 'elsewhere'",
    "gone": "DELETE FROM rosters_rosterwithdrawal",
}


@pytest.mark.parametrize("statement", BY_HAND.values(), ids=BY_HAND)
def test_plain_sql_does_not_withdraw_alone(world, row, statement: str) -> None:
    ask(world, row)
    with (
        pytest.raises(DatabaseError, match=r"second person|roster_withdrawal|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
