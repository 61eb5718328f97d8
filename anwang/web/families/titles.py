"""Titles of duties, cases and contacts from the rulebook, in the reader's language."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from anwang import rulebook
from anwang.foundation import clock
from anwang.rulebook import UnknownRule
from anwang.web.shell import words

MANUAL = "manual."
MONTHS_TELL = 330
"""Days within which a month and a day are not mistaken for another year's."""


def duty_title(rule_id: str, county: str) -> str:
    """What has to be done; a step somebody set himself has its own list."""
    if rule_id.startswith(MANUAL):
        return label("manual.steps", rule_id.removeprefix(MANUAL)) or _("自訂的下一步")
    try:
        return rulebook.book().duty(rule_id).on(clock.today(), county).title.to(words.lang())
    except (UnknownRule, LookupError):
        return _("下一步")


def case_title(kind: str, case_kind: str | None, county: str) -> str:
    """兒少保護, 脆弱家庭; the kind of matter where the case itself may not be read."""
    return (label("case.kind", case_kind) if case_kind else "") or label("matter.kind", kind) or kind


def contact_words(method: str, outcome: str) -> str:
    """家訪・未遇."""
    said = (label("visit.method", method) or method, "" if outcome == "met" else label("contact.outcome", outcome))
    return _("・").join(filter(None, said))


def label(codelist: str, code: str) -> str:
    """The label of a code today; empty when the list does not have it."""
    try:
        dated = rulebook.book().codelist(codelist).on(clock.today())
    except (UnknownRule, LookupError):
        return ""
    return next((entry.label.to(words.lang()) for entry in dated if entry.code == code), "")


def near_words(at: datetime, *, deadline: bool = True) -> str:
    """今天14:00, 明天10:00, 11月27日: the clock time only where it is near.

    A deadline at midnight is the end of the day before.
    """
    day = clock.local(at - timedelta(microseconds=1) if deadline else at).date()
    days = (day - clock.today()).days
    if days == 0:
        return _("今天%(time)s") % {"time": words.instant(at, deadline=deadline)}
    if days in (-1, 1):
        return words.instant(at, deadline=deadline)
    # Within a year the month says enough; the year would not fit beside a step.
    shown = words.day(day, day if abs(days) < MONTHS_TELL else None)
    return shown.split("（")[0]
