"""Receipts that can be checked: a number, what it stands for, and a code that only this installation can make."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from uuid import UUID

from django.conf import settings

from anwang.foundation import clock
from anwang.foundation.numbers import new_number

LOOK, REQUEST = "X", "R"
"""Looks had Q, the letter of requests of data subjects, until disclosure 0005; those keep what was printed."""


def number(letter: str, at: datetime) -> str:
    """A random number; a clash is refused by the key of its table, and the act is tried again."""
    return new_number(letter, clock.local(at).year - 1911)


def code(row_id: UUID, number: str, step: str, at: datetime, expires_at: datetime) -> str:
    """Twelve letters over what the receipt says; another number, step or end has another code."""
    told = "\n".join(("receipt", str(row_id), number, step, _instant(at), _instant(expires_at)))
    made = hmac.digest(settings.KEYRING["seals"], told.encode(), "sha256")
    text = base64.b32encode(made).decode()[:12]
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def is_code(typed: str, made: str) -> bool:
    """Whether what somebody typed is the code, however he wrote it."""
    return hmac.compare_digest("".join(typed.upper().split()).replace("-", "").encode(), made.replace("-", "").encode())


def _instant(at: datetime) -> str:
    return clock.local(at).isoformat(timespec="microseconds")
