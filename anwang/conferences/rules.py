"""What this room asks the rulebook. No literal of law here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.clock import TAIPEI
from anwang.foundation.days import Length, due
from anwang.rulebook import Advice, Code, NotInForce
from anwang.rulebook.problems import RulebookError, UnknownRule

SORT, SECTION, ATTENDANCE, WORD = "meeting.sort", "meeting.section", "meeting.attendance", "decision.word"
GROUND, RISK_END, LISTING = "high_risk.ground", "high_risk.end", "high_risk.listing"
PURPOSE, BASIS, ROOM_ROLE, STEP = (
    "urgent_room.purpose", "urgent_room.basis", "urgent_room.role", "urgent_room.step",
)  # fmt: skip
INCIDENT, FINDING = "incident.kind", "incident.finding"
CONFERENCE = "coordination.conference"
"""The duty of a family's lead to hold a conference because many units serve the family."""
ONE_DAY = timedelta(days=1)


def codes(list_id: str, on: date) -> tuple[Code, ...]:
    """The entries of a code list in force on a day; none before it begins."""
    try:
        return tuple(book().codelist(list_id).on(on).content.codes)
    except (UnknownRule, RulebookError, NotInForce):
        return ()


def code(list_id: str, value: str, on: date) -> Code | None:
    """One entry, or None when the list of that day has no such code."""
    return next((one for one in codes(list_id, on) if one.code == value), None)


def marked(list_id: str, value: str, mark: str, on: date) -> bool:
    """Whether an entry carries a mark with yes."""
    entry = code(list_id, value, on)
    return entry is not None and entry.marks.get(mark) == "yes"


def mark(list_id: str, value: str, name: str, on: date) -> str:
    """What a mark of an entry says; empty without one."""
    entry = code(list_id, value, on)
    return str(entry.marks.get(name, "")) if entry else ""


def retests(how: str, on: date) -> tuple[str, ...]:
    """The instruments that count as a re-test for ending a listing so."""
    entry = code(RISK_END, how, on)
    return tuple(entry.marks.get("retest_by") or ()) if entry else ()


def papers_until(over_at: datetime, county: str) -> datetime:
    """Until when members of a meeting read its papers."""
    length = Length.parse(str(book().value("meeting.read_after").on(clock.local(over_at).date(), county).value))
    return due(over_at, length)


def longest_end(from_at: datetime, county: str) -> datetime:
    """The latest end of an urgent-case room that begins, or is extended, at an instant."""
    length = Length.parse(str(book().value("urgent_room.longest").on(clock.local(from_at).date(), county).value))
    return due(from_at, length)


def extensions(on: date, county: str) -> int:
    """How often a room may be extended."""
    return int(book().value("urgent_room.extensions").on(on, county).value)


def listing(*, danger_result: str, applies: str, danger_now: str, on: date, county: str) -> Advice:
    """Whether the rule of that day lists a case as high risk; missing answers leave a floor and a ceiling."""
    inputs = {"danger_result": danger_result or None, "applies": applies or None, "danger_now": danger_now or None}
    return book().table(LISTING).on(on, county).advise(inputs)


def last_day_at(on: date) -> datetime:
    """An instant within a day that a meeting set, from which the clock counts to its end."""
    return datetime.combine(on, time.max.replace(microsecond=0), TAIPEI).astimezone(UTC)


def is_past(on: date, at: datetime) -> bool:
    """Whether a day lies before the day of an instant."""
    return on < clock.local(at).date()


def tomorrow(at: datetime) -> date:
    return clock.local(at).date() + ONE_DAY


def some_time_before(now: datetime) -> datetime:
    """How far back lists look: as long as the papers of a meeting stay open, counted twice."""
    length = papers_until(now, "") - now
    return now - length - length


def listing_again(inputs: Mapping[str, object], on: date) -> Advice:
    """What the rule of listing of that version answered to these inputs."""
    return book().table(LISTING).on(on).advise(inputs)


def asks_prosecutor(step: str) -> bool:
    """Whether a step asks the prosecutor (兒少權法§56)."""
    return bool(step) and mark(STEP, step, "notice", clock.today()) == "prosecutor"
