"""Naming a viewer to the database: a claim that only this program can make, since it alone has the key.

Whoever logs in as `anwang_app` with a client of his own, or slips a statement into ours, can set the database's
settings to any worker; without a claim they count for nobody (docs/adr/0094). The key is derived from the ring of keys
outside the database; `anwang migrate` leaves the database two pads made of it, which the application cannot read.
"""

from __future__ import annotations

import hmac
import time
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings

__all__ = ["claim", "pads"]

_BLOCK = 64
_PURPOSE = b"anwang: who is looking"


def pads(secret: bytes | None = None) -> tuple[bytes, bytes]:
    """The inner and outer pad of HMAC-SHA256 with our key: what the database needs to check a claim.

    `secret` is the key "audit" of another ring than that of the settings, as of a backup.
    """
    key = _key(secret).ljust(_BLOCK, b"\0")
    return bytes(one ^ 0x36 for one in key), bytes(one ^ 0x5C for one in key)


def claim(kind: str, whose: UUID | str, at: datetime) -> tuple[str, str]:
    """The words of a claim and their proof. `kind` is worker, account or service; `at` the instant that counts.

    The words carry the machine's own time too: a claim older than five minutes is refused.
    """
    words = "\n".join((kind, str(whose), at.isoformat(), str(int(time.time()))))
    return words, hmac.new(_key(), words.encode(), sha256).hexdigest()


def _key(secret: bytes | None = None) -> bytes:
    return hmac.digest(secret or settings.KEYRING["audit"], _PURPOSE, "sha256")
