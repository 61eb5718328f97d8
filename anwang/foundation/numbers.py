"""Numbers that people read aloud and type: `T115-4829-1307`.

One letter for the kind, the ROC year, seven random digits, one check digit (Damm over letter position, year
and digits: finds every wrong single digit and every swap of two neighbouring digits). Random, not counted:
a number tells nothing of how many there are, and a hidden one leaves no gap.
"""

import re
import unicodedata
from secrets import randbelow

from anwang.foundation.errors import BadInput

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_SHAPE = re.compile(r"([A-Z])(\d{3})-(\d{4})-(\d{4})", re.ASCII)
_TYPED = re.compile(r"([A-Z])(\d{3})(\d{4})(\d{4})", re.ASCII)
_IGNORED = re.compile(r"[\s\-‐-―−－ー_.]+")


def new_number(letter: str, roc_year: int) -> str:
    """A fresh number such as `T115-4829-1307`. The caller keeps it unique (and draws again on a clash).

    Raises ValueError unless `letter` is A-Z and `roc_year` 1-999.
    """
    if not re.fullmatch("[A-Z]", letter, re.ASCII) or not 1 <= roc_year <= 999:
        raise ValueError(f"a number needs a letter A-Z and a ROC year 1-999: {letter!r}, {roc_year!r}")
    return written(letter, roc_year, f"{randbelow(10**7):07d}")


def written(letter: str, roc_year: int, digits: str) -> str:
    """The number of a letter, a year and seven digits, with the check digit that fits."""
    check = _damm(_payload(letter, f"{roc_year:03d}", digits))
    return f"{letter}{roc_year:03d}-{digits[:4]}-{digits[4:]}{check}"


def is_number(text: str) -> bool:
    """Whether `text` is written exactly as `new_number` writes and its check digit fits."""
    match = _SHAPE.fullmatch(text)
    return match is not None and _damm(_payload(match[1], match[2], match[3] + match[4])) == 0


def normalise(text: str) -> str:
    """What a person typed (spaces, full width, lower case, no or odd dashes) as the number it means.

    Raises BadInput when it cannot be a number or its check digit does not fit.
    """
    match = _TYPED.fullmatch(_IGNORED.sub("", unicodedata.normalize("NFKC", text)).upper())
    if not match:
        raise BadInput("編號應像 T115-4829-1307，請再看一次。")
    number = f"{match[1]}{match[2]}-{match[3]}-{match[4]}"
    if not is_number(number):
        raise BadInput("編號有一個數字不對，請再對一次。")
    return number


def _payload(letter: str, year: str, digits: str) -> str:
    return f"{ord(letter) - ord('A'):02d}{year}{digits}"


def _damm(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim
