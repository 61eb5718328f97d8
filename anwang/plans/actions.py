"""Writing a plan: line by line, saved at once; agreed as a version; what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from anwang.access.states import Circle, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.actions import submit_assessment, update_plan
from anwang.cases.states import AssessmentForm
from anwang.documents import circles
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind
from anwang.plans import events, policies, rules, sealed, writing
from anwang.plans.models import Line, Step, Version
from anwang.plans.states import LineKind, Owner, Reader, WithFamily

__all__ = ["Given", "hand_in", "note_progress", "publish", "withdraw", "write_line"]


@dataclass(frozen=True)
class Given:
    """A line as somebody gives it. For an action: one owner, of the kind that `owner` says."""

    kind: LineKind | str
    text: str
    zone: str = Zone.CASE
    circle: str = Circle.NEUTRAL
    goes_to: Sequence[str] = ()
    about_id: UUID | None = None
    under: UUID | None = None
    owner: str = ""
    owner_person_id: UUID | None = None
    owner_worker_id: UUID | None = None
    owner_unit_id: UUID | None = None
    owner_name: str = ""
    for_carer: bool = False
    due_on: date | None = None
    said_on: date | None = None


@transaction.atomic
def write_line(
    *, matter_id: UUID, given: Given, by: Viewer, at: datetime, thread: UUID | None = None, because: str = ""
) -> Line:
    """A new line, or with `thread` another wording of one: the former stays and is read as it was.

    Raises BadInput for words without owner or with a hiding place; Refused where the viewer may not write there.
    """
    matter = lock(matter_id)
    policies.may_write(by, matter, given.kind, given.zone).enforce()
    before = _newest(matter_id, thread) if thread else None
    if before is not None:
        policies.may_write(by, matter, before.kind, before.zone).enforce()
    _check(matter, given)
    line_id, text = uuid7(), given.text.strip()
    line = Line(
        id=line_id, matter=matter, thread=thread or line_id, kind=given.kind, zone=given.zone, circle=given.circle,
        goes_to=sorted(set(given.goes_to)), about_id=given.about_id, under=given.under, for_carer=given.for_carer,
        text=sealed.words(text, given.zone, "line.text", line_id), due_on=given.due_on, said_on=given.said_on,
        because=because.strip(), at=at, by_id=by.worker_id, recorded_at=clock.now(), **_owner(given),
    )  # fmt: skip
    line.save(force_insert=True)
    record("plan.line", by=by, at=at, matter_id=matter_id, line=line.id, thread=line.thread, kind=str(given.kind))
    return line


@transaction.atomic
def withdraw(*, matter_id: UUID, thread: UUID, because: str, by: Viewer, at: datetime) -> Line:
    """The line no longer stands, for a reason; what it said stays in the versions that had it."""
    matter = lock(matter_id)
    line = _newest(matter_id, thread)
    policies.may_write(by, matter, line.kind, line.zone).enforce()
    if not because.strip():
        raise BadInput(_("請寫為什麼拿掉。"), field="because")
    text = sealed.opened(line.text, "line.text", line.id)
    line.id, line.is_kept, line.because = uuid7(), False, because.strip()
    line.text = sealed.words(text, line.zone, "line.text", line.id)
    line.at, line.by_id, line.recorded_at = at, by.worker_id, clock.now()
    line.save(force_insert=True)
    record("plan.withdrawn", by=by, at=at, matter_id=matter_id, line=line.id, thread=thread)
    return line


@transaction.atomic
def note_progress(
    *, matter_id: UUID, thread: UUID, progress: str, words: str = "", by: Viewer, at: datetime
) -> Step:  # fmt: skip
    """How far an action or a goal came, by whoever of the team saw it."""
    matter = lock(matter_id)
    line = _newest(matter_id, thread)
    policies.may_note(by, matter, line.zone).enforce()
    if line.kind not in (LineKind.ACTION, LineKind.GOAL):
        raise BadInput(_("進度記在目標或行動下面。"), field="progress")
    step_id = uuid7()
    step = Step(
        id=step_id, matter=matter, thread=thread, zone=line.zone, progress=progress,
        words=sealed.words(words.strip(), line.zone, "step.words", step_id), at=at, by_id=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    step.save(force_insert=True)
    record("plan.progress", by=by, at=at, matter_id=matter_id, thread=thread, progress=str(progress))
    return step


@transaction.atomic
def publish(
    *, matter_id: UUID, by: Viewer, at: datetime, review_on: date | None = None, summary: str = "",
    with_family: str = WithFamily.UNKNOWN,
) -> Version:  # fmt: skip
    """The lines as they stand become the next version; all look at it again on `review_on`.

    The partners of a family's lead read it at once. Raises BadInput without a goal or for a day that has passed.
    """
    matter = lock(matter_id)
    policies.may_plan(by, matter).enforce()
    today = clock.local(at).date()
    review_on = review_on or rules.review_on(today, matter.county)
    if review_on is None or review_on <= today:
        raise BadInput(_("請填下次檢視的日子，要在今天以後。"), field="review_on")
    lines = writing.current(matter_id)
    if not any(line.kind == LineKind.GOAL for line in lines):
        raise BadInput(_("還沒有目標。請先寫一個和家人談好的目標。"), field="summary")
    last = Version.objects.filter(matter=matter).aggregate(Max("number"))["number__max"] or 0
    version = Version(
        id=uuid7(), matter=matter, number=last + 1, lines=[line.id for line in lines], summary=summary.strip(),
        with_family=with_family, review_on=review_on, at=at, by_id=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    version.save(force_insert=True)
    review_at = rules.midnight(review_on)
    if matter.kind == MatterKind.COORDINATION:
        text = writing.as_text(version, lines)
        update_plan(coordination_id=matter_id, text=text, by=by, at=at, review_at=review_at)
    else:
        facts = {"plan": "service", "kind": matter.sort or None, "review": "yes", "review_at": review_at}
        happened(matter_id=matter_id, event=events.PLAN_SHARED, at=at, by=by, facts=facts)
    record("plan.published", by=by, at=at, matter_id=matter_id, version=version.id, number=version.number)
    keep()
    return version


@transaction.atomic
def hand_in(*, version_id: UUID, words: str, by: Viewer, at: datetime) -> UUID:
    """送審: the version as the 家庭處遇計畫 of every child of the case; its supervisor decides. Gives the report."""
    version = Version.objects.select_related("matter").filter(id=version_id).first()
    if version is None or version.matter.kind != MatterKind.CASE:
        raise NotFound(_("找不到這一版計畫。"))
    parts = writing.four_parts(version, writing.lines_of(version))
    report = submit_assessment(
        matter_id=version.matter_id, form=AssessmentForm.FAMILY_PLAN, by=by, at=at, words=words, **parts
    )
    record("plan.handed_in", by=by, at=at, matter_id=version.matter_id, version=version.id, report=report.id)
    return report.id


def _newest(matter_id: UUID, thread: UUID) -> Line:
    line = Line.objects.filter(matter_id=matter_id, thread=thread).order_by("-id").first()
    if line is None or not line.is_kept:
        raise NotFound(_("計畫裡找不到這一行。"))
    return line


def _owner(given: Given) -> dict[str, object]:
    """The owner's own column; the others stay empty."""
    if given.kind != LineKind.ACTION:
        return {}
    column = {
        Owner.FAMILY: ("owner_person_id", given.owner_person_id),
        Owner.WORKER: ("owner_worker_id", given.owner_worker_id),
        Owner.UNIT: ("owner_unit_id", given.owner_unit_id),
        Owner.COMMUNITY: ("owner_name", given.owner_name.strip()),
    }[Owner(given.owner)]
    return {"owner": given.owner, column[0]: column[1]}


def _check(matter: Matter, given: Given) -> None:
    if not given.text.strip():
        raise BadInput(_("還沒有寫內容。"), field="text")
    if given.kind == LineKind.ACTION:
        if given.owner not in Owner.values:
            raise BadInput(_("請選這件事誰來做。"), field="owner")
        if not list(_owner(given).values())[1]:
            raise BadInput(_("請選是哪一位或哪個單位，社區的人請寫名稱。"), field="owner")
    if given.kind == LineKind.WORDS and given.about_id is None:
        raise BadInput(_("請選這是誰說的話。"), field="about")
    if given.goes_to and not set(given.goes_to) <= set(Reader.values):
        raise BadInput(_("請從清單選可以給誰。"), field="goes_to")
    if given.goes_to:
        circles.refuse_hidden_place(matter.id, given.text, "text")
