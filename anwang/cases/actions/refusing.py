"""What stands in the way of ending: nobody saw the person, or a refusal that the four rules do not respect."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.cases import rules
from anwang.cases.models import Case, CaseSubject, Search
from anwang.foundation import clock
from anwang.foundation.days import months_on
from anwang.foundation.errors import Refused
from anwang.matters.models import Matter
from anwang.people.models import Person
from anwang.rulebook import Advice

NUMBER = re.compile(r"[A-Z]\d{3}-\d{4}-\d{4}", re.ASCII)
ELSEWHERE_SQL = "SELECT subject_id FROM cases_open_elsewhere(%s, %s)"


def refuse_unless_respected(
    case: Case, matter: Matter, *, can_decide: str, risk_assessed: bool, rights_told: bool, at: datetime,
    public_danger: str = "no",
) -> None:  # fmt: skip
    """A refusal ends nothing unless the four rules say so; the sentence is the rule's own. Internal to this room."""
    advice = refusal_advice(
        case, matter, can_decide=can_decide, risk_assessed=risk_assessed, rights_told=rights_told,
        public_danger=public_danger, at=at,
    )  # fmt: skip
    if advice.outcome != rules.MAY_CLOSE:
        raise Refused(rules.in_words(advice))


def refusal_advice(
    case: Case, matter: Matter, *, can_decide: str, risk_assessed: bool, rights_told: bool, public_danger: str,
    at: datetime,
) -> Advice:  # fmt: skip
    """What the four rules say to a refusal in this case: the youth at risk and the child are known from the case."""
    day = clock.local(at).date()
    child = case.has_child != "no" and rules.client_of(case.kind, day) in (rules.FAMILY_CLIENT, rules.CHILD_CLIENT)
    return rules.refusal(
        child=child or minor_among_subjects(case, day), at_risk_youth=rules.is_of_youth_council(case.kind, day),
        can_decide=can_decide, public_danger=public_danger, risk_assessed=risk_assessed, rights_told=rights_told,
        on=day, county=matter.county,
    )  # fmt: skip


def minor_among_subjects(case: Case, day: date) -> bool:
    """Whether any subject is, or may be, under age."""
    people = CaseSubject.objects.filter(matter_id=case.id, until_on=None, person__isnull=False).select_related("person")
    return any(rules.is_under_age(subject.person.born_latest, day) for subject in people)


def sight_is_missing(case: Case, subject: CaseSubject | None = None) -> str:
    """The name of somebody not seen since the last news or the last missed visit; empty when all were."""
    one = _unseen(case, subject)
    return _name(one) if one else ""


def refuse_unseen(case: Case, subject: CaseSubject | None = None) -> None:
    """Raises Refused by name: never seen at all, or not at the last visit nor since the last news."""
    one, name = _unseen(case, subject), sight_is_missing(case, subject)
    if one is None:
        return
    if one.last_seen_at:
        raise Refused(_("%(name)s最近沒有當面見到，不能結案。請先安排當面訪視。") % {"name": name})
    raise Refused(_("%(name)s還沒有當面見到，不能結案。請先安排當面訪視。") % {"name": name})


def refuse_while_searched_for(case: Case, person_id: UUID | None = None) -> None:
    """Raises Refused by name while this person, or without one anybody of the case, is searched for.

    With the case the search would be forgotten. A 移轄 takes the search along, so it stays open as a way out.
    """
    going_on = Search.objects.filter(matter_id=case.id, ended_at=None)
    search = (going_on.filter(person_id=person_id) if person_id else going_on).order_by("missing_since").first()
    if search is None:
        return
    found = Person.objects.filter(id=search.person_id).first()
    name = found.name if found and found.name else _("這位")
    raise Refused(_("%(name)s還在協尋，不能結案。請先結束協尋，或移轄。") % {"name": name})


def refuse_unless_long_missing(case: Case, subject: CaseSubject | None, county: str, at: datetime) -> None:
    """A youth at risk may be closed over only while he is searched for, and missing as long as the rules say."""
    day = clock.local(at).date()
    months = rules.whole_number("youth.missing_before_closing", day, county)
    people = CaseSubject.objects.filter(matter_id=case.id, until_on=None, person__isnull=False).select_related("person")
    for one in people.filter(id=subject.id) if subject else people:
        search = Search.objects.filter(matter_id=case.id, person_id=one.person_id, ended_at=None).first()
        if search is None or months_on(clock.local(search.missing_since).date(), months) > day:
            told = {"name": _name(one), "months": months}
            raise Refused(_("%(name)s還沒有協尋滿%(months)d個月，不能以行蹤不明結案。") % told)


def not_looked_after(case: Case, words: str) -> str:
    """The name of somebody not seen of whom no case named in `words` is about; empty when each has an open one.

    Says nothing of a number: whether it does not exist, has ended or is about somebody else.
    """
    typed = list(dict.fromkeys(NUMBER.findall(unicodedata.normalize("NFKC", words).upper())))
    there = _open_elsewhere(case.id, typed) if typed else frozenset()
    return next((_name(one) for one in _all_unseen(case, None) if one.id not in there), "")


def _open_elsewhere(case_id: UUID, numbers: list[str]) -> frozenset[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(ELSEWHERE_SQL, [case_id, numbers])
        return frozenset(subject_id for (subject_id,) in cursor.fetchall())


def _name(subject: CaseSubject) -> str:
    return str(subject.person.name if subject.person and subject.person.name else _("這位"))


def _unseen(case: Case, subject: CaseSubject | None) -> CaseSubject | None:
    return next(_all_unseen(case, subject), None)


def _all_unseen(case: Case, subject: CaseSubject | None) -> Iterator[CaseSubject]:
    people = CaseSubject.objects.filter(matter_id=case.id, until_on=None, person__isnull=False)
    for one in (people.filter(id=subject.id) if subject else people).select_related("person").order_by("id"):
        seen, missed = one.last_seen_at, one.missed_at
        if seen is None or seen < one.must_see_after or (missed is not None and missed >= seen):
            yield one
