"""The decisions of one sitting, sentence by sentence, with what is tracked of them and who was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any  # rows of the database
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.conferences.states import OPEN_TRACKING
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.minutes.models import DecisionText, DecisionUnit, Sitting
from anwang.minutes.queries import VISIBLE_SQL, who
from anwang.minutes.states import OUT
from anwang.tracking import phrases, standing, words
from anwang.tracking.models import Relay
from anwang.tracking.phrases import Proposed
from anwang.tracking.states import HowTold

TEXTS_SQL = """
SELECT x.id, x.text, i.title, i.kind, i.section, i.label, coalesce(p.number, ''), x.number, x.due,
       x.recurrence, x.units, m.number, u.called, d.due_on, d.state, x.level
  FROM minutes_decisiontext x JOIN minutes_item i ON i.id = x.item_id
  LEFT JOIN minutes_decisiontext p ON p.id = x.parent_id
  LEFT JOIN tracking_track t ON t.text_id = x.id AND t.part = 'main'
  LEFT JOIN conferences_decision d ON d.id = t.decision_id LEFT JOIN matters_matter m ON m.id = d.task_id
  LEFT JOIN directory_unit u ON u.id = d.unit_id
 WHERE x.sitting_id = %(id)s ORDER BY i.position, x.position
"""
HEAD_SQL = f"""
SELECT s.id, s.title, s.met_on, s.state, s.unit_id FROM minutes_sitting s WHERE s.id = %(id)s AND {VISIBLE_SQL}
"""  # noqa: S608
FOLLOWED_SQL = """
SELECT f.sitting_id FROM tracking_follow f JOIN matters_matter m ON m.id = f.id WHERE m.number = %s
"""
NEXT_SQL = """
SELECT min(n.met_on) FROM minutes_sitting n JOIN minutes_sitting s ON s.series_id = n.series_id
 WHERE s.id = %s AND n.met_on > s.met_on AND n.state <> 'called_off'
"""


@dataclass(frozen=True)
class TextLine:
    """A sentence; with the number of its matter where it is tracked and the viewer reads it."""

    id: UUID
    text: str
    item: str
    where: str
    due: str
    recurrence: str
    units: str
    number: str
    unit: str
    tracked_due: str
    state: str
    is_late: bool
    is_noted: bool


@dataclass(frozen=True)
class RelayRow:
    id: UUID
    unit: str
    told: str
    how: str
    received: str
    received_how: str


@dataclass(frozen=True)
class SittingPage:
    id: UUID
    title: str
    met: str
    is_out: bool
    texts: tuple[TextLine, ...]
    relays: tuple[RelayRow, ...]
    may_track: bool

    @property
    def unanswered(self) -> int:
        return sum(not one.received for one in self.relays)

    @property
    def tracked(self) -> int:
        return sum(bool(one.number) for one in self.texts)


@dataclass(frozen=True)
class Sentence:
    """One sentence with what the product reads in it, for the form that tracks it."""

    text: DecisionText
    sitting: Sitting
    where: str
    proposed: Proposed
    every: int | None
    units: tuple[UUID, ...]


def sitting(viewer: Viewer, sitting_id: UUID) -> SittingPage:
    """The decisions of a sitting the viewer may read, or NotFound; three statements."""
    with connection.cursor() as cursor:
        cursor.execute(HEAD_SQL, who(viewer) | {"id": sitting_id})
        head = cursor.fetchone()
        if head is None:
            raise NotFound(_("查無這場會議，或不歸你看。"))
        cursor.execute(TEXTS_SQL, {"id": sitting_id})
        today = clock.today()
        texts = tuple(_text(row, today) for row in cursor.fetchall())
    key, title, met_on, state, unit_id = head
    may = bool(standing.may_track(viewer, unit_id))
    rows = Relay.objects.filter(follow__sitting_id=key).select_related("unit").order_by("unit__code")
    seen = [one for one in rows if may or one.unit_id in viewer.units]
    return SittingPage(key, title, words.roc(met_on), state in OUT, texts, tuple(_relay(one) for one in seen), may)


def sentence(viewer: Viewer, text_id: UUID) -> Sentence:
    """A sentence that the viewer may track, or NotFound."""
    found = DecisionText.objects.select_related("sitting", "item", "parent").filter(id=text_id).first()
    if found is None or not standing.may_track(viewer, found.sitting.unit_id):
        raise NotFound(_("查無這項決議，或不歸你列管。"))
    with connection.cursor() as cursor:
        cursor.execute(NEXT_SQL, [found.sitting_id])
        (next_on,) = cursor.fetchone()
    item = found.item
    units = DecisionUnit.objects.filter(decision=found).order_by("id").values_list("unit_id", flat=True)
    return Sentence(
        found, found.sitting,
        words.where(item.kind, item.section, item.label, found.parent.number if found.parent else "", found.number),
        phrases.proposed_due(found.due, found.sitting.met_on, next_on), phrases.every_months(found.recurrence),
        tuple(units),
    )  # fmt: skip


def sitting_followed(viewer: Viewer, number: str) -> UUID | None:
    """The sitting whose follow-up has that number; None for a meeting of another room."""
    with connection.cursor() as cursor:
        cursor.execute(FOLLOWED_SQL, [number])
        found = cursor.fetchone()
    return found[0] if found else None


def relay(viewer: Viewer, relay_id: UUID) -> tuple[str, UUID, bool]:
    """Title of the sitting, its id, and whether the viewer answers for his own unit; NotFound where he may not."""
    found = Relay.objects.select_related("follow__sitting").filter(id=relay_id).first()
    if found is None or not standing.may_receive(viewer, found):
        raise NotFound(_("查無這份布達，或不是給你的單位。"))
    return found.follow.sitting.title, found.follow.sitting_id, found.unit_id in viewer.units


def _text(row: tuple[Any, ...], today: date) -> TextLine:
    (key, text, title, kind, section, label, parent, no, due, recurrence, units, number, unit, due_on, state,
     _level) = row  # fmt: skip
    late = state in OPEN_TRACKING and due_on is not None and due_on < today
    return TextLine(
        key, text, title, words.where(kind, section, label, parent, no), due, recurrence, words.numbered(units),
        number or "", unit or "", words.roc(due_on), words.state(state) if state else "", late,
        text.strip("。 ") in ("洽悉", "確認"),
    )  # fmt: skip


def _relay(one: Relay) -> RelayRow:
    how = f"{HowTold(one.told_how).label}　{one.told_words}".rstrip()
    got = f"{HowTold(one.received_how).label}　{one.received_words}".rstrip() if one.received_how else ""
    return RelayRow(one.id, one.unit.called, words.moment(one.told_at), how, words.moment(one.received_at), got)
