"""`anwang accounts first`: the first administrator of a county. Every other account comes by his invitation."""

from __future__ import annotations

import argparse
import sys

from django.db import transaction

from anwang.access.viewer import service_viewer
from anwang.accounts.actions import put_first
from anwang.foundation import clock
from anwang.foundation.errors import AnwangError


def main(arguments: list[str]) -> int:
    """0 with a link and a code, each for another way; 1 when the county has an administrator, or no such unit."""
    parser = argparse.ArgumentParser(prog="anwang accounts")
    verbs = parser.add_subparsers(dest="verb", required=True)
    first = verbs.add_parser("first", help="invite the first administrator of a county")
    first.add_argument("--unit", required=True, help="code of the unit in which he works")
    first.add_argument("--name", required=True)
    first.add_argument("--phone", required=True)
    first.add_argument("--username", required=True)
    first.add_argument("--address", required=True, help="where the pages are served: https://anwang.example.gov.tw")
    given = parser.parse_args(arguments)
    try:
        with transaction.atomic():
            made = put_first(
                unit_code=given.unit, name=given.name, phone=given.phone, username=given.username,
                by=service_viewer("founding"), at=clock.now(),
            )  # fmt: skip
    except AnwangError as error:
        print(f"anwang: {error}", file=sys.stderr)
        return 1
    print(f"{given.address.rstrip('/')}/join/{made.link}")
    print(f"{made.code}  (tell it by another way; both are shown only here)")
    return 0
