"""Which level the dated table proposes for somebody, from what this desk knows of him."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.care import rules, words
from anwang.care.models import Departure, Emergency, Measure
from anwang.care.states import Danger
from anwang.foundation import clock


@dataclass(frozen=True)
class Proposed:
    """A level with its reasons, or the questions still open."""

    level: int | None
    said: str
    reasons: tuple[str, ...]


def proposed_level(viewer: Viewer, matter_id: UUID) -> Proposed:
    """What `care.level` says of a case the viewer reads: compulsion, danger of late, months since he left."""
    today = clock.today()
    compulsory = Measure.objects.filter(matter_id=matter_id, ended_at=None).exists()
    last = Emergency.objects.filter(matter_id=matter_id).order_by("-received_at").first()
    left = Departure.objects.filter(matter_id=matter_id, left_at__isnull=False).order_by("-left_at").first()
    months = words.months_between(clock.local(left.left_at).date(), today) if left and left.left_at else None
    danger = "yes" if last and last.done_at is None and last.danger not in (Danger.NONE, Danger.UNKNOWN) else ""
    advice = rules.level_advice(compulsory, danger, months, today, viewer.county)
    number = rules.level_number(advice.outcome)
    asks = tuple(ask.question.to(words.lang()) for ask in advice.asks)
    return Proposed(number, words.level_words(number), words.reasons(advice) or asks)
