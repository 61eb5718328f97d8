"""The data of one size: built once in `var/bench-N`, then used again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any  # a JSON document


def ready(root: Path, size: int, seed: int) -> tuple[Path, dict[str, Any]]:
    """The data directory of a size and what is known of its building (0: the small demonstration alone)."""
    data = root / f"bench-{size}"
    about = data / "bench-data.json"
    if about.exists():
        caught_up(data)
        return data, json.loads(about.read_text())
    data.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    _run(data, "migrate")
    scale = ["--scale", str(size)] if size else []
    _run(data, "demo", "build", "--if-empty", "--seed", str(seed), *scale)
    found = {"size": size, "seed": seed, "built_in_seconds": round(time.monotonic() - began, 1)}
    about.write_text(json.dumps(found))
    caught_up(data)
    return data, found


def caught_up(data: Path) -> None:
    """What has come due since is done before anything is measured, as it would have been by a program that ran on."""
    _run(data, "worker", "--once")


def _run(data: Path, *arguments: str) -> None:
    environment = os.environ | {"DATA": str(data), "ANWANG_DEMO": "1"}
    done = subprocess.run([sys.executable, "-m", "anwang.project.cli", *arguments], env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"bench: `anwang {' '.join(arguments)}` failed for {data}")
