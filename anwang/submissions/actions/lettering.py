"""核定函: what was decided goes out under a number, and becomes grants and posts. Posts change by letter alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Jurisdiction
from anwang.documents.actions import register_paper
from anwang.documents.models import Paper
from anwang.documents.states import Direction, PaperKind, Secrecy
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.funding.actions import Granted, give_grant
from anwang.funding.states import Premises
from anwang.matters.actions import end_matter, happened
from anwang.matters.promises import keep
from anwang.submissions import events, posts, rules, standing
from anwang.submissions.models import Item, Letter, PostChange, Submission
from anwang.submissions.states import SubmissionState, What

from .finding import locked, move


@dataclass(frozen=True, kw_only=True)
class LetterGiven:
    """The letter: its number and day, words beside the figures, and from which day posts change."""

    number: str
    dated_on: date
    words: str = ""
    posts_from_on: date | None = None


@transaction.atomic
def write_letter(*, submission_id: UUID, given: LetterGiven, by: Viewer) -> Letter:
    """發核定函. Its money becomes grants of the call's year, its posts change from their day; both matters end."""
    standing.may_call(by).enforce()
    submission = locked(submission_id, SubmissionState.DECIDED)
    task_id = submission.task_id
    assert task_id is not None
    items = list(Item.objects.filter(submission=submission).select_related("line"))
    has_posts = any(one.what == What.POST and one.granted for one in items)
    _check(given, has_posts, by)
    letter = Letter(
        id=uuid7(), submission=submission, number=given.number.strip(), dated_on=given.dated_on,
        words=given.words.strip(), posts_from_on=given.posts_from_on if has_posts else None,
        paper=_enter(submission, task_id, given, by), by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    letter.save(force_insert=True)
    for item in items:
        _carry_out(submission, item, letter, by)
    at = clock.now()
    happened(matter_id=task_id, event=events.LETTERED, at=at, by=by)
    move(submission, SubmissionState.LETTERED)
    record("submission.lettered", by=by, at=at, matter_id=submission.id, subject_id=letter.id)
    end_matter(matter_id=task_id, how="lettered", at=at, by=by)
    end_matter(matter_id=submission.id, how="lettered", at=at, by=by)
    keep()
    return letter


@transaction.atomic
def change_posts(
    *, county: str, kind: str, change: int, from_on: date, letter: str, dated_on: date, because: str, by: Viewer,
    submission_id: UUID | None = None,
) -> PostChange:  # fmt: skip
    """員額調整: so many more or fewer, from a day, by which letter and why. Refused below none on any day."""
    standing.may_call(by).enforce()
    if not Jurisdiction.objects.filter(code=county).exists():
        raise BadInput(_("請選縣市。"), field="county")
    if rules.code(rules.POST, kind, clock.today()) is None or not change:
        raise BadInput(_("請從清單選職務，填增減幾名。"), field="change")
    if not letter.strip() or not because.strip():
        raise BadInput(_("員額只能以函調整。請填文號和事由。"), field="letter")
    if dated_on > clock.today():
        raise BadInput(_("發文日期不能在未來。"), field="dated_on")
    posts.lock(county, kind)
    if posts.least_after(county, kind, change, from_on) < 0:
        raise Refused(_("核定員額會變成負數。請先核對現有員額。"))
    row = PostChange(
        id=uuid7(), county=county, kind=kind, change=change, from_on=from_on, letter=letter.strip(),
        dated_on=dated_on, because=because.strip(), submission_id=submission_id, by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    record("submission.posts_changed", by=by, at=clock.now(), subject_id=row.id, county=county, change=change)
    keep()
    return row


@transaction.atomic
def note_printed(*, submission_id: UUID, form: str, by: Viewer) -> None:
    """The letter was made a file; whoever may see the submission may."""
    standing.may_see(by).enforce()
    record("submission.printed", by=by, matter_id=submission_id, form=form)


def _check(given: LetterGiven, has_posts: bool, by: Viewer) -> None:
    if not given.number.strip():
        raise BadInput(_("請填核定函的文號。"), field="number")
    number, out = given.number.strip(), Direction.OUT
    if (
        Letter.objects.filter(number=number).exists()
        or Paper.objects.filter(unit_id__in=by.units, direction=out, number=number).exists()
    ):
        raise Conflict(_("這個文號已經用過。請再核對。"))
    if given.dated_on > clock.today():
        raise BadInput(_("發文日期不能在未來。"), field="dated_on")
    if has_posts and given.posts_from_on is None:
        raise BadInput(_("有調整員額，請填從哪一天起。"), field="posts_from_on")


def _enter(submission: Submission, task_id: UUID, given: LetterGiven, by: Viewer) -> Paper:
    """The letter in the register of papers, on the ministry's own matter, to the county's unit."""
    return register_paper(
        direction=Direction.OUT, kind=PaperKind.REPLY, number=given.number, dated_on=given.dated_on,
        subject=f"核定「{submission.call.title}」提報", matter_id=task_id,
        other_unit_id=submission.unit_id, secrecy=Secrecy.PLAIN, by=by, at=clock.now(),
    )  # fmt: skip


def _carry_out(submission: Submission, item: Item, letter: Letter, by: Viewer) -> None:
    """A grant for the money of an item, or a change of posts; nothing for what was not granted."""
    if not item.granted:
        return
    if item.what == What.MONEY:
        assert item.line is not None
        premises = Premises.UNKNOWN if item.line.halves_without_premises else Premises.NOT_ASKED
        granted = Granted(
            line_id=item.line.id, county=submission.county, year=submission.call.year, what=submission.call.title,
            letter=letter.number, dated_on=letter.dated_on, total=item.granted, premises=premises,
            arose_from=submission.id,
        )  # fmt: skip
        give_grant(given=granted, by=by)
        return
    assert letter.posts_from_on is not None
    change_posts(
        county=submission.county, kind=item.post, change=item.granted, from_on=letter.posts_from_on,
        letter=letter.number, dated_on=letter.dated_on, because=submission.call.title, by=by,
        submission_id=submission.id,
    )  # fmt: skip
