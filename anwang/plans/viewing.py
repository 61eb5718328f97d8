"""Lines and versions of a plan as a page shows them: words, sides, progress, former wordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anwang.access.states import Circle, Zone
from anwang.cases import words
from anwang.foundation import clock
from anwang.plans import sealed, writing
from anwang.plans.models import Line, Step, Version
from anwang.plans.states import SETTLED, LineKind, Progress, Reader, WithFamily


@dataclass(frozen=True)
class LineView:
    """A line ready for the page; an action with whoever does it, and how far it came."""

    thread: UUID
    kind: str
    text: str
    who: str
    """Whose need or words; who does it."""
    due: str
    is_late: bool
    said: str
    side: str
    zone: str
    goes_to: str
    for_carer: bool
    progress: str
    state: str
    noted: str
    before: tuple[tuple[str, str, str], ...]
    """Former wordings: (words, why changed, when and by whom)."""


@dataclass(frozen=True)
class Goal:
    line: LineView | None
    """None gathers actions that serve no named goal."""
    actions: tuple[LineView, ...]

    @property
    def alone(self) -> tuple[LineView, ...]:
        return (self.line,) if self.line else ()


@dataclass(frozen=True)
class VersionView:
    id: UUID
    number: int
    at: str
    by: str
    review: str
    with_family: str
    summary: str


def version_view(one: Version) -> VersionView:
    return VersionView(
        one.id, one.number, words.day(one.at), one.by.called, words.day(one.review_on),
        str(WithFamily(one.with_family).label), one.summary,
    )  # fmt: skip


def steps_of(matter_id: UUID) -> QuerySet[Step]:
    """How far each line of a plan came: its newest step."""
    found = Step.objects.filter(matter_id=matter_id).order_by("thread", "-id").distinct("thread")
    return found.select_related("by")


def wordings_of(matter_id: UUID) -> QuerySet[Line]:
    """Every wording of every line of a plan, the newest first."""
    return Line.objects.filter(matter_id=matter_id).select_related("by").order_by("-id")


def views_of(lines: Sequence[Line], steps: Sequence[Step], wordings: Sequence[Line]) -> dict[UUID, LineView]:
    """Each line by its thread, with how far it came and how it read before, as far as these are given."""
    newest = {one.thread: one for one in steps}
    shown = {line.id for line in lines}
    former: dict[UUID, list[Line]] = {}
    for line in wordings:
        if line.id not in shown:
            former.setdefault(line.thread, []).append(line)
    return {line.thread: _view(line, newest.get(line.thread), former.get(line.thread, [])) for line in lines}


def of_kind(views: Mapping[UUID, LineView], kind: str) -> tuple[LineView, ...]:
    return tuple(one for one in views.values() if one.kind == kind)


def goals_of(lines: Sequence[Line], views: Mapping[UUID, LineView]) -> tuple[Goal, ...]:
    """Goals with the actions that serve them; actions that serve none come last."""
    named = [line.thread for line in lines if line.kind == LineKind.GOAL]
    under: dict[UUID | None, list[LineView]] = {}
    for line in lines:
        if line.kind == LineKind.ACTION:
            under.setdefault(line.under if line.under in named else None, []).append(views[line.thread])
    found = [Goal(views[thread], tuple(under.get(thread, ()))) for thread in named]
    return (*found, Goal(None, tuple(under[None]))) if None in under else tuple(found)


def _view(line: Line, step: Step | None, former: Sequence[Line]) -> LineView:
    is_done = step is not None and step.progress in SETTLED
    return LineView(
        thread=line.thread, kind=line.kind, text=writing.text_of(line), who=_who(line), due=words.day(line.due_on),
        is_late=bool(line.due_on and line.due_on < clock.today() and not is_done), said=words.day(line.said_on),
        side="" if line.circle == Circle.NEUTRAL else str(Circle(line.circle).label),
        zone="" if line.zone == Zone.CASE else str(Zone(line.zone).label),
        goes_to=_("、").join(str(Reader(one).label) for one in Reader.values if one in line.goes_to),
        for_carer=line.for_carer, progress=step.progress if step else "",
        state=str(Progress(step.progress).label) if step else "", noted=_noted(step),
        before=tuple((writing.text_of(one), one.because, f"{one.by.called}　{words.day(one.at)}") for one in former),
    )  # fmt: skip


def _who(line: Line) -> str:
    """Its owner, or whom it is about; somebody the reader may not know reads 保密."""
    is_closed = (line.owner_person_id and line.owner_person is None) or (line.about_id and line.about is None)
    return writing.owner_of(line) or writing.about(line) or (_("保密") if is_closed else "")


def _noted(step: Step | None) -> str:
    if step is None:
        return ""
    said = sealed.opened(step.words, "step.words", step.id)
    return "　".join(filter(None, (said, step.by.called, words.day(step.at))))
