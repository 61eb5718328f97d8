"""What a county writes, asks for and sends; the receipt; a county off the system by proxy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access import steering
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.numbers import new_number
from anwang.foundation.uuid7 import uuid7
from anwang.funding.actions.granting import MOST
from anwang.matters.actions import happened, open_matter
from anwang.matters.holder import Holder
from anwang.matters.promises import keep
from anwang.matters.states import MatterKind
from anwang.submissions import events, rules, standing
from anwang.submissions.models import Call, CallLine, CallPart, Document, Filled, Item, Receipt, Submission
from anwang.submissions.states import OWED, How, SubmissionState, What

from .finding import locked, move

MOST_POSTS = 10_000
RECEIPT = "R"
"""The letter of receipt numbers."""


@dataclass(frozen=True, kw_only=True)
class ProxyGiven:
    """How a county's submission reached the ministry: by letter or telephone, which, and when."""

    how: str
    paper: str
    received_at: datetime


@transaction.atomic
def fill_part(*, submission_id: UUID, part_id: UUID, words: str, attached: str, by: Viewer) -> Filled | None:
    """What stands in a part; both empty takes it out again. A draft until it is sent."""
    submission = writable(submission_id, by)
    if not CallPart.objects.filter(id=part_id, call_id=submission.call_id).exists():
        raise NotFound(_("這次提報沒有這一項。"))
    words, attached = words.strip(), attached.strip()
    mine = Filled.objects.filter(submission=submission, part_id=part_id)
    if not words and not attached:
        mine.delete()
        return None
    now = clock.now()
    if not mine.update(words=words, attached=attached, by=by.worker_id, recorded_at=now):
        Filled(
            id=uuid7(), submission=submission, part_id=part_id, words=words, attached=attached, by=by.worker_id,
            recorded_at=now,
        ).save(force_insert=True)  # fmt: skip
    return mine.get()


@transaction.atomic
def ask_for(*, submission_id: UUID, asked: int, by: Viewer, line_id: UUID | None = None, post: str = "") -> Item | None:
    """申請 so many dollars on a line of the call, or so many posts more or fewer; 0 takes it out again."""
    submission = writable(submission_id, by)
    if (line_id is None) == (not post):
        raise BadInput(_("請選一個補助項目，或一種職務。"), field="what")
    if line_id is not None:
        if not CallLine.objects.filter(call_id=submission.call_id, line_id=line_id).exists():
            raise NotFound(_("這次提報沒有這個補助項目。"))
        if not 0 <= asked <= MOST:
            raise BadInput(_("請填整數金額，例如12,345元。"), field="asked")
    elif rules.code(rules.POST, post, clock.today()) is None or abs(asked) > MOST_POSTS:
        raise BadInput(_("請從清單選職務，填增減幾名。"), field="asked")
    mine = Item.objects.filter(submission=submission, line_id=line_id, post=post)
    if not asked:
        mine.delete()
        return None
    if not mine.update(asked=asked):
        what = What.MONEY if line_id else What.POST
        Item(id=uuid7(), submission=submission, what=what, line_id=line_id, post=post, asked=asked).save(
            force_insert=True
        )
    return mine.get()


@transaction.atomic
def send(*, submission_id: UUID, by: Viewer) -> Receipt:
    """送出: from now on it is the ministry's to look at. Late is late, never refused; the receipt says so."""
    submission = writable(submission_id, by)
    given = Document.objects.filter(submission=submission, taken_back_at=None)
    if not given.exists() and not Filled.objects.filter(submission=submission).exists():
        raise BadInput(_("還沒有寫任何一項。請至少寫一項再送出。"), field="parts")
    return _receive(submission, ProxyGiven(how=How.SYSTEM, paper="", received_at=clock.now()), by)


@transaction.atomic
def send_by_proxy(*, submission_id: UUID, given: ProxyGiven, by: Viewer) -> Receipt:
    """代登 for a county that has nobody on the system: when it really came in, and by which letter or call."""
    submission = locked(submission_id, *OWED)
    standing.may_proxy(by, submission.county).enforce()
    if given.how not in (How.LETTER, How.PHONE) or not given.paper.strip():
        raise BadInput(_("請選怎麼收到的，並填公文文號或來電的人。"), field="paper")
    if given.received_at > clock.now() or clock.local(given.received_at) < clock.local(
        Call.objects.get(id=submission.call_id).published_at or clock.now()
    ):
        raise BadInput(_("收到的時間要在通知之後、現在以前。"), field="received_at")
    return _receive(submission, given, by)


def writable(submission_id: UUID, by: Viewer) -> Submission:
    """A submission that may still be written, by its county or, for one off the system, by the ministry."""
    submission = locked(submission_id, *OWED)
    if steering.standing(by).is_ministry:
        standing.may_proxy(by, submission.county).enforce()
    else:
        standing.may_write(by, submission.county).enforce()
    return submission


def _receive(submission: Submission, given: ProxyGiven, by: Viewer) -> Receipt:
    at = given.received_at
    receipt = Receipt(
        id=uuid7(), submission=submission, number=new_number(RECEIPT, clock.local(at).year - 1911),
        round=Receipt.objects.filter(submission=submission).count() + 1, due_on=submission.due_on, received_at=at,
        how=given.how, paper=given.paper.strip(), by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    receipt.save(force_insert=True)
    happened(matter_id=submission.id, event=events.SENT, at=at, by=by)
    if submission.task_id is None:
        submission.task_id = _task(submission, at, by)
    else:
        happened(matter_id=submission.task_id, event=events.RECEIVED, at=at, by=by)
    move(submission, SubmissionState.SENT, task_id=submission.task_id, sent_by=by.worker_id)
    record("submission.received", by=by, at=at, matter_id=submission.id, subject_id=receipt.id, round=receipt.round)
    keep()
    return receipt


def _task(submission: Submission, at: datetime, by: Viewer) -> UUID:
    """The ministry's own matter: whoever drafted the call looks at what comes in."""
    call = submission.call
    return open_matter(
        kind=MatterKind.SUBMISSION, sort="review", county=standing_county(call), accountable_id=call.unit_id,
        acting=Holder(call.unit_id, call.drafted_by), opened_at=at, event=events.RECEIVED, facts={}, by=by,
        arose_from=submission.id,
    ).id  # fmt: skip


def standing_county(call: Call) -> str:
    """The jurisdiction of the unit that called."""
    return call.unit.jurisdiction_id
