"""What protection asks the rulebook, and how an order stands on a day. No literal of law here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from anwang import rulebook
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.days import Length, due, end_of_day
from anwang.protection.models import Order
from anwang.protection.states import Standing
from anwang.rulebook import Code
from anwang.rulebook.problems import RulebookError, UnknownRule

KIND, TERM, RECEIVER, END = "order.kind", "order.term", "order.receiver", "order.end"
BROKEN_THEN, SHIELD_KIND = "order.broken_then", "shield.kind"
POLICE = "police"
STALKING = "stalking"
ONE_DAY = timedelta(days=1)


def codes(list_id: str, on: date) -> tuple[Code, ...]:
    """The entries of a code list in force on a day, in their order; none before the list begins."""
    try:
        return tuple(rulebook.book().codelist(list_id).on(on).content.codes)
    except (UnknownRule, RulebookError):
        return ()


def code(list_id: str, value: str, on: date) -> Code | None:
    """One entry, or None when the list of that day has no such code."""
    return next((one for one in codes(list_id, on) if one.code == value), None)


def act_of(kind: str, on: date) -> str:
    """Under which act an order of this kind stands: `violence` or `stalking`."""
    entry = code(KIND, kind, on)
    return str(entry.marks["act"]) if entry else ""


def lasts(kind: str, on: date) -> bool:
    """Whether the court gives an order of this kind a last day."""
    entry = code(KIND, kind, on)
    return entry is not None and entry.marks["lasts"] == "yes"


def gives_way(kind: str, on: date) -> bool:
    """Whether an order of this kind ends when the ordinary one is issued (§16 VI)."""
    entry = code(KIND, kind, on)
    return entry is not None and entry.marks.get("until_ordinary") == "yes"


def terms_of(kind: str, on: date) -> tuple[Code, ...]:
    """The terms a court may put into an order of this kind on that day.

    One that an early order has only when the authority asked for it (`asked_by_authority`) is among them.
    """
    act, early = act_of(kind, on), gives_way(kind, on)
    found = (one for one in codes(TERM, on) if one.marks["act"] == act)
    return tuple(one for one in found if not early or one.marks.get("early") != "no")


def in_order(terms: Collection[str], on: date) -> list[str]:
    """Codes of terms as the list has them."""
    return [one.code for one in codes(TERM, on) if one.code in set(terms)]


def receivers(terms: Collection[str], on: date) -> list[str]:
    """Who must know of an order with these terms, by the marks of the terms; the police always."""
    told = {POLICE}
    for one in codes(TERM, on):
        if one.code in set(terms):
            told.update(one.marks.get("tells") or ())
    return [one.code for one in codes(RECEIVER, on) if one.code in told]


def ends_how(kind: str, on: date) -> tuple[Code, ...]:
    """The ways in which an order of this kind can end."""
    wanted = "yes" if lasts(kind, on) else "no"
    return tuple(one for one in codes(END, on) if one.marks.get("any") == "yes" or one.marks.get("lasts") == wanted)


def is_offence(terms: Collection[str], on: date) -> bool:
    """Whether breaking one of these terms is a crime (§61; 跟騷法§19)."""
    return any(one.marks.get("crime") == "yes" for one in codes(TERM, on) if one.code in set(terms))


def needs(terms: Collection[str], what: str, on: date) -> bool:
    """Whether one of these terms asks for `distance` or a day (`until`)."""
    return any(one.marks.get(what) == "yes" for one in codes(TERM, on) if one.code in set(terms))


def longest_until(first: date) -> date:
    """The last day an order that begins on `first` may have at once (§15; 跟騷法§13)."""
    length = Length.parse(str(rulebook.book().value("order.longest").on(first).value))
    return clock.local(due(end_of_day(first - ONE_DAY), length)).date() - ONE_DAY


def stays_until_ruling(kind: str, ends_on: date) -> bool:
    """Whether an order that would end on this day stays in force until the court has ruled on its extension."""
    rule = "stalking_order.pending_keeps" if kind == STALKING else "order.pending_keeps"
    found = rulebook.book().value(rule).get(ends_on)
    return found is not None and found.value == "yes"


def days_before(on: date, county: str) -> int:
    """How many days before its last day an order is marked (`order.ending_soon`)."""
    return Length.parse(str(book().value("order.ending_soon").on(on, county).value)).n


def ending_soon(order: Order, on: date, days: int) -> bool:
    """Whether the last day comes within so many days."""
    if order.ends_on is None or standing(order, on) != Standing.IN_FORCE:
        return False
    return (order.ends_on - on).days <= days


def standing(order: Order, on: date) -> Standing:
    """Whether the order is in force on a day. Being served is not asked: it is in force from its issue (§15, §16)."""
    if clock.local(order.issued_at).date() > on:
        return Standing.NOT_YET
    if order.ended_at is not None and clock.local(order.ended_at).date() <= on:
        return Standing.OVER
    if order.ends_on is None or on <= order.ends_on:
        return Standing.IN_FORCE
    return Standing.PENDING if order.stays_until_ruling else Standing.OVER


def expires_at(ends_on: date) -> datetime:
    """The instant at which a last day is over."""
    return end_of_day(ends_on)


def marked(list_id: str, values: Sequence[str], mark: str, on: date) -> list[str]:
    """Those of `values` whose entry carries a mark with yes."""
    return [one.code for one in codes(list_id, on) if one.code in values and one.marks.get(mark) == "yes"]


def search_words(on: date) -> list[str]:
    """Words by which a report says that somebody is being looked for; none before the list is in force."""
    return [word for one in codes("protection.search_words", on) for word in one.marks["says"]]
