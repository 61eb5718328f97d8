"""What stands beside today's duties, in one statement: what waits to be signed, what others answered, own reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any  # parts of a document of the database
from uuid import UUID

from django.db import connection
from django.db.models import Q

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.matters.states import OfferKind, OfferState

from .whom import said

SHOWN_FOR = timedelta(days=14)
"""How long an answer stays on the page of whoever asked: a choice of this page, not a rule."""
DONE_ONCE_ACCEPTED = (OfferKind.REFERRAL, OfferKind.LEAD)
"""Requests that have nothing left to run when they are accepted."""
DONE = Q(state=OfferState.DECLINED) | Q(state=OfferState.ACCEPTED, kind__in=DONE_ONCE_ACCEPTED)
BEGUN_ONCE_ACCEPTED = (OfferKind.VISIT_REQUEST, OfferKind.JOINING)
"""Work of others that runs from then on: who asked learns that it does."""


@dataclass(frozen=True)
class ToSign:
    """`what`: give or receive (a list of `count` matters, `at` its hour), answer (a request of `kind`, `at` its limit).

    `name` is who hands over or which unit asks, `number` and `whom` the matter of a request.
    """

    what: str
    id: UUID
    kind: str
    name: str
    count: int
    at: datetime
    number: str
    whom: str


@dataclass(frozen=True)
class Answer:
    """Who said what to which request. `reason` is a code of `offer.decline_reasons`, empty when accepted."""

    id: UUID
    kind: str
    number: str
    whom: str
    unit: str
    is_accepted: bool
    reason: str
    at: datetime


@dataclass(frozen=True)
class ReminderRow:
    """A note to oneself."""

    id: UUID
    words: str
    remind_at: datetime
    number: str


@dataclass(frozen=True)
class Margin:
    """Lists and requests for the viewer's signature or answer, the earliest first; answers of the last days, the
    newest first; his own notes that are not done."""

    signing: tuple[ToSign, ...]
    answers: tuple[Answer, ...]
    reminders: tuple[ReminderRow, ...]


@cache
def _sql() -> str:
    return (Path(__file__).parent / "margin.sql").read_text(encoding="utf-8")


def margin(viewer: Viewer) -> Margin:
    """Of the viewer and whom he covers. Nobody else's reminders can be read."""
    given = {
        "me": viewer.worker_id,
        "workers": list(viewer.acts_as),
        "desks": list(viewer.desks),
        "units": list(viewer.units),
        "supervised": list(viewer.supervised_units),
        "since": clock.now() - SHOWN_FOR,
        "done": [str(kind) for kind in DONE_ONCE_ACCEPTED],
        "begun": [str(kind) for kind in BEGUN_ONCE_ACCEPTED],
    }
    with connection.cursor() as cursor:
        cursor.execute(_sql(), given)
        signing, answers, reminders = cursor.fetchone()
    return Margin(
        tuple(_to_sign(*row) for row in signing or ()),
        tuple(_answer(*row) for row in answers or ()),
        tuple(ReminderRow(UUID(id_), words, _at(at), number) for id_, words, at, number in reminders or ()),
    )


def _to_sign(what: str, id_: str, kind: str, name: str, count: int, at: str, number: str, names: Any) -> ToSign:
    return ToSign(what, UUID(id_), kind, name, count, _at(at), number, said(names))


def _answer(id_: str, kind: str, number: str, names: Any, unit: str, state: str, reason: str, at: str) -> Answer:
    return Answer(UUID(id_), kind, number, said(names), unit, state == OfferState.ACCEPTED, reason, _at(at))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
