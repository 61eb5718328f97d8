"""`anwang demo build` and `anwang demo reset`: the invented county and its clock.

`demo.json` in the data directory says how far the demonstration's clock is from the true one; it is written when the
county is complete. A build that was cut short leaves `demo.unfinished`, and the next one starts from an empty database.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import shutil
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import sql

from anwang.foundation import clock
from anwang.project import cli, databases
from anwang.project.postgres import placement, roles
from anwang.project.postgres.binaries import NoServer

SEED = 1
# A Tuesday morning after the stories of the first spring of the 2026 rules (docs/adr/0008).
DEFAULT_CLOCK = "2026-04-21T11:30"


def main(arguments: list[str]) -> int:
    """Build or reset. Raises NoServer with a sentence when it must not be done."""
    parser = argparse.ArgumentParser(prog="anwang demo")
    verbs = parser.add_subparsers(dest="verb", required=True)
    build_parser = verbs.add_parser("build", help="fill the empty database with an invented county")
    build_parser.add_argument("--clock", default=os.environ.get("CLOCK") or None, help="its date: 2026-03-07T23:40")
    build_parser.add_argument("--seed", type=int, default=SEED, help="another number makes other people")
    build_parser.add_argument("--scale", type=int, metavar="N", help="beside it, a nation of N reports a year")
    build_parser.add_argument("--if-empty", action="store_true", help="do nothing when it is there already")
    verbs.add_parser("reset", help="remove the demonstration's data")
    options = parser.parse_args(arguments)
    if options.verb == "reset":
        return reset(cli.data_directory())
    return build(cli.data_directory(), options.clock, options.seed, if_empty=options.if_empty, scale=options.scale)


def build(data: Path, at: str | None, seed: int, *, if_empty: bool, scale: int | None = None) -> int:
    """Make the county at the instant `at` (Taipei when it names no offset), once; beside it `scale` reports."""
    if os.environ.get("ANWANG_DEMO") != "1":
        raise NoServer("Invented people are only for a demonstration: set ANWANG_DEMO=1 if this is one.")
    if (data / "demo.json").exists():
        if if_empty:
            return 0
        raise NoServer("The demonstration is there already: `make demo-reset` removes it.")
    offset = _offset(at or DEFAULT_CLOCK)
    with ExitStack() as stack:
        if not databases.is_external():
            stack.enter_context(databases.embedded(data).running())
        unfinished = data / "demo.unfinished"
        if unfinished.exists():
            _empty_database(data)
        unfinished.touch()
        _fill(stack, offset, seed)
        if scale:
            from anwang.demo.scale.build import build_nation

            build_nation(databases.url(data, owner=True), scale, seed)
        half = data / "demo.json.new"
        half.write_text(json.dumps({"offset_seconds": offset.total_seconds(), "seed": seed}), encoding="ascii")
        half.replace(data / "demo.json")
        unfinished.unlink()
    return 0


def _fill(stack: ExitStack, offset: timedelta, seed: int) -> None:
    started = time.monotonic()
    cli.use_database(stack)
    from anwang.demo import build as county

    clock.set_offset(offset)
    print("anwang: building the invented county", file=sys.stderr, flush=True)
    county.build(seed=seed)
    print(f"anwang: the county is built ({time.monotonic() - started:.0f} s)", file=sys.stderr, flush=True)


def _empty_database(data: Path) -> None:
    """Throw away what an interrupted build left, and migrate anew."""
    if databases.is_external():
        raise NoServer("The last build was interrupted: empty the database of DATABASE_URL, then try again.")
    cluster = databases.embedded(data)
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(roles.DATABASE)))
    from anwang.project.supervisor import run_step

    run_step("migrate")


def _offset(text: str) -> timedelta:
    """How far its clock stands behind the true one: the database keeps nothing that lies ahead."""
    offset = _instant(text) - datetime.now(UTC)
    if offset > timedelta(0):
        raise NoServer(f"CLOCK={text} lies ahead of this machine's clock: choose an instant that has passed.")
    return offset


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise NoServer(f"CLOCK={text} is not an instant: write it as 2026-03-07T23:40.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.TAIPEI)


def reset(data: Path) -> int:
    """Remove the demonstration's database, clock and built files; keys stay. Refused while it runs."""
    if databases.is_external():
        raise NoServer("DATABASE_URL is set: this removes only the demonstration's own server.")
    if (data / "run").exists():
        with open(data / "run" / "use.lock", "a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise NoServer("The demonstration is running: stop it first (Ctrl-C), then reset.") from None
            _remove(data)
    print("anwang: the demonstration's data is removed", file=sys.stderr)
    return 0


def _remove(data: Path) -> None:
    # The clock first: without it the rest counts as unfinished, should we be interrupted.
    for name in ("demo.json", "demo.unfinished"):
        (data / name).unlink(missing_ok=True)
    for path in (*data.glob("pg[0-9]*"), data / "static", placement.refuge(data), data / "run"):
        shutil.rmtree(path, ignore_errors=True)


def apply_clock(data: Path) -> None:
    """Set this process's clock as the demonstration's was set when it was built."""
    try:
        kept = json.loads((data / "demo.json").read_text(encoding="ascii"))
    except FileNotFoundError:
        return
    clock.set_offset(timedelta(seconds=kept["offset_seconds"]))
