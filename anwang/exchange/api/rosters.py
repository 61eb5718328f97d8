"""`/api/v1/rosters`: a list of children from another authority comes in, as the file it is; the receipt counts it.

What is said of the file stands in the address, as it would in a letter: which list, whose, how many rows, its hash.
The rows become reports afterwards, as those of a file that was loaded by hand (`rosters.actions`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from anwang.foundation import clock
from anwang.rosters.actions import receive_roster
from anwang.rosters.queries import sent_back
from anwang.rosters.reading import load
from anwang.systems.actions import refuse_sender, remember_request
from anwang.systems.admission import Admitted
from anwang.systems.queries import named_as

from .bodies import Body
from .problems import Problem, Wrong, invalid
from .schema import NUMBER

CSV, ODS, BYTES = "text/csv", "application/vnd.oasis.opendocument.spreadsheet", "application/octet-stream"
TAKES = (CSV, ODS, BYTES)
LARGEST = 8 * 1024 * 1024
"""Bytes of one file: some fifty thousand rows. It is read while the database waits; larger ones are loaded by hand."""
SAID = {
    "kind": r"^[a-z_]{1,16}$",
    "sender": r"^\S(.{0,58}\S)?$",
    "declared": r"^[0-9]{1,7}$",
    "sha256": r"^[0-9a-f]{64}$",
    "period": r"^.{0,20}$",
    "about": r"^[A-Z][0-9]{3}-[0-9]{4}-[0-9]{4}$",
}
"""What may be said of a file, each once, and how it is written."""
NEEDED = ("kind", "sender", "declared", "sha256")
_KEY = re.compile(NUMBER)
MOST_ROWS = 200


def receive(came: Body, query: QueryDict, key: str, by: Admitted) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Take one file inside the caller's transaction: (status, receipt, headers). 201 when new, 200 when known.

    Known is the same file of the same sender, kind and period; an `Idempotency-Key` that came with something else is
    a Conflict. A hash that is not that of what came is refused, for the sender is there to send again; a count that is
    not is taken, receipted and an alarm. A sender for whom the token's system does not speak is refused, and that kept.
    """
    said = _said(query)
    said["sender"] = _sender(said["sender"], by)
    body, county = came.written, by.viewer.county
    if hashlib.sha256(body).hexdigest() != said["sha256"]:
        raise invalid([Wrong("/sha256", _("收到的內容和雜湊值不符。請整個檔案重送。"))])
    if key and not _KEY.fullmatch(key):
        raise Problem("bad-request", _("Idempotency-Key要1到100個英數符號，不含空白。"))
    if key:
        whole = hashlib.sha256("\n".join(f"{name}={said[name]}" for name in sorted(said)).encode()).hexdigest()
        remember_request(system_id=by.system_id, key=f"{county}:roster:{key}", sha256=whole, by=by.viewer)
    roster = load(
        body=body, kind=said["kind"], sender=said["sender"], declared=int(said["declared"]), sha256=said["sha256"],
        period=said.get("period", ""), about=said.get("about", ""), received_at=clock.now(), county=county,
        media_type="", name="",
    )  # fmt: skip
    received = receive_roster(roster=roster, by=by.viewer, county=county)
    return (201 if received.is_new else 200), _receipt(received.file, by), {}


def _said(query: QueryDict) -> dict[str, str]:
    """The parameters, each known, once and well written. Raises Problem naming every one that is not."""
    wrongs = [Wrong(f"/{name[:40]}", _("沒有這個參數。請照說明寫。")) for name in query if name not in SAID]
    for name, pattern in SAID.items():
        written = query.getlist(name)
        if not written and name in NEEDED:
            wrongs.append(Wrong(f"/{name}", _("少了這個參數。請補上再送。")))
        elif len(written) > 1:
            wrongs.append(Wrong(f"/{name}", _("這個參數寫了兩次。請留一個再送。")))
        elif written and not _fits(pattern, written[0]):
            wrongs.append(Wrong(f"/{name}", _("這個參數的寫法不對。請照說明寫。")))
    if wrongs:
        raise invalid(wrongs)
    return {name: query[name] for name in SAID if name in query}


def _sender(asked: str, by: Admitted) -> str:
    """The office in whose name the list comes, as the county wrote it down for this system."""
    if name := named_as(by.viewer, by.system_id, asked):
        return name
    refuse_sender(system_id=by.system_id, token=by.prefix, by=by.viewer, at=clock.now())
    words = _("沒有登記這個系統代送「%(sender)s」的名冊。") % {"sender": asked}
    raise Problem("refused", words, (Wrong("/sender", words),), is_kept=True)


def _fits(pattern: str, written: str) -> bool:
    return written.isprintable() and re.fullmatch(pattern.strip("^$"), written) is not None


def _receipt(file: Any, by: Admitted) -> dict[str, Any]:
    """Counts, and which rows go back and why: line, the sender's own number, codes. Never a value."""
    counts: Mapping[str, int] = {name: getattr(file, name) for name in COUNTS}
    rows = [
        {"line": row.line, "serial": row.serial,
         "reasons": [{"code": why.code, "column": why.column, "detail": why.words} for why in row.reasons]}
        for row in sent_back(by.viewer, file.id, most=MOST_ROWS)
    ]  # fmt: skip
    return {
        "number": file.number, "status": "received", "kind": file.kind, "sender": file.sender, "period": file.period,
        **counts, "missing": file.declared - file.received, "gaps": file.gaps[:MOST_ROWS], "sha256": file.sha256,
        "rejected_rows": rows,
    }  # fmt: skip


COUNTS = ("declared", "received", "accepted", "rejected", "mended", "withdrawn")
