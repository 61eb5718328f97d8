"""FHIR as other programs write it: what the guide leaves open, its own checker and bundle, and altered bundles."""

from __future__ import annotations

import copy
import importlib.util
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from anwang.intake.models import Report, ReportPerson
from anwang.people.models import Address, Identifier, Person
from tests.unit.exchange.callers import Caller, caller
from tests.unit.exchange.messages import BASE, bundle, extension, patient, request
from tests.unit.exchange.rules_of_the_guide import wrongs
from tests.world import World, build_world

NOW = "2026-03-08T00:10+08:00"
PATH = "/api/v1/fhir"
FHIR = "application/fhir+json"
SHARED = Path(os.environ.get("ANWANG_TWSS") or Path(__file__).resolve().parents[4] / "shared" / "twss")


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NOW)
    return build_world()


@pytest.fixture
def hospital(world: World) -> Caller:
    return caller(world.viewer("administrator"))


def post(one: Caller, document: Any, kind: str = FHIR, **headers: str) -> Any:
    answer = one.ask("POST", PATH, document, Content_Type=kind, **headers)
    assert answer["Content-Type"] == FHIR
    assert list(wrongs(answer.json())) == []
    return answer


def two(**changes: Any) -> dict[str, Any]:
    """Two reports in one bundle, of two children."""
    other = patient(id="other", name=[{"text": "江語晴"}], identifier=[])
    second = request(
        id="report-2", identifier=[{"system": BASE, "value": "R-2"}], subject={"reference": "Patient/other"}
    )
    return bundle(other, second, **changes)


def without(kind: str) -> dict[str, Any]:
    sent = bundle()
    sent["entry"] = [entry for entry in sent["entry"] if entry["resource"]["resourceType"] != kind]
    return sent


def imported(world: World, hospital: Caller, *more: dict[str, Any]) -> Person:
    assert post(hospital, bundle(*more)).status_code == 200
    world.viewer("screener")
    return Person.objects.get(sex="female")


def test_1_reads_the_code_when_its_label_says_something_else(world: World, hospital: Caller) -> None:
    wrong = [extension("twss-case-report-type", "2", "初報"), extension("twss-case-source", "D", "自行求助")]
    imported(world, hospital, request(extension=wrong))
    row = Report.objects.get()
    assert (row.mandated, row.source) == ("yes", "citizen")


@pytest.mark.parametrize(("district", "read"), [
    ("臺北市", "臺北市南港區無名路9001號"), ("6300000000", "臺北市南港區無名路9001號"),
    ("1000300000", "桃園市南港區無名路9001號"), ("6800000000", "桃園市南港區無名路9001號"),
    ("1234567890", "1234567890南港區無名路9001號"),
])  # fmt: skip
def test_2_reads_a_district_by_name_and_by_code(world: World, hospital: Caller, district: str, read: str) -> None:
    where = {"use": "home", "district": district, "city": "南港區", "line": ["無名路9001號"]}
    child = imported(world, hospital, patient(address=[where]))
    assert Address.objects.get(person_id=child.id).text == read


def test_4_takes_religion_and_language_of_any_list(world: World, hospital: Caller) -> None:
    religion = extension("twss-religion", "H") | {"url": "http://hl7.org/fhir/StructureDefinition/patient-religion"}
    spoken = [
        {"language": {"coding": [{"system": "x", "code": "1", "display": "國語"}]}},
        {"language": {"text": "阿美語"}},
    ]
    assert imported(world, hospital, patient(extension=[religion], communication=spoken)).languages == "國語、阿美語"


def test_10_takes_dates_that_make_no_story(world: World, hospital: Caller) -> None:
    imported(world, hospital, request(occurrenceDateTime="2027-01-01", authoredOn="2026-01-01T00:00:00+08:00"))


def test_11_enforces_no_checksum(world: World, hospital: Caller) -> None:
    number = [{"system": "http://www.moi.gov.tw", "value": "A200000099"}]
    assert imported(world, hospital, patient(identifier=number)).name == "江語彤"


@pytest.mark.parametrize("system", ["http://hl7.org/fhir/sid/passport-TWN", "http://www.boca.gov.tw"])
def test_knows_passports_by_both_addresses(world: World, hospital: Caller, system: str) -> None:
    child = imported(world, hospital, patient(identifier=[{"system": system, "value": "300000001"}]))
    assert Identifier.objects.get(person_id=child.id).kind == "passport"


@pytest.mark.parametrize(("written", "note"), [("0108-02-03", "0108-02-03"), ("2019-02-03", ""), ("2019-02", "")])
def test_12_reads_years_only_where_it_is_sure_which_count(
    world: World, hospital: Caller, written: str, note: str
) -> None:
    child = imported(world, hospital, patient(birthDate=written))
    assert note in ReportPerson.objects.get(person_id=child.id).notes
    assert (child.born_earliest is None) == bool(note)


@pytest.mark.parametrize("name", [{"family": "江語彤"}, {"given": ["江語彤"]}, {"family": "江", "given": ["語彤"]}])
def test_14_reads_a_name_by_family_or_given(world: World, hospital: Caller, name: dict[str, Any]) -> None:
    assert imported(world, hospital, patient(name=[name])).name == "江語彤"


@pytest.fixture(scope="session")
def guide() -> Callable[[Any], list[str]]:
    """The checker of the state's guide: findings of level error. It is not part of this repository."""
    path = SHARED / "check_twss.py"
    if not path.exists():
        pytest.skip("the guide's checker is not here: set ANWANG_TWSS to the folder with check_twss.py and its table")
    spec = importlib.util.spec_from_file_location("check_twss", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    table = json.loads((path.parent / "constraints.json").read_text(encoding="utf-8"))

    def errors(resource: Any) -> list[str]:
        found = [one for one in module.Checker(table).check([("ours", resource)]) if one.level == "error"]
        return [f"{one.path}: {one.message}" for one in found if one.message != NOT_IN_ITS_TABLE]

    return errors


NOT_IN_ITS_TABLE = "OperationOutcome has no element resourceType"
"""The table lists an OperationOutcome without `resourceType`, which R4's JSON demands: that one finding is its own."""


def test_passes_the_guides_checker_in_all_it_writes(hospital: Caller, guide: Callable[[Any], list[str]]) -> None:
    taken = post(hospital, two()).json()
    numbers = [e["response"]["location"] for e in taken["entry"] if "location" in e["response"]]
    undated = request(id="report-3", identifier=[{"system": BASE, "value": "R-3"}], authoredOn="someday")
    written = [taken, post(hospital, {}).json(), post(hospital, b"{").json(), post(hospital, without("Patient")).json()]
    written += [post(hospital, bundle(undated, type="batch")).json()]
    written += [hospital.ask("GET", f"{PATH}/{number}").json() for number in numbers]
    written += [hospital.ask("GET", f"{PATH}/Task/x").json(), hospital.ask("PUT", PATH).json()]
    assert [one["resourceType"] for one in written].count("Task") == 2
    assert [found for one in written for found in guide(one)] == []


def test_takes_the_guides_own_bundle(hospital: Caller, guide: Callable[[Any], list[str]]) -> None:
    for path in sorted((SHARED / "dev").glob("*.json")):
        answer = post(hospital, path.read_bytes())
        assert answer.status_code == (200 if "case-report" in path.name else 422), path.name


STRANGE = [
    None,
    "",
    0,
    -1,
    True,
    [],
    {},
    "\u0007",
    "x" * 3000,
    "9999-12-31",
    "\U0010ffff",
    [[]],
    {"reference": "#"},
    1e300,
]


def altered(value: Any, dice: random.Random) -> Any:
    """The same with one place changed: something strange, gone, twice, or put where it does not belong."""
    places = [(value, None)]
    found: list[tuple[Any, Any]] = []
    while places:
        inner, _key = places.pop()
        keys = list(inner) if isinstance(inner, dict) else range(len(inner)) if isinstance(inner, list) else []
        found += [(inner, key) for key in keys]
        places += [(inner[key], key) for key in keys]
    holder, key = dice.choice(found)
    what = dice.choice(["strange", "gone", "twice", "moved"])
    if what == "gone":
        del holder[key]
    elif what == "twice" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    elif what == "moved":
        other, there = dice.choice(found)
        holder[key] = (
            copy.deepcopy(other[there]) if there in (other if isinstance(other, dict) else range(len(other))) else 5
        )
    else:
        holder[key] = dice.choice(STRANGE)
    return value


def test_answers_every_altered_bundle_with_a_sentence(hospital: Caller) -> None:
    dice, seen = random.Random(20260308), set()
    for n in range(150):
        sent = two() if n % 3 == 0 else bundle(type=dice.choice(["collection", "transaction"]))
        for _times in range(dice.choice([1, 1, 2, 5])):
            sent = altered(sent, dice)
        answer = hospital.ask("POST", PATH, sent, Content_Type=FHIR)
        seen.add(answer.status_code)
        assert answer.status_code in (200, 400, 409, 422), (answer.content, sent)
        assert list(wrongs(answer.json())) == []
    assert {200, 422} <= seen
