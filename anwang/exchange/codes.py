"""From the state's codes to ours, by the code lists in force. What is not listed is kept as it came."""

from __future__ import annotations

from datetime import date, datetime

from anwang import rulebook
from anwang.foundation import clock
from anwang.foundation.roc import PartialDate, age_on


def ours(codelist: str, twss: str, on: date) -> str:
    """Our code for a state code; the state's code itself when the list has none for it."""
    codes = rulebook.book().codelist(codelist).on(on).content.codes
    return next((entry.code for entry in codes if twss and entry.twss == twss), twss)


def category_at_unit(unit_code: str, on: date) -> str:
    """The category of reporter (`reporter.category`) that a unit of `report.unit` shows; empty where it shows none."""
    codes = rulebook.book().codelist("report.unit").on(on).content.codes
    return next((str(entry.marks.get("category", "")) for entry in codes if entry.code == unit_code), "")


def role_of_subject(birth: PartialDate | None, at: datetime) -> str:
    """The person a report is about: a child when surely or possibly under age, else the person concerned."""
    if birth is None:
        return "person"
    on = clock.local(at).date()
    grown_up = int(rulebook.book().value("age.child").on(on).content.value)  # type: ignore[arg-type]
    return "child" if age_on(birth, on)[0] < grown_up else "person"
