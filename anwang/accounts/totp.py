"""Codes of an authenticator app (RFC 6238): six digits, thirty seconds, SHA-1, as every such app does."""

from __future__ import annotations

import base64
import hmac
import time
from secrets import token_bytes
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP, DIGITS, AROUND = 30, 6, 1
"""Seconds of a step; digits; how many steps before and after are taken, for clocks that differ."""
NAME = "安網"


def fresh() -> str:
    """A new secret of 160 bits, in base32 as apps take it."""
    return base64.b32encode(token_bytes(20)).decode()


def step_of(secret: str, code: str, *, after: int) -> int | None:
    """The step whose code this is, later than `after`; None for a wrong code, an old one, or one used before.

    By the true time: the app on somebody's telephone knows no demonstration clock.
    """
    now = int(time.time()) // STEP
    found = None
    for step in range(now - AROUND, now + AROUND + 1):
        right = hmac.compare_digest(code_at(secret, step).encode(), code.encode())
        if right and step > after:
            found = step
    return found


def code_at(secret: str, step: int) -> str:
    """The code of a step."""
    made = TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP, enforce_key_length=False)  # noqa: S303  RFC 6238
    return made.generate(step * STEP).decode()


def address(secret: str, username: str) -> str:
    """What the picture that an app photographs says."""
    told = urlencode({"secret": secret, "issuer": NAME, "digits": DIGITS, "period": STEP}, quote_via=quote)
    return f"otpauth://totp/{quote(NAME)}:{quote(username)}?{told}"
