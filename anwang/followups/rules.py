"""What schedules ask the rulebook. No literal of law here."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from anwang import rulebook
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.rulebook import Code, Rulebook, Started
from anwang.rulebook.conditions import Facts
from anwang.rulebook.schedules import Schedule
from anwang.rulebook.versions import Handle, Version

SHORTFALL, ENDED = "followup.shortfall", "followup.ended"
REVIEW, LONG_REVIEW = "followup.review", "followup.long_review"
NOBODY = "none"
"""The word of a county that has named no unit."""


@lru_cache(maxsize=1)
def _events(files: Rulebook) -> frozenset[str]:
    found: set[str] = set()
    for handle in files.schedules():
        for line in (handle.national, *handle.counties.values()):
            for version in line:
                if not version.withdrawn:
                    found |= {*version.content.starts_when, *version.content.ends_when}
    return frozenset(found)


def concerned() -> frozenset[str]:
    """Events with which some schedule begins or ends. No county sets them, so the files are asked, no statement."""
    return _events(rulebook.book())


def handle_of(rule_id: str) -> Handle[Schedule]:
    """Raises UnknownRule."""
    return book().schedule(rule_id)


def in_force(rule_id: str, on: date, county: str) -> Version[Schedule] | None:
    """The schedule of a county on a day, whether or not anybody set how often."""
    return handle_of(rule_id).get(on, county)


def beginning(event: str, facts: Facts, on: date, county: str) -> list[Version[Schedule]]:
    """Schedules that begin with this event."""
    found = (handle.get(on, county) for handle in book().schedules())
    return [version for version in found if version is not None and version.content.starts(event, facts)]


def of_group(group: str, on: date, county: str) -> list[Version[Schedule]]:
    """The levels of a group in force, in the order of their codes."""
    found = [handle.get(on, county) for handle in book().schedules()]
    return sorted(
        (version for version in found if version is not None and version.content.group == group),
        key=lambda version: (version.content.level, version.rule_id),
    )


def of_level(group: str, level: str, on: date, county: str) -> Version[Schedule] | None:
    return next((one for one in of_group(group, on, county) if one.content.level == level), None)


def for_kind(kind: str, on: date, county: str) -> list[Version[Schedule]]:
    """Every schedule that may follow a kind of case."""
    found = (handle.get(on, county) for handle in book().schedules())
    return sorted(
        (version for version in found if version is not None and kind in version.content.kinds),
        key=lambda version: (version.content.group, version.content.level, version.rule_id),
    )


def window_duty(owes: str, ends_on: date, county: str) -> Started:
    """The duty that a window is, due at the end of its last day."""
    last_day = datetime.combine(ends_on, time(), clock.TAIPEI)
    facts: Facts = {"last_day_at": last_day, "schedule_duty": owes, "at": clock.now()}
    return book().clock_of(owes, facts, clock.today(), county)


def review_duty(due_on: date, county: str) -> Started:
    facts = {"last_day_at": datetime.combine(due_on, time(), clock.TAIPEI), "at": clock.now()}
    return book().clock_of(REVIEW, facts, clock.today(), county)


def codes(list_id: str) -> tuple[Code, ...]:
    """The entries of a code list in force today."""
    found: tuple[Code, ...] = book().codelist(list_id).on(clock.today()).content.codes
    return found


def code(list_id: str, value: str) -> Code | None:
    return next((one for one in codes(list_id) if one.code == value), None)


def whole_number(rule_id: str, on: date, county: str) -> int:
    return int(book().value(rule_id).on(on, county).value)


def word(rule_id: str, on: date, county: str) -> str:
    return str(book().value(rule_id).on(on, county).value)


def changed(since: date, until: date) -> list[dict[str, str]]:
    """Rule, county and day of every version with steps that came into force in these days: what a job looks for."""
    rows = []
    for handle in book().schedules():
        for county, line in handle.counties.items():
            rows += [_row(version, county) for version in line if since <= version.from_ <= until]
        rows += [_row(version, "") for version in handle.national if since <= version.from_ <= until]
    return rows


def _row(version: Version[Schedule], county: str) -> dict[str, str]:
    return {"rule_id": version.rule_id, "county": county, "since": version.from_.isoformat()}
