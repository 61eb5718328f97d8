"""`make bench`: sizes one after the other, then the table and `var/bench.json`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any  # a JSON document

from anwang.project.postgres.binaries import find

from . import data, machine, table

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """Measure every size, and say what was found."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", default="20000,100000,390000", help="reports a year, separated by commas; 0: demo")
    parser.add_argument("--root", type=Path, default=ROOT / "var", help="where sizes are kept")
    parser.add_argument("--seconds", default="8")
    parser.add_argument("--users", default="4")
    parser.add_argument("--best-of", default="2")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page", action="append", default=[], help="this page alone; may be given again")
    parser.add_argument("--out", type=Path, default=None, help="the document (default bench.json beside the sizes)")
    options = parser.parse_args(arguments)
    sizes = [int(one) for one in options.sizes.replace(" ", "").split(",") if one]
    document: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine.facts(find()),
        "users": int(options.users), "seconds": float(options.seconds), "seed": options.seed, "sizes": [],
    }  # fmt: skip
    rows = []
    for size in sizes:
        place, about = data.ready(options.root.resolve(), size, options.seed)
        found = about | _measured(place, options)
        document["sizes"].append(found)
        rows += [table.row(size, name, got) for part in ("pages", "intake") for name, got in found[part].items()]
    out = options.out or options.root / "bench.json"
    out.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    print("\n".join([*table.lines(rows), *table.growth(document), f"written to {out}"]))
    return 0


def _measured(place: Path, options: argparse.Namespace) -> dict[str, Any]:
    environment = os.environ | {
        "DATA": str(place), "ANWANG_DEMO": "1", "DJANGO_SETTINGS_MODULE": "anwang.project.settings", "PYTHONUTF8": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "bench.measure", str(place), "--seconds", options.seconds]
    command += ["--users", options.users, "--best-of", options.best_of, "--seed", str(options.seed)]
    for page in options.page:
        command += ["--page", page]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"bench: {place} could not be measured")
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
