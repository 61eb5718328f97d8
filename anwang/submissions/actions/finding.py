"""A submission, locked, in a state in which something may be done."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.foundation.errors import Conflict, NotFound, Refused
from anwang.submissions.models import Submission
from anwang.submissions.states import SubmissionState


def locked(submission_id: UUID, *states: SubmissionState) -> Submission:
    """The submission, locked until the transaction ends. Conflict when it stands otherwise meanwhile."""
    found = Submission.objects.select_for_update(of=("self",)).select_related("call").filter(id=submission_id).first()
    if found is None:
        raise NotFound(_("查無這件提報。"))
    if states and found.state not in states:
        said = SubmissionState(found.state).label
        raise Conflict(_("這件提報現在是「%(state)s」，不能這樣做。") % {"state": said})
    return found


def move(submission: Submission, to: SubmissionState, **changed: object) -> None:
    """Write the next state with what changes beside it."""
    Submission.objects.filter(id=submission.id).update(state=to, **changed)
    submission.state = to


def refuse_unless(allowed: bool, words: str) -> None:
    """Refused with this sentence unless allowed."""
    if not allowed:
        raise Refused(words)


def known(ids: Collection[UUID], among: Collection[UUID]) -> bool:
    """Whether each id is among those known."""
    return set(ids) <= set(among)
