"""What looking across agencies and emergency openings ask the rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from anwang.enactments.queries import book
from anwang.foundation import clock, days
from anwang.rulebook import NotInForce, WrongAnswer
from anwang.rulebook.handles import DatedCodelist, DatedTable

KINDS = "case.kind"
CLOSED = "closed"


@dataclass(frozen=True)
class Reaches:
    """How far a look reaches for every kind of case, as columns for the database."""

    kinds: list[str]
    networks: list[str]
    reaches: list[str]
    as_other: list[str]


@dataclass(frozen=True)
class RulesOfUse:
    """The rules of use of a day: when they began, their hash, their sentences in a language."""

    since: date
    hash: str
    sentences: tuple[str, ...]


def own_network(unit_kind: str, county: str) -> str:
    """The network of a unit that asks; `none` for one that does not look across agencies."""
    return str(_on("disclosure.own_network", county).advise({"unit": unit_kind}).outcome or "none")


def reaches(purpose: str, own: str, county: str) -> Reaches:
    """The reach for every kind of case known today. A kind that no rule knows is closed."""
    table, theirs = _on("disclosure.reach", county), _on("disclosure.their_network", county)
    found = Reaches([], [], [], [])
    for kind in (one.code for one in book().codelist(KINDS).on(clock.today())):
        found.kinds.append(kind)
        try:
            network = str(theirs.advise({"kind": kind}).outcome or "")
        except WrongAnswer:  # a kind of cases younger than the table
            found.networks.append("")
            found.reaches.append(CLOSED)
            found.as_other.append(CLOSED)
            continue
        asked = {"purpose": purpose, "own": own, "their": network}
        found.networks.append(network)
        found.reaches.append(table.advise({**asked, "as_other": "no"}).outcome or CLOSED)
        found.as_other.append(table.advise({**asked, "as_other": "yes"}).outcome or CLOSED)
    return found


def fits(purpose: str, basis: str) -> bool:
    """Whether both are in force today and the basis serves the purpose."""
    try:
        purposes, bases = _codes("disclosure.purposes"), _codes("disclosure.bases")
    except NotInForce:
        return False
    return purpose in purposes and basis in bases and purpose in bases[basis].marks.get("for", ())


def bases_of(purpose: str) -> frozenset[str]:
    """The bases that serve a purpose today."""
    return frozenset(one.code for one in _codes("disclosure.bases") if purpose in one.marks.get("for", ()))


def knows(codelist: str, code: str) -> bool:
    """Whether a code stands in a list today."""
    return code in _codes(codelist)


def marked(codelist: str, code: str, mark: str) -> str:
    """A mark of a code; empty where it has none."""
    return str(_codes(codelist)[code].marks.get(mark, ""))


def rules_of_use(lang: str) -> RulesOfUse:
    """What stands beside the form, with its version."""
    dated = _codes("disclosure.rules_of_use")
    return RulesOfUse(dated.from_, dated.hash, tuple(one.label.to(lang) for one in dated))


def approves(step: str) -> str:
    """Who confirms a step: `rule`, `supervisor` or `holder`."""
    return marked("disclosure.steps", step, "approved_by")


def ends(rule_id: str, at: datetime, county: str) -> datetime:
    """When what began at an instant ends, by a length of the rules of that day."""
    length = str(book().value(rule_id).on(clock.local(at).date(), county).value)
    return days.due(at, days.Length.parse(length))


def began(rule_id: str, at: datetime, county: str) -> datetime:
    """Since when something counts at an instant, by a whole number of days of the rules of that day."""
    return at - timedelta(days=int(book().value(rule_id).on(clock.local(at).date(), county).value))


def most(rule_id: str, county: str) -> int:
    """A whole number of the rules in force today."""
    return int(book().value(rule_id).on(clock.today(), county).value)


def _on(table: str, county: str) -> DatedTable:
    return book().table(table).on(clock.today(), county)


def _codes(codelist: str) -> DatedCodelist:
    return book().codelist(codelist).on(clock.today())
