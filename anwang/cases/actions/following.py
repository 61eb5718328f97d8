"""Before and after the goals of a youth at risk are met: three months without anything new, then a follow-up.

少年輔導委員會設置及輔導實施辦法第12條、第15條. Which reasons ask for it stands in their list (`quiet`, `after_care`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from anwang.cases import rules, words
from anwang.cases.models import Case, CaseSubject, JoinedReport
from anwang.cases.states import Repeat
from anwang.foundation import clock
from anwang.foundation.days import months_on
from anwang.foundation.errors import Refused
from anwang.matters.models import Duty, Matter
from anwang.matters.states import DutyState

REPORTS = ("youth.follow_up", "youth.follow_up_until_18", "vulnerable_family.after_care")
"""Duties of after-care that only a report of it ends."""
NEWS = (Repeat.NEW_EVENT, Repeat.NEW_FACTS)


def must_follow(case: Case, reason: str, on: date, county: str) -> bool:
    """Whether a case that ended so is followed whatever its worker thinks. Internal to this room."""
    return bool(_mark(case, reason, "after_care", on, county))


def refuse_unless_quiet(case: Case, marks: Mapping[str, object], at: datetime, county: str) -> None:
    """Raises Refused, with the first day on which it is allowed, while something happened too lately."""
    rule = str(marks.get("quiet", ""))
    if not rule:
        return
    news = JoinedReport.objects.filter(matter_id=case.id, as_what__in=NEWS).values_list("at", flat=True)
    last = clock.local(max([case.received_at, *news])).date()
    today = clock.local(at).date()
    months = rules.whole_number(rule, today, county)
    until = months_on(last, months)
    if today < until:
        told = {"day": words.day(last), "months": months, "until": words.day(until)}
        raise Refused(_("最近一次通報在%(day)s，要滿%(months)d個月沒有再發生。%(until)s起才能用這個理由結案。") % told)


def growing_up(subject: CaseSubject | None, case: Case, reason: str, at: datetime, county: str) -> dict[str, object]:
    """Facts of a closing: whether he comes of age before the follow-up is over; his last day under age. Internal."""
    rule = _mark(case, reason, "after_care", clock.local(at).date(), county)
    born = subject.person.born_latest if subject and subject.person else None
    if not rule or born is None:
        return {"grows_up_first": "no", "last_day_at": None}
    today = clock.local(at).date()
    grown = months_on(born, 12 * rules.whole_number("age.child", today))
    first = grown < months_on(today, rules.whole_number(rule, today, county))
    return {
        "grows_up_first": "yes" if first else "no",
        "last_day_at": datetime.combine(grown - timedelta(days=1), time(), clock.TAIPEI) if first else None,
    }


def refuse_before_followed(case: Case, at: datetime) -> None:
    """Raises Refused while the follow-up that the law asks for lasts, or its report is missing."""
    matter = Matter.objects.get(id=case.id)
    ended, today = case.closed_on, clock.local(at).date()
    people = [one.person for one in CaseSubject.objects.filter(matter_id=case.id).select_related("person")]
    if ended is None or any(one and one.died_on for one in people):
        return
    rule = _mark(case, case.closed_because, "after_care", ended, matter.county)
    if rule:
        months = rules.whole_number(rule, ended, matter.county)
        under_age = any(one and rules.is_under_age(one.born_latest, today) for one in people)
        if today < months_on(ended, months) and under_age:
            raise Refused(_("結案後要追蹤滿%(months)d個月，或到滿18歲。") % {"months": months})
    if Duty.objects.filter(matter_id=case.id, state=DutyState.OPEN, rule_id__in=REPORTS).exists():
        raise Refused(_("還沒有追蹤報告。請先寫追蹤報告。"))


def _mark(case: Case, reason: str, name: str, on: date, county: str) -> str:
    entry = rules.code(f"closing.{case.kind}", reason, on, county)
    return str(entry.marks.get(name, "")) if entry else ""
