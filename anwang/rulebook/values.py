"""Single values and code lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .problems import Report, UnknownRule
from .text import Text

VALUE_TYPES = ("whole_number", "yes_no", "word", "words", "length", "steps")


@dataclass(frozen=True, order=True)
class Step:
    """One rung of a ladder: who is told when so many minutes have passed in silence."""

    after_minutes: int
    tells: str


@dataclass(frozen=True)
class Value:
    """`value`: int, a word, `yes`/`no`, a length such as `3 days`, a tuple of words, or a tuple of steps."""

    value: int | str | tuple[str, ...] | tuple[Step, ...]
    type: str


def read_value(body: Mapping[str, Any], report: Report) -> Value | None:
    kind, raw = str(body.get("type")), body.get("value")
    choices = body.get("choices")
    fits = {
        "whole_number": isinstance(raw, int) and not isinstance(raw, bool),
        "yes_no": raw in ("yes", "no"),
        "word": isinstance(raw, str) and (choices is None or raw in choices),
        "words": isinstance(raw, list) and all(isinstance(word, str) for word in raw),
        "length": isinstance(raw, str),
    }
    if kind == "steps":
        return Value(_steps(raw, report), kind)
    if kind not in fits:
        report.complain(f"type '{kind}' is not one of {', '.join(VALUE_TYPES)}")
        return None
    if not fits[kind]:
        report.complain(f"value {raw!r} is not a {kind}")
        return None
    if kind == "length":
        from .clocks import check_length

        check_length(raw, report)
    return Value(tuple(raw) if isinstance(raw, list) else raw, kind)  # type: ignore[arg-type]  # fits[kind] holds


def _steps(raw: Any, report: Report) -> tuple[Step, ...]:
    steps = []
    for item in report.sequence(raw, "value"):
        entry = report.mapping(item, "a step")
        report.keys(entry, ("after_minutes", "tells"), ("after_minutes", "tells"))
        steps.append(Step(int(entry.get("after_minutes", 0)), str(entry.get("tells"))))
    if steps != sorted(steps):
        report.complain("steps must run from the earliest to the latest")
    return tuple(steps)


@dataclass(frozen=True)
class Code:
    """One entry of a code list. `twss`: the state's code where it has one; `marks`: what a page or rule must know."""

    code: str
    label: Text
    twss: str | None
    marks: Mapping[str, Any]


@dataclass(frozen=True)
class Codelist:
    """Codes in the order a page shows them."""

    codes: tuple[Code, ...]
    system: str | None

    def __getitem__(self, code: str) -> Code:
        for entry in self.codes:
            if entry.code == code:
                return entry
        raise UnknownRule(code)

    def __contains__(self, code: object) -> bool:
        return any(entry.code == code for entry in self.codes)

    def from_twss(self, code: str) -> Code | None:
        """Our entry for a code of the state's system, first one found."""
        return next((entry for entry in self.codes if entry.twss == code), None)


def read_codelist(body: Mapping[str, Any], report: Report) -> Codelist | None:
    found: dict[str, Code] = {}
    for item in report.sequence(body.get("codes"), "codes"):
        entry = report.mapping(item, "a code")
        report.keys(entry, ("code", "zh", "en", "twss", "marks"), ("code", "zh", "en"))
        code = str(entry.get("code"))
        if code in found:
            report.complain(f"code '{code}' is listed twice")
        twss = entry.get("twss")
        marks = report.mapping(entry.get("marks", {}), "marks")
        label = Text(str(entry.get("zh")), str(entry.get("en")))
        found[code] = Code(code, label, None if twss is None else str(twss), dict(marks))
    return Codelist(tuple(found.values()), body.get("system"))
