"""How what is owed is said: labels of codes, instants, deadlines."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anwang.cases.states import SubjectRole
from anwang.foundation import clock, roc
from anwang.intake.queries.words import of_code
from anwang.people.states import Sex

NO_CODE = _("保密，請用代號")


def lang() -> roc.Lang:
    """The reader's language as the foundation names it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def kind(code: str, at: datetime) -> str:
    return of_code("case.kind", code, at)


def channel(code: str, at: datetime) -> str:
    return of_code("report.channel", code, at)


def relation(code: str, at: datetime) -> str:
    return of_code("relation", code, at)


def role(code: str, line: object) -> str:
    """What somebody is in a report (a code of the state's list) or in a case."""
    if getattr(line, "is_report", True):
        return of_code("report.roles", code, line.obtained_at) if code != "None" else ""  # type: ignore[attr-defined]
    return str(SubjectRole(code).label) if code in SubjectRole.values else ""


def sex(code: str) -> str:
    return str(Sex(code).label) if code in Sex.values else ""


def instant(at: datetime) -> str:
    """115年3月7日14:30, whole, because a sheet is read on another day."""
    here = clock.local(at)
    return f"{roc.roc_long(here.date(), lang())} {here:%H:%M}"


def deadline(at: datetime | None) -> str:
    """The last day, as a day: the clock counts whole days."""
    return roc.clock_time(at, clock.now(), lang(), deadline=True) if at else ""
