"""回覆通報人: a class and nothing else, to whoever had to report, never more than receipt to who may be a party."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.documents.actions import register_paper
from anwang.documents.states import Direction, PaperKind
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict
from anwang.foundation.uuid7 import uuid7
from anwang.intake import events, policies, rules
from anwang.intake.models import ReceivedKey, Reply, Report
from anwang.intake.states import ReplyWay
from anwang.matters.actions import happened
from anwang.matters.promises import keep, lock

from .concluding import conclude, conclude_fetched, is_open
from .facts import county_of
from .parties import may_be_told

OUR_FORMS = ("form", "public", "roster")
"""Senders that are forms and lists of our own: no system waits for an answer there."""
UNCONFIRMED = gettext_lazy("還沒確認是通報人本人，只能說「已受理」。先打他單位的總機。")
NO_MORE = gettext_lazy("這位通報人只能說已受理。")
"""One sentence whatever stands against it: who answers may not see who reported, and does not learn it here."""
FETCH_SQL = "SELECT reply, is_first FROM intake_fetch_reply(%s, %s)"


@dataclass(frozen=True)
class Letter:
    """The paper a reply goes out on: 文號, its date, the office it goes to."""

    number: str
    dated_on: date
    to: str


@transaction.atomic
def answer_reporter(
    *, report_id: UUID, reply_class: str, by: Viewer, at: datetime, way: str = ReplyWay.PHONE, confirmed: str = "no",
    letter: Letter | None = None,
) -> Reply:  # fmt: skip
    """Answer whoever reported with one class of `report.reply_class`, by phone, by letter, or for his system to fetch.

    Anything but 已受理 needs that he had to report, is surely none of those the report is about, and is confirmed to
    be himself (`reply.told`). By phone or letter it is answered at once; by system when that fetches it.
    """
    lock(report_id)
    policies.may_answer(by, report_id).enforce()
    report = Report.objects.get(id=report_id)
    _check(report, reply_class, way, confirmed, letter, at, by)
    paper_id = _paper(report_id, reply_class, letter, by, at) if letter else None
    sent_at = None if way == ReplyWay.SYSTEM else at
    reply = Reply(
        id=uuid7(), report_id=report_id, reply_class=reply_class, way=way, confirmed=confirmed, paper_id=paper_id,
        ready_at=at, sent_at=sent_at, recorded_at=clock.now(), by=by.worker_id,
    )  # fmt: skip
    reply.save(force_insert=True)
    record("report.reply_ready" if sent_at is None else "report.answered", by=by, at=at, matter_id=report_id,
           reply=reply_class, way=way, confirmed=confirmed)  # fmt: skip
    if sent_at is not None:
        Report.objects.filter(id=report_id).update(reply_class=reply_class, reply_at=at)
        happened(matter_id=report_id, event=events.REPORTER_ANSWERED, at=at, by=by)
        conclude(report, by=by, at=at)
    keep()
    return reply


@transaction.atomic
def fetch_reply(*, report_id: UUID, token: str, by: Viewer, at: datetime) -> str:
    """The class that waits for the system which sent this report, for that system (a service); empty when none does.

    Fetched the first time, the reporter is answered as by telephone: recorded with the prefix of the `token` it was
    fetched with, also where the matter has ended, and the report ends when it owed nothing else. Empty too for a system
    that did not send it, and where the reporter may hear no more than receipt (by now).
    """
    with connection.cursor() as cursor:
        cursor.execute(FETCH_SQL, [report_id, at])
        reply, is_first = cursor.fetchone()
    if is_first:
        record("report.answered", by=by, at=at, matter_id=report_id, reply=reply, way=ReplyWay.SYSTEM, token=token)
        if is_open(report_id):
            matter = lock(report_id)
            happened(matter_id=report_id, event=events.REPORTER_ANSWERED, at=at, by=by)
            conclude_fetched(matter, by=by, at=at)
        keep()
    return reply or ""


def words_of(reply_class: str, at: datetime, county: str) -> str:
    """All that is ever said or written to a reporter: the class. In Chinese, as letters are."""
    label = next(one.label.zh for one in rules.codes("report.reply_class", at, county) if one.code == reply_class)
    with override("zh-hant"):
        return _("你通報的事：%(class)s。依法只能說到這裡。") % {"class": label}


def _check(
    report: Report, reply_class: str, way: str, confirmed: str, letter: Letter | None, at: datetime, by: Viewer
) -> None:
    county = county_of(report)
    if not rules.is_code("report.reply_class", reply_class, at, county):
        raise BadInput(_("請選要回覆的類別。"), field="reply_class")
    if way not in ReplyWay.values:
        raise BadInput(_("請選怎麼回覆。"), field="way")
    if not rules.is_code("report.reporter_confirmed", confirmed, at, county):
        raise BadInput(_("請選怎麼確認是通報人本人。"), field="confirmed")
    if (way == ReplyWay.LETTER) != (letter is not None):
        raise BadInput(_("公文回覆請填文號、日期與受文單位。"), field="paper_number")
    if way == ReplyWay.SYSTEM:
        _check_system(report.id)
    if rules.mark("report.reply_class", reply_class, "to_a_party", at, county) in ("yes", True):
        return
    told = may_be_told(report, confirmed=confirmed, at=at, county=county)
    if not told.is_class:
        # Before he is confirmed all are refused alike: else whoever may not see him could try names without a trace.
        sure = rules.mark("report.reporter_confirmed", confirmed, "sure", at, county) in ("yes", True)
        raise BadInput(str(NO_MORE if sure else UNCONFIRMED), field="reply_class")


def _check_system(report_id: UUID) -> None:
    if not ReceivedKey.objects.filter(report_id=report_id).exclude(sender__in=OUR_FORMS).exists():
        raise BadInput(_("這件不是從系統來的，請用電話或公文回覆。"), field="way")
    if Reply.objects.filter(report_id=report_id, sent_at__isnull=True).exists():
        raise Conflict(_("已經有一則回覆在等對方系統取走。"))


def _paper(report_id: UUID, reply_class: str, letter: Letter, by: Viewer, at: datetime) -> UUID:
    words = words_of(reply_class, at, by.county)
    paper = register_paper(
        direction=Direction.OUT, kind=PaperKind.REPLY, number=letter.number, dated_on=letter.dated_on, subject=words,
        matter_id=report_id, other_name=letter.to, by=by, at=at,
    )  # fmt: skip
    return paper.id
