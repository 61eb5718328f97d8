"""The migrated template database, kept as a dump between runs while no migration, model or setting changes."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import django

from anwang.project.postgres import binaries
from anwang.project.postgres.cluster import PORT, Cluster

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "build" / "test-template"
SOURCES = ("*/migrations/*", "*/models.py", "*/models/*.py", "*/**/*.sql", "*/rls.py", "project/settings.py")


def dump_path() -> Path:
    """Where a dump of exactly this schema is, or would be."""
    digest = hashlib.sha256(f"{django.VERSION} {binaries.find().major}".encode())
    paths = {path for pattern in (*SOURCES, "project/postgres/*.py") for path in (ROOT / "anwang").glob(pattern)}
    for path in sorted(path for path in paths if path.suffix in {".py", ".sql"}):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return KEPT / f"{digest.hexdigest()[:16]}.dump"


def restore(cluster: Cluster, database: str, path: Path) -> bool:
    """Fill the empty `database` from a dump; whether there was one and it went in whole."""
    if not path.exists():
        return False
    done = _run("pg_restore", cluster, ["--exit-on-error", "--single-transaction", "-d", database, str(path)])
    if not done:
        path.unlink(missing_ok=True)
    return done


def keep(cluster: Cluster, database: str, path: Path) -> None:
    """Dump `database` for the next run, whole or not at all, in place of older ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}")
    if _run("pg_dump", cluster, ["-Fc", "-f", str(half), database]):
        for old in path.parent.glob("*.dump"):
            old.unlink(missing_ok=True)
        half.replace(path)


def _run(program: str, cluster: Cluster, arguments: list[str]) -> bool:
    command = [binaries.find().program(program), "-h", str(cluster.socket), "-p", str(PORT), "-U", "postgres"]
    try:
        return subprocess.run([*command, *arguments], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
