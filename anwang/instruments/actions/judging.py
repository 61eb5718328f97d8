"""What a person makes of a form: agreeing, differing with direction and reason, deciding what it left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.actions import Safety
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.instruments import events, policies, rules
from anwang.instruments.models import Fill, FollowUp, Judgement, Version
from anwang.instruments.states import DIFFERENT, Direction
from anwang.matters.actions import happened
from anwang.matters.promises import keep, lock
from anwang.rulebook.handles import DatedInstrument

from . import keeping


@dataclass(frozen=True)
class Judged:
    """A person's value. `direction` is what he says he does; it must be what he does. `items` name what misleads."""

    level: str
    direction: str = ""
    reason: str = ""
    words: str = ""
    items: tuple[str, ...] = ()


@transaction.atomic
def judge(*, fill_id: UUID, judged: Judged, by: Viewer, at: datetime, safety: Safety | None = None) -> Judgement:
    """Give a form a value of one's own; the latest stands. Differing asks direction, reason and words."""
    filled = _readable(fill_id)
    policies.may_fill(by, filled.matter_id, filled.zone).enforce()
    _lock(filled)
    if Fill.objects.filter(replaces=filled).exists():
        raise Conflict(_("這張表已經更正過了。請看最新的那一份。"))
    version = rules.revived(Version.objects.get(hash=filled.version_id).body)
    written = write_judgement(filled, version, judged, by=by, at=at)
    if version.content.use.kept_as == keeping.SAFETY:
        keeping.keep_as_paper(filled, version, judged.level, safety, by=by, at=at)
    keep()
    return written


def write_judgement(filled: Fill, version: DatedInstrument, judged: Judged, *, by: Viewer, at: datetime) -> Judgement:
    """Check and write a judgement, and tell the duties. Internal to this room: callers have permitted."""
    order = [code for code, _label in version.content.results]
    if judged.level not in order:
        raise BadInput(_("請選一個等級。"), field="level")
    rank = order.index(judged.level)
    direction = direction_of(rank, filled.floor_rank, filled.ceiling_rank)
    _check(judged, direction, version)
    written = Judgement(
        id=uuid7(), matter_id=filled.matter_id, zone=filled.zone, fill=filled, level=judged.level, rank=rank,
        floor_rank=filled.floor_rank, ceiling_rank=filled.ceiling_rank, direction=direction,
        reason=judged.reason, words=judged.words.strip()[:300], items=list(judged.items), by=by.worker_id,
        unit_id=by.unit_id, county=filled.county, at=at, recorded_at=clock.now(),
    )  # fmt: skip
    written.save(force_insert=True)
    record(
        "instrument.judged", by=by, at=at, matter_id=filled.matter_id, subject_id=filled.person_id, fill=filled.id,
        direction=str(direction),
    )  # fmt: skip
    _tell(filled, events.INSTRUMENT_JUDGED, by, at, level=judged.level, direction=str(direction))
    return written


def direction_of(rank: int, floor: int | None, ceiling: int | None) -> Direction:
    """How a value stands to what the answers allow. Rank 0 is the most protective."""
    if floor is None or ceiling is None:
        return Direction.FREE
    if rank < ceiling:
        return Direction.UP
    if rank > floor:
        return Direction.DOWN
    return Direction.AGREED if floor == ceiling else Direction.DECIDED


def _check(judged: Judged, direction: Direction, version: DatedInstrument) -> None:
    if direction in DIFFERENT:
        if judged.direction != direction:
            raise BadInput(_("方向和等級不符。請說明是調高還是調低。"), field="direction")
        if not rules.is_code(rules.REASON, judged.reason):
            raise BadInput(_("和系統不同，請選理由。"), field="reason")
        if not judged.words.strip():
            raise BadInput(_("和系統不同，請寫一句為什麼。"), field="words")
    elif judged.direction and judged.direction != direction:
        raise BadInput(_("方向和等級不符。請再看一次等級。"), field="direction")
    if set(judged.items) - set(version.content.items):
        raise BadInput(_("這張表沒有這一題。請重新打開表單。"), field="items")


@transaction.atomic
def follow_up(*, fill_id: UUID, did: str, by: Viewer, at: datetime, words: str = "") -> FollowUp:
    """Say what was done about what the form asks for; the duty that waits for it is done."""
    filled = _readable(fill_id)
    policies.may_fill(by, filled.matter_id, filled.zone).enforce()
    if not rules.is_code(rules.FOLLOWED_UP, did):
        raise BadInput(_("請選怎麼處理。"), field="did")
    _lock(filled)
    done = FollowUp(
        id=uuid7(), matter_id=filled.matter_id, zone=filled.zone, fill=filled, did=did, words=words.strip()[:300],
        by=by.worker_id, at=at, recorded_at=clock.now(),
    )  # fmt: skip
    done.save(force_insert=True)
    record("instrument.followed_up", by=by, at=at, matter_id=filled.matter_id, fill=filled.id, did=did)
    _tell(filled, events.INSTRUMENT_FOLLOWED_UP, by, at, did=did)
    keep()
    return done


def _tell(filled: Fill, event: str, by: Viewer, at: datetime, **facts: object) -> None:
    case = Case.objects.filter(id=filled.matter_id).first()
    known = {"instrument": filled.instrument, "kind": case.kind if case else None, **facts}
    happened(matter_id=filled.matter_id, event=event, at=at, by=by, facts=known, subject_id=filled.person_id)


def _lock(filled: Fill) -> None:
    if lock(filled.matter_id).ended_at is not None:
        raise Conflict(_("這個案件已經結束，不能再填表。"))


def _readable(fill_id: UUID) -> Fill:
    """The form, when whoever is looking may read it; otherwise it does not exist for him."""
    filled = Fill.objects.filter(id=fill_id).first()
    if filled is None:
        raise NotFound(_("查無這張表。"))
    return filled
