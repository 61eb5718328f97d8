"""Requests in words. Row-level security decides which; nobody's name stands in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.cases import words
from anwang.directory.models import Worker
from anwang.documents.printing import Sheet
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.matters.models import Duty
from anwang.subjects import letters, policies, rules, sealed
from anwang.subjects.answers import latest, read_document
from anwang.subjects.models import Answer, Request
from anwang.subjects.states import AskerRole, Asks, RequestState, Verdict

MOST = 200


@dataclass(frozen=True)
class Line:
    """A request in the list: what, since when, where it stands, by when."""

    number: str
    asks: str
    role: str
    unit: str
    state: str
    looks: str
    """How the state is drawn: open, asked, due, late, done."""
    received: str
    due_at: datetime | None
    who: str


@dataclass(frozen=True)
class Lines:
    open: tuple[Line, ...]
    ended: tuple[Line, ...]
    to_look: int
    """Answers that wait for the viewer's second look."""


def requests(viewer: Viewer) -> Lines:
    """Open requests by their term, then the newest ended ones. Two statements."""
    policies.may_use(viewer).enforce()
    rows = Request.objects.select_related("matter", "matter__acting_worker", "unit").order_by("-received_at")[:MOST]
    due = {
        one.id: one.due_at
        for one in Duty.objects.filter(id__in=[row.matter.next_duty_id for row in rows if row.matter.next_duty_id])
    }
    lines = [(row, _line(row, due.get(row.matter.next_duty_id))) for row in rows]
    waiting = [line for row, line in lines if row.matter.ended_at is None]
    waiting.sort(key=lambda line: line.due_at or clock.now())
    ended = [line for row, line in lines if row.matter.ended_at is not None]
    to_look = sum(row.state == RequestState.WRITTEN and row.taken_by != viewer.worker_id for row, _l in lines)
    return Lines(tuple(waiting), tuple(ended), to_look)


@dataclass(frozen=True)
class Page:
    """One request with what may be done to it now."""

    id: UUID
    number: str
    asks: str
    is_copy: bool
    is_change: bool
    role: str
    is_self: bool
    proof: str
    state: str
    state_words: str
    received: str
    due_at: datetime | None
    extended: bool
    told: dict[str, str]
    unit: str
    is_tied: bool
    asker_tied: bool
    person_id: UUID | None
    sheet: Sheet | None
    answer_id: UUID | None
    is_guarded: bool
    written_by: str
    looked_by: str
    sent_back: bool
    may_write: bool
    may_look: bool
    why_not_look: str
    may_print: bool
    answered: str


def page(viewer: Viewer, number: str) -> Page:
    """Raises NotFound alike for nothing and for what is not his. Reading it is traced."""
    policies.may_use(viewer).enforce()
    request = Request.objects.select_related("matter", "unit").filter(matter__number=number).first()
    if request is None:
        raise NotFound(_("查無這件請求。"))
    answer = latest(request)
    duty = Duty.objects.filter(id=request.matter.next_duty_id).first() if request.matter.next_duty_id else None
    may_write = bool(policies.may_write(viewer, request)) and request.matter.ended_at is None
    look = policies.may_look(viewer, answer) if answer and request.state == RequestState.WRITTEN else None
    names = _names([answer.by, answer.looked_by] if answer else [])
    return Page(
        id=request.matter_id, number=request.matter.number, asks=str(Asks(request.asks).label),
        is_copy=request.asks == Asks.COPY, is_change=request.asks != Asks.COPY,
        role=str(AskerRole(request.asker_role).label), is_self=request.asker_role == AskerRole.SELF,
        proof=words.label(rules.PROOFS, request.proof), state=request.state,
        state_words=str(RequestState(request.state).label), received=words.instant(request.received_at),
        due_at=duty.due_at if duty else None, extended=bool(request.extended_because),
        told=read_document(request, viewer), unit=request.unit.called, is_tied=request.person_id is not None,
        asker_tied=request.asker_person_id is not None, person_id=request.person_id,
        sheet=_sheet(viewer, request, answer, may_write, bool(look)),
        answer_id=answer.id if answer else None, is_guarded=bool(answer and answer.is_guarded),
        written_by=names.get(answer.by, "") if answer else "",
        looked_by=names.get(answer.looked_by, "") if answer and answer.looked_by else "",
        sent_back=bool(answer and answer.verdict == Verdict.SENT_BACK), may_write=may_write,
        may_look=bool(look), why_not_look="" if look is None or look else str(look.reason),
        may_print=request.state in (RequestState.APPROVED, RequestState.ANSWERED)
        and bool(policies.may_print(viewer, request)),
        answered=words.instant(request.answered_at),
    )  # fmt: skip


def _sheet(viewer: Viewer, request: Request, answer: Answer | None, writes: bool, looks: bool) -> Sheet | None:
    """The letter as it stands, for who writes it and for the second person; a reading is kept."""
    if answer is None or not (writes or looks or request.matter.ended_at):
        return None
    if not answer.is_guarded and not (writes or looks):
        return None
    reading("subjects.answer", by=viewer, file_id=request.matter_id, zone=Zone.WORK, because="request")
    document = sealed.unseal(answer.sealed, "answer", answer.id)
    return letters.sheet(document, number=request.matter.number, unit=request.unit.name)


def _line(row: Request, due_at: datetime | None) -> Line:
    looks = {RequestState.WRITTEN: "asked", RequestState.APPROVED: "held", RequestState.TAKEN: "open"}
    worker = row.matter.acting_worker
    return Line(
        row.matter.number, str(Asks(row.asks).label), str(AskerRole(row.asker_role).label), row.unit.called,
        str(RequestState(row.state).label), looks.get(RequestState(row.state), "done"), words.instant(row.received_at),
        due_at, worker.called if worker else "",
    )  # fmt: skip


def _names(ids: list[UUID | None]) -> dict[UUID, str]:
    return {one.id: one.called for one in Worker.objects.filter(id__in=[key for key in ids if key])}
