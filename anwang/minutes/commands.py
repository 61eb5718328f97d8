"""`anwang minutes import FILE [--json] [--unit CODE] [--split] [--look]`: read official minutes and keep them.

Without a database, or with `--look`, it reads and keeps nothing, and says so.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from uuid import UUID

from django.db import DatabaseError, InterfaceError, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import service_viewer
from anwang.directory.models import Unit
from anwang.foundation import clock
from anwang.foundation.errors import AnwangError, BadInput

from .actions import bring
from .files import LARGEST, words_of
from .reading import Minutes, as_json, read
from .reading.doubts import WORDS
from .reading.split import lines_of, meetings_in

STATES = {
    "released": "解除列管", "released_with_condition": "解除列管（附條件）", "continued": "繼續列管",
    "special_meeting": "另開專案會議",
}  # fmt: skip


def main(arguments: list[str]) -> int:
    """0 when the file was read, also with doubts; 1 when it cannot be."""
    options = _parser().parse_args(arguments)
    try:
        content = _content(options.file)
        text = words_of(content)
    except (AnwangError, OSError) as error:
        print(f"{options.file.name}：{getattr(error, 'strerror', None) or error}", file=sys.stderr)
        return 1
    parts = meetings_in(text) if options.split else [(1, text.count("\n") + 1)]
    read_all = [read(lines_of(text, *one) if options.split else text) for one in parts]
    said = [as_json(one) for one in read_all]
    if options.json:
        print(json.dumps(said[0] if len(said) == 1 else said, ensure_ascii=False, indent=1))
    else:
        print("\n".join(line for one in read_all for line in _outline(one)))
    return 0 if options.look else _keep(options, content)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="anwang minutes")
    verbs = parser.add_subparsers(dest="verb", required=True)
    importing = verbs.add_parser("import", help="text, Markdown, PDF, ODT or DOCX")
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--json", action="store_true", help="one object on standard output")
    importing.add_argument("--unit", default="", help="code of the unit that keeps these minutes")
    importing.add_argument("--split", action="store_true", help="several meetings in one file: each by itself")
    importing.add_argument("--look", action="store_true", help="read only, keep nothing")
    return parser


def _content(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise BadInput(_("檔案超過20MB。請只匯入紀錄本文。"), field="file")
    return path.read_bytes()


def _keep(options: argparse.Namespace, content: bytes) -> int:
    """Keep what was read; what became of it goes to standard error, since standard output is the object."""
    try:
        with transaction.atomic():
            by = service_viewer("minutes")
            brought = bring(
                name=options.file.name, content=content, unit_id=_unit(options.unit), split=options.split, by=by,
                at=clock.now(),
            )  # fmt: skip
    except AnwangError as error:
        print(_("沒有存下：%(reason)s") % {"reason": error}, file=sys.stderr)
        return 1 if options.unit else 0
    except (DatabaseError, InterfaceError):
        print(_("沒有資料庫，只讀不存。"), file=sys.stderr)
        return 0
    if brought.is_known:
        print(_("這個檔案匯入過了，沒有重複存。"), file=sys.stderr)
    else:
        print(_("存成草稿%(n)d份，請到政策會議逐處確認。") % {"n": len(brought.sittings)}, file=sys.stderr)
    if brought.meetings > len(brought.sittings):
        print(_("檔案裡有%(n)d次會議。加上--split就分開存。") % {"n": brought.meetings}, file=sys.stderr)
    return 0


def _unit(code: str) -> UUID:
    """The unit with this code, or the ministry's own section that steers; BadInput when there is none."""
    units = Unit.objects.filter(live_public_id__isnull=False)
    found = units.filter(code=code) if code else units.filter(kind="ministry", on_system=True)
    key = found.order_by("code").values_list("id", flat=True).first()
    if key is None:
        raise BadInput(_("查無這個單位。請用--unit寫單位代碼。"))
    return key


def _outline(minutes: Minutes) -> list[str]:
    when = " ".join(filter(None, [minutes.date, minutes.start_time, minutes.place, minutes.chair]))
    said = [minutes.title, when]
    said += [" ".join(filter(None, [one.date, one.start_time])) for one in minutes.sessions[1:]]
    for item in minutes.items:
        said.append(f"{item.section} {item.label or ''} {item.title}（{item.unit or item.speaker or '未載單位'}）")
        for one in item.decisions:
            state = STATES.get(one.tracking or "", "")
            notes = "；".join(filter(None, [state, one.due, one.recurrence, "、".join(one.units)]))
            said.append(f"{'  ' * (one.level or 1)}{one.no or '－'} {one.text}{f'〔{notes}〕' if notes else ''}")
    said += [f"修正前次紀錄：{one.target}：{one.text}" for one in minutes.amendments]
    said += [f"請確認第{one.line}行：{WORDS[one.why]}：{one.text}" for one in minutes.uncertain]
    return said
