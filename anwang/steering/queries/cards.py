"""Practice cards, as whoever looks may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from anwang.access.steering import Standing, standing
from anwang.access.viewer import Viewer
from anwang.directory.queries import Called
from anwang.foundation.errors import NotFound
from anwang.steering.models import Card, Drawn, Trial

from .drawn import DrawnLine, Moved, drawn, moved


@dataclass(frozen=True)
class CardLine:
    """A card in a list; the newest first, no order by effect."""

    id: UUID
    county: str
    title: str
    for_whom: str
    tried: int
    published_at: datetime | None


@dataclass(frozen=True)
class TrialLine:
    """Who tried it, when, and what came of it."""

    county: str
    unit: str
    tried_on: date
    words: str


@dataclass(frozen=True)
class CardPage:
    """One card. `cost` None is 不詳."""

    line: CardLine
    unit: str
    did: str
    cost: int | None
    cost_words: str
    begun_on: date | None
    learned: str
    drawn: tuple[DrawnLine, ...]
    moved: tuple[Moved, ...]
    trials: tuple[TrialLine, ...]
    is_own: bool
    may_edit: bool
    may_try: bool


def cards(viewer: Viewer) -> list[CardLine]:
    """Published ones for everybody; drafts for their county."""
    return [_line(row) for row in _lined(standing(viewer)).order_by("-at", "id")[:100]]


def card(viewer: Viewer, card_id: UUID) -> CardPage:
    """One; raises NotFound for another county's draft."""
    who = standing(viewer)
    row = _lined(who).annotate(unit_words=Called("unit")).filter(id=card_id).first()
    if row is None:
        raise NotFound(_("查無這張實務卡。"))
    lines = drawn(viewer, Drawn.objects.filter(card=row))
    told = Trial.objects.filter(card=row).annotate(county_words=Called("county"), unit_words=Called("unit"))
    own = bool(who.county) and not who.is_ministry and row.county_id == who.county
    return CardPage(
        _line(row), row.unit_words, row.did, row.cost, row.cost_words, row.begun_on, row.learned, lines, moved(lines),
        tuple(TrialLine(x.county_words, x.unit_words, x.tried_on, x.words) for x in told.order_by("tried_on")),
        own, own and row.published_at is None,
        bool(who.county) and not who.is_ministry and not own and row.published_at is not None,
    )  # fmt: skip


def _lined(who: Standing) -> QuerySet[Card]:
    own = Q() if not who.county or who.is_ministry else Q(county_id=who.county)
    seen = Q(published_at__isnull=False)
    found = Card.objects.filter(seen | own if own else seen)
    return found.annotate(county_words=Called("county"), tried=Count("trial_of"))


def _line(row: Card) -> CardLine:
    return CardLine(row.id, row.county_words, row.title, row.for_whom, row.tried, row.published_at)  # type: ignore[attr-defined]
