"""Sealing what accounts keep secret, sums of long secrets, and naming whose secrets are read."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.conf import settings
from django.db import connection

from anwang.access.claims import claim
from anwang.foundation import clock, ring
from anwang.foundation.sealing import Column

SEALED = (
    Column("accounts_totpseal", "account_id", "sealed", "seals", "accounts.totp"),
    Column("accounts_agencysecret", "login_id", "sealed", "seals", "accounts.agency"),
)


def seal(text: str, what: str, row_id: UUID) -> bytes:
    """`what` is the table: totp or agency."""
    return ring.keyring(settings.KEYRING, "seals").seal(text, f"accounts.{what}:{row_id}")


def unseal(sealed: bytes, what: str, row_id: UUID) -> str:
    """Raises `foundation.sealing.SealBroken` for another row, other keys or changed bytes."""
    return ring.keyring(settings.KEYRING, "seals").open(sealed, f"accounts.{what}:{row_id}")


def digest(secret: str) -> bytes:
    """The sum of a long random secret (a link, a recovery code): a fast one is enough."""
    return hashlib.sha256(secret.encode()).digest()


def session_row(key: str) -> str:
    """Under what the row of a session lies, whose key its browser alone holds."""
    return digest(key).hex()[:40]


def of_session(key: str) -> bytes:
    """How a sitting names its session: the sum of what the row lies under."""
    return digest(session_row(key))


def own(account_id: UUID) -> None:
    """Until the transaction ends the database lets this account's own secrets be read and written."""
    _say("own", str(account_id))


def shown(link: bytes) -> None:
    """Somebody shows the link with this sum."""
    _say("shown", link.hex())


def at_agency(login_id: UUID) -> None:
    """The log-in of this agency is being talked to."""
    _say("agency", str(login_id))


def _say(what: str, whose: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_say(%s, %s)", claim(what, whose, clock.now()))
