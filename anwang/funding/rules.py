"""What money asks the rulebook: tiers, shares, half rate, days. No literal of law here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from anwang.cases.rules import code, codes, whole_number
from anwang.cases.words import label, lang
from anwang.enactments.queries import book
from anwang.funding.quarters import after, ends, first_day, last_day
from anwang.funding.states import QUARTERS, Bears
from anwang.rulebook.problems import WrongAnswer

KIND, SHARES, TIER, SHARE, RATE = "grant.kind", "grant.shares", "fiscal.tier", "grant.share", "mh_centre.grant_rate"
OPERATING, EXEMPT, LOW = "mh_centre.operating_grant", "grant.surplus_exempt_below", "grant.low_execution"
UNDECIDED = "undecided"
__all__ = ["EXEMPT", "KIND", "LOW", "OPERATING", "code", "codes", "first_day", "label", "whole_number"]


@dataclass(frozen=True)
class Told:
    """A number that the rulebook knows (or None) and where from, in words."""

    value: int | None
    why: str


def tier(county: str, year: int) -> Told:
    """The tier of a county in a year by the table of policy; None with the reason where it is not known."""
    return _ask(TIER, {"county": f"c{county}"}, year, _tier_of)


def share(level: int | None, year: int) -> Told:
    """The centre's per cent for a tier in a year by the table of policy; None where it is undecided."""
    if level is None:
        return Told(None, _("財力級次未定，比率也未定"))
    return _ask(SHARE, {"tier": level}, year, _central_of)


def bears(kind: str, year: int) -> str:
    """Who bears a kind of grant: shared by tier, the centre, the county."""
    entry = code(KIND, kind, last_day(year))
    return str(entry.marks.get("bears", Bears.SHARED)) if entry else Bears.SHARED


def is_bonus(kind: str, year: int) -> bool:
    """Whether spending such money counts as a bonus in the assessment (社福考核加分)."""
    entry = code(KIND, kind, last_day(year))
    return entry is not None and entry.marks.get("assessment") == "bonus"


def quarter_ends(year: int, quarter: int) -> date:
    """The last day of a quarter."""
    return ends(year, quarter)


def report_due(year: int, quarter: int) -> date:
    """The day on which a quarter's execution is to be reported (`grant.report_after`)."""
    over = ends(year, quarter)
    return after(over, str(book().value("grant.report_after").on(over).value))


def return_due(year: int) -> date:
    """The day on which the surplus of a year is to be back (`grant.returned_after`)."""
    over = last_day(year)
    return after(over, str(book().value("grant.returned_after").on(over).value))


def expected_percent(year: int, quarter: int) -> int:
    """Below which rate at the end of a quarter a reason is asked: the year's threshold in proportion."""
    return whole_number(LOW, ends(year, quarter)) * quarter // len(QUARTERS)


def rate_of(premises: str, on: date) -> tuple[bool, bool]:
    """(whether the whole operating grant of a centre is granted, whether that is known) by its premises."""
    advice = book().table(RATE).on(on).advise({"premises": premises or None})
    return (advice.outcome or advice.floor) == "full", advice.outcome is not None


def _ask(rule: str, answers: dict[str, object], year: int, read: Callable[[str, int], int | None]) -> Told:
    """The number a table's outcome stands for. A rule that begins within the year counts for it."""
    table = book().table(rule).get(first_day(year)) or book().table(rule).get(last_day(year))
    if table is None:
        return Told(None, _("這一年沒有公布的資料"))
    try:
        advice = table.advise(answers)
    except WrongAnswer:
        return Told(None, _("政策表裡沒有這個縣市"))
    cite = str(advice.cite) if advice.cite and lang() == "zh" else ""
    said = advice.reasons[0].to(lang()) if advice.reasons and advice.outcome == UNDECIDED else advice.label.to(lang())
    return Told(read(advice.outcome or UNDECIDED, year), "　".join(one for one in (said, cite) if one))


def _tier_of(outcome: str, _year: int) -> int | None:
    return None if outcome == UNDECIDED else int(outcome.rpartition("_")[-1])


def _central_of(outcome: str, year: int) -> int | None:
    entry = code(SHARES, outcome, last_day(year))
    central = entry.marks.get("central") if entry else None
    return int(central) if central is not None else None
