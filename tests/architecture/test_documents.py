"""What the documents say of the code is so."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

NAMES = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("## Names others rely on")[2]
ROWS = re.findall(r"^\| `([a-z.]+)` \| (.+) \|$", NAMES, re.M)


def test_finds_the_table_of_names() -> None:
    assert len(ROWS) >= 7


@pytest.mark.parametrize(("module", "cell"), ROWS, ids=[module for module, _cell in ROWS])
def test_named_functions_are_there(module: str, cell: str) -> None:
    there = import_module(f"anwang.{module}").__all__
    assert set(re.findall(r"`([a-z_]+)`", cell)) <= set(there)


READMES = sorted(path.relative_to(ROOT) for path in (ROOT / "anwang").rglob("README.md"))


@pytest.mark.parametrize("readme", READMES, ids=str)
def test_files_a_room_names_are_there(readme: Path) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[a-z_]+/)*[a-z_0-9]+(?:\.py|\.sql|/))`", text))
    room = (ROOT / readme).parent
    places = (room, room / "shell" / "templates", ROOT / "anwang", ROOT)
    assert [name for name in named if not any((place / name).exists() for place in places)] == []


def test_operations_say_how_long_backups_hold_what_was_erased() -> None:
    told = re.findall(r"35(?: days|天)", (ROOT / "docs" / "operations.md").read_text(encoding="utf-8"))
    assert told == ["35 days", "35天"], "ADR 0093 sends its reader there, in both languages"
