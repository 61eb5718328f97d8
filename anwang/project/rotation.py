"""`anwang keys`: which versions seal what; `rotate RING` brings a new one in, `retire RING VERSION` takes one out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from django.conf import settings

from anwang.foundation.errors import Refused
from anwang.foundation.sealing import KeyringUnusable
from anwang.project import keys
from anwang.subjects import keys as acts


def main(arguments: list[str]) -> int:
    """0 when done; 1 with a sentence when it must not be done. Never prints a key."""
    parser = argparse.ArgumentParser(prog="anwang keys")
    verbs = parser.add_subparsers(dest="verb")
    verbs.add_parser("list", help="every version, and how many values need it (default)")
    rotate = verbs.add_parser("rotate", help="a new version for new values, at once; the worker seals the rest again")
    rotate.add_argument("ring", nargs="*", choices=[*acts.RINGS, []], help="default: all")
    retire = verbs.add_parser("retire", help="remove a version that nothing needs any more")
    retire.add_argument("ring", choices=acts.RINGS)
    retire.add_argument("version", type=int)
    given = parser.parse_args(arguments)
    try:
        if given.verb == "rotate":
            for name in given.ring or acts.RINGS:
                print(f"{name}: version {acts.begin(name, _write)} is in use. `anwang worker` seals the rest again.")
        elif given.verb == "retire":
            acts.retire(given.ring, given.version, _write)
            print(f"{given.ring}: version {given.version} is gone. Backups made with it need the keys beside them.")
        return _list()
    except (Refused, KeyringUnusable) as error:
        print(f"anwang: {error}", file=sys.stderr)
        return 1


def _list() -> int:
    """What stands where; 1 when the key file is not the one of this database."""
    for name in acts.RINGS:
        for use in acts.uses(name):
            needed = ", ".join(f"{n} in {table}" for table, n in sorted(use.values.items())) or "nothing"
            print(f"{name} {use.version}: {_state(use)}; needed by {needed}")
    faults = acts.differences()
    for fault in faults:
        print(f"anwang: {fault}", file=sys.stderr)
    return 1 if faults else 0


def _state(use: acts.Use) -> str:
    if not use.is_here:
        return "retired" if use.retired_at else "MISSING from keys.json"
    if not use.is_newest:
        return "old"
    return "in use" if use.done_at or use.version == 1 else "in use, the rest is being sealed again"


def _write(ring: Mapping[str, bytes]) -> None:
    keys.replace(settings.DATA, ring)
