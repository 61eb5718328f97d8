"""What the forms that ask, dispute, correct and give on need of one matter: who holds it, whom it can go to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.queries import zones_of
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.directory.models import Desk, Unit
from anwang.directory.queries import Called
from anwang.directory.states import UnitKind
from anwang.foundation.errors import NotFound
from anwang.matters.models import Dispute, Matter, Offer, OfferWords
from anwang.matters.states import DisputeState, MatterKind, OfferKind, OfferState

from .margin import DONE, DONE_ONCE_ACCEPTED
from .whom import Whom, said

VISITS = (UnitKind.INTAKE, UnitKind.PROTECTION, UnitKind.WELFARE)
"""Whose social workers visit for another county (協訪)."""
CORRECTIONS_SQL = """
SELECT c.ledger, c.since, c.corrected_since, c.reason, coalesce(w.called, ''), c.recorded_at
  FROM matters_startcorrection c LEFT JOIN directory_worker w ON w.id = c.by
 WHERE c.matter_id = %s ORDER BY c.recorded_at, c.id
"""


@dataclass(frozen=True)
class Held:
    """A matter and its two holders now. `works` says that the viewer may write to it."""

    matter: Matter
    id: UUID
    number: str
    kind: str
    county: str
    family_number: str
    home_number: str
    """On whose page it is shown: a placement's is its case."""
    accountable: str
    unit: str
    holder: str
    phone: str
    acting_since: datetime
    is_over: bool
    works: bool
    whom: str
    """Whom it is about, as the viewer may read it."""


@dataclass(frozen=True)
class ToAsk:
    """A living unit that is not holding the matter."""

    id: UUID
    name: str
    name_en: str
    kind: str
    county: str
    county_name: str
    county_name_en: str
    is_public: bool
    on_system: bool


@dataclass(frozen=True)
class Asked:
    """A request of a matter that waits, runs, or was accepted and is not finished."""

    id: UUID
    kind: str
    from_unit: str
    from_unit_id: UUID
    to_unit: str
    to_unit_id: UUID
    on_system: bool
    topic: str
    state: str
    sent_at: datetime
    answer_due_at: datetime
    answered_at: datetime | None
    effective_on: date | None
    until: datetime | None
    reason: str = ""
    """Code of `offer.decline_reasons` where it was declined."""
    answered_name: str = ""
    """Who there answered, where it was entered by proxy."""
    answered_ref: str = ""
    """The number called, or that of the letter."""

    @property
    def is_done(self) -> bool:
        """Declined, or accepted with nothing left to run."""
        is_accepted = self.state == OfferState.ACCEPTED and self.kind in DONE_ONCE_ACCEPTED
        return self.state == OfferState.DECLINED or is_accepted


@dataclass(frozen=True)
class DisputeAt:
    """An open dispute about a matter."""

    id: UUID
    topic: str
    filed_by: str
    filed_by_id: UUID
    claimed: str
    arbiter: str
    arbiter_on_system: bool
    filed_at: datetime
    ruling_due_at: datetime


@dataclass(frozen=True)
class CorrectionLine:
    """One correction of a start, as it was written."""

    ledger: str
    since: datetime
    corrected_since: datetime
    reason: str
    by: str
    recorded_at: datetime


def held(viewer: Viewer, number: str) -> Held:
    """A matter by number, ended ones too, for whoever may know of it; NotFound alike for all others."""
    chosen = Matter.objects.select_related(
        "accountable", "acting_unit", "acting_worker", "acting_desk", "family", "arose_from"
    )
    matter = chosen.filter(number=number).annotate(whom=Whom("id")).first()
    zones = zones_of(viewer, matter.id) if matter else frozenset()
    if matter is None or Zone.WORK not in zones:
        raise NotFound(_("查無這件事。請從選單或搜尋重新進入。"))
    acting = matter.acting_worker or matter.acting_desk
    home = matter.arose_from if matter.kind == MatterKind.PLACEMENT and matter.arose_from else matter
    return Held(
        matter, matter.id, matter.number, matter.kind, matter.county, matter.family.number if matter.family else "",
        home.number,
        matter.accountable.called, matter.acting_unit.called, acting.called, acting.phone or matter.acting_unit.phone,
        matter.acting_since, matter.ended_at is not None, Zone.CASE in zones, said(matter.whom),
    )  # fmt: skip


def units_for(viewer: Viewer, matter: Matter, kind: OfferKind | None = None) -> list[ToAsk]:
    """Whom a request of this kind can go to, by county and name; without a kind, whom a dispute can name."""
    found = Unit.objects.filter(closed_on=None).exclude(id__in=(matter.accountable_id, matter.acting_unit_id))
    found = found.exclude(kind=UnitKind.MINISTRY)
    if kind == OfferKind.TRANSFER:
        found = found.exclude(jurisdiction_id=matter.county).filter(is_public=True)
    elif kind == OfferKind.VISIT_REQUEST:
        found = found.exclude(jurisdiction_id=matter.county).filter(is_public=True, kind__in=VISITS)
    elif kind in (OfferKind.JOINING, OfferKind.REFERRAL):
        found = found.filter(jurisdiction_id=matter.county)
    elif kind == OfferKind.LEAD:
        found = found.filter(jurisdiction_id=matter.county, is_public=True)
    else:
        found = found.filter(is_public=True)
    rows = found.order_by("jurisdiction_id", "kind", "name").values_list(
        "id", "name", "name_en", "kind", "jurisdiction_id", "jurisdiction__name", "jurisdiction__name_en", "is_public",
        "on_system",
    )  # fmt: skip
    return [ToAsk(*row) for row in rows]


def asked_of(viewer: Viewer, matter_id: UUID, *, answered: bool = False) -> list[Asked]:
    """Requests of a matter that wait or run, the oldest first; with `answered` also those that are done (`is_done`)."""
    found = Offer.objects.filter(matter_id=matter_id, ended_at=None).exclude(state=OfferState.WITHDRAWN)
    if not answered:
        found = found.exclude(DONE)
    rows = found.order_by("sent_at", "id").values_list(
        "id", "kind", Called("from_unit"), "from_unit_id", Called("to_unit"), "to_unit_id", "to_unit__on_system",
        "topic", "state", "sent_at", "answer_due_at", "answered_at", "effective_on", "until", "reason", "answered_name",
        "answered_ref",
    )  # fmt: skip
    return [Asked(*row) for row in rows]


def words_with(viewer: Viewer, matter_id: UUID) -> dict[UUID, str]:
    """Offer → what was written to its receiver, as far as the viewer may read it (the database decides)."""
    return dict(OfferWords.objects.filter(matter_id=matter_id).values_list("offer_id", "text"))


def disputes_of(viewer: Viewer, matter_id: UUID) -> list[DisputeAt]:
    """Disputes about a matter that wait for a ruling, the oldest first."""
    found = Dispute.objects.filter(matter_id=matter_id, state=DisputeState.FILED)
    rows = found.order_by("filed_at", "id").values_list(
        "id", "topic", Called("filed_by_unit"), "filed_by_unit_id", Called("claimed_unit"), Called("arbiter"),
        "arbiter__on_system", "filed_at", "ruling_due_at",
    )  # fmt: skip
    return [DisputeAt(*row[:4], row[4] or "", *row[5:]) for row in rows]


def corrections(viewer: Viewer, matter_id: UUID) -> list[CorrectionLine]:
    """Corrections of a matter's ledgers as written, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(CORRECTIONS_SQL, [matter_id])
        return [CorrectionLine(*row) for row in cursor.fetchall()]


def desk_of_unit(viewer: Viewer, unit_id: UUID) -> tuple[UUID, str] | None:
    """(desk, name) of a unit's own duty desk."""
    return Desk.objects.filter(unit_id=unit_id).order_by("covers_county", "id").values_list("id", Called()).first()


def parties_to_contract(viewer: Viewer) -> tuple[list[ToAsk], list[ToAsk]]:
    """(public units of the viewer's county, NGOs of any county), for a commission."""
    rows = Unit.objects.filter(closed_on=None).order_by("jurisdiction_id", "kind", "name").values_list(
        "id", "name", "name_en", "kind", "jurisdiction_id", "jurisdiction__name", "jurisdiction__name_en", "is_public",
        "on_system",
    )  # fmt: skip
    units = [ToAsk(*row) for row in rows]
    mine = [one for one in units if one.is_public and one.county == viewer.county]
    return mine, [one for one in units if one.kind == UnitKind.NGO]
