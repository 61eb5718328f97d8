"""What was done about a tracked decision, and what the chair made of it: the one way of `conferences`, with what
minutes add: a change asked for must be linked, co-units report, a recurrence opens its next round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.conferences import actions as conferences
from anwang.conferences.actions.deciding import Decided, Ruled
from anwang.conferences.hearing import Ruling
from anwang.conferences.models import Decision, DecisionReport, DecisionRuling
from anwang.conferences.states import OPEN_TRACKING, Tracking
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.minutes.models import DecisionText
from anwang.minutes.states import OUT
from anwang.tracking import phrases, rules
from anwang.tracking.models import Change, SaidIn, Track
from anwang.tracking.states import Part

from .taking import add_track, attach, let_superior_read, superior_need_not_read

ENDS = frozenset({Tracking.RELEASED, Tracking.CONDITION})


@transaction.atomic
def report(*, decision_id: UUID, words: str, evidence: str, proposes: str, by: Viewer, at: datetime) -> DecisionReport:
    """辦理情形 with evidence and the proposed state (建議解除列管). Nothing rises to the superior any more."""
    track = _of(decision_id)
    told = conferences.report_decision(
        decision_id=decision_id, words=words, evidence=evidence, proposes=proposes, by=by, at=at
    )
    superior_need_not_read(Decision.objects.get(id=track.decision_id), at=at)
    return told


@transaction.atomic
def rule(*, decision_id: UUID, ruled: Ruled, by: Viewer, at: datetime, said_in: UUID | None = None) -> DecisionRuling:
    """列管裁示 of the chair, with the sentence of later minutes in which it stands where there is one."""
    _of(decision_id)
    ruling = conferences.rule(decision_id=decision_id, ruled=ruled, by=by, at=at)
    if said_in is not None:
        text = DecisionText.objects.select_related("sitting").filter(id=said_in).first()
        if text is None or text.sitting.state not in OUT:
            raise BadInput(_("請選已發送的紀錄裡的一句。"), field="said_in")
        SaidIn(ruling=ruling, text=text).save(force_insert=True)
    return ruling


@dataclass(frozen=True, kw_only=True)
class Together:
    """One sentence of the chair on several cases: the state of each by its decision; the words are said once."""

    states: Mapping[UUID, str]
    because: str = ""
    condition: str = ""
    next_on: date | None = None
    said_in: UUID | None = None


@transaction.atomic
def rule_together(*, together: Together, by: Viewer, at: datetime) -> list[DecisionRuling]:
    """第1案解除列管，第2案繼續列管: all of it or none. Raises Refused naming the decision that cannot be ruled so."""
    if not together.states:
        raise BadInput(_("請至少選一案裁示。"))
    made = []
    for decision_id, state in together.states.items():
        goes_on = state not in ENDS
        ruled = Ruled(
            state=state, because=together.because, condition=together.condition if state == Tracking.CONDITION else "",
            next_on=together.next_on if goes_on or state == Tracking.CONDITION else None,
        )  # fmt: skip
        try:
            made.append(rule(decision_id=decision_id, ruled=ruled, said_in=together.said_in, by=by, at=at))
        except (BadInput, Refused) as error:
            found = Decision.objects.filter(id=decision_id).select_related("task").first()
            number = found.task.number if found and found.task else ""
            raise Refused(_("%(number)s：%(why)s都沒有存。") % {"number": number, "why": error}) from error
    return made


def refuse(decision: Decision, state: str, by: Viewer) -> None:
    """Asked before every ruling: a change asked for is linked or explained, and every co-unit has reported."""
    track = Track.objects.filter(decision=decision).first()
    if track is None or state not in ENDS:
        return
    linked = Change.objects.filter(track=track, withdrawn_at=None).exists()
    if track.asks_change and not linked and not track.unchanged_because:
        raise Refused(_("這項決議要求改變。請先連到改了什麼，或寫沒有改的原因。"))
    shares = Track.objects.filter(of=track, part=Part.SHARE, decision__state__in=OPEN_TRACKING)
    told = DecisionReport.objects.filter(decision_id__in=shares.values("decision_id")).values("decision_id")
    silent = shares.exclude(decision_id__in=told).select_related("decision__unit")
    waiting = _("、").join(one.decision.unit.called for one in silent if one.decision.unit)
    if waiting:
        raise Refused(_("協辦的%(units)s還沒有回報。請先等到回報。") % {"units": waiting})


def follow(ruled: Ruling, *, by: Viewer, at: datetime) -> None:
    """Told after every ruling: the condition is tracked, co-units are released too, a recurrence begins anew."""
    track = Track.objects.select_related("follow", "text").filter(decision_id=ruled.decision_id).first()
    if track is None:
        return
    decision = Decision.objects.get(id=ruled.decision_id)
    if ruled.below is not None:
        attach(ruled.below, track.follow, track.text, by=by, at=at, part=Part.CONDITION, of=track)
    if ruled.ruling.state not in ENDS:
        let_superior_read(decision, by=by, at=at)
        return
    for share in Track.objects.filter(of=track, part=Part.SHARE, decision__state__in=OPEN_TRACKING):
        released = Ruled(state=Tracking.RELEASED, because=_("隨主辦一併解除。"))
        conferences.rule(decision_id=share.decision_id, ruled=released, by=by, at=at)
    if track.every_months is not None and track.stopped_at is None:
        _next_round(track, decision, by, at)


def _next_round(track: Track, decision: Decision, by: Viewer, at: datetime) -> None:
    """每半年: what recurs is due again so many months after its day, as a decision of its own."""
    assert decision.task is not None
    assert decision.due_on is not None
    assert track.every_months is not None
    due_on = phrases.next_round(decision.due_on, track.every_months)
    while rules.is_past(due_on, at):
        due_on = phrases.next_round(due_on, track.every_months)
    again = Decided(
        text=decision.text, word=decision.word, number=decision.number, unit_id=decision.unit_id,
        worker_id=decision.task.acting_worker_id, deliverable=decision.deliverable, due_on=due_on,
        due_words=track.every_printed,
    )  # fmt: skip
    add_track(
        track.follow, track.text, again, by=by, at=at, part=Part.ROUND, of=track, round=track.round + 1,
        every_months=track.every_months, every_printed=track.every_printed, due_how=track.due_how,
        due_printed=track.due_printed,
    )  # fmt: skip


def _of(decision_id: UUID) -> Track:
    track = Track.objects.filter(decision_id=decision_id).first()
    if track is None:
        raise NotFound(_("查無這項決議。"))
    return track
