"""Sealing and finding secret values of people: numbers, names behind a code, addresses in hiding.

The context binds a sealed value to its row: copied elsewhere it does not open.
"""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.conf import settings

from anwang.foundation import national_id
from anwang.foundation.sealing import Keyring

from .rules import address_key


@cache
def _keyring(secret: bytes) -> Keyring:
    return Keyring.from_secret(secret)


def keyring() -> Keyring:
    """The keyring for personal secrets of this installation."""
    return _keyring(settings.KEYRING["seals"])


def seal(text: str, what: str, row_id: UUID) -> bytes:
    """`what` is the table and column, such as "safety_address.text"."""
    return keyring().seal(text, f"people.{what}:{row_id}")


def unseal(sealed: bytes, what: str, row_id: UUID) -> str:
    """Raises `foundation.sealing.SealBroken` for another row, other keys or changed bytes."""
    return keyring().open(sealed, f"people.{what}:{row_id}")


def number_lookup(value: str) -> bytes:
    """The keyed hash by which an identifier is found again, however it was typed."""
    return keyring().lookup(national_id.normalise(value), "identifier")


def place_lookup(text: str) -> bytes:
    """The keyed hash of a place up to its house number; empty for a text without one."""
    key = address_key(text)
    return keyring().lookup(key, "place") if key else b""


def text_lookup(text: str) -> str:
    """A keyed hash of what somebody searched for: proves what was asked without keeping it."""
    return keyring().lookup(text, "search").hex()[:32]
