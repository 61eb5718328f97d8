"""Taiwanese telephone numbers: one form to search by, and whether it is a mobile."""

import re
import unicodedata
from typing import Literal

Kind = Literal["mobile", "land", "short", "other"]

# Area codes from the longest: 0836 馬祖, 0826 烏坵, 082 金門, 089 臺東, 049 南投, 037 苗栗; then one digit.
_LAND = re.compile(r"0(?:836|826|82|89|49|37|[2-8])\d{5,8}", re.ASCII)
_EXTENSION = re.compile(r"(?:#|轉|分機|ext\.?|x)\s*(\d{1,6})\D*$", re.IGNORECASE | re.ASCII)


def normalise(text: str) -> str:
    """Digits to search by: `+886 912-000-123` and `（０９１２）000123` are both `0912000123`.

    An extension stays behind `#`. A foreign number keeps its `+`. Text without digits gives "".
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    extension = _EXTENSION.search(plain)
    if extension:
        plain = plain[: extension.start()]
    digits = re.sub(r"[^0-9]", "", plain)
    foreign = plain.lstrip("( ").startswith("+")
    if not foreign and re.match("00[1-9]", digits, re.ASCII):
        digits, foreign = digits[2:], True
    if foreign and digits.startswith("886"):
        digits, foreign = "0" + digits[3:].removeprefix("0"), False
    if not digits:
        return ""
    return f"{'+' if foreign else ''}{digits}{'#' + extension[1] if extension else ''}"


def kind(text: str) -> Kind:
    """mobile (09xx), land (with area code), short (110, 113, 119, 1925 …), or other."""
    number = normalise(text).partition("#")[0]
    if re.fullmatch(r"09\d{8}", number, re.ASCII):
        return "mobile"
    if re.fullmatch(r"1\d{2,4}", number, re.ASCII):
        return "short"
    return "land" if _LAND.fullmatch(number) and 9 <= len(number) <= 10 else "other"
