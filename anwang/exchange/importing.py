"""Importing files of reports: each record alone, kept byte for byte, taken or named with a sentence."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import service_viewer
from anwang.exchange import jsonlines
from anwang.exchange.envelope import Envelope
from anwang.exchange.fhir import case_report
from anwang.exchange.fitting import fitting
from anwang.exchange.naming import of_system
from anwang.foundation.errors import AnwangError, BadInput
from anwang.intake.actions import receive_reports
from anwang.intake.incoming import Arrival
from anwang.systems.queries import is_system

LARGEST = 20 * 1024 * 1024
"""Bytes of one file; more is a mistake or an attack, and is said so before anything is read."""
TOGETHER = 50
"""Records in one transaction: beyond that, more of them make none cheaper, and a refused one makes more work."""
SENDER, KEY = 60, 120
"""Characters kept of a sender's system and of his number; longer ones are kept by their sum."""

_SPACE = re.compile(r"[\s,]*")
CROSSED = frozenset({"40001", "40P01"})
"""PostgreSQL: could not serialise, deadlock."""
Fate = bool | str
"""Of a record: True taken, False here already, or the sentence why it cannot be taken."""
UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError, RecursionError)
"""What reading or writing a strangely shaped record may raise; it is named, and the next one is read."""


class Interrupted(AnwangError):
    """The database went away in the middle of a file; what was taken stays, and the file can be sent again."""


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
    except (ValueError, RecursionError):
        yield from _lines(written)
        return
    if isinstance(document, dict) and "resourceType" in document:
        yield from _bundle(document, body)
    elif isinstance(document, list):
        yield from _listed(written)
    else:
        yield from _lines(written)


def bring_in(path: Path, county: str, system: str = "") -> Tally:
    """Take what a file brings, each record for itself, so that one bad record stops nothing.

    `system` is the code of the registered system that wrote it: what that sent over the interface already is known.
    Without it the sender is who the file says, and no registered system is meant (`naming`).
    Many share a transaction, and what is counted is committed. Raises Interrupted when the database is away: the rest
    was not looked at, and the same file goes on from there.
    """
    if system and not is_system(service_viewer("import"), system, county):
        raise BadInput(_("沒有登記這個系統。代碼請照「介接」頁的寫法。"))
    tally, found = Tally(), records(path)
    while some := list(itertools.islice(found, TOGETHER)):
        whole = [record.envelope for record in some if record.envelope is not None]
        try:
            fates = iter(_take(whole, county, system))
        except (OperationalError, InterfaceError):
            connection.close()
            words = _("資料庫連不上，已收%(n)d件。請稍後用同一個檔案再收一次，收過的不會重複。")
            raise Interrupted(words % {"n": tally.accepted + tally.known}) from None
        for record in some:
            _count(tally, record, record.reason if record.envelope is None else next(fates))
    return tally


def _count(tally: Tally, record: Record, fate: Fate) -> None:
    tally.sent += 1
    tally.accepted += fate is True
    tally.known += fate is False
    if isinstance(fate, str):
        tally.rejected.append((record.place, fate))


def _take(some: Sequence[Envelope], county: str, system: str, *, again: bool = True) -> list[Fate]:
    """What becomes of each record. Where the database refuses them together, each half is taken for itself.

    Raises OperationalError or InterfaceError when the database is away.
    """
    try:
        return _receive(some, county, system) if some else []
    except AnwangError as error:
        reason = str(error)
    except (IntegrityError, OperationalError) as error:
        if isinstance(error, OperationalError) and not (again and _is_crossed(error)):
            raise
        if again:  # Another process was taking one of them: now it is here, and this finds it.
            return _take(some, county, system, again=False)
        reason = _strange()
    except (DataError, *UNREADABLE):
        reason = _strange()
    if len(some) == 1:
        return [reason]
    half = len(some) // 2
    return [*_take(some[:half], county, system), *_take(some[half:], county, system)]


def _is_crossed(error: OperationalError) -> bool:
    """Two transactions stood in each other's way and this one gave way: it may simply be done again."""
    return getattr(error.__cause__, "sqlstate", "") in CROSSED


def _receive(some: Sequence[Envelope], county: str, system: str) -> list[Fate]:
    arrivals = [of_system(one, system, county) if system else _arrival(one) for one in some]
    with transaction.atomic():
        by = service_viewer("import")
        outcomes = receive_reports(arrivals=arrivals, by=by, county=county)
    return [str(row) if isinstance(row, AnwangError) else not row._state.adding for row in outcomes]


def _arrival(envelope: Envelope) -> Arrival:
    sender, key = _short(envelope.sender, SENDER), _short(envelope.number or _sum(envelope), KEY)
    return Arrival(fitting(envelope.report), sender or "fhir", key)


def _short(name: str, most: int) -> str:
    """A name that fits and is still this one's alone."""
    return name if len(name) <= most else name[: most - 17] + "~" + hashlib.sha256(name.encode()).hexdigest()[:16]


def _sum(envelope: Envelope) -> str:
    """A sender without numbers: his record is known by its bytes."""
    return "sha256:" + hashlib.sha256(b"".join(each.body for each in envelope.report.originals)).hexdigest()


def _body(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadInput(_("檔案超過20MB。請分成幾個檔案再送。"))
        body = path.read_bytes()
    except OSError:
        raise BadInput(_("讀不到這個檔案。請確認路徑與權限。")) from None
    if not body.removeprefix(BOM_UTF8).strip():
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
    except UNREADABLE:
        yield Record(_("整個訊息"), reason=_strange())


def _strange() -> str:
    return _("這一筆的內容系統收不下。請照說明檢查欄位，或改用紙本登錄。")


def _listed(written: str) -> Iterator[Record]:
    """Records in one JSON list, each kept as it was written between the commas."""
    decoder, at = json.JSONDecoder(), written.index("[") + 1
    for number in itertools.count(1):
        at = _SPACE.match(written, at).end()  # type: ignore[union-attr] - nothing matches too
        if written[at] == "]":
            break
        end = decoder.raw_decode(written, at)[1]
        yield _line(_("第%(number)s筆") % {"number": number}, written[at:end])
        at = end
    if number == 1:
        yield Record(_("整個檔案"), reason=_("檔案裡沒有通報。請確認對方有送出內容。"))


def _lines(written: str) -> Iterator[Record]:
    if "\n" in written.strip() and not any(map(_is_object, written.split("\n"))):
        yield Record(_("整個檔案"), reason=_("檔案不是完整的JSON，可能在半路截斷。請對方重新送一次。"))
        return
    for number, line in enumerate(written.split("\n"), 1):
        if line.strip():
            yield _line(_("第%(number)s行") % {"number": number}, line)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _line(place: str, line: str) -> Record:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return Record(place, reason=_("這一行不是完整的JSON。請確認沒有被截斷或換行。"))
    try:
        if isinstance(document, dict) and "resourceType" in document:
            found = case_report.read(document, line.encode())
        else:
            found = [jsonlines.read(document, line.encode())]
    except BadInput as error:
        return Record(place, reason=str(error))
    except UNREADABLE:
        return Record(place, reason=_strange())
    if len(found) != 1:
        return Record(place, reason=_("一筆裡只放一件通報。請把每件通報分開。"))
    return Record(place, found[0])
