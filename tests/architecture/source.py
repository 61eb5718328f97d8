"""What the architecture tests read: the tracked and new files of the checkout, and the layers of pyproject.toml."""

from __future__ import annotations

import ast
import functools
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "anwang"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@functools.cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file()))


def below(folder: str, *suffixes: str) -> list[Path]:
    """Files of the repository under `folder` with one of the suffixes."""
    return [path for path in files() if path.is_relative_to(ROOT / folder) and path.suffix in suffixes]


@functools.cache
def layers() -> dict[str, int]:
    """Height of each room above the ground, as import-linter is told."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    rows = reversed(contracts[0]["layers"])
    return {name.strip(" ()"): height for height, row in enumerate(rows) for name in row.split("|")}


def rooms() -> list[str]:
    """Names of the packages directly in `anwang`."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


@dataclass(frozen=True)
class Parsed:
    """A Python file and its syntax tree."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def public_functions(self) -> Iterator[Function]:
        return (n for n in self.tree.body if isinstance(n, Function) and not n.name.startswith("_"))


def modules(room: str, name: str) -> list[Parsed]:
    """The module `name` of a room, be it a file or a package; empty when it has none."""
    folder = PACKAGE / room
    paths = [folder / f"{name}.py", *sorted((folder / name).rglob("*.py"))]
    return [parse(path) for path in paths if path.exists()]


def parse(path: Path) -> Parsed:
    return Parsed(path, ast.parse(path.read_text(encoding="utf-8")))
