"""Sealing and finding secret values of people: numbers, names behind a code, addresses in hiding.

The context binds a sealed value to its row: copied elsewhere it does not open.
"""

from __future__ import annotations

import re
import unicodedata
from uuid import UUID

from django.conf import settings

from anwang.foundation import national_id, ring
from anwang.foundation.areas import from_county_on, place_key
from anwang.foundation.sealing import Column, Keyring

_DROPPED = re.compile(r"[\s,，、.．。()（）\[\]「」-]+")
_COUNTED = re.compile(r"([一二三四五六七八九十]+)(?=段|樓|巷|弄|鄰)")
_HAN_DIGITS = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
_HOUSE = re.compile(r"^.*?\d+(?:之\d+)?號")
_DASHED_HOUSE = re.compile(r"(\d+)[-－之](\d+)號|(\d+)號之(\d+)")

SEALED = (
    Column("people_identifier", "id", "sealed_value", "seals", "people.identifier.value"),
    Column("people_nameseal", "person_id", "sealed_name", "seals", "people.name_seal.name"),
    Column("people_safetyaddress", "id", "sealed_text", "seals", "people.safety_address.text"),
    Column("people_address", "id", "text", "seals", "people.address.text", is_words=True),
)


def keyring() -> Keyring:
    """The keyring for personal secrets of this installation."""
    return ring.keyring(settings.KEYRING, "seals")


def seal(text: str, what: str, row_id: UUID) -> bytes:
    """`what` is the table and column, such as "safety_address.text"."""
    return keyring().seal(text, f"people.{what}:{row_id}")


def unseal(sealed: bytes, what: str, row_id: UUID) -> str:
    """Raises `foundation.sealing.SealBroken` for another row, other keys or changed bytes."""
    return keyring().open(sealed, f"people.{what}:{row_id}")


def hidden(text: str, address_id: UUID) -> str:
    """An address that turned out to be a hiding place, as its row keeps it from then on."""
    return keyring().seal_text(text, f"people.address.text:{address_id}")


def place(text: str, address_id: UUID) -> str:
    """The words of an address, hidden or not."""
    return keyring().open_text(text, f"people.address.text:{address_id}")


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


def address_key(text: str) -> str:
    """A place folded for comparison from its county up to its house number: 台→臺, 三段→3段, 9001-2號 = 9001號之2.

    Floors and rooms do not count: who lives in the same house lives in the same place. "" when no house number is
    given, because half a street is nobody's address.
    """
    folded = place_key(unicodedata.normalize("NFKC", text))
    folded = _DASHED_HOUSE.sub(lambda m: f"{m[1] or m[3]}之{m[2] or m[4]}號", folded)
    folded = _COUNTED.sub(lambda m: str(_number(m[1])), _DROPPED.sub("", folded))
    house = _HOUSE.match(from_county_on(folded))
    return house[0] if house else ""


def _number(han: str) -> int:
    tens, ten, ones = han.rpartition("十")
    return (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(ones, 0)
