"""Whether somebody who reported is or may be one of those the report is about: decided strictly, from what is there.

He is compared while his seal is open for that instant only; nobody is shown what was under it, and the answer is one
word. The rules are `reply.same_person` and `reply.told`: not knowing counts as maybe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from anwang.foundation import names, phone
from anwang.intake import rules, sealed
from anwang.intake.models import Report, ReportPerson
from anwang.people.models import ContactPoint, Person
from anwang.people.states import NameKind

CLOSE = {"self": "self", "family": "family"}
UNSAID = ("", "unknown", "anonymous")
LIKE_SOMEBODY = ("phone", "name", "surname")
"""Rows of `reply.same_person` that found somebody; the last one only found nothing to compare."""
REPORTER_SQL = "SELECT id, sealed, category, is_party FROM intake_reporter_to_compare(%s)"
_TITLES = (
    "老師", "主任", "校長", "組長", "醫師", "護理師", "社工師", "社工",
    "先生", "女士", "小姐", "太太", "警員", "里長", "幹事",
)  # fmt: skip
"""What people write behind a surname instead of a name; a name with one of them is only a surname."""


@dataclass(frozen=True)
class Told:
    """How much the reporter may be told, and which row of the rule says so."""

    is_class: bool
    row: str


def is_party(report: Report, at: datetime, county: str) -> bool:
    """Whether he is or may be a party, as far as the duty to answer goes: said so, said nothing, or like somebody."""
    said, same = _standing(report, at, county)
    return said in CLOSE.values() or said == "unsaid" or same in LIKE_SOMEBODY


def may_be_told(report: Report, *, confirmed: str, at: datetime, county: str) -> Told:
    """What `reply.told` says of this report's reporter; `confirmed` is a code of `report.reporter_confirmed`."""
    said, same = _standing(report, at, county)
    sure = rules.mark("report.reporter_confirmed", confirmed, "sure", at, county) in ("yes", True)
    mandated = None if report.mandated == "unknown" else report.mandated
    answers = {"said": said, "same": _word(same != "no"), "mandated": mandated, "confirmed": _word(sure)}
    advice = rules.advise("reply.told", answers, at, county)
    if advice is None:
        return Told(False, "no_rule")
    return Told(advice.outcome == "class", advice.row or "unsettled")


def _standing(report: Report, at: datetime, county: str) -> tuple[str, str]:
    """(what he says he is; why he may be somebody in the report: a row of `reply.same_person`, or no)."""
    with connection.cursor() as cursor:
        cursor.execute(REPORTER_SQL, [report.id])
        row = cursor.fetchone()
    if row is None:
        return "unsaid", "nothing"
    row_id, seal, beside, is_party_ = row
    said = sealed.unseal(bytes(seal), "reporter", row_id)
    category = said.get("category", beside)
    if (
        is_party_
        or said.get("is_party") == "yes"
        or category in CLOSE
        or _is_close(said.get("relation", ""), at, county)
    ):
        return CLOSE.get(category, "family"), "said"
    advice = rules.advise("reply.same_person", _compared(report, said), at, county)
    same = "no" if advice is not None and advice.outcome == "no" else (advice and advice.row) or "nothing"
    return "unsaid" if category in UNSAID else "none", same


def _is_close(relation: str, at: datetime, county: str) -> bool:
    """Whether free words about the relation name kin or somebody close."""
    english = set(re.findall(r"[a-z]+", relation.lower()))
    for entry in rules.codes("reporter.kin_words", at, county):
        if any(word in relation for word in entry.label.zh.split("、")) or english & set(entry.label.en.split(", ")):
            return True
    return False


def _compared(report: Report, said: dict[str, str]) -> dict[str, object]:
    """The reporter's name and number beside everybody's in the report, as answers of `reply.same_person`."""
    people = ReportPerson.objects.filter(report_id=report.id).values_list("person_id", flat=True)
    found = list(Person.objects.filter(id__in=people).values_list("name", "name_kind"))
    keys = {names.search_key(name) for name, _kind in found if name}
    numbers = ContactPoint.objects.filter(person_id__in=people).exclude(lookup="").values_list("lookup", flat=True)
    name, number = names.search_key(said.get("name", "")), phone.normalise(said.get("phone", ""))
    bare, left = _without_title(name), name or number or said.get("organisation", "")
    only_surname = len(bare) <= 1 and bare != ""
    return {
        "same_phone": _word(number != "" and number in set(numbers)),
        "same_name": _word(name in keys or (len(bare) > 1 and bare in keys)),
        "only_surname": _word(only_surname and any(key.startswith(bare) for key in keys)),
        "can_compare": _word(bool(left) and all(kind != NameKind.CODE for _name, kind in found)),
    }


def _without_title(key: str) -> str:
    for title in map(names.search_key, _TITLES):
        if key.endswith(title):
            return key.removesuffix(title)
    return key


def _word(holds: object) -> str:
    return "yes" if holds else "no"
