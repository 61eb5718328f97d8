"""The time comes from `foundation.clock` alone, so that a night can be played again."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "anwang"
OTHER_CLOCKS = re.compile(
    r"datetime\.(now|utcnow|today)\(|date\.today\(|timezone\.now|Now\(\)|\bnow\(\)(?=[^\"]*\")|CURRENT_TIMESTAMP"
)
OPERATING = {"foundation/clock.py"}
SOURCES = [
    path
    for path in PACKAGE.rglob("*.py")
    if "project" not in path.relative_to(PACKAGE).parts and str(path.relative_to(PACKAGE)) not in OPERATING
]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_asks_only_our_clock(path: Path) -> None:
    found = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if OTHER_CLOCKS.search(line)]
    assert [line for line in found if "clock.now()" not in line] == []
