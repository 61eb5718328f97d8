"""Filling a form: which version holds, whether it was made for this person, what the answers allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any  # columns of a row
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.actions import Safety
from anwang.cases.models import Case
from anwang.directory.models import Unit
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.instruments import events, policies, rules
from anwang.instruments.models import Fill
from anwang.instruments.states import Applies, Source
from anwang.matters.actions import happened
from anwang.matters.promises import keep, lock
from anwang.rulebook import Advice
from anwang.rulebook.handles import DatedInstrument

from . import answering, keeping
from .judging import Judged, write_judgement
from .publishing import publish_for_use

__all__ = ["Form", "Judged", "Reported", "fill"]


@dataclass(frozen=True)
class Reported:
    """A result told by another office: who told it, what it called its version, the code of the result."""

    by: str
    result: str
    version: str = ""


@dataclass(frozen=True)
class Form:
    """A form as somebody fills it.

    `answers`: item to answer; numbers or codes for rated items, `unknown`, `declined` or `unsafe` where there is
    none, text, ISO days and whole numbers for the others; what is left out was not asked. `event_on`: the day that
    decides the version where the form is dated by event or report; a case's own report stands in for the latter.
    """

    instrument: str
    matter_id: UUID
    person_id: UUID | None = None
    family_id: UUID | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    event_on: date | None = None
    network: str = ""
    reported: Reported | None = None
    judged: Judged | None = None
    safety: Safety | None = None
    """Plan and signature, for a form that is also the safety result of a child; its result is the form's."""
    replaces: UUID | None = None
    because: str = ""


@transaction.atomic
def fill(*, form: Form, by: Viewer, at: datetime) -> Fill:
    """Write down a filled form, with the value a person gave it if he gave one, and tell the duties.

    Raises BadInput naming the field, Refused without relation or for a draft, Conflict when the version was changed
    after its first use or the case has ended.
    """
    matter = lock(form.matter_id)
    if matter.ended_at is not None:
        raise Conflict(_("這個案件已經結束，不能再填表。"))
    case = Case.objects.filter(id=matter.id).first()
    day = _day(form, case, at)
    version = rules.version(form.instrument, day, matter.county)
    if version is None:
        raise BadInput(_("這一天沒有這張表。請看日期對不對。"), field="event_on")
    use = version.content.use
    policies.may_fill(by, matter.id, use.zone).enforce()
    _check_about(form, use.about)
    facts = answering.facts_about(form.person_id, case, day)
    entry = _entry(form, version, facts)
    filled = Fill(
        id=uuid7(), matter=matter, zone=use.zone, person_id=form.person_id, family_id=form.family_id,
        version_id=publish_for_use(version, by), instrument=form.instrument, network=_network(form, by, at),
        event_on=day, at=at, by=by.worker_id, unit_id=by.unit_id, county=matter.county, recorded_at=clock.now(),
        **_replaced(form, by, at), **entry,
    )  # fmt: skip
    filled.save(force_insert=True)
    record(
        "instrument.filled", by=by, at=at, matter_id=matter.id, subject_id=form.person_id, fill=filled.id,
        instrument=form.instrument, version=version.hash,
    )  # fmt: skip
    judged = form.judged or _as_reported(form)
    tell(filled, version, is_judged=judged is not None, by=by, at=at)
    if judged is not None:
        write_judgement(filled, version, judged, by=by, at=at)
    keeping.keep_as_paper(filled, version, judged.level if judged else filled.level, form.safety, by=by, at=at)
    keep()
    return filled


def tell(filled: Fill, version: DatedInstrument, *, is_judged: bool, by: Viewer, at: datetime) -> None:
    """Tell the duties what the form allows. They follow the ceiling. Internal to this room."""
    order = [code for code, _label in version.content.results]
    ends = {"asked": filled.ceiling_rank, "floor": filled.floor_rank}
    facts: dict[str, object] = {
        "filled_at": at, "instrument": filled.instrument, "level": filled.level or None,
        **{name: order[rank] if rank is not None else "none" for name, rank in ends.items()},
        "left_open": "yes" if order and not filled.level and not is_judged else "no",
        "applies": filled.applies, "network": filled.network, "source": str(filled.source),
    }  # fmt: skip
    case = Case.objects.filter(id=filled.matter_id).first()
    facts["kind"] = case.kind if case else None
    happened(
        matter_id=filled.matter_id, event=events.INSTRUMENT_FILLED, at=at, by=by, facts=facts,
        subject_id=filled.person_id,
    )  # fmt: skip


def _day(form: Form, case: Case | None, at: datetime) -> date:
    """The day whose version holds, as the form in force today says."""
    today = clock.local(at).date()
    now = rules.version(form.instrument, today, "")
    dated_by = now.content.use.dated_by if now else "filled"
    if dated_by == "filled":
        return today
    if form.event_on is not None:
        if form.event_on > today:
            raise BadInput(_("這一天還沒到。請填事件發生的日期。"), field="event_on")
        return form.event_on
    if dated_by == "report" and case is not None:
        return clock.local(case.received_at).date()
    raise BadInput(_("請填事件發生的日期，由它決定用哪一版。"), field="event_on")


def _check_about(form: Form, about: str) -> None:
    if about == "family":
        if form.family_id is None or form.person_id is not None:
            raise BadInput(_("這張表填的是一個家庭，請選案家。"), field="about")
    elif form.person_id is None or form.family_id is not None:
        raise BadInput(_("這張表一人一份，請選填的是誰。"), field="about")


def _network(form: Form, by: Viewer, at: datetime) -> str:
    on = clock.local(at).date()
    network = form.network
    if not network:
        unit = Unit.objects.filter(id=by.unit_id).first()
        network = rules.network_of(unit.kind, on) if unit else ""
    if not rules.is_code(rules.NETWORK, network, on):
        raise BadInput(_("請選是哪個體系填的。"), field="network")
    return network


def _entry(form: Form, version: DatedInstrument, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of answers and result."""
    content = version.content
    if form.reported is not None or content.is_reported:
        told = form.reported
        if told is None or told.result not in dict(content.results):
            raise BadInput(_("請選回報的結果。"), field="result")
        if not told.by.strip():
            raise BadInput(_("請寫是誰回報的。"), field="reported_by")
        return {
            "source": Source.REPORTED, "reported_by": told.by.strip()[:80], "applies": content.applies(facts),
            "reported_version": told.version.strip()[:40],
        }  # fmt: skip
    answers = answering.read(content, form.answers)
    advice = rules.assess(version, answering.rated(content, answers), facts)
    return {"source": Source.ANSWERED, "answers": answers, "applies": advice.applies, **_result(version, advice)}


def _result(version: DatedInstrument, advice: Advice) -> dict[str, Any]:
    """Level and bounds where the form was made for this person; elsewhere only what it would say."""
    scores = {name: list(span) for name, span in (advice.scores or {}).items()}
    if version.content.levels is None:
        return {"scores": scores}
    if advice.applies != Applies.YES:
        return {"scores": scores, "hint": advice.outcome or ""}
    order = [code for code, _label in version.content.results]
    assert advice.floor is not None
    assert advice.ceiling is not None
    return {
        "scores": scores, "level": advice.outcome or "", "floor_rank": order.index(advice.floor),
        "ceiling_rank": order.index(advice.ceiling),
    }  # fmt: skip


def _as_reported(form: Form) -> Judged | None:
    """A reported result is the value of who told it."""
    return Judged(form.reported.result) if form.reported else None


def _replaced(form: Form, by: Viewer, at: datetime) -> dict[str, Any]:
    """The columns of a correction, after looking whether it may be one."""
    if form.replaces is None:
        return {}
    old = Fill.objects.filter(id=form.replaces, matter_id=form.matter_id).first()
    if old is None:
        raise NotFound(_("查無這張表。"))
    policies.may_replace(by, old, at).enforce()
    if (old.instrument, old.person_id, old.family_id) != (form.instrument, form.person_id, form.family_id):
        raise BadInput(_("更正要用同一張表、填同一個人。"), field="about")
    if not form.because.strip():
        raise BadInput(_("請寫為什麼更正。"), field="because")
    if Fill.objects.filter(replaces=old).exists():
        raise Conflict(_("這張表已經更正過了。請更正最新的那一份。"))
    return {"replaces": old, "replaces_because": form.because.strip()[:300]}
