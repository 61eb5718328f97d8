"""Signing what goes out, and knowing what came in: HMAC-SHA256 over the instant and the bytes.

Header `Anwang-Timestamp` is the instant in whole seconds since 1970; `Anwang-Signature` is `v1=` and the hexadecimal
sum over `<timestamp>.<body>`. Several signatures, parted by commas, stand side by side while a secret is changed.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta

TIMESTAMP, SIGNATURE = "Anwang-Timestamp", "Anwang-Signature"
_VERSION = "v1="
_DIGITS = 11
"""Of seconds: with more, the year is beyond what a date can hold."""


def sign(secret: bytes, body: bytes, at: datetime) -> dict[str, str]:
    """The two headers of a message sent at `at`."""
    stamp = str(int(at.timestamp()))
    return {TIMESTAMP: stamp, SIGNATURE: _VERSION + _sum(secret, stamp, body)}


def is_signed(secret: bytes, body: bytes, stamp: str, signature: str) -> bool:
    """Whether one of the signatures is ours for exactly these bytes."""
    given = [one.strip().removeprefix(_VERSION) for one in signature.split(",") if one.strip().startswith(_VERSION)]
    wanted = _sum(secret, stamp, body)
    return any(hmac.compare_digest(one.encode(), wanted.encode()) for one in given)


def is_fresh(stamp: str, now: datetime, window: timedelta) -> bool:
    """Whether the instant lies within the window around now, before or after: clocks of two houses differ."""
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > _DIGITS:
        return False
    return abs(now - datetime.fromtimestamp(int(stamp), UTC)) <= window


def _sum(secret: bytes, stamp: str, body: bytes) -> str:
    return hmac.digest(secret, stamp.encode() + b"." + body, "sha256").hex()
