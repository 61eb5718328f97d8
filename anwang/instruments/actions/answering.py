"""Reading answers as they come from a page, and what is known of whom the form is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any  # answers of several types
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.cases.models import Case
from anwang.foundation.errors import BadInput
from anwang.foundation.roc import PartialDate, age_on
from anwang.instruments import rules
from anwang.people.models import Person
from anwang.people.states import Sex
from anwang.rulebook.conditions import Span
from anwang.rulebook.instruments import SILENT, Instrument, Item

MOST_TEXT = 20_000


def read(content: Instrument, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answers ready to be kept: what was not asked is left out. Raises BadInput naming the item."""
    strange = set(given) - set(content.items)
    if strange:
        raise BadInput(_("這張表沒有這一題。請重新打開表單。"))
    found: dict[str, Any] = {}
    for name, item in content.items.items():
        answer = given.get(name)
        if answer is None or answer == "":
            if item.required:
                raise BadInput(_("這一項一定要寫：%(ask)s。") % {"ask": rules.said(item.ask)}, field=name)
            continue
        found[name] = answer if answer in SILENT else _read_one(content, name, item, answer)
    return found


def _read_one(content: Instrument, name: str, item: Item, answer: Any) -> Any:
    if item.is_rated:
        if str(answer) not in content.answers:
            raise BadInput(_("這一題沒有這個答案：%(ask)s。") % {"ask": rules.said(item.ask)}, field=name)
        return int(answer) if content.numeric else str(answer)
    if item.kind == "date":
        try:
            return (answer if isinstance(answer, date) else date.fromisoformat(str(answer))).isoformat()
        except ValueError:
            raise BadInput(_("請填年月日，例如115年11月24日。"), field=name) from None
    if item.kind == "number":
        if not str(answer).isdigit():
            raise BadInput(_("請填整數。"), field=name)
        return int(answer)
    return str(answer).strip()[:MOST_TEXT]


def rated(content: Instrument, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that may count."""
    return {name: answer for name, answer in answers.items() if content.items[name].is_rated}


def facts_about(person_id: UUID | None, case: Case | None, on: date) -> dict[str, Any]:
    """What validity may ask: sex, age and relation; what is not known is None."""
    relation = rules.relation_of(case.kind, on) if case else None
    if person_id is None:
        return {"relation": relation}
    person = Person.objects.filter(id=person_id).first()
    if person is None:
        raise BadInput(_("請選填的是誰。"), field="about")
    sex = None if person.sex == Sex.UNKNOWN else str(person.sex)
    return {"relation": relation, "sex": sex, "age": _age(person, on)}


def _age(person: Person, on: date) -> Span | int | None:
    if person.born_earliest is None or person.born_latest is None:
        return None
    wider = 1 if person.birth_is_approximate else 0
    least = max(age_on(PartialDate.of(person.born_latest), on)[0] - wider, 0)
    most = age_on(PartialDate.of(person.born_earliest), on)[1] + wider
    return least if least == most else Span(least, most)
