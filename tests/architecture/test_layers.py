"""The import contracts of pyproject.toml, run as a test so that they cannot be forgotten."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT, layers, rooms


def test_keeps_the_contracts() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_gives_every_room_its_place() -> None:
    assert set(rooms()) <= set(layers())
