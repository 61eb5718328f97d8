"""The line J7: what a decision changed, or why nothing was changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.tracking import policies, rules
from anwang.tracking.models import Change, Track
from anwang.tracking.states import KEPT, Changed


@dataclass(frozen=True, kw_only=True)
class Linked:
    """What changed: `ref` and, for a version, the day from which it is in force; `words` in a sentence."""

    kind: str
    ref: str = ""
    from_on: date | None = None
    words: str = ""


@transaction.atomic
def link(*, decision_id: UUID, linked: Linked, by: Viewer, at: datetime) -> Change:
    """Say what a decision changed. A link that leads nowhere is refused; the same one twice is a Conflict."""
    track = _may(decision_id, by)
    kind, ref = linked.kind, linked.ref.strip()
    if kind not in Changed.values:
        raise BadInput(_("請選改了哪一種。"), field="kind")
    if not linked.words.strip():
        raise BadInput(_("請用一句話寫改了什麼。"), field="words")
    if kind in KEPT and not ref:
        raise BadInput(_("請填代碼，或從清單選。"), field="ref")
    why_not = rules.leads_somewhere(kind, ref, linked.from_on)
    if why_not:
        raise BadInput(why_not, field="ref")
    change = Change(id=uuid7(), track=track, kind=kind, ref=ref, from_on=linked.from_on, words=linked.words.strip(),
                    at=at, by=by.worker_id)  # fmt: skip
    try:
        with transaction.atomic():
            change.save(force_insert=True)
    except IntegrityError as error:
        if "changed_once" in str(error):
            raise Conflict(_("已經連到這裡了。")) from None
        raise
    record("tracking.linked", by=by, at=at, matter_id=track.decision.task_id, subject_id=change.id, kind=kind)
    return change


@transaction.atomic
def withdraw_link(*, change_id: UUID, because: str, by: Viewer, at: datetime) -> None:
    """It did not change that after all. The link stays, withdrawn, with who and why."""
    change = Change.objects.select_for_update().filter(id=change_id).first()
    if change is None:
        raise NotFound(_("查無這個連結。"))
    track = _may(change.track_id, by)
    if change.withdrawn_at is not None:
        raise Conflict(_("這個連結已經撤回。"))
    if not because.strip():
        raise BadInput(_("請寫為什麼撤回。"), field="because")
    if track.decision.released_at is not None and track.asks_change and not track.unchanged_because:
        others = Change.objects.filter(track=track, withdrawn_at=None).exclude(id=change_id)
        if not others.exists():
            raise Conflict(_("已經解除列管，這是唯一的連結。請先連到正確的，再撤回。"))
    Change.objects.filter(id=change_id).update(withdrawn_at=at, withdrawn_because=because.strip())
    record("tracking.unlinked", by=by, at=at, matter_id=track.decision.task_id, subject_id=change_id)


@transaction.atomic
def say_unchanged(*, decision_id: UUID, because: str, by: Viewer, at: datetime) -> None:
    """A change was asked for and nothing was changed, for a reason: then it may be released without a link."""
    track = _may(decision_id, by)
    if not track.asks_change:
        raise Conflict(_("這項決議沒有要求改變，不用寫。"))
    if not because.strip():
        raise BadInput(_("請寫沒有改的原因。"), field="because")
    Track.objects.filter(decision_id=decision_id).update(unchanged_because=because.strip())
    record("tracking.unchanged", by=by, at=at, matter_id=track.decision.task_id, subject_id=decision_id)


def _may(decision_id: UUID, by: Viewer) -> Track:
    found = Track.objects.select_for_update(of=("self",)).select_related("follow", "decision")
    track = found.filter(decision_id=decision_id).first()
    if track is None or track.decision.unit_id is None:
        raise NotFound(_("查無這項決議。"))
    policies.may_link(by, track.follow, track.decision.unit_id).enforce()
    return track
