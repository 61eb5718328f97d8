"""What casework asks the rulebook. No literal of law here."""

from __future__ import annotations

from datetime import date

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.rulebook import Code
from anwang.rulebook.problems import RulebookError, UnknownRule

CASE_KIND = "case.kind"
CHILD_CLIENT = "child"
FAMILY_CLIENT = "family"


def codes(list_id: str, on: date | None = None, county: str | None = None) -> tuple[Code, ...]:
    """The entries of a code list in force on a day, in the order a page shows them."""
    return book().codelist(list_id).on(on or clock.today(), county).content.codes


def code(list_id: str, value: str, on: date | None = None, county: str | None = None) -> Code | None:
    """One entry, or None when the list of that day has no such code."""
    try:
        return book().codelist(list_id).on(on or clock.today(), county).content[value]
    except (UnknownRule, RulebookError):
        return None


def client_of(kind: str, on: date | None = None) -> str:
    """Who the client of a kind of case is: child, victim, person, family or episode."""
    entry = code(CASE_KIND, kind, on)
    return str(entry.marks.get("client", "person")) if entry else "person"


def is_in_person(method: str) -> bool:
    """Whether a way of contact brings worker and person together in one room."""
    entry = code("visit.method", method)
    return entry is not None and entry.marks.get("in_person") == "yes"
