"""What stands in the way of ending: nobody saw the person, or a refusal that the four rules do not respect."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from anwang.cases import rules
from anwang.cases.models import Case, CaseSubject
from anwang.foundation import clock
from anwang.foundation.errors import Refused
from anwang.matters.models import Matter


def refuse_unless_respected(
    case: Case, matter: Matter, *, can_decide: str, risk_assessed: bool, rights_told: bool, at: datetime
) -> None:
    """A refusal ends nothing unless the four rules say so; the sentence is the rule's own. Internal to this room."""
    day = clock.local(at).date()
    child = case.has_child != "no" and rules.client_of(case.kind, day) in (rules.FAMILY_CLIENT, rules.CHILD_CLIENT)
    advice = rules.refusal(
        child=child or minor_among_subjects(case, day), can_decide=can_decide, risk_assessed=risk_assessed,
        rights_told=rights_told, on=day, county=matter.county,
    )  # fmt: skip
    if advice.outcome != rules.MAY_CLOSE:
        raise Refused(rules.in_words(advice))


def minor_among_subjects(case: Case, day: date) -> bool:
    """Whether any subject is, or may be, under age."""
    people = CaseSubject.objects.filter(matter_id=case.id, until_on=None, person__isnull=False).select_related("person")
    return any(rules.is_under_age(subject.person.born_latest, day) for subject in people)


def sight_is_missing(case: Case, subject: CaseSubject | None = None) -> str:
    """The name of somebody not seen since the last news or the last missed visit; empty when all were."""
    one = _unseen(case, subject)
    return str(one.person.name or _("這位")) if one and one.person else ""


def refuse_unseen(case: Case, subject: CaseSubject | None = None) -> None:
    """Raises Refused by name: never seen at all, or not at the last visit nor since the last news."""
    one, name = _unseen(case, subject), sight_is_missing(case, subject)
    if one is None:
        return
    if one.last_seen_at:
        raise Refused(_("%(name)s最近沒有當面見到，不能結案。請先安排當面訪視。") % {"name": name})
    raise Refused(_("%(name)s還沒有當面見到，不能結案。請先安排當面訪視。") % {"name": name})


def _unseen(case: Case, subject: CaseSubject | None) -> CaseSubject | None:
    people = CaseSubject.objects.filter(matter_id=case.id, until_on=None, person__isnull=False)
    for one in (people.filter(id=subject.id) if subject else people).select_related("person").order_by("id"):
        seen, missed = one.last_seen_at, one.missed_at
        if seen is None or seen < one.must_see_after or (missed is not None and missed >= seen):
            return one
    return None
