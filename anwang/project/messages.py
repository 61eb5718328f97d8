"""`anwang messages`: compile every `.po` below the package to `.mo` with Babel; machines have no msgfmt."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

PACKAGE = Path(__file__).resolve().parents[1]


def compile_all(package: Path = PACKAGE) -> int:
    """Compile the catalogues that are newer than what was compiled; give their number.

    Raises ValueError naming the file when one cannot be read.
    """
    stale = [path for path in sorted(package.glob("**/locale/*/LC_MESSAGES/*.po")) if _is_stale(path)]
    for path in stale:
        try:
            catalogue = read_po(path.read_bytes().splitlines(keepends=True), abort_invalid=True)
        except (PoFileError, UnicodeDecodeError) as error:
            raise ValueError(f"{path}: {error}") from error
        half = path.with_suffix(f".{os.getpid()}")
        with half.open("wb") as file:
            write_mo(file, catalogue)
        half.replace(path.with_suffix(".mo"))
    return len(stale)


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime


def main(arguments: list[str]) -> int:
    if number := compile_all():
        print(f"anwang: {number} catalogues compiled", file=sys.stderr)
    return 0
