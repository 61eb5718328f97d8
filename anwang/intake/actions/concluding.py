"""When every pair stands decided: the report is decided, the reporter is owed an answer, and the report ends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.intake import events, policies, rules
from anwang.intake.models import Report, ReportSupplement
from anwang.intake.queries.standing import Pair, pairs
from anwang.intake.states import What
from anwang.matters.actions import end_matter, happened
from anwang.matters.actions.dispatching import carry_duties
from anwang.matters.models import Duty, Matter, Offer, Review
from anwang.matters.promises import keep, lock
from anwang.matters.states import DutyState, MatterKind
from anwang.systems.events import REPORT_CLOSED, REPORT_DECIDED

from .facts import county_of, facts_of
from .parties import is_party
from .telling_senders import tell_sender
from .witnesses import hand_on_witnesses

SETTLED_SQL = "SELECT intake_settled(%s)"
EARLIER_SQL = "SELECT id, opened, decided, joined FROM intake_earlier(%s, %s)"


def conclude(report: Report, *, by: Viewer, at: datetime) -> bool:
    """After each act: tell the rulebook once when all pairs stand, and end the report when nothing is owed any more.

    Internal to this room: callers hold the lock. Returns whether the report ended.
    """
    if not is_open(report.id):
        return True
    found = pairs(by, report.id)
    if not found or not all(pair.is_settled for pair in found) or _kind_without_anybody(report, found):
        return False
    if not report.was_decided:
        hand_on_witnesses(report, by=by, at=at)
        Report.objects.filter(id=report.id).update(was_decided=True)
        report.was_decided = True
        _tell_decided(report, found, by=by, at=at)
        tell_sender(report.id, REPORT_DECIDED, county=county_of(report), by=by, at=at)
    if _something_owed(report.id):
        return False
    end_matter(matter_id=report.id, how=_how(found), at=at, by=by)
    tell_sender(report.id, REPORT_CLOSED, county=county_of(report), by=by, at=at)
    return True


def conclude_fetched(matter: Matter, *, by: Viewer, at: datetime) -> bool:
    """After the sending system fetched its reply: end the report when that was the last thing owed.

    The system may read nothing of the report; a definer function says whether all pairs stand, and nothing more.
    Internal to this room: callers hold the lock. Returns whether the report ended.
    """
    with connection.cursor() as cursor:
        cursor.execute(SETTLED_SQL, [matter.id])
        (how,) = cursor.fetchone()
    if how is None or _something_owed(matter.id):
        return False
    end_matter(matter_id=matter.id, how=how, at=at, by=by)
    tell_sender(matter.id, REPORT_CLOSED, county=matter.county, by=by, at=at)
    return True


def _tell_decided(report: Report, found: tuple[Pair, ...], *, by: Viewer, at: datetime) -> None:
    county = county_of(report)
    how = _how(found)
    facts = facts_of(report, found[0].kind, county, now=clock.now()) | {"outcome": how, "second_look": None}
    facts["reporter_is_party"] = "yes" if is_party(report, at, county) else "no"
    happened(matter_id=report.id, event=events.REPORT_DECIDED, at=at, by=by, facts=facts)
    if how == "dispatched":
        happened(matter_id=report.id, event=events.REPORT_DISPATCHED, at=at, by=by, facts=facts | {"assigned_at": at})
    elif how == "not_opened":
        edge = "yes" if is_edge_family(report, county) else "no"
        reason = next(
            (pair.decisions[What.NOT_OPEN].reason_code for pair in found if What.NOT_OPEN in pair.decisions), ""
        )
        facts |= {"edge_family": edge, "reason": reason}
        happened(matter_id=report.id, event=events.REPORT_NOT_OPENED, at=at, by=by, facts=facts)
    left = frozenset(rules.duties_of_casework(at, county))
    if not any(pair.owes_grade for pair in found):
        left |= rules.discharged_by(events.REPORT_GRADED, at, county)
    carry_duties(from_id=report.id, to_id=None, rule_ids=left, because=events.REPORT_DECIDED, at=at, by=by,
                 subject_ids=[pair.person_id for pair in found])  # fmt: skip


def _kind_without_anybody(report: Report, found: tuple[Pair, ...]) -> bool:
    """A kind that was reported and as which nobody is looked at yet; none where another report looks after it all."""
    return _how(found) != "joined" and not set(report.kinds) <= {pair.kind for pair in found}


def _how(found: tuple[Pair, ...]) -> str:
    if any(What.DISPATCH in pair.decisions for pair in found):
        return "dispatched"
    return "not_opened" if any(What.NOT_OPEN in pair.decisions for pair in found) else "joined"


def _something_owed(report_id: UUID) -> bool:
    return (
        Duty.objects.filter(matter_id=report_id, state=DutyState.OPEN, is_auto=False).exists()
        or Review.objects.filter(submitted_of=report_id).exists()
        or Offer.objects.filter(pending_of=report_id).exists()
    )


def is_edge_family(report: Report, county: str) -> bool:
    """邊緣性家庭: reported so often, never opened. Counts this report too, and no repeat twice."""
    earlier = _earlier(report, datetime.fromtimestamp(0, clock.TAIPEI))
    never = [row for row in earlier if not row[1] and row[2] and not row[3]]
    opened = any(row[1] for row in earlier)
    return not opened and len(never) + 1 >= rules.whole("edge_family.reports", report.received_at, county)


def look_again(report: Report, *, by: Viewer) -> bool:
    """再檢視: when the reports of the window reach the county's number, a second look is owed. Once per report."""
    county = county_of(report)
    at = report.received_at
    since = rules.before("second_look.window", at, county)
    count = 1 + sum(1 for row in _earlier(report, since))
    if not is_often_reported(count, report, county):
        return False
    if Duty.objects.filter(matter_id=report.id, rule_id="report.second_look").exists():
        return True
    happened(matter_id=report.id, event=events.SECOND_LOOK_TRIGGERED, at=clock.now(), by=by,
             facts={"reports_in_window": count, "county": county})  # fmt: skip
    return True


def is_often_reported(count: int, report: Report, county: str) -> bool:
    """Whether so many reports within the window, this one among them, ask for a second look."""
    return count >= rules.whole("second_look.reports", report.received_at, county)


def _earlier(report: Report, since: datetime) -> list[tuple[UUID, bool, bool, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(EARLIER_SQL, [report.id, since])
        return cursor.fetchall()


@transaction.atomic
def take_second_look(*, report_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """The supervisor looked at all reports together and says what follows."""
    matter = lock(report_id)
    policies.may_take_second_look(by, report_id).enforce()
    if not words.strip():
        raise BadInput(_("請寫再檢視的結論：看了哪些、接下來怎麼做。"), field="words")
    report = Report.objects.get(id=report_id)
    happened(matter_id=matter.id, event=events.SECOND_LOOK_DONE, at=at, by=by)
    add_supplement(report_id, words, at=at, by=by)
    record("report.second_look", by=by, at=at, matter_id=report_id)
    conclude(report, by=by, at=at)
    keep()


def add_supplement(report_id: UUID, text: str, *, at: datetime, by: Viewer) -> None:
    """One more text about a report; what was said first stays as it was."""
    ReportSupplement(
        report_id=report_id, text=text.strip(), at=at, recorded_at=clock.now(), by=by.worker_id
    ).save(force_insert=True)  # fmt: skip


@transaction.atomic
def tell(*, report_id: UUID, notice: str, to: str, number: str = "", by: Viewer, at: datetime) -> None:
    """A notice the law asks for was given (police and prosecutor, court, school…): to whom, under which number."""
    lock(report_id)
    policies.may_read(by, report_id).enforce()
    if not rules.is_code("notice.kind", notice, at, by.county) or not to.strip():
        raise BadInput(_("請選通知對象，並填通知了誰。"), field="notice")
    happened(matter_id=report_id, event=events.NOTICE_SENT, at=at, by=by, facts={"notice": notice, "number": number})
    add_supplement(report_id, f"{to.strip()} {number}".strip(), at=at, by=by)
    record("notice.sent", by=by, at=at, matter_id=report_id, notice=notice, number=number)
    conclude(Report.objects.get(id=report_id), by=by, at=at)
    keep()


@transaction.atomic
def end_when_nothing_is_owed(*, duty_id: UUID, by: Viewer, at: datetime) -> bool:
    """After a step was done or excused away from the report's own page: a decided report that owes nothing ends.

    Steps of anything but a report are left alone. Returns whether the report is ended.
    """
    matter_id = Duty.objects.values_list("matter_id", flat=True).get(id=duty_id)
    if not Matter.objects.filter(id=matter_id, kind=MatterKind.REPORT, ended_at__isnull=True).exists():
        return False
    lock(matter_id)
    report = Report.objects.filter(id=matter_id, was_decided=True).first()
    ended = report is not None and conclude(report, by=by, at=at)
    keep()
    return ended


def is_open(report_id: UUID) -> bool:
    """Whether the report's matter is still open."""
    return Matter.objects.filter(id=report_id, ended_at__isnull=True).exists()
