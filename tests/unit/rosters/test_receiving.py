"""A file is kept as it came, its rows are taken or sent back, and the database holds the counts."""

from __future__ import annotations

import hashlib

import pytest
from django.db import DatabaseError, connection, transaction

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.matters.promises import keep
from anwang.rosters.actions import mend_row
from anwang.rosters.models import RosterBody, RosterCells, RosterFile, RosterRow
from tests.unit.rosters.conftest import bring
from tests.unit.rosters.tables import child, roster

pytestmark = pytest.mark.django_db


def reasons(file: RosterFile) -> dict[int, list[list[str]]]:
    return dict(RosterRow.objects.filter(file=file, state="rejected").values_list("line", "reasons"))


def test_counts_what_was_sent_taken_and_sent_back(importer) -> None:
    rows = [child(1), child(2, 前置查訪結果=""), child(3, 出生日期="一百零八年"), child(4, 出生日期="105/1/1")]
    file = bring(importer, rows).file
    assert (file.declared, file.received, file.accepted, file.rejected) == (4, 4, 1, 3)
    assert reasons(file) == {2: [["empty", "pre_check"]], 3: [["unreadable", "born_on"]], 4: [["too_old", "born_on"]]}


def test_six_is_taken_and_seven_is_not(importer) -> None:
    file = bring(importer, [child(1, 出生日期="108/4/2"), child(2, 出生日期="108/4/1")]).file
    assert (file.accepted, reasons(file)) == (1, {2: [["too_old", "born_on"]]})


def test_a_check_that_is_not_enough_goes_back(importer) -> None:
    file = bring(importer, [child(1, 前置查訪結果="尚未辦理"), child(2, 前置查訪結果="催補種，仍未接種")]).file
    assert reasons(file) == {1: [["not_enough", "pre_check"]], 2: [["unknown", "pre_check"]]}


def test_a_wrong_number_is_noted_and_taken(importer) -> None:
    file = bring(importer, [child(1, 身分證號="W200001230")]).file
    assert RosterRow.objects.get(file=file).notes == [["checksum", "national_id"]]


def test_names_the_row_that_is_missing(importer) -> None:
    rows = [child(number) for number in range(1, 32) if number != 17]
    file = bring(importer, rows, declared=31).file
    assert (file.declared, file.received, file.missing, file.gaps) == (31, 30, 1, [17])


def test_names_the_last_row_when_it_is_cut_off(importer) -> None:
    file = bring(importer, [child(1), child(2)], declared=3).file
    assert (file.missing, file.gaps) == (1, [3])


def test_the_same_file_twice_changes_nothing(importer) -> None:
    first, again = bring(importer, [child(1)]), bring(importer, [child(1)])
    assert (first.is_new, again.is_new) == (True, False)
    assert first.file.id == again.file.id
    assert RosterFile.objects.count() == RosterRow.objects.count() == 1


def test_keeps_a_file_whose_hash_differs_and_its_rows(importer) -> None:
    file = bring(importer, [child(1)], sha256="0" * 64).file
    assert file.accepted == 1
    assert file.declared_sha256 != file.sha256 == hashlib.sha256(roster([child(1)])).hexdigest()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"body": "#名冊,筆數=2\n".encode() + roster([child(1)]), "declared": 1}, "declared"),
        ({"body": "#名冊,單位=別的\n".encode() + roster([child(1)])}, "sender"),
        ({"body": "#名冊,種類=未納健保\n".encode() + roster([child(1)])}, "kind"),
        ({"declared": None}, "declared"),
        ({"sender": " "}, "sender"),
        ({"kind": "none"}, "kind"),
        ({"sha256": "abc"}, "sha256"),
        ({"about": "L115-0000-0000"}, "about"),
        ({"body": "姓名,出生日期\n王小,1\n".encode()}, "file"),
        ({"body": b" "}, "file"),
    ],
)
def test_refuses_what_contradicts_itself(importer, said, field) -> None:
    with pytest.raises(BadInput) as refused:
        bring(importer, [child(1)], **said)
    assert refused.value.field == field
    assert not RosterFile.objects.exists()


def test_reads_what_the_control_line_says(importer) -> None:
    body = "#名冊,筆數=2,種類=逕遷戶籍,期別=115-03\n".encode() + roster([child(1)])
    file = bring(importer, [], body=body, declared=None).file
    assert (file.declared, file.received, file.period) == (2, 1, "115-03")


def test_rows_brought_again_count_for_the_first_file(importer) -> None:
    first = bring(importer, [child(1), child(2, 前置查訪結果=""), child(3, 出生日期="")]).file
    second = bring(importer, [child(2), child(3, 出生日期="")], about=first.number).file
    first.refresh_from_db()
    assert (first.received, first.accepted, first.rejected, first.mended) == (3, 1, 1, 1)
    assert (second.received, second.accepted, second.rejected) == (2, 1, 1)
    mended = RosterRow.objects.get(file=first, serial=2)
    assert mended.mended_by.file_id == second.id


def test_a_row_mended_on_the_page_is_a_further_attempt(world, importer) -> None:
    file = bring(importer, [child(1, 前置查訪結果=""), child(2)]).file
    by = world.viewer("screener")
    row = RosterRow.objects.get(file=file, state="rejected")
    with pytest.raises(BadInput):
        mend_row(row_id=row.id, changed={"pre_check": "隨便"}, by=by, at=clock.now())
    new = mend_row(row_id=row.id, changed={"pre_check": "查訪，未遇"}, by=by, at=clock.now())
    file.refresh_from_db()
    row.refresh_from_db()
    assert (file.accepted, file.rejected, file.mended, new.attempt, row.mended_by_id) == (1, 0, 1, 1, new.id)
    assert new.recorded_by == world.workers["screener"]
    assert RosterCells.objects.get(row=row).cells["pre_check"] == ""


ATTEMPTS = {
    "a row less": "DELETE FROM rosters_rostercells; DELETE FROM rosters_rosterrow WHERE line = 1",
    "a row rejected unseen": "UPDATE rosters_rosterrow SET state = 'withdrawn', withdrawn_because = 'x' WHERE line = 1",
    "other counts": "UPDATE rosters_rosterfile SET accepted = accepted + 1, rejected = rejected - 1",
    "counts that add up to nothing": "UPDATE rosters_rosterfile SET accepted = 0",
    "back again": "UPDATE rosters_rosterrow SET state = 'accepted' WHERE state = 'rejected'",
    "taken without a report": "UPDATE rosters_rosterrow SET taken = 'opened', match = 'new' WHERE line = 1",
    "more received": "UPDATE rosters_rosterfile SET received = 9",
    "other bytes": "UPDATE rosters_rosterbody SET sealed_body = 'x'",
    "other words": "UPDATE rosters_rostercells SET cells = '{}'",
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_plain_sql_cannot_break_the_counts(importer, attempt) -> None:
    bring(importer, [child(1), child(2, 前置查訪結果="")])
    with pytest.raises(DatabaseError, match=r"roster|permission denied|only grows"):
        commit(attempt)


def commit(attempt: str) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(attempt)
        keep()


WHO_LOADS = {
    "screener": True, "screening_supervisor": True, "clerk": True, "chief": False, "supervisor": False,
    "investigator": False, "worker": False, "ngo_worker": False, "administrator": False,
}  # fmt: skip


@pytest.mark.parametrize("who", WHO_LOADS)
def test_who_may_load(world, who) -> None:
    by = world.viewer(who)
    if WHO_LOADS[who]:
        assert bring(by, [child(1)]).is_new
    else:
        with pytest.raises(Refused):
            bring(by, [child(1)])


WHO_READS = {
    "screener": True, "screening_supervisor": True, "clerk": False, "chief": False, "supervisor": False,
    "investigator": False, "worker": False, "administrator": False,
}  # fmt: skip


@pytest.mark.parametrize("who", WHO_READS)
def test_who_reads_what_rows_say_and_nobody_the_bytes(world, importer, who) -> None:
    bring(importer, [child(1)])
    world.viewer(who)
    assert RosterCells.objects.exists() is WHO_READS[who]
    assert not RosterBody.objects.exists()
