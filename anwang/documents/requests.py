"""The transfer or visit that a letter asks for: tied when the letter is written, at the latest when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.documents.models import AskedAbout, Paper
from anwang.documents.states import PaperKind
from anwang.foundation import clock, roc
from anwang.matters.models import Offer
from anwang.matters.policies import may_answer_by_proxy
from anwang.matters.states import OfferKind, OfferState
from anwang.people.words import name_words

_ASKS = {PaperKind.TRANSFER: OfferKind.TRANSFER, PaperKind.VISIT: OfferKind.VISIT_REQUEST}


def pending_request(matter_id: UUID | None, to_unit_id: UUID | None, kind: str) -> Offer | None:
    """What of that kind waits for that unit's answer on the matter; None for papers that ask for nothing."""
    asks = _ASKS.get(PaperKind(kind))
    if asks is None or matter_id is None or to_unit_id is None:
        return None
    return Offer.objects.select_related("to_unit").filter(pending_of=matter_id, to_unit=to_unit_id, kind=asks).first()


def request_of(paper: Paper) -> Offer | None:
    """The request of a letter: the one it was written for, else one that was made after the letter was written."""
    if paper.offer_id is not None:
        return Offer.objects.select_related("to_unit").filter(id=paper.offer_id).first()
    return pending_request(paper.matter_id, paper.other_unit_id, paper.kind)


def last_day(due_at: datetime) -> date:
    """The day within which an answer is due: an instant of 24:00 belongs to the day that ends with it."""
    return clock.local(due_at - timedelta(microseconds=1)).date()


def asked_about(offer: Offer | None) -> frozenset[UUID]:
    """Whom a request is about, as far as it was said and the viewer reads the file."""
    if offer is None:
        return frozenset()
    named = frozenset(AskedAbout.objects.filter(offer=offer).values_list("person_id", flat=True))
    return named or frozenset({offer.subject_id} if offer.subject_id else ())


def names_asked_about(file_id: UUID) -> dict[UUID, str]:
    """The names of whom each request of a file is about, by request."""
    said: dict[UUID, list[str]] = {}
    rows = AskedAbout.objects.filter(file_id=file_id).select_related("person").order_by("person_id")
    for row in rows:
        said.setdefault(row.offer_id, []).append(name_words(row.person.name, row.person.name_kind))
    return {offer: _("、").join(names) for offer, names in said.items()}


@dataclass(frozen=True)
class Waiting:
    """A transfer or visit asked by a letter that a unit without accounts has not answered."""

    offer_id: UUID
    to: str
    due: str


def waiting_offer(viewer: Viewer, paper_id: UUID) -> Waiting | None:
    """What an answer on paper would settle; None where nothing waits, or somebody else enters the answer."""
    paper = Paper.objects.filter(id=paper_id).first()
    asked = request_of(paper) if paper else None
    if asked is None or asked.state != OfferState.PENDING or not may_answer_by_proxy(viewer, asked):
        return None
    due = roc.roc_date(last_day(asked.answer_due_at), clock.today())
    return Waiting(asked.id, asked.to_unit.name, due)
