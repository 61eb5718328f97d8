"""The number of centres changes: posts are asked for and decided, with the arithmetic of the rule kept beside both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.conferences.rules import is_past, last_day_at
from anwang.deployment import events, policies, rules
from anwang.deployment.models import PostsRequest
from anwang.deployment.standing import holder_of
from anwang.deployment.states import POSTS_TRANSITIONS, PostsState
from anwang.directory.models import Unit
from anwang.directory.states import UnitKind
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.matters.actions import end_matter, happened, open_matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind
from anwang.submissions.actions import change_posts
from anwang.submissions.models import PostChange
from anwang.submissions.posts import lock as lock_posts
from anwang.submissions.queries import approved_posts


@dataclass(frozen=True, kw_only=True)
class PostsAsked:
    """What a county asks. The total need not stay: then the reason must say where the other posts come from."""

    county: str
    kind: str
    year: int
    decides_id: UUID | None
    centres_before: int
    centres_after: int
    supervisors_before: int
    workers_before: int
    supervisors: int
    workers: int
    because: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class PostsDecided:
    """What the ministry decided, by which letter and why; unless all stays, the letter's day and from when it holds."""

    state: str
    supervisors: int
    workers: int
    letter: str
    answer: str
    dated_on: date | None = None
    from_on: date | None = None


@transaction.atomic
def ask_posts(*, asked: PostsAsked, by: Viewer, at: datetime) -> PostsRequest:
    """重新配置人力: the ministry's unit has to decide by a day; the rule's own arithmetic is kept with the request."""
    policies.may_ask_posts(by, asked.county).enforce()
    _check(asked, at)
    total = asked.supervisors_before + asked.workers_before
    ruled = rules.posts(asked.centres_after, total, clock.local(at).date(), asked.county)
    if ruled is None or ruled.workers < 0:
        raise BadInput(_("原有人力不夠每個中心的督導。請先核對中心數和人數。"), field="centres_after")
    unit = Unit.objects.get(id=asked.decides_id)
    matter = open_matter(
        kind=MatterKind.STEERING, county=unit.jurisdiction_id, accountable_id=unit.id,
        acting=holder_of(unit.id, by=by), opened_at=at, event=events.POSTS_ASKED,
        facts={"last_day_at": last_day_at(asked.due_on), "owed": events.OWED}, by=by, sort=events.OWED,
    )  # fmt: skip
    request = PostsRequest(
        id=matter.id, county_id=asked.county, kind=asked.kind, year=asked.year, unit_id=by.unit_id, decides=unit,
        centres_before=asked.centres_before, centres_after=asked.centres_after,
        supervisors_before=asked.supervisors_before, workers_before=asked.workers_before,
        supervisors_asked=asked.supervisors, workers_asked=asked.workers, supervisors_by_rule=ruled.supervisors,
        workers_by_rule=ruled.workers, rule_from=ruled.since, because=asked.because.strip(), due_on=asked.due_on,
        asked_at=at, by=by.worker_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("這一年的人力配置已經在等中央決定。")) from error
    record("posts.asked", by=by, at=at, matter_id=matter.id, subject_id=request.id, county=asked.county)
    keep()
    return request


@transaction.atomic
def decide_posts(*, request_id: UUID, decided: PostsDecided, by: Viewer, at: datetime) -> PostsRequest:
    """The ministry grants, decides otherwise or keeps what was, by a letter and with a reason.

    What it decides are the approved posts from the day of the letter on: nobody enters them a second time.
    """
    request = PostsRequest.objects.select_for_update(of=("self",)).filter(id=request_id).first()
    if request is None:
        raise NotFound(_("查無這件人力配置。"))
    policies.may_decide_posts(by, request).enforce()
    if decided.state not in POSTS_TRANSITIONS.get(PostsState(request.state), set()):
        raise Conflict(_("這件人力配置已經決定了。"))
    given = (decided.supervisors, decided.workers)
    if decided.state == PostsState.GRANTED and given != (request.supervisors_asked, request.workers_asked):
        raise BadInput(_("和縣市提的不一樣。要另定請選另定配置。"), field="state")
    if decided.state == PostsState.KEPT and given != (request.supervisors_before, request.workers_before):
        raise BadInput(_("和原配置不一樣。要另定請選另定配置。"), field="state")
    if not decided.letter.strip():
        raise BadInput(_("請填核定函的文號。"), field="letter")
    if not decided.answer.strip():
        raise BadInput(_("請寫決定的理由。"), field="answer")
    lock(request.id)
    changed = _carried(request, decided, by) if decided.state != PostsState.KEPT else {}
    PostsRequest.objects.filter(id=request.id).update(
        state=decided.state, supervisors=decided.supervisors, workers=decided.workers, letter=decided.letter.strip(),
        answer=decided.answer.strip(), decided_at=at, decided_by=by.worker_id, **changed,
    )  # fmt: skip
    happened(matter_id=request.id, event=events.POSTS_DECIDED, at=at, by=by, facts={})
    end_matter(matter_id=request.id, how=decided.state, at=at, by=by)
    record("posts.decided", by=by, at=at, matter_id=request.id, subject_id=request.id, state=decided.state)
    keep()
    request.refresh_from_db()
    return request


def _carried(request: PostsRequest, decided: PostsDecided, by: Viewer) -> dict[str, PostChange]:
    """The changes that make the approved posts what was decided; none where they stand there already."""
    if decided.dated_on is None:
        raise BadInput(_("請填核定函的發文日期。"), field="dated_on")
    if decided.from_on is None:
        raise BadInput(_("請填新的員額從哪一天起。"), field="from_on")
    kinds = rules.post_kinds(request.kind, decided.from_on)
    for kind in kinds:
        lock_posts(request.county_id, kind)
    approved = approved_posts(by, decided.from_on, request.county_id)
    changed = {}
    for name, kind in zip(("supervisors", "workers"), kinds, strict=True):
        change = getattr(decided, name) - approved.get((request.county_id, kind), 0)
        if change:
            changed[f"{name}_change"] = change_posts(
                county=request.county_id, kind=kind, change=change, from_on=decided.from_on, letter=decided.letter,
                dated_on=decided.dated_on, because=_("中心數改變，重新配置人力"), by=by,
            )  # fmt: skip
    return changed


def _check(asked: PostsAsked, at: datetime) -> None:
    if not rules.has_posts(asked.kind, clock.local(at).date()):
        raise BadInput(_("這一種不按處數配置人力。"), field="kind")
    if asked.centres_before == asked.centres_after:
        raise BadInput(_("中心數沒有變，不用重新配置。"), field="centres_after")
    if not Unit.objects.filter(id=asked.decides_id, kind=UnitKind.MINISTRY, closed_on=None).exists():
        raise BadInput(_("請選中央的受理單位。"), field="decides_id")
    if not asked.because.strip():
        raise BadInput(_("請寫為什麼這樣配置。"), field="because")
    if is_past(asked.due_on, at):
        raise BadInput(_("期限不能早於今天。"), field="due_on")
