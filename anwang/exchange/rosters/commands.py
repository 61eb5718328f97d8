"""`anwang roster import FILE --kind … --sender … --declared N --sha256 …` and `anwang roster take`."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer, service_viewer
from anwang.directory.queries import county_on_system
from anwang.foundation import clock
from anwang.foundation.errors import AnwangError, BadInput
from anwang.rosters.actions import Received, receive_roster, take_on
from anwang.rosters.reading import LARGEST, load


def main(arguments: list[str]) -> int:
    """0 when every row was taken; 1 when the file could not be read or a row, a count or the hash is wrong."""
    options = _parser().parse_args(arguments)
    try:
        if options.verb == "take":
            return _take_all()
        return _import(options)
    except AnwangError as error:
        print(f"anwang: {error}", file=sys.stderr)
    except (OperationalError, InterfaceError):
        words = _("資料庫連不上。請稍後用同一個檔案再收一次，收過的不會重複。")
        print(f"anwang: {words}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="anwang roster")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("take", help="bring rows that wait to a report (the worker does so by itself)")
    importing = verbs.add_parser("import", help="one roster file: CSV or ODS")
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--kind", required=True, help="code of roster.kind: moved, vaccination, insurance…")
    importing.add_argument("--sender", default="", help="the sending office, as its letter says")
    importing.add_argument("--declared", type=int, help="how many rows its letter says")
    importing.add_argument("--sha256", default="", help="the hash its letter says")
    importing.add_argument("--period", default="", help="such as 115-04")
    importing.add_argument("--about", default="", help="number of the earlier file whose rows come again")
    importing.add_argument("--county", help="five-digit code of the county that receives")
    importing.add_argument("--received", type=datetime.fromisoformat, help="when it came, if not now")
    return parser


def _import(options: argparse.Namespace) -> int:
    county = county_on_system(options.county)
    at = options.received or clock.now()
    with transaction.atomic():
        by = service_viewer("rosters")
        roster = load(
            body=_body(options.file), kind=options.kind, sender=options.sender,
            received_at=at if at.tzinfo else at.replace(tzinfo=clock.TAIPEI), county=county,
            declared=options.declared, sha256=options.sha256, period=options.period, about=options.about,
            name=options.file.name,
        )  # fmt: skip
        received = receive_roster(roster=roster, by=by, county=county)
    _say(received)
    waits = _take(received.file.id, by)
    file = received.file
    wrong_hash = file.declared_sha256 not in ("", file.sha256)
    return 1 if waits or file.rejected or file.missing or file.gaps or wrong_hash else 0


def _body(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(_("檔案超過20MB。請分成幾個檔案再送。"))
        return path.read_bytes()
    except OSError:
        raise BadInput(_("讀不到這個檔案。請確認路徑與權限。")) from None


def _say(received: Received) -> None:
    file = received.file
    if not received.is_new:
        print(_("這個檔案收過了，回條%(number)s；沒有重複收。") % {"number": file.number})
    counts = {"number": file.number, "declared": file.declared, "received": file.received,
              "accepted": file.accepted, "rejected": file.rejected}  # fmt: skip
    print(_("%(number)s：應到%(declared)d筆，實到%(received)d筆＝收下%(accepted)d＋退件%(rejected)d") % counts)
    if file.missing or file.gaps:
        gaps = _("、").join(map(str, file.gaps[:20]))
        words = _("筆數不符：差%(n)d筆。") % {"n": file.missing} if file.missing else ""
        print(words + (_("缺序號%(gaps)s。") % {"gaps": gaps} if gaps else ""), file=sys.stderr)
    if file.declared_sha256 not in ("", file.sha256):
        print(_("雜湊不符，檔案在路上被改過。請向對方查證。"), file=sys.stderr)


def _take(file_id: UUID, by: Viewer) -> int:
    """Every row of the file, in turns; how many wait on."""
    failed = 0
    while True:
        done = take_on(by=by, file_id=file_id)
        failed = done.failed
        if not done.taken:
            return failed


def _take_all() -> int:
    done = take_on(by=service_viewer("rosters"), most=20_000)
    print(_("轉成通報%(taken)d筆，還等%(failed)d筆。") % {"taken": done.taken, "failed": done.failed})
    return 1 if done.failed else 0
