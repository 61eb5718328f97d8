"""National and resident ID numbers: kind, checksum, and the test range that stands for nobody.

The checksum is a typing aid: it misses about one wrong digit in ten, so a valid number never proves who
somebody is and never joins two people. The letter tells where the number was issued, not where anyone lives;
L, R, S and Y are no longer issued but stay valid.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["national_id", "resident_new", "resident_old"]
Sex = Literal["male", "female"]

_LETTER = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True))
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("national_id", re.compile(r"[A-Z][12]\d{8}", re.ASCII)),
    ("resident_new", re.compile(r"[A-Z][89]\d{8}", re.ASCII)),
    ("resident_old", re.compile(r"[A-Z][A-D]\d{8}", re.ASCII)),
)
_MALE, _FEMALE = "18AC", "29BD"
_TEST_RANGE = re.compile(r"[A-Z][1289]0000\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class IdCheck:
    """What a number looks like. `kind` and `sex` are None when like none; `valid` is the checksum."""

    kind: Kind | None
    valid: bool
    sex: Sex | None


def normalise(text: str) -> str:
    """Half width, upper case, no spaces or dashes. Keeps whatever else was typed."""
    return re.sub(r"[\s\-]+", "", unicodedata.normalize("NFKC", text)).upper()


def check(text: str) -> IdCheck:
    """Kind, checksum and the sex it was issued with. Does not normalise: `a123456789` is none."""
    kind = next((kind for kind, shape in _KINDS if shape.fullmatch(text)), None)
    if kind is None:
        return IdCheck(None, False, None)
    return IdCheck(kind, _weighted(text) % 10 == 0, "male" if text[1] in _MALE else "female")


def test_range(text: str) -> bool:
    """Whether it lies in the range kept for invented people: letter, 1 2 8 or 9, `0000`, four digits."""
    return bool(_TEST_RANGE.fullmatch(text))


test_range.__test__ = False  # type: ignore[attr-defined]  # a name, not a test to collect


def make_test_id(letter: str, sex_digit: str | int, serial: int) -> str:
    """A valid number of the test range: serial 0-999 and the check digit that fits.

    Raises ValueError for another letter, class digit or serial.
    """
    stem = f"{letter}{sex_digit}0000{serial:03d}"
    if not test_range(f"{stem}0"):
        raise ValueError(f"a test number needs A-Z, 1 2 8 or 9, and 0-999: {letter!r}, {sex_digit!r}, {serial!r}")
    return f"{stem}{-_weighted(stem + '0') % 10}"


def _weighted(text: str) -> int:
    first = _LETTER[text[0]]
    second = _LETTER[text[1]] % 10 if text[1].isalpha() else int(text[1])
    digits = (first // 10, first % 10, second, *map(int, text[2:]))
    return sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=True))
