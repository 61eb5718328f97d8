"""再通報: how a report relates to an earlier one. When unsure it is a new event; nothing is discarded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.actions import join_report
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.intake import events, policies, rules
from anwang.intake.models import Report, ReportLink
from anwang.intake.queries.standing import cases_with, pairs
from anwang.intake.states import Repeat, What
from anwang.matters.actions import happened, submit
from anwang.matters.actions.dispatching import carry_duties
from anwang.matters.models import Matter, Review
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind, ReviewOf, ReviewState

from .concluding import conclude, look_again
from .deciding import write_decision
from .facts import county_of, facts_of

SAME = (Repeat.SAME_NOTHING_NEW, Repeat.SAME_NEW_FACTS)
AS_WHAT = {
    Repeat.SAME_NOTHING_NEW: "same_event",
    Repeat.SAME_NEW_FACTS: "new_facts",
    Repeat.NEW_EVENT: "new_event",
    Repeat.OTHER_VICTIM: "other_victim",
}
VALIDITY = {Repeat.SAME_NOTHING_NEW: "duplicate", Repeat.SAME_NEW_FACTS: "same_event"}


@transaction.atomic
def relate_report(
    *,
    report_id: UUID,
    earlier_id: UUID,
    by: Viewer,
    at: datetime,
    repeat: str = Repeat.NEW_EVENT,
    reason: str = "",
    given: Mapping[str, str] | None = None,
) -> ReportLink:
    """Say what a report is to an earlier report or case. A new event tells the worker of an open case at once.

    "Same event" for a young child takes effect only when a second person has confirmed it; until then the report runs
    with its own clock, and it stands on the unit's list. Asks a reason for anything but a new event, and for
    differing from what the rule says to the answers `given`; both are kept.
    """
    lock(report_id)
    policies.may_screen(by, report_id).enforce()
    if repeat not in Repeat.values:
        raise BadInput(_("請選和先前通報的關係；不確定就選新事件。"), field="repeat")
    earlier = Matter.objects.filter(id=earlier_id, kind__in=[MatterKind.REPORT, MatterKind.CASE]).first()
    if earlier is None or earlier_id == report_id:
        raise NotFound(_("查無先前的通報或案件。請確認編號。"))
    if repeat != Repeat.NEW_EVENT and not reason.strip():
        raise BadInput(_("請寫為什麼是同一事件。"), field="reason")
    report = Report.objects.get(id=report_id)
    answers = {name: said for name, said in (given or {}).items() if said in ("yes", "no")}
    advice = rules.advise(rules.REPEAT, dict(answers), report.received_at, county_of(report))
    advised = (advice.outcome or "") if advice else ""
    if advised not in ("", repeat) and not reason.strip():
        raise BadInput(_("和建議不同時，請寫理由。建議和決定都會留著。"), field="reason")
    link = _link(report, earlier, repeat, reason, advised, answers, by=by, at=at)
    if link.review_id is None:
        take_effect(report, link.id, by=by, at=at, link=link)
    look_again(report, by=by)
    record("report.related", by=by, at=at, matter_id=report_id, earlier=earlier_id, repeat=repeat)
    keep()
    return link


def _link(
    report: Report, earlier: Matter, repeat: str, reason: str, advised: str, answers: dict[str, str], *, by: Viewer,
    at: datetime,
) -> ReportLink:  # fmt: skip
    link_id = uuid7()
    review = None
    if needs_second_person(report, repeat, by):
        review = submit(matter_id=report.id, of=ReviewOf.DUPLICATE, about_id=link_id, words=reason, by=by, at=at,
                        urgent=True)  # fmt: skip
    link = ReportLink(
        id=link_id, report_id=report.id, earlier=earlier, repeat=repeat, review=review, reason=reason.strip(),
        advised=advised, answers=answers, decided_by=by.worker_id, at=at, recorded_at=clock.now(),
    )  # fmt: skip
    link.save(force_insert=True)
    return link


def needs_second_person(report: Report, repeat: str, by: Viewer) -> bool:
    """Whether somebody else must confirm; an age that is not known counts as young."""
    county = county_of(report)
    age = facts_of(report, rules.CHILD_PROTECTION, county, now=report.received_at)
    if age["has_child"] == "no":
        return False
    chosen = {"chosen": repeat, "youngest_age": age["youngest_age"]}
    advice = rules.advise("report.repeat_second_person", chosen, report.received_at, county)
    return advice is None or advice.outcome != "not_needed"


def take_effect(
    report: Report, link_id: UUID, *, by: Viewer, at: datetime, link: ReportLink | None = None
) -> None:  # fmt: skip
    """What the class means, once it stands. Internal to this room: callers hold the lock and keep promises."""
    link = link or ReportLink.objects.get(id=link_id)
    if link.review_id and not Review.objects.filter(id=link.review_id, state=ReviewState.APPROVED).exists():
        return
    same_event = link.repeat != Repeat.NEW_EVENT
    if same_event:
        event = Report.objects.filter(id=link.earlier_id).values_list("event_id", flat=True).first()
        Report.objects.filter(id=report.id).update(event_id=event or link.earlier_id)
    _tell_open_cases(report, link, by=by)
    if link.repeat in SAME:
        _run_on_the_first_clock(report, link, by=by, at=at)
    else:
        _stand_by_itself_again(report, link, by=by, at=at)


def _tell_open_cases(report: Report, link: ReportLink, *, by: Viewer) -> None:
    """The worker and the supervisor of every open case about this learn of it now."""
    cases = Matter.objects.filter(kind=MatterKind.CASE, ended_at__isnull=True)
    found = cases.filter(id=link.earlier_id) | cases.filter(arose_from=link.earlier_id)
    for case_id in {*found.values_list("id", flat=True), *cases_with(by, link.earlier_id)}:
        _join(case_id, report.id, link, at=report.received_at, by=by)


def bring_along(report: Report, case_id: UUID, *, is_news: bool, by: Viewer) -> None:
    """What later reports told of this one goes with it into its case, whether that was there before (`is_news`) or
    begins with it. Internal to this room."""
    links = ReportLink.objects.filter(earlier_id=report.id).exclude(repeat=Repeat.NEW_EVENT)
    stands = set(
        Review.objects.filter(id__in=links.values("review_id"), state=ReviewState.APPROVED).values_list("id", flat=True)
    )
    for link in links.order_by("recorded_at", "id"):
        if link.review_id is None or link.review_id in stands:
            received_at = Matter.objects.values_list("opened_at", flat=True).get(id=link.report_id)
            _join(case_id, link.report_id, link, at=received_at, by=by, is_news=is_news)


def _join(
    case_id: UUID, report_id: UUID, link: ReportLink, *, at: datetime, by: Viewer, is_news: bool = True
) -> None:  # fmt: skip
    if Matter.objects.filter(id=case_id).exclude(arose_from_id=report_id).exists():
        join_report(case_id=case_id, report_id=report_id, as_what=AS_WHAT[Repeat(link.repeat)], at=at, by=by,
                    is_news=is_news)  # fmt: skip


def _run_on_the_first_clock(report: Report, link: ReportLink, *, by: Viewer, at: datetime) -> None:
    """No clock of its own: its pairs are looked after with the first report; new facts ask for grading again there."""
    county = county_of(report)
    for pair in pairs(by, report.id):
        if not pair.is_settled:
            write_decision(report, pair, what=What.VALIDITY, outcome=VALIDITY[Repeat(link.repeat)],
                           about_id=link.earlier_id, reason=link.reason, by=by, at=at)  # fmt: skip
    own = rules.discharged_by(events.REPORT_GRADED, at, county) | frozenset(rules.duties_of_casework(at, county))
    carry_duties(from_id=report.id, to_id=None, rule_ids=own, because="report.same_event", at=at, by=by)
    if link.repeat == Repeat.SAME_NEW_FACTS:
        _grade_again(report, link, county, by=by)
    conclude(report, by=by, at=at)


def _stand_by_itself_again(report: Report, link: ReportLink, *, by: Viewer, at: datetime) -> None:
    """What had been taken for the same event is not: its people are decided for themselves, on its own clock."""
    joined = [pair for pair in pairs(by, report.id) if pair.is_joined]
    for pair in joined:
        write_decision(report, pair, what=What.VALIDITY, outcome="valid", about_id=link.earlier_id, reason=link.reason,
                       by=by, at=at)  # fmt: skip
    if joined and report.was_decided:
        Report.objects.filter(id=report.id).update(was_decided=False)
        report.was_decided = False
    for kind in dict.fromkeys(pair.kind for pair in joined):
        facts = facts_of(report, kind, county_of(report), now=clock.now())
        happened(matter_id=report.id, event=events.REPORT_RECEIVED, at=report.received_at, by=by, facts=facts)


def _grade_again(report: Report, link: ReportLink, county: str, *, by: Viewer) -> None:
    first = Report.objects.filter(id=link.earlier_id).first()
    if first is None or first.was_decided:  # its cases are told, and grade anew themselves
        return
    if not Matter.objects.filter(id=link.earlier_id, ended_at__isnull=True).exists():
        return
    for kind in first.kinds:
        facts = facts_of(first, kind, county, now=clock.now())
        happened(matter_id=first.id, event=events.REPORT_RECEIVED, at=first.received_at, by=by, facts=facts)
