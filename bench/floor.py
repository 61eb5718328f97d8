"""The same SQL without the program: how many such transactions the database alone does in a second."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # Django's own shape of a DATABASES entry

KEYS = {"HOST": "HOST", "PORT": "PORT", "USER": "USER", "PASSWORD": "PASSWORD", "DATABASE": "NAME"}


@dataclass(frozen=True)
class Floor:
    """Transactions a second, planned each time (simple) and planned once (prepared)."""

    simple: float
    prepared: float


def program(binaries: Path) -> Path | None:
    """pgbench of the server's own programs; None where the package has none."""
    found = binaries / "pgbench"
    return found if os.access(found, os.X_OK) else None


def measured(pgbench: Path, database: dict[str, Any], script: str, clients: int, seconds: float) -> Floor:
    """Both protocols for half of the time each, with the log-in of Django's `settings_dict`.

    Zero where pgbench refuses the script.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        each = max(1, round(seconds / 2))
        simple, prepared = (_run(pgbench, database, file.name, way, clients, each) for way in ("simple", "prepared"))
    return Floor(simple, prepared)


def _run(pgbench: Path, database: dict[str, Any], path: str, way: str, clients: int, seconds: int) -> float:
    own = {"PG" + name: str(database[key]) for name, key in KEYS.items() if database[key]}
    environment = os.environ | own | {"PGOPTIONS": database["OPTIONS"].get("options", "")}
    command = [pgbench, "-n", "-f", path, "-M", way, "-c", str(clients), "-j", str(clients), "-T", str(seconds)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    found = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    return float(found[1]) if found and done.returncode == 0 else 0.0
