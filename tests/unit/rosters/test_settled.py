"""A wrong count or hash is settled by what was learnt, not by words; the database asks for the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from anwang.access.viewer import service_viewer
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.rosters.actions import Answer, settle_file
from anwang.rosters.models import RosterFile
from anwang.rosters.queries import file_page, overview
from tests.unit.rosters.conftest import bring
from tests.unit.rosters.tables import child

pytestmark = pytest.mark.django_db
ASKED = {"asked": "戶政 (08)000-3000", "answered_by": "戶政林課員"}


def settle(world, file: RosterFile, outcome: str, **said: str) -> None:
    by = world.viewer("screener")
    settle_file(number=file.number, answer=Answer(outcome, **said), by=by, at=clock.now())


def alarms(world) -> list[str]:
    return [alarm.kind for alarm in overview(world.viewer("screener")).alarms]


@pytest.mark.parametrize(
    ("outcome", "said", "field"),
    [
        ("", {"words": "對方多寫一筆", **ASKED}, "outcome"),
        ("other", {"words": "對方多寫一筆", **ASKED}, "outcome"),
        ("hash_confirmed", ASKED, "outcome"),
        ("count_confirmed", {**ASKED, "asked": " "}, "asked"),
        ("count_confirmed", {**ASKED, "answered_by": ""}, "answered_by"),
        ("row_found", ASKED, "words"),
        ("resent", ASKED, "resent"),
        ("resent", {"resent": "L115-9999-9999"}, "resent"),
    ],
)
def test_words_alone_settle_nothing(world, importer, outcome: str, said: dict[str, str], field: str) -> None:
    file = bring(importer, [child(1)], declared=2).file
    with pytest.raises(BadInput) as refused:
        settle(world, file, outcome, **said)
    assert refused.value.field == field
    assert alarms(world) == ["count"]


@pytest.mark.parametrize(
    ("outcome", "said"), [("count_confirmed", ASKED), ("row_found", {"words": "在L115-0001-0001第3筆"})]
)
def test_a_code_with_what_it_asks_for_ends_the_alarm(world, importer, outcome: str, said: dict[str, str]) -> None:
    file = bring(importer, [child(1)], declared=2).file
    settle(world, file, outcome, **said)
    assert alarms(world) == []
    (settled,) = file_page(world.viewer("screener"), file.number).settled
    assert (settled.who, settled.at) == ("杜婉婷", clock.now())
    with pytest.raises(Conflict):
        settle(world, file, outcome, **said)


def test_the_file_sent_again_is_named_and_of_the_same_sender_and_period(world, importer, at) -> None:
    file = bring(importer, [child(1)], declared=2, period="115-03").file
    at(clock.now() + timedelta(hours=1))
    other = bring(service_viewer("rosters"), [child(1)], sender="別的戶政事務所", period="115-03").file
    later = bring(service_viewer("rosters"), [child(1)], period="115-04").file
    again = bring(service_viewer("rosters"), [child(1), child(2)], period="115-03").file
    for wrong in (file, other, later):
        with pytest.raises(BadInput):
            settle(world, file, "resent", resent=wrong.number)
    settle(world, file, "resent", resent=again.number)
    assert "count" not in alarms(world)
    assert file_page(world.viewer("screener"), file.number).settled[0].resent == again.number


def test_a_count_that_is_settled_leaves_the_hash_open(world, importer) -> None:
    file = bring(importer, [child(1)], declared=2, sha256="0" * 64).file
    assert sorted(alarms(world)) == ["count", "hash"]
    settle(world, file, "count_confirmed", **ASKED)
    assert alarms(world) == ["hash"]
    settle(world, file, "hash_confirmed", **ASKED)
    assert alarms(world) == []


def test_only_whoever_screens_settles(world, importer) -> None:
    file = bring(importer, [child(1)], declared=2).file
    with pytest.raises(Refused):
        settle_file(number=file.number, answer=Answer("count_confirmed", **ASKED), by=world.viewer("clerk"),
                    at=clock.now())  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        "'', true, false, '戶政', '林課員', '多寫一筆'",
        "'count_confirmed', true, false, '戶政', '', '多寫一筆'",
        "'count_confirmed', true, true, '戶政', '林課員', ''",
        "'hash_confirmed', true, true, '戶政', '林課員', ''",
        "'row_found', true, false, '戶政', '林課員', ''",
        "'resent', true, true, '', '', ''",
        "'count_confirmed', false, false, '戶政', '林課員', ''",
    ],
)
def test_the_database_takes_no_settlement_without_what_its_code_asks_for(world, importer, values: str) -> None:
    file = bring(importer, [child(1)], declared=2).file
    with pytest.raises(IntegrityError, match="roster_settlement"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO rosters_rostersettlement (id, file_id, by, at, recorded_at, outcome, covers_count,"
            f" covers_hash, asked, answered_by, words) VALUES (%s, %s, %s, %s, %s, {values})",
            [uuid7(), file.id, uuid7(), clock.now(), clock.now()],
        )
