"""A report from another system, with what identifies it there."""

from __future__ import annotations

from dataclasses import dataclass

from anwang.intake.incoming import ReportIn


@dataclass(frozen=True)
class Envelope:
    """`sender` and `number` together name the record in the sender's system: the same again changes nothing."""

    sender: str
    number: str
    report: ReportIn
