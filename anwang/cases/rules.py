"""What casework asks the rulebook. No literal of law here."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any  # a table's inputs as stored

from django.utils.translation import get_language

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.days import Length
from anwang.rulebook import Advice, Code, Started
from anwang.rulebook.problems import RulebookError, UnknownRule

CASE_KIND = "case.kind"
CHILD_CLIENT = "child"
FAMILY_CLIENT = "family"
LEAD_TABLE = "family.lead"
YOUTH_TABLE = "youth.lead"
REFUSAL_TABLE = "refusal.four_rules"
MAY_CLOSE = "may_close"
NOT_YET = "not_yet"
NOT_SEEN = "contact.not_seen_reason"
PLACED = "placed"


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


def not_there(on: date) -> str:
    """The reason why somebody placed elsewhere was not seen where he was not looked for; empty when none is listed."""
    found = (code.code for code in codes(NOT_SEEN, on) if code.marks.get("only_while") == PLACED)
    return next(found, "")


def is_looked_for(because: str, on: date) -> bool:
    """Whether somebody not seen for this reason was looked for there, so that the visit missed him."""
    entry = code(NOT_SEEN, because, on)
    return entry is None or entry.marks.get("looked_for") != "no"


def is_late(at: datetime, recorded_at: datetime, county: str | None = None) -> bool:
    """Whether an entry was keyed so long after it happened that it is marked 補登 (`entry.late_after`)."""
    rule = book().value("entry.late_after").get(clock.local(recorded_at).date(), county)
    return rule is not None and recorded_at > add(at, str(rule.value))


def add(at: datetime, length: str) -> datetime:
    """An instant and an exact length of policy (`48 hours`)."""
    parsed = Length.parse(length)
    return at + timedelta(**{parsed.unit: parsed.n})


def whole_number(rule_id: str, on: date, county: str | None = None) -> int:
    """A number of policy on a day."""
    return int(book().value(rule_id).on(on, county).value)


def is_under_age(born_latest: date | None, on: date) -> bool:
    """Whether somebody is, or may still be, a child or youth (`age.child`). Not knowing protects."""
    if born_latest is None:
        return True
    limit = whole_number("age.child", on)
    return (on.year - born_latest.year - ((on.month, on.day) < (born_latest.month, born_latest.day))) < limit


def is_of_youth_council(kind: str, on: date | None = None) -> bool:
    """Whether cases of this kind are the youth council's (少年輔導委員會), which no refusal ends."""
    entry = code(CASE_KIND, kind, on)
    return entry is not None and entry.marks.get("youth_council") == "yes"


def refusal(
    *, child: bool, at_risk_youth: bool, can_decide: str, public_danger: str, risk_assessed: bool, rights_told: bool,
    on: date, county: str | None = None,
) -> Advice:  # fmt: skip
    """What a refusal means (`refusal.four_rules`): four different rules, each cited. What is not known is not said."""
    known = ("yes", "no")
    inputs = {
        "child": "yes" if child else "no",
        "at_risk_youth": "yes" if at_risk_youth else "no",
        "can_decide": can_decide if can_decide in known else None,
        "public_danger": public_danger if public_danger in known else None,
        "risk_assessed": "yes" if risk_assessed else "no",
        "rights_told": "yes" if rights_told else "no",
    }
    return book().table(REFUSAL_TABLE).on(on, county).advise(inputs)


def lead(kinds: Collection[str], minors_home: str, on: date, county: str | None = None) -> Advice:
    """Which unit should lead a family served by these kinds of case (`family.lead`)."""
    protection = {code.code for code in codes(CASE_KIND, on) if code.marks.get("protection") == "yes"}
    inputs = {
        "child_protection": "yes" if "child_protection" in kinds else "no",
        "other_protection": "yes" if protection & (set(kinds) - {"child_protection"}) else "no",
        "minors_home": minors_home if minors_home in ("yes", "no") else None,
        "vulnerable_family": "yes" if "vulnerable_family" in kinds else "no",
    }
    return book().table(LEAD_TABLE).on(on, county).advise(inputs)


def youth_lead(at_risk: str, council_open: str, on: date, county: str | None = None) -> Advice:
    """Whether the youth council leads for a youth at risk (`youth.lead`)."""
    known = {"at_risk_youth": at_risk, "council_open": council_open}
    return book().table(YOUTH_TABLE).on(on, county).advise({k: v for k, v in known.items() if v in ("yes", "no")})


def lead_again(inputs: Mapping[str, Any], on: date, county: str | None = None) -> Advice:
    """What `family.lead` answered to these inputs on that day."""
    given = json.loads(inputs) if isinstance(inputs, str) else dict(inputs)
    if "council_open" in given:
        return book().table(YOUTH_TABLE).on(on, county).advise(given)
    return book().table(LEAD_TABLE).on(on, county).advise(given)


def graded(kind: str, grade: str, class_code: str, at: datetime, county: str | None = None) -> dict[str, bool]:
    """The duties a grade starts, by rule id, and whether each wants the person seen."""
    on = clock.local(at).date()
    facts = {"kind": kind, "grade": grade, "class": class_code, "received_at": at, "graded_at": at, "at": at}
    rulebook = book()
    return {
        started.rule_id: "seen" in rulebook.duty(started.rule_id).on(started.from_, county).content.done_only_if
        for started in rulebook.started_by("report.graded", facts, on, county)
    }


def pausing(event: str, facts: Mapping[str, object], at: datetime, county: str | None = None) -> tuple[Started, ...]:
    """The clocks an event starts that stand still for excluded minutes, computed afresh."""
    rulebook, on = book(), clock.local(at).date()
    return tuple(
        started
        for started in rulebook.started_by(event, facts, on, county)
        if rulebook.duty(started.rule_id).on(started.from_, county).content.pauses
    )


def reason(advice: Advice) -> str:
    """The first reason of a table's answer, which names the answer too; the answer alone where it gives none."""
    lang = get_language() or "zh-hant"
    return next((text.to(lang) for text in advice.reasons), advice.label.to(lang))


def in_words(advice: Advice) -> str:
    """A table's answer as a sentence, with its first reason, in the reader's language."""
    lang = get_language() or "zh-hant"
    reason = next((text.to(lang) for text in advice.reasons), "")
    label = advice.label.to(lang)
    return f"{label}。{reason}" if reason else label
