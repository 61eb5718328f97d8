"""Reports from files: taken whole, once, byte for byte; whatever cannot be taken is named and stops nothing else."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from anwang.exchange.importing import bring_in
from anwang.foundation.errors import BadInput
from anwang.intake.models import OriginalBody, Reporter
from anwang.matters.models import Matter
from tests.unit.exchange.callers import caller, originals, report
from tests.unit.exchange.messages import bundle, patient, request
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
COUNTY = "99001"
LINE = {
    "number": "L-1",
    "received_at": "115/3/7 23:40",
    "narrative": "聽到小孩哭聲。",
    "persons": [{"name": "王小恩", "age": "4歲"}],
}


@pytest.fixture(autouse=True)
def world(at) -> World:
    at("2026-03-08T00:10+08:00")
    return build_world()


def written(tmp_path: Path, content: object, name: str = "reports.json") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode())
    return path


def lines(*records: object) -> bytes:
    return b"\n".join(json.dumps(record, ensure_ascii=False).encode() for record in records)


def test_takes_a_bundle_as_one_report_received_when_it_was_written(tmp_path: Path) -> None:
    tally = bring_in(written(tmp_path, bundle()), COUNTY)
    assert (tally.sent, tally.accepted, tally.rejected) == (1, 1, [])
    matter = Matter.objects.get(kind="report")
    assert matter.opened_at.isoformat() == "2026-03-07T15:40:00+00:00"
    assert matter.next_duty_id is not None


def test_keeps_the_original_byte_for_byte_for_whoever_acts(tmp_path: Path, world: World) -> None:
    body = json.dumps(bundle(), ensure_ascii=False, indent=3).encode() + b"\n\n"
    bring_in(written(tmp_path, body), COUNTY)
    world.viewer("worker")
    assert not OriginalBody.objects.exists(), "the original names the reporter: nobody but who acts may open it"
    world.viewer("screener")
    assert originals() == [body]


def test_changes_nothing_when_the_same_file_comes_twice(tmp_path: Path) -> None:
    path = written(tmp_path, lines(LINE, {**LINE, "number": "L-2"}))
    bring_in(path, COUNTY)
    again = bring_in(path, COUNTY)
    assert (again.accepted, again.known, again.rejected) == (0, 2, [])
    assert Matter.objects.count() == 2


def test_names_the_bad_line_and_takes_the_others(tmp_path: Path) -> None:
    path = written(
        tmp_path, lines(LINE) + b'\n{"number": "L-2", "received_at": "115/2/30"\n' + lines({**LINE, "number": "L-3"})
    )
    tally = bring_in(path, COUNTY)
    assert (tally.sent, tally.accepted) == (3, 2)
    assert [place for place, _reason in tally.rejected] == ["第2行"]


def test_refuses_a_known_number_with_other_content(tmp_path: Path) -> None:
    bring_in(written(tmp_path, lines(LINE)), COUNTY)
    tally = bring_in(written(tmp_path, lines({**LINE, "narrative": "又看到傷。"})), COUNTY)
    assert tally.accepted == 0
    assert "內容不同" in tally.rejected[0][1]


@pytest.mark.parametrize(
    "altered",
    [
        request(authoredOn=None), request(authoredOn="115/2/30"), request(code=None, category=None),
    ],
)  # fmt: skip
def test_names_what_a_message_lacks(tmp_path: Path, altered: dict[str, object]) -> None:
    tally = bring_in(written(tmp_path, bundle(altered)), COUNTY)
    assert tally.accepted == 0
    assert tally.rejected[0][1].endswith("。")
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    "altered",
    [
        patient(birthDate="2019"), patient(birthDate="不知道"), patient(birthDate=None), patient(name=None),
        patient(identifier=[{"system": "http://www.moi.gov.tw", "value": "A100000000"}]), patient(telecom="none"),
        patient(contact=[{"name": {"text": "Kacaw Fuyan Marang Sawmah Kalitang"}}]),
        patient(name=[{"text": "𪚥\ue000"}]),
        request(subject=None), request(authoredOn="2027-01-01T00:00:00+08:00"), request(requester=None),
        request(extension=[{"url": "https://example.org/unknown", "valueString": "kept"}]),
    ],
)  # fmt: skip
def test_takes_a_message_that_is_odd_but_whole(tmp_path: Path, altered: dict[str, object]) -> None:
    tally = bring_in(written(tmp_path, bundle(altered)), COUNTY)
    assert (tally.accepted, tally.rejected) == (1, [])


@pytest.mark.parametrize("body", [b"", b"  \n", "通報".encode("big5"), b"\xff\xfe\x00"])
def test_says_in_a_sentence_why_a_file_cannot_be_read(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(BadInput, match="。"):
        bring_in(written(tmp_path, body), COUNTY)


def test_says_where_a_missing_file_should_be_looked_for(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="讀不到"):
        bring_in(tmp_path / "nowhere.json", COUNTY)


def test_refuses_a_referral_sent_as_a_report(tmp_path: Path) -> None:
    referral = request(code={"coding": [{"system": "http://snomed.info/sct", "code": "3457005"}]}, category=None)
    tally = bring_in(written(tmp_path, bundle(referral)), COUNTY)
    assert tally.rejected[0][1].startswith("訊息裡沒有通報")


def test_hides_the_reporter_from_everybody_who_does_not_act(tmp_path: Path, world: World) -> None:
    bring_in(written(tmp_path, bundle()), COUNTY)
    for colleague in ("screening_supervisor", "investigator", "worker", "chief", "administrator", "clerk"):
        world.viewer(colleague)
        assert not Reporter.objects.exists(), colleague


def test_takes_the_published_example_of_the_guide() -> None:
    published = Path(__file__).resolve().parents[4] / "shared/twss/dev/case-report-bundle.json"
    if not published.exists():
        pytest.skip("the guide's published example is not on this machine")
    tally = bring_in(published, COUNTY)
    assert (tally.accepted, tally.rejected) == (1, [])


def test_knows_what_a_registered_system_sent_over_the_interface(tmp_path: Path, world: World) -> None:
    hospital = caller(world.viewer("administrator"))
    known = report(received_at="2026-03-07T23:40:00+08:00")
    assert hospital.send(json.dumps(known, indent=2).encode()).status_code == 201
    one, other = {**known, "sender": "hospital", "received_at": "115/3/7 23:40"}, {**known, "number": "R-2"}
    tally = bring_in(written(tmp_path, lines(other, one)), COUNTY, "hospital")
    assert (tally.accepted, tally.known, tally.rejected) == (1, 1, [])
    assert Matter.objects.filter(kind="report").count() == 2
    again = hospital.send(other)
    assert again.status_code == 200, again.content


def test_knows_a_bundle_of_a_registered_system_by_whichever_door(tmp_path: Path, world: World) -> None:
    hospital = caller(world.viewer("administrator"))
    path = written(tmp_path, json.dumps(bundle(), indent=1).encode() + b"\n")
    assert bring_in(path, COUNTY, "hospital").accepted == 1
    answer = hospital.ask("POST", "/api/v1/fhir", bundle(), Content_Type="application/fhir+json")
    assert answer.json()["entry"][0]["response"]["status"] == "200 OK"
    number = Matter.objects.get(kind="report").number
    assert hospital.ask("GET", f"/api/v1/reports/{number}").status_code == 200


def test_names_a_number_that_the_other_door_brought_with_other_content(tmp_path: Path, world: World) -> None:
    hospital = caller(world.viewer("administrator"))
    assert hospital.send(report(received_at="2026-03-07T23:40:00+08:00")).status_code == 201
    tally = bring_in(written(tmp_path, lines({**LINE, "number": "R-1"})), COUNTY, "hospital")
    assert (tally.accepted, tally.known) == (0, 0)
    assert "內容不同" in tally.rejected[0][1]
    assert Matter.objects.filter(kind="report").count() == 1


@pytest.mark.parametrize("code", ["nobody", "away"])
def test_takes_nothing_of_a_system_that_is_not_the_countys(tmp_path: Path, world: World, code: str) -> None:
    caller(replace(world.viewer("administrator"), county="99002"), "away")
    with pytest.raises(BadInput, match="沒有登記這個系統"):
        bring_in(written(tmp_path, lines(LINE)), COUNTY, code)
    assert not Matter.objects.exists()
