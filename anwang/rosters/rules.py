"""What rosters ask the rulebook, and how a row is judged by it. No number of law is written here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from anwang.enactments.queries import book
from anwang.foundation import areas, clock, days, national_id
from anwang.foundation.errors import BadInput
from anwang.foundation.roc import PartialDate, age_on, parse_date
from anwang.people.states import Sex
from anwang.rosters.incoming import RowIn
from anwang.rosters.states import RowState
from anwang.rulebook import Code, NotInForce, UnknownRule

KINDS, COLUMNS, CHECKS = "roster.kind", "roster.column", "roster.pre_check"
SETTLED, WITHDRAWALS = "roster.settled", "roster.withdrawal"
VISIT = "vulnerable_family.first_visit"
CASE_KIND = "vulnerable_family"
_SEXES = {"男": Sex.MALE, "女": Sex.FEMALE, "m": Sex.MALE, "f": Sex.FEMALE, "1": Sex.MALE, "2": Sex.FEMALE}
_SERIAL = re.compile(r"\d{1,8}", re.ASCII)
Reason = tuple[str, str]
"""(code, column): what is wrong where; never a value."""


@dataclass(frozen=True)
class Child:
    """What a row says, as far as it can be read."""

    name: str = ""
    number: str = ""
    sex: str = Sex.UNKNOWN
    born: PartialDate | None = None
    carer_name: str = ""
    carer_number: str = ""
    carer_born: PartialDate | None = None
    serial: int | None = None
    pre_check: str = ""


@dataclass(frozen=True)
class Judged:
    """A row after reading: taken or not, why, and what looked odd."""

    row: RowIn
    child: Child
    state: str
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = field(default=())


def codes(codelist: str, at: datetime, county: str = "") -> tuple[Code, ...]:
    """The codes of a list on that day; empty where the rules did not exist yet."""
    try:
        return tuple(book().codelist(codelist).on(_day(at), county or None).codes)
    except (NotInForce, UnknownRule):
        return ()


def kind(code: str, at: datetime, county: str = "") -> Code | None:
    return next((entry for entry in codes(KINDS, at, county) if entry.code == code), None)


def heads(at: datetime) -> dict[str, str]:
    """How each column may be headed, folded for comparison, and its code."""
    found: dict[str, str] = {}
    for entry in codes(COLUMNS, at):
        for words in (entry.label.zh, *entry.marks.get("words", ())):
            found.setdefault(folded(str(words)), entry.code)
    return found


def folded(words: str) -> str:
    """A head or an answer for comparison: half width, no spaces, no brackets with explanations behind."""
    plain = "".join(unicodedata.normalize("NFKC", words).split()).lower()
    return plain.partition("(")[0] or plain


def length(rule_id: str, at: datetime, county: str) -> days.Length:
    return days.Length.parse(str(book().value(rule_id).on(_day(at), county).value))


def due(rule_id: str, at: datetime, county: str) -> datetime:
    """The instant at which one of the times set for rosters is over, counted from `at`."""
    return days.due(at, length(rule_id, at, county))


def next_expected(of_kind: str, last_at: datetime, county: str) -> datetime:
    """By when the next file of a kind must have come, the days of grace included."""
    return days.due(days.due(last_at, length(f"roster.every.{of_kind}", last_at, county)),
                    length("roster.grace", last_at, county))  # fmt: skip


def visit_due(received_at: datetime, county: str) -> datetime:
    """By when a child of a roster must have been visited (脆弱家庭辦法§5), wherever the case stands."""
    facts = {"kind": CASE_KIND, "has_child": "yes", "received_at": received_at, "at": received_at}
    return book().clock_of(VISIT, facts, _day(received_at), county).due_at


def judge(row: RowIn, of: Code, at: datetime, county: str) -> Judged:
    """Whether a row can be taken. A wrong check digit is noted; what the law asks for must be there."""
    wrong: list[Reason] = list(row.spoilt)
    notes: list[Reason] = []
    child = _read(row.cells, of, wrong, notes, at, county)
    for column in of.marks["needs"]:
        if not row.cells.get(column, "").strip() and ("cells", "") not in wrong:
            wrong.append(("empty", column))
    if not wrong:
        _ages(child, of, at, wrong, notes)
    reasons = tuple(dict.fromkeys(wrong))
    state = RowState.REJECTED if reasons else RowState.ACCEPTED
    return Judged(row, child, state, reasons, tuple(dict.fromkeys(notes)))


def _read(
    cells: Mapping[str, str], of: Code, wrong: list[Reason], notes: list[Reason], at: datetime, county: str
) -> Child:  # fmt: skip
    number, carer_number = (cells.get(key, "").strip() for key in ("national_id", "carer_id"))
    for column, value in (("national_id", number), ("carer_id", carer_number)):
        if value and not national_id.check(national_id.normalise(value)).valid:
            notes.append(("checksum", column))
    sex = _SEXES.get(cells.get("sex", "").strip().lower()[:1], Sex.UNKNOWN)
    issued = national_id.check(national_id.normalise(number)).sex if number else None
    if issued and sex in (Sex.MALE, Sex.FEMALE) and issued != sex:
        notes.append(("sex_differs", "sex"))
    serial = cells.get("serial", "").strip()
    plain = unicodedata.normalize("NFKC", serial)
    if serial and not _SERIAL.fullmatch(plain):
        wrong.append(("unreadable", "serial"))
        plain = ""
    return Child(
        name=cells.get("name", "").strip(),
        number=number,
        sex=sex if sex != Sex.UNKNOWN or not issued else issued,
        born=_date(cells.get("born_on", ""), "born_on", wrong),
        carer_name=cells.get("carer_name", "").strip(),
        carer_number=carer_number,
        carer_born=_date(cells.get("carer_born_on", ""), "carer_born_on", wrong),
        serial=int(plain) if plain else None,
        pre_check=_pre_check(cells.get("pre_check", ""), of, wrong, at, county),
    )


def _date(written: str, column: str, wrong: list[Reason]) -> PartialDate | None:
    if not written.strip():
        return None
    try:
        return parse_date(written)
    except BadInput:
        wrong.append(("unreadable", column))
        return None


def _pre_check(written: str, of: Code, wrong: list[Reason], at: datetime, county: str) -> str:
    """The code of what the sender did before; a result that is none, or not enough, sends the row back."""
    if not written.strip():
        return ""
    asked = folded(written)
    mine = [entry for entry in codes(CHECKS, at, county) if of.code in entry.marks["for"]]
    found = next((one for one in mine if asked in _ways_to_say(one)), None)
    if found is None:
        wrong.append(("unknown", "pre_check"))
        return ""
    if found.marks["valid"] not in ("yes", True):
        wrong.append(("not_enough", "pre_check"))
    return found.code


def _ways_to_say(code: Code) -> set[str]:
    return {folded(str(words)) for words in (code.label.zh, code.code, *code.marks.get("words", ()))}


def _ages(child: Child, of: Code, at: datetime, wrong: list[Reason], notes: list[Reason]) -> None:
    today = _day(at)
    if child.born is not None and child.born.earliest > today:
        wrong.append(("future", "born_on"))
        return
    oldest = of.marks.get("oldest")
    if oldest is not None and child.born is not None and age_on(child.born, today)[0] > int(oldest):
        wrong.append(("too_old", "born_on"))
    limit = of.marks.get("parent_under")
    if limit is None:
        return
    if child.carer_born is None or child.born is None:
        notes.append(("age_unknown", "carer_born_on"))
    elif age_on(child.carer_born, today)[0] >= int(limit):
        wrong.append(("grown_up", "carer_born_on"))


def county_of(cells: Mapping[str, str], counties: Mapping[str, str], else_: str) -> str:
    """Where the child lives by what is written: the living address, else the last registered one, else `else_`.

    `counties` maps a county's name, folded, to its code. A postal code or a province before it does not count.
    """
    for column in ("address", "registered"):
        written = areas.from_county_on(place(cells.get(column, "")))
        for name, code in counties.items():
            if written.startswith(name):
                return code
    return else_


def place(written: str) -> str:
    return "".join(unicodedata.normalize("NFKC", written).split()).replace("台", "臺")


def _day(at: datetime) -> date:
    return clock.local(at).date()
