"""Big5 as Windows writes it (CP950), with the characters that users and the registries made themselves.

Python's codec has none for the private-use codes. Microsoft maps them in this order to U+E000-U+F848: names in
household registers use them, and a row must not be lost for one.
"""

from __future__ import annotations

import codecs

_RANGES = ((0xFA, 0xFE), (0x8E, 0xA0), (0x81, 0x8D))
_TRAILS = (*range(0x40, 0x7F), *range(0xA1, 0xFF))


def _private() -> dict[bytes, str]:
    """Every private-use code in the order of its letters."""
    codes = [bytes((lead, trail)) for first, last in _RANGES for lead in range(first, last + 1) for trail in _TRAILS]
    codes += [bytes((lead, trail)) for lead in (0xC6, 0xC7, 0xC8) for trail in _TRAILS if (lead, trail) >= (0xC6, 0xA1)]
    return {code: chr(0xE000 + number) for number, code in enumerate(codes)}


PRIVATE = _private()


def _instead(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        letter = PRIVATE.get(error.object[error.start : error.start + 2])
        if letter is not None:
            return letter, error.start + 2
    raise error


codecs.register_error("anwang.private_use", _instead)


def decode(body: bytes) -> str:
    """The text. Raises UnicodeDecodeError for what is no Big5 at all."""
    return body.decode("cp950", "anwang.private_use")
