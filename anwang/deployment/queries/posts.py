"""Requests for posts with their arithmetic in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from anwang.access.steering import standing
from anwang.access.viewer import Viewer
from anwang.deployment import rules
from anwang.deployment.models import PostsRequest
from anwang.deployment.states import PostsState
from anwang.directory.models import Unit
from anwang.directory.queries import Called
from anwang.directory.states import UnitKind
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.submissions.queries import approved_posts
from anwang.submissions.rules import POST, label


@dataclass(frozen=True)
class PostsLine:
    """A request in a list."""

    id: UUID
    county: str
    year: int
    centres: tuple[int, int]
    state: str
    state_words: str
    due_on: date
    is_late: bool


@dataclass(frozen=True)
class CarriedLine:
    """Approved posts that the decision changed: which, by how many, from when."""

    kind: str
    change: int
    since: date

    @property
    def fewer(self) -> int:
        return -self.change


@dataclass(frozen=True)
class PostsPage:
    """A request with what was, what is asked, what the rule says and what was decided; each with its own sum."""

    id: UUID
    county: str
    kind: str
    year: int
    unit: str
    decides: str
    because: str
    due_on: date
    state: str
    state_words: str
    arithmetic: tuple[tuple[str, int, int, int], ...]
    """(whose, supervisors, workers, their sum)."""
    remarks: tuple[str, ...]
    rule_id: str
    rule_from: date
    centres: tuple[int, int]
    before: tuple[int, int]
    asked: tuple[int, int]
    letter: str
    answer: str
    may_decide: bool
    carried: tuple[CarriedLine, ...]


def ministry_units(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Units of the ministry that can be asked."""
    found = Unit.objects.filter(kind=UnitKind.MINISTRY, closed_on=None, superior__isnull=False).order_by("code")
    return list(found.values_list("id", Called()))


def posts_requests(viewer: Viewer) -> list[PostsLine]:
    """Requests the viewer may see: the ministry all, a county its own. Open ones first, then by day."""
    who, today = standing(viewer), clock.today()
    found = PostsRequest.objects.all() if who.is_ministry else PostsRequest.objects.filter(county_id=who.county or "-")
    rows = found.order_by("decided_at", "due_on").values_list(
        "id", Called("county"), "year", "centres_before", "centres_after", "state", "due_on"
    )
    return [
        PostsLine(
            id_, county, year, (before, after), state, str(PostsState(state).label), due,
            state == PostsState.ASKED and due < today,
        )
        for id_, county, year, before, after, state, due in rows[:50]
    ]  # fmt: skip


def posts_page(viewer: Viewer, request_id: UUID, lang: str = "zh") -> PostsPage:
    """One request; raises NotFound for another county's."""
    who = standing(viewer)
    found = (
        PostsRequest.objects.select_related("county", "unit", "decides", "supervisors_change", "workers_change")
        .filter(id=request_id)
        .first()
    )
    if found is None or not (who.is_ministry or found.county_id == who.county):
        raise NotFound(_("查無這件人力配置。"))
    kind = rules.kind(found.kind, clock.today())
    return PostsPage(
        found.id, found.county.called, kind.label.to(lang) if kind else found.kind, found.year, found.unit.called,
        found.decides.called, found.because, found.due_on, found.state, str(PostsState(found.state).label),
        _arithmetic(found), _remarks(found), rules.SUPERVISORS, found.rule_from,
        (found.centres_before, found.centres_after), (found.supervisors_before, found.workers_before),
        (found.supervisors_asked, found.workers_asked), found.letter, found.answer,
        found.state == PostsState.ASKED and found.decides_id in who.ministry and viewer.worker_id != found.by,
        tuple(
            CarriedLine(label(POST, one.kind), one.change, one.from_on)
            for one in (found.supervisors_change, found.workers_change) if one is not None
        ),
    )  # fmt: skip


def posts_approved(viewer: Viewer, county: str, kind: str) -> tuple[int, int] | None:
    """(supervisors, workers) approved for a county today, as letters stand; None where no letter has."""
    found = approved_posts(viewer, clock.today(), county)
    supervisors, workers = (found.get((county, one)) for one in rules.post_kinds(kind, clock.today()))
    return None if supervisors is None and workers is None else (supervisors or 0, workers or 0)


def requests_that_changed(viewer: Viewer, changes: Iterable[UUID]) -> dict[UUID, UUID]:
    """Change of approved posts → the request that was decided by it, of those the viewer may see."""
    who, wanted = standing(viewer), list(changes)
    seen = Q() if who.is_ministry else Q(county_id=who.county or "-")
    made = Q(supervisors_change__in=wanted) | Q(workers_change__in=wanted)
    rows = PostsRequest.objects.filter(seen & made).values_list("id", "supervisors_change_id", "workers_change_id")
    return {change: id_ for id_, *both in rows for change in both if change is not None}


def _arithmetic(one: PostsRequest) -> tuple[tuple[str, int, int, int], ...]:
    told = [
        (_("原來"), one.supervisors_before, one.workers_before),
        (_("縣市提出"), one.supervisors_asked, one.workers_asked),
        (_("依規則算"), one.supervisors_by_rule, one.workers_by_rule),
    ]
    if one.supervisors is not None and one.workers is not None:
        told.append((_("中央決定"), one.supervisors, one.workers))
    return tuple((whose, supervisors, workers, supervisors + workers) for whose, supervisors, workers in told)


def _remarks(one: PostsRequest) -> tuple[str, ...]:
    """What does not add up, said and left to people."""
    before, asked = one.supervisors_before + one.workers_before, one.supervisors_asked + one.workers_asked
    said = []
    if asked != before:
        numbers = {"asked": asked, "before": before, "more": abs(asked - before)}
        more = _("提出的合計%(asked)d人，比原來的%(before)d人多%(more)d人。") % numbers
        less = _("提出的合計%(asked)d人，比原來的%(before)d人少%(more)d人。") % numbers
        said.append(more if asked > before else less)
    if (one.supervisors_asked, one.workers_asked) != (one.supervisors_by_rule, one.workers_by_rule):
        said.append(_("提出的和依規則算的不一樣，請看理由。"))
    return tuple(said)
