"""What this room asks the rulebook: which form holds on a day, what answers say, which codes there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any  # a version's body as stored

from django.utils.translation import get_language

from anwang.enactments.queries import book
from anwang.foundation import clock, days
from anwang.rulebook import Advice, Code, NotInForce, Text, UnknownRule
from anwang.rulebook.handles import DatedInstrument
from anwang.rulebook.versions import Handle, Version

NETWORK = "instrument.network"
SILENCE = "instrument.silence"
REASON = "instrument.adjust_reason"
FOLLOWED_UP = "instrument.followed_up"
LATER = "instrument.later"
RELATION = "instrument.relation"


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def said(text: Text | None) -> str:
    """A sentence of the rulebook in the reader's language."""
    return text.to(language()) if text else ""


def version(instrument: str, on: date, county: str) -> DatedInstrument | None:
    """The form in force on a day; None when there was none or the form does not exist."""
    try:
        return book().instrument(instrument).get(on, county)
    except UnknownRule:
        return None


def revived(stored: Mapping[str, Any]) -> DatedInstrument:
    """A published version as it was, whatever the files say today."""
    return DatedInstrument(book().revive(stored))


def told_from(stored: Mapping[str, Any]) -> tuple[str, str]:
    """Where a published version comes from, and what is assumed in it, in words; empty where it says nothing."""
    body = stored["body"]
    given, assumed = body.get("cite"), body.get("assumption", "")
    source = book().contents.sources.get(str(given["source"])) if given else None
    cite = f"{source.title.to(language())} {given['at']}" if source and given else ""
    return cite, Text(assumed["zh"], assumed.get("en", "")).to(language()) if isinstance(assumed, dict) else assumed


def handles() -> Iterator[Handle[Any]]:
    """Every instrument there is, in the order of its id."""
    found = book().contents.handles
    return (found[name] for name in sorted(found) if found[name].kind == "instrument")


def in_files(instrument: str, from_on: date, county: str) -> Version[Any] | None:
    """The version of that day as the files have it now."""
    handle = book().contents.handles.get(instrument)
    lines = handle.versions(county or None) if handle else ()
    return next((one for one in lines if one.from_ == from_on and (one.county or "") == county), None)


def assess(form: DatedInstrument, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> Advice:
    return form.assess(answers, facts)


def codes(codelist: str, on: date | None = None) -> tuple[Code, ...]:
    try:
        return tuple(book().codelist(codelist).on(on or clock.today()).codes)
    except NotInForce:
        return ()


def is_code(codelist: str, code: str, on: date | None = None) -> bool:
    return any(entry.code == code for entry in codes(codelist, on))


def label(codelist: str, code: str, on: date | None = None) -> str:
    """A code in words; the code itself where the list does not know it."""
    return next((entry.label.to(language()) for entry in codes(codelist, on) if entry.code == code), code)


def network_of(unit_kind: str, on: date) -> str:
    """The network a kind of unit belongs to, by the marks of the list; empty when none."""
    return _marked(NETWORK, "units", unit_kind, on)


def relation_of(case_kind: str, on: date) -> str | None:
    """How victim and other party stand in a kind of case, for validity; None when it does not tell."""
    return _marked(RELATION, "kinds", case_kind, on) or None


def _marked(codelist: str, mark: str, value: str, on: date) -> str:
    for entry in codes(codelist, on):
        if value in str(entry.marks.get(mark, "")).replace(" ", "").split(","):
            return entry.code
    return ""


def windows(on: date) -> tuple[days.Length, ...]:
    """How far the ledger looks ahead, the shorter first."""
    return tuple(days.Length.parse(one) for one in book().value("instrument.windows").on(on).value)


def may_replace_until(at: datetime, county: str) -> datetime:
    """Until when a form filled at `at` may be replaced."""
    term = book().value("instrument.replace_within").on(clock.local(at).date(), county).value
    return days.due(at, days.Length.parse(str(term)))
