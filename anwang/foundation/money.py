"""Money in New Taiwan dollars: whole numbers only, as every subsidy and fine is paid."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from anwang.foundation.errors import BadInput

AMOUNT_WANTED = "請填整數金額，例如12,345元。"
_TYPED = re.compile(
    r"(?:NT\$|NTD|TWD|\$|新[臺台]幣)?(-?)(\d{1,3}(?:,\d{3})+|\d{1,12})(?:元整?|圓)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, order=True)
class Twd:
    """An amount of whole dollars. Raises ValueError for anything but an int."""

    dollars: int

    def __post_init__(self) -> None:
        if type(self.dollars) is not int:
            raise ValueError(f"NT$ are whole numbers, not {self.dollars!r}")

    @classmethod
    def parse(cls, text: str) -> "Twd":
        """12345, 12,345元, NT$12,345, full width too. Raises BadInput for cents and for misplaced commas."""
        match = _TYPED.fullmatch(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper())
        if not match:
            raise BadInput(AMOUNT_WANTED)
        return cls(int(match[1] + match[2].replace(",", "")))

    def __add__(self, other: "Twd") -> "Twd":
        return Twd(self.dollars + other.dollars)

    def __sub__(self, other: "Twd") -> "Twd":
        return Twd(self.dollars - other.dollars)

    def __mul__(self, times: int) -> "Twd":
        return Twd(self.dollars * times)

    def share(self, part: Fraction, rounding: Literal["down", "half_up"]) -> "Twd":
        """That part of the amount; rounding is always said, because rules differ in it."""
        exact = self.dollars * part
        return Twd((exact + Fraction(1, 2) if rounding == "half_up" else exact).__floor__())

    def text(self, lang: Literal["zh", "en"] = "zh") -> str:
        """12,345元; NT$12,345."""
        if lang == "zh":
            return f"{self.dollars:,}元"
        return f"{'-' if self.dollars < 0 else ''}NT${abs(self.dollars):,}"

    def __str__(self) -> str:
        return self.text()
