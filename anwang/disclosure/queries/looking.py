"""One's own looks across agencies with what their steps show now, and what waits for one's word as a supervisor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.directory.states import SUPERVISING
from anwang.disclosure import receipts, words
from anwang.disclosure.models import Conversation, LookUp
from anwang.disclosure.states import Reach, StepState
from anwang.foundation import clock
from anwang.foundation.errors import NotFound

ANSWERS_SQL = "SELECT * FROM disclosure_answers(%s)"
WINDOW_SQL = """
SELECT d.called, d.phone FROM directory_desk d JOIN directory_unit u ON u.id = d.unit_id
 WHERE u.jurisdiction_id = %s AND d.covers_county AND u.closed_on IS NULL ORDER BY d.name LIMIT 1
"""
WAITING_SQL = """
SELECT s.id, s.number, w.called, s.asked_at, l.purpose, l.basis, l.for_number
  FROM disclosure_contactstep s JOIN directory_worker w ON w.id = s.asked_by
  JOIN LATERAL disclosure_serves(s.id) l ON true
 WHERE s.state = 'asked' AND s.unit_id = ANY (%s) AND s.asked_by <> %s ORDER BY s.asked_at LIMIT 50
"""


@dataclass(frozen=True)
class Answer:
    """One answer. A flag has neither network nor unit: only that one should ring the network's window."""

    hit_id: UUID | None
    reach: str
    network: str
    step_number: str
    step_state: str
    step_words: str
    step_until: datetime | None
    unit: str
    phone: str
    request_number: str
    request_state: str

    @property
    def is_flag(self) -> bool:
        return self.reach == Reach.FLAG

    @property
    def may_ask_contact(self) -> bool:
        return self.hit_id is not None and not self.step_state

    @property
    def may_ask_contents(self) -> bool:
        return self.reach == Reach.DETAIL and bool(self.unit) and not self.request_number


@dataclass(frozen=True)
class Talk:
    at: datetime
    spoke_with: str
    agreed: str
    words: str


@dataclass(frozen=True)
class LookLine:
    """One look in a list."""

    number: str
    at: datetime
    purpose: str
    for_number: str
    is_live: bool


@dataclass(frozen=True)
class LookPage:
    """One look: its receipt, what it shows now, and what was agreed."""

    id: UUID
    number: str
    code: str
    purpose: str
    basis: str
    for_number: str
    by_what: str
    at: datetime
    expires_at: datetime
    rules_from: object
    rules_hash: str
    answers: tuple[Answer, ...]
    talks: tuple[Talk, ...]
    window: tuple[str, str]

    @property
    def is_live(self) -> bool:
        return self.expires_at > clock.now()


@dataclass(frozen=True)
class ContactAsked:
    """A contact step that waits for a supervisor: who, for what, never about whom."""

    id: UUID
    number: str
    by: str
    asked_at: datetime
    purpose: str
    basis: str
    for_number: str


def own_looks(viewer: Viewer) -> list[LookLine]:
    """One's own, the latest first. How many answers there were stands on none of them."""
    now = clock.now()
    rows = LookUp.objects.filter(by=viewer.worker_id).order_by("-at", "-id")[:30]
    return [LookLine(row.number, row.at, words.label("disclosure.purposes", row.purpose), row.for_number,
                     row.expires_at > now) for row in rows]  # fmt: skip


def look(viewer: Viewer, number: str) -> LookPage:
    """One of one's own looks. Nothing found and nothing to be told are the same page, in the same statements."""
    row = LookUp.objects.filter(number=number, by=viewer.worker_id).first()
    if row is None:
        raise NotFound(_("找不到這次查詢。請從清單重新進入。"))
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS_SQL, [row.id])
        answers = cursor.fetchall()
        cursor.execute(WINDOW_SQL, [viewer.county])
        window = cursor.fetchone() or ("", "")
    talks = Conversation.objects.filter(look_id=row.id).order_by("at")
    return LookPage(
        row.id, row.number, receipts.code(row.id, row.number, "flag", row.at, row.expires_at),
        words.label("disclosure.purposes", row.purpose), words.label("disclosure.bases", row.basis), row.for_number,
        row.by_what, row.at, row.expires_at, row.rules_from, row.rules_hash, _told(answers),
        tuple(Talk(talk.at, talk.spoke_with, words.label("disclosure.agreed", talk.agreed), talk.words)
              for talk in talks),
        window,
    )  # fmt: skip


def contacts_to_confirm(viewer: Viewer) -> list[ContactAsked]:
    """What workers of one's units asked: whom to ring."""
    units = [unit for unit, role in viewer.roles.items() if role in SUPERVISING]
    if not units:
        return []
    with connection.cursor() as cursor:
        cursor.execute(WAITING_SQL, [units, viewer.worker_id])
        rows = cursor.fetchall()
    return [
        ContactAsked(*row[:4], words.label("disclosure.purposes", row[4]), words.label("disclosure.bases", row[5]),
                     row[6])
        for row in rows
    ]  # fmt: skip


def look_of_step(viewer: Viewer, step_id: UUID) -> str:
    """The number of one's own look to which a step belongs; empty when it is not one's own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT disclosure_look_of(%s)", [step_id])
        return str(cursor.fetchone()[0] or "")


def _told(rows: list[tuple[object, ...]]) -> tuple[Answer, ...]:
    """All flags are one: how many files there are would tell something."""
    told: list[Answer] = []
    for row in rows:
        hit, reach, net, number, state, until, unit, phone, request, request_state = row
        if reach == Reach.FLAG and any(one.is_flag for one in told):
            continue
        told.append(
            Answer(hit, str(reach), words.network(str(net)) if net else "", str(number or ""), str(state or ""),  # type: ignore[arg-type]
                   str(StepState(str(state)).label) if state else "", until, str(unit or ""), str(phone or ""),  # type: ignore[arg-type]
                   str(request or ""), str(request_state or ""))
        )  # fmt: skip
    return tuple(told)
