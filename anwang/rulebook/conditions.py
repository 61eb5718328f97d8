"""The small language of conditions: a word, a list of words, `not …`, `>= 2`, `2..5`; true, false or unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .text import Text

_NUMBER = re.compile(r"^(>=|<=|>|<)\s*(-?\d+)$")
_BETWEEN = re.compile(r"^(-?\d+)\.\.(-?\d+)$")
_FAR = 10**9

UNKNOWN = "unknown"
Fact = str | int | bool | datetime | None
Facts = Mapping[str, Fact]


@dataclass(frozen=True)
class Span:
    """A whole number known only to lie between two bounds, both included."""

    least: int
    most: int


Answer = str | int | Span | None


@dataclass(frozen=True)
class Condition:
    """One condition on one answer: words allowed or refused, or a span of numbers."""

    words: frozenset[str] = frozenset()
    refused: bool = False
    span: Span | None = None

    @classmethod
    def read(cls, raw: Any) -> Condition:
        """Raises ValueError with a sentence when `raw` is not a condition."""
        if isinstance(raw, bool) or raw is None or isinstance(raw, (float, dict)):
            raise ValueError(f"{raw!r} is no condition (yes and no are words; numbers are whole)")
        if isinstance(raw, list):
            if not raw or any(not isinstance(item, str) for item in raw):
                raise ValueError(f"{raw!r} must be a list of words")
            return cls(words=frozenset(raw))
        if isinstance(raw, int):
            return cls(span=Span(raw, raw))
        if match := _NUMBER.match(raw):
            sign, number = match[1], int(match[2])
            if sign in (">=", ">"):
                return cls(span=Span(number + (sign == ">"), _FAR))
            return cls(span=Span(-_FAR, number - (sign == "<")))
        if match := _BETWEEN.match(raw):
            return cls(span=Span(int(match[1]), int(match[2])))
        if raw.startswith("not "):
            return cls(words=frozenset(word.strip() for word in raw[4:].split(",")), refused=True)
        return cls(words=frozenset([raw]))

    def holds(self, answer: Answer) -> bool | None:
        """True, False, or None when the answer is not known well enough."""
        if answer is None or answer == UNKNOWN:
            return None
        if self.span is None:
            if isinstance(answer, Span):
                return None
            return (str(answer) in self.words) != self.refused
        if isinstance(answer, str):
            return False
        given = answer if isinstance(answer, Span) else Span(answer, answer)
        if given.least >= self.span.least and given.most <= self.span.most:
            return True
        if given.most < self.span.least or given.least > self.span.most:
            return False
        return None

    def edges(self) -> set[int]:
        """The numbers at which the result of this condition can change, for enumeration."""
        if self.span is None:
            return set()
        bounds = (self.span.least - 1, self.span.least, self.span.most, self.span.most + 1)
        return {number for number in bounds if abs(number) < _FAR - 1}

    def to(self, lang: str, terms: Mapping[str, Text] | None = None) -> str:
        """The condition in words; `terms` says what codes are called."""
        english = lang.startswith("en")
        if self.span is not None:
            least, most = self.span.least, self.span.most
            if least == most:
                return str(least)
            if most == _FAR:
                return f"at least {least}" if english else f"{least}以上"
            if least == -_FAR:
                return f"at most {most}" if english else f"{most}以下"
            return f"{least} to {most}" if english else f"{least}至{most}"
        named = [terms[word].to(lang) if terms and word in terms else word_in(word, lang) for word in self.words]
        words = (" or " if english else "或").join(sorted(named))
        return words if not self.refused else (f"not {words}" if english else f"非{words}")


def word_in(word: str, lang: str) -> str:
    """`yes`, `no` and `unknown` in the reader's language; other words are codes and stay."""
    chinese = {"yes": "是", "no": "否", UNKNOWN: "不明"}
    return word if lang.startswith("en") else chinese.get(word, word)


def plain(fact: Fact) -> Answer:
    """A caller's fact as an answer: booleans become yes and no, instants their ISO text."""
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    if isinstance(fact, datetime):
        return fact.isoformat()
    return None if fact == UNKNOWN else fact
