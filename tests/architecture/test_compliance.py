"""What docs/compliance says is done is done by a test that is there; the parts list is of today's locks."""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from anwang.project import parts

ROOT = Path(__file__).resolve().parents[2]
TABLES = sorted((ROOT / "docs" / "compliance").glob("*.csv"))
STATES = {"met", "part", "deployer", "not applicable", "open"}
THREATS = ROOT / "docs" / "threat-model.md"
_CITED = re.compile(r"`(tests/[\w/]+\.py(?:::\w+)?)`")


def rows() -> Iterator[tuple[str, dict[str, str]]]:
    for table in TABLES:
        with table.open(encoding="utf-8", newline="") as text:
            yield from ((table.name, row) for row in csv.DictReader(text))


def is_there(cited: str) -> bool:
    path, _, name = cited.partition("::")
    if not (ROOT / path).is_file():
        return False
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return not name or any(isinstance(one, ast.FunctionDef) and one.name == name for one in ast.walk(tree))


def test_has_the_three_tables_whole() -> None:
    counted = {table.name: sum(name == table.name for name, _row in rows()) for table in TABLES}
    assert set(counted) == {"appendix10.csv", "asvs.csv", "pdpa12.csv"}
    assert counted["pdpa12.csv"] == 11
    assert counted["asvs.csv"] == 264, "183 + 70 of the first two levels, and level three of V8, V14, V16"


def test_every_line_has_a_state_and_what_is_met_a_test() -> None:
    wrong = []
    for table, row in rows():
        first = next(iter(row.values()))
        if row["state"] not in STATES or (not row["control"] and row["state"] != "open"):
            wrong.append(f"{table} {first}: {row['state']}")
        if row["state"] == "met" and not row["test"]:
            wrong.append(f"{table} {first} is met by no test")
    assert wrong == []


def test_every_cited_test_is_there() -> None:
    cited = {row["test"] for _table, row in rows() if row["test"]}
    assert len(cited) > 40
    assert {one for one in cited if not is_there(one)} == set()


def test_what_is_cited_is_one_test_and_no_whole_file() -> None:
    assert {row["test"] for _table, row in rows() if row["test"] and "::test_" not in row["test"]} == set()


def test_names_every_line_once() -> None:
    for table in TABLES:
        names = [next(iter(row.values())) for name, row in rows() if name == table.name]
        assert len(names) == len(set(names)), table.name


def test_the_threat_model_names_its_answers() -> None:
    cited = _CITED.findall(THREATS.read_text(encoding="utf-8"))
    assert len(cited) > 10
    assert [one for one in cited if not is_there(one)] == []


def test_the_parts_list_is_of_these_locks() -> None:
    assert parts.LIST.read_text(encoding="utf-8") == parts.parts_list(), "python -m anwang.project.parts list"
    told = json.loads(parts.parts_list())
    assert {"django", "psycopg", "cryptography"} <= {one["name"] for one in told["components"]}


def test_names_parts_with_known_holes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers: dict[str, list[dict[str, object]]] = {"results": [{} for _ in parts.locked()]}
    answers["results"][0] = {"vulns": [{"id": "GHSA-x"}]}
    kept = tmp_path / "answers.json"
    kept.write_text(json.dumps(answers))
    assert parts.main(["audit", "--answers", str(kept)]) == 1
    name, version, _scope = parts.locked()[0]
    assert f"{name} {version}: GHSA-x" in capsys.readouterr().out


def test_says_what_to_do_where_there_is_no_network(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def away() -> None:
        raise OSError

    monkeypatch.setattr(parts, "_asked", away)
    assert parts.main(["audit"]) == 2
    assert "audit --save FILE" in capsys.readouterr().err
