"""Where it was measured: figures without this mean little."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any  # a JSON document


def facts(binaries: Any) -> dict[str, Any]:
    """Processor, memory, kernel, versions, and how busy the machine was before anything began."""
    return {
        "processor": _line("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory": _line("/proc/meminfo", "MemTotal"),
        "kernel": platform.release(),
        "load": [round(one, 2) for one in os.getloadavg()],
        "python": platform.python_version(),
        "postgresql": str(binaries),
        "packages": {name: version(name) for name in ("Django", "psycopg", "gunicorn")},
        "commit": _commit(),
    }


def _line(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip()
