"""`anwang report import FILE…`: take reports from files of other systems and say what became of each."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from anwang.directory.queries import county_on_system
from anwang.exchange.importing import Tally, bring_in
from anwang.foundation.errors import AnwangError


def main(arguments: list[str]) -> int:
    """0 when every record was taken or known already; 1 when one was not, each named on standard error."""
    parser = argparse.ArgumentParser(prog="anwang report")
    verbs = parser.add_subparsers(dest="verb", required=True)
    importing = verbs.add_parser("import", help="FHIR case-report bundles (JSON) and JSON lines")
    importing.add_argument("files", nargs="+", type=Path, metavar="FILE")
    importing.add_argument("--county", help="five-digit code of the county that receives")
    importing.add_argument("--system", default="", help="code of the registered system that wrote the files")
    options = parser.parse_args(arguments)
    try:
        county = county_on_system(options.county)
    except AnwangError as error:
        print(f"anwang: {error}", file=sys.stderr)
        return 1
    return max([_import(path, county, options.system) for path in options.files])


def _import(path: Path, county: str, system: str) -> int:
    print(f"{path.name}…", file=sys.stderr, flush=True)
    try:
        tally = bring_in(path, county, system)
    except AnwangError as error:
        print(f"{path.name}: {error}", file=sys.stderr)
        return 1
    _say(path.name, tally)
    return 1 if tally.rejected else 0


def _say(name: str, tally: Tally) -> None:
    print(f"{name}: 來文{tally.sent}件＝新收{tally.accepted}＋已收過{tally.known}＋收不下{len(tally.rejected)}")
    for place, reason in tally.rejected:
        print(f"  {place}：{reason}", file=sys.stderr)
