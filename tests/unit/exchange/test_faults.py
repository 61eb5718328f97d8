"""Files that are broken, huge, odd or hostile: a sentence each, nothing half done, the good records taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import translation
from psycopg.errors import DeadlockDetected

from anwang.exchange import importing
from anwang.exchange.importing import Interrupted, bring_in
from anwang.foundation.errors import BadInput
from anwang.intake.models import ReceivedKey, Report, ReportOriginal
from anwang.matters.models import Duty, Matter
from anwang.people.models import Person
from tests.unit.exchange.callers import originals
from tests.unit.exchange.messages import bundle, patient, request
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
COUNTY = "99001"
LINE: dict[str, Any] = {"number": "L-1", "received_at": "115/3/7 23:40", "narrative": "聽到小孩哭聲。", "persons": []}


@pytest.fixture(autouse=True)
def world(at) -> World:
    at("2026-03-08T00:10+08:00")
    return build_world()


def put(tmp_path: Path, body: bytes) -> Path:
    path = tmp_path / "reports.json"
    path.write_bytes(body)
    return path


def line(**changes: Any) -> bytes:
    return json.dumps({**LINE, **changes}).encode()


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Matter, Duty, ReceivedKey, ReportOriginal, Person))


DEEP = b'{"number": "D", "received_at": "115/3/7 23:40", "persons": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
BROKEN_LINES = {
    "a number": b"5",
    "a list": b"[]",
    "nothing": b"null",
    "cut off": line()[:-20],
    "too deep": DEEP,
    "a day that is none": line(received_at="115/2/30 10:00"),
    "a month that is none": line(received_at="2026-13-01T00:00+08:00"),
    "marks mixed": line(received_at="115-3/7 10:00"),
    "a year before calendars": line(received_at="0001-01-01T00:00:00+14:00"),
    "a year after calendars": line(received_at="9999-12-31T23:59:59-14:00"),
    "the future": line(received_at="2027-01-01T00:00+08:00"),
    "no number": line(number=None),
    "a number that is none": line(number={"a": 1}),
    "a kind that is none": line(kinds=["witchcraft"]),
    "kinds that are no list": line(kinds=7, narrative="", received_at="x"),
    "a birth that is none": line(persons=[{"name": "王小恩", "birth": "108/2/30"}]),
    "a bundle without report": json.dumps({"resourceType": "Bundle", "entry": [{"resource": patient()}]}).encode(),
}


@pytest.mark.parametrize("language", ["zh-hant", "en"])
@pytest.mark.parametrize("body", BROKEN_LINES.values(), ids=BROKEN_LINES.keys())
def test_names_a_broken_line_in_a_sentence_and_takes_its_neighbours(tmp_path: Path, body: bytes, language: str) -> None:
    good = line(number="before"), line(number="after")
    with translation.override(language):
        tally = bring_in(put(tmp_path, b"\n".join([good[0], body, good[1]])), COUNTY)
    assert (tally.sent, tally.accepted, len(tally.rejected)) == (3, 2, 1)
    assert tally.rejected[0][1].endswith(("。", "."))
    assert Matter.objects.filter(kind="report").count() == 2


BROKEN_FILES = {
    "empty": b"",
    "only a mark": b"\xef\xbb\xbf",
    "Big5": "通報".encode("big5"),
    "UTF-16": json.dumps(LINE).encode("utf-16"),
    "lone surrogate bytes": b'{"number": "\xed\xa0\x80"}',
    "an archive": b"PK\x03\x04\xff\xfe" * 50,
}


@pytest.mark.parametrize("body", BROKEN_FILES.values(), ids=BROKEN_FILES.keys())
def test_refuses_a_file_it_cannot_read_and_writes_nothing(tmp_path: Path, body: bytes) -> None:
    before = rows()
    with pytest.raises(BadInput, match="。"):
        bring_in(put(tmp_path, body), COUNTY)
    assert rows() == before


def test_refuses_fifty_megabytes_before_reading_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, b"")
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda _path: pytest.fail("it was read"))
    with pytest.raises(BadInput, match="20MB"):
        bring_in(path, COUNTY)


def test_names_a_cut_off_file_once_and_not_by_its_lines(tmp_path: Path) -> None:
    whole = json.dumps(bundle(request()), indent=1).encode()
    tally = bring_in(put(tmp_path, whole[:-40]), COUNTY)
    assert (tally.sent, tally.accepted, len(tally.rejected)) == (1, 0, 1)
    assert "截斷" in tally.rejected[0][1]


def test_takes_a_list_of_records_and_keeps_each_as_written(tmp_path: Path, world: World) -> None:
    first, second = json.dumps(bundle(request()), indent=1).encode(), line(number="二")
    path = put(tmp_path, b"[ " + first + b",\n" + second + b" ,5]\n")
    tally = bring_in(path, COUNTY)
    assert (tally.sent, tally.accepted, len(tally.rejected)) == (3, 2, 1)
    world.viewer("screener")
    assert set(originals()) == {first, second}
    assert bring_in(path, COUNTY).known == 2


def test_says_that_an_empty_list_holds_no_report(tmp_path: Path) -> None:
    assert "沒有通報" in bring_in(put(tmp_path, b"[ ]"), COUNTY).rejected[0][1]


ODD_LINES = {
    "NUL": line(narrative="a\0b", persons=[{"name": "王\0恩"}]),
    "half a character": line(narrative="\ud83d哭", persons=[{"name": "\udc00"}]),
    "a private character": line(persons=[{"name": "\ue000\U000f0000𪚥"}]),
    "a line separator": json.dumps({**LINE, "narrative": "a\u2028b\x85c"}, ensure_ascii=False).encode(),
    "a broken number": line(persons=[{"name": "王小恩", "id": "A1"}, {"name": "x", "id": "A" * 300}]),
    "long fields": line(
        place="路" * 900, unit="123456", source="x" * 90, sender="https://" + "s" * 300, number="n" * 900,
        persons=[{"name": "名" * 900, "address": "巷" * 900, "phone": "0" * 900, "note": "記" * 900, "age": "歲" * 90}],
    ),
    "kinds in one word": line(kinds="child_protection"),
    "persons that are none": line(persons=[5, None, {"name": 7}]),
    "a Windows line": line() + b"\r",
}  # fmt: skip


@pytest.mark.parametrize("body", ODD_LINES.values(), ids=ODD_LINES.keys())
def test_takes_an_odd_line_whole_and_keeps_its_bytes(tmp_path: Path, world: World, body: bytes) -> None:
    path = put(tmp_path, body)
    tally = bring_in(path, COUNTY)
    assert (tally.accepted, tally.rejected) == (1, [])
    again = bring_in(path, COUNTY)
    assert (again.known, again.rejected) == (1, [])
    world.viewer("screener")
    assert originals() == [body]
    assert Report.objects.get().narrative


ODD_BUNDLES = {
    "no number at all": request(identifier=None, id=None),
    "a long system": request(identifier=[{"system": "https://example.org/" + "s" * 300, "value": "R-1"}]),
    "names that are no list": patient(name=[{"given": 5, "text": "江語彤"}]),
    "a long relation": patient(contact=[{"name": {"text": "江佩珊"}, "relationship": [{"text": "母" * 90}]}]),
    "NUL in the name": patient(name=[{"text": "江\0彤"}]),
    "notes that are no list": request(note="x", reasonCode=7),
}


@pytest.mark.parametrize("altered", ODD_BUNDLES.values(), ids=ODD_BUNDLES.keys())
def test_takes_an_odd_bundle_once(tmp_path: Path, altered: dict[str, Any]) -> None:
    path = put(tmp_path, json.dumps(bundle(altered)).encode())
    first, again = bring_in(path, COUNTY), bring_in(path, COUNTY)
    assert first.sent == first.accepted == again.known == Matter.objects.filter(kind="report").count()


@pytest.mark.parametrize("resource", [None, 5, "x", [], {"resourceType": 5}, {"resourceType": "ServiceRequest"}])
def test_names_a_bundle_of_a_strange_shape(tmp_path: Path, resource: object) -> None:
    body = {"resourceType": "Bundle", "entry": [{"resource": resource}]}
    tally = bring_in(put(tmp_path, json.dumps(body).encode()), COUNTY)
    assert (tally.accepted, len(tally.rejected)) == (0, 1)


def test_two_systems_with_long_names_are_not_taken_for_one(tmp_path: Path) -> None:
    bring_in(put(tmp_path, line(sender="s" * 80 + "1")), COUNTY)
    assert bring_in(put(tmp_path, line(sender="s" * 80 + "2")), COUNTY).accepted == 1


@pytest.mark.parametrize("bad", [{0}, {7}, {0, 3, 4, 9}, set(range(10))])
def test_names_each_record_that_the_database_refuses_and_takes_the_others(tmp_path: Path, bad: set[int]) -> None:
    """Ten share a transaction; a role that fits in no column is found by halves."""
    role = {"persons": [{"name": "王小恩", "role": "r" * 30}]}
    path = put(tmp_path, b"\n".join(line(number=f"N-{n}", **(role if n in bad else {})) for n in range(10)))
    tally = bring_in(path, COUNTY)
    assert (tally.sent, tally.accepted, tally.known) == (10, 10 - len(bad), 0)
    assert [place for place, _reason in tally.rejected] == [f"第{n + 1}行" for n in sorted(bad)]
    assert bring_in(path, COUNTY).known == 10 - len(bad)


def test_takes_a_file_that_was_half_taken_and_one_that_names_a_record_twice(tmp_path: Path) -> None:
    whole = [line(number=f"N-{n}") for n in range(7)]
    bring_in(put(tmp_path, b"\n".join(whole[:3])), COUNTY)
    tally = bring_in(put(tmp_path, b"\n".join([*whole, whole[5], line(number="N-6", narrative="別的")])), COUNTY)
    assert (tally.accepted, tally.known, len(tally.rejected)) == (4, 4, 1)


def test_does_again_what_stood_in_the_way_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    receive, crossed = importing._receive, []

    def first_crossed(some: list[object], county: str, system: str) -> object:
        if not crossed:
            crossed.append(DeadlockDetected())
            raise OperationalError from crossed[0]
        return receive(some, county, system)

    monkeypatch.setattr(importing, "_receive", first_crossed)
    assert bring_in(put(tmp_path, line()), COUNTY).accepted == 1


def test_stops_with_a_sentence_when_the_database_goes_and_says_how_far_it_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[object] = []

    def receive(some: list[object], county: str, system: str) -> list[bool]:
        if taken:
            raise OperationalError("terminating connection")
        taken.extend(some)
        return [True] * len(some)

    monkeypatch.setattr(importing, "TOGETHER", 1)
    monkeypatch.setattr(importing, "_receive", receive)
    monkeypatch.setattr(importing.connection, "close", lambda: None)
    with pytest.raises(Interrupted, match="已收1件"):
        bring_in(put(tmp_path, b"\n".join([line(), line(number="L-2"), line(number="L-3")])), COUNTY)
