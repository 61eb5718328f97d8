"""Receipts of the public form: for who asks for one, worthless without its second word, answered in two words.

Both words are random and easy to read out. The second is shown once and kept nowhere: the row holds a salted HMAC.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from enum import StrEnum
from secrets import choice, token_bytes
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.intake.models import Receipt

LETTERS = "3467ACDEFGHJKLMNPQRTUVWXY"
"""No letter or digit that looks or sounds like another one written by hand: no 0 O, 1 I, 2 Z, 5 S, 8 B, 9."""
_GROUPS, _EACH = 3, 4
_NO_SALT, _NO_DIGEST = b"\0" * 16, b"\0" * 32


class Status(StrEnum):
    """All that a receipt tells; never whether a case was opened, by whom, or where."""

    RECEIVED = "received"
    HANDLED = "handled"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Shown:
    """A receipt as it is shown, once."""

    number: str
    secret: str


@transaction.atomic
def make_receipt(*, report_id: UUID, by: Viewer) -> Shown:
    """A receipt for a report just received. Callers show it once and keep it nowhere."""
    shown, salt, now = Shown(_word(), _word()), token_bytes(16), clock.now()
    Receipt(
        id=uuid7(), report_id=report_id, number=shown.number, salt=salt,
        digest=_digest(salt, shown.number, shown.secret), made_at=now,
    ).save(force_insert=True)  # fmt: skip
    record("receipt.made", by=by, at=now, matter_id=report_id)
    return shown


def status_of(*, number: str, secret: str, by: Viewer) -> Status:
    """What the two words together tell. The same work is done, and UNKNOWN said, whichever of them is wrong.

    `by` is a service (`service_viewer`), else nothing is told; callers count the tries (`access.throttle`).
    """
    number, secret = as_shown(number) if by.service else "", as_shown(secret)
    with connection.cursor() as cursor:
        cursor.execute("SELECT salt, digest, handled FROM intake_receipt_of(%s)", [number])
        salt, digest, handled = cursor.fetchone()
    given = _digest(bytes(salt or _NO_SALT), number, secret)
    if not hmac.compare_digest(given, bytes(digest or _NO_DIGEST)):
        return Status.UNKNOWN
    return Status.HANDLED if handled else Status.RECEIVED


def as_shown(typed: str) -> str:
    """What was typed by hand, as it was shown: capitals, without blanks, in groups of four."""
    letters = re.sub(r"[^0-9A-Z]", "", typed.upper())[: _GROUPS * _EACH]
    return "-".join(letters[at : at + _EACH] for at in range(0, len(letters), _EACH))


def _word() -> str:
    return "-".join("".join(choice(LETTERS) for _each in range(_EACH)) for _group in range(_GROUPS))


def _digest(salt: bytes, number: str, secret: str) -> bytes:
    # Installations older than the receipts' own key keep the one that their receipts were made with.
    key = settings.KEYRING.get("receipts") or settings.KEYRING["seals"]
    return hmac.digest(key, b"receipt\0" + salt + f"{number}\0{secret}".encode(), "sha256")
