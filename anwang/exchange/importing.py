"""Importing files of reports: each record alone, kept byte for byte, taken or named with a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import Error as DatabaseError
from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import service_viewer
from anwang.exchange import jsonlines
from anwang.exchange.envelope import Envelope
from anwang.exchange.fhir import case_report
from anwang.foundation.errors import AnwangError, BadInput
from anwang.intake.actions import receive_report

LARGEST = 20 * 1024 * 1024
"""Bytes of one file; more is a mistake or an attack, and is said so before anything is read."""


@dataclass(frozen=True)
class Record:
    """One record of a file: where it stands, and its report or the sentence why it cannot be taken."""

    place: str
    envelope: Envelope | None = None
    reason: str = ""


@dataclass
class Tally:
    """What became of a file: sent = accepted + known + rejected, with every rejected record named."""

    sent: int = 0
    accepted: int = 0
    known: int = 0
    rejected: list[tuple[str, str]] = field(default_factory=list)


def records(path: Path) -> Iterator[Record]:
    """Every record of a file, in order. Raises BadInput when the file as a whole cannot be read."""
    body = _body(path)
    written = _text(body)
    try:
        document = json.loads(written)
    except ValueError:
        yield from _lines(written)
        return
    if isinstance(document, dict) and "resourceType" in document:
        yield from _bundle(document, body)
    else:
        yield from _lines(written)


def bring_in(path: Path, county: str) -> Tally:
    """Take what a file brings, each record in a transaction of its own, so that one bad record stops nothing."""
    tally = Tally()
    for record in records(path):
        tally.sent += 1
        if record.envelope is None:
            tally.rejected.append((record.place, record.reason))
            continue
        try:
            new = _take(record.envelope, county)
        except AnwangError as error:
            tally.rejected.append((record.place, str(error)))
        except (DatabaseError, ValueError, TypeError, AttributeError):
            tally.rejected.append((record.place, _("這一筆的內容系統收不下。請照說明檢查欄位，或改用紙本登錄。")))
        else:
            tally.accepted += new
            tally.known += not new
    return tally


def _take(envelope: Envelope, county: str) -> bool:
    """Whether the record is new; one that is here already changes nothing."""
    with transaction.atomic():
        by = service_viewer("import")
        row = receive_report(report=envelope.report, by=by, county=county, sender=envelope.sender, key=envelope.number)
        return not row._state.adding


def _body(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadInput(_("檔案超過20MB。請分成幾個檔案再送。"))
        body = path.read_bytes()
    except OSError:
        raise BadInput(_("讀不到這個檔案。請確認路徑與權限。")) from None
    if not body.strip():
        raise BadInput(_("檔案是空的。請確認對方有送出內容。"))
    return body


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(_("檔案不是UTF-8編碼。請對方另存成UTF-8再送。")) from None


def _bundle(document: dict[str, Any], body: bytes) -> Iterator[Record]:
    try:
        for number, envelope in enumerate(case_report.read(document, body), 1):
            yield Record(_("第%(number)s件通報") % {"number": number}, envelope)
    except BadInput as error:
        yield Record(_("整個訊息"), reason=str(error))


def _lines(written: str) -> Iterator[Record]:
    for number, line in enumerate(written.splitlines(), 1):
        if line.strip():
            yield _line(_("第%(number)s行") % {"number": number}, line)


def _line(place: str, line: str) -> Record:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return Record(place, reason=_("這一行不是完整的JSON。請確認沒有被截斷或換行。"))
    try:
        if isinstance(document, dict) and "resourceType" in document:
            (envelope,) = case_report.read(document, line.encode())
        else:
            envelope = jsonlines.read(document, line.encode())
    except ValueError:
        return Record(place, reason=_("一行要放一筆通報。請把每筆通報分成一行。"))
    except BadInput as error:
        return Record(place, reason=str(error))
    return Record(place, envelope)
