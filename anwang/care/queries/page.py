"""Everything of mental health care about one case, in one statement; what the viewer may not read is not there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # rows aggregated as JSON
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.care import rules, words
from anwang.care.states import MeasureKind, Register, RerouteState, RuleSet, StepKind
from anwang.foundation import clock

from .lists import Lists, lists_of

_ALL = "(SELECT jsonb_agg(to_jsonb(x) ORDER BY {by}) FROM {table} x {join} WHERE x.matter_id = %(id)s)"
PARTS = {
    "entries": _ALL.format(table="care_entry", by="x.since_on DESC", join=""),
    "triages": _ALL.format(table="care_triage", by="x.at DESC, x.recorded_at DESC", join=""),
    "decisions": "(SELECT jsonb_agg(to_jsonb(x) || jsonb_build_object('who', w.called)"
    " ORDER BY x.at DESC, x.recorded_at DESC)"
    " FROM care_served x LEFT JOIN directory_worker w ON w.id = x.worker_id WHERE x.matter_id = %(id)s)",
    "levels": _ALL.format(table="care_levelchange", by="x.at DESC, x.recorded_at DESC", join=""),
    "reroutes": "(SELECT jsonb_agg(to_jsonb(x) || jsonb_build_object('unit', u.called) ORDER BY x.asked_at DESC)"
    " FROM care_reroute x JOIN directory_unit u ON u.id = x.to_unit_id WHERE x.matter_id = %(id)s)",
    "measures": _ALL.format(table="care_measure", by="x.began_at DESC", join=""),
    "steps": _ALL.format(table="care_measurestep", by="x.at, x.recorded_at", join=""),
    "emergencies": _ALL.format(table="care_emergency", by="x.received_at DESC", join=""),
    "departures": _ALL.format(table="care_departure", by="x.noticed_at DESC", join=""),
}
PAGE_SQL = "SELECT " + ", ".join(PARTS.values())


@dataclass(frozen=True)
class StepLine:
    at: str
    what: str
    words: str


@dataclass(frozen=True)
class MeasureLine:
    """One term of compulsion for the page. `rules` says under which set, `until` its last day."""

    id: UUID
    kind: str
    kind_text: str
    rules: str
    hospital: str
    number: str
    began: str
    until: str
    extension: int
    asked: bool
    ended: str
    is_over: bool
    may_extend: bool
    steps: tuple[StepLine, ...]


@dataclass(frozen=True)
class TriageLine:
    at: str
    psychiatric: str
    level: str
    issues: str
    proposed: str
    reasons: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class DecisionLine:
    at: str
    service: str
    who: str
    proposed: str
    because: str
    words: str


@dataclass(frozen=True)
class LevelLine:
    at: str
    was: str
    level: str
    words: str


@dataclass(frozen=True)
class RerouteLine:
    id: UUID
    at: str
    unit: str
    service: str
    because: str
    words: str
    state: str
    state_text: str
    answer: str


@dataclass(frozen=True)
class EmergencyLine:
    id: UUID
    at: str
    place: str
    done: str
    is_open: bool
    follows: str


@dataclass(frozen=True)
class DepartureLine:
    id: UUID
    what: str
    institution: str
    expected: str
    left: str
    planned: str
    plan: str
    called_off: str
    words: str
    is_open: bool
    wants_plan: bool


@dataclass(frozen=True)
class CarePage:
    """A case of mental health for its page of this desk."""

    register: str
    psychiatric: str
    level: str
    level_number: int
    service: str
    stands_in: bool
    service_code: str
    long: str
    since: str
    ended: str
    is_registered: bool
    lists: Lists
    issues: str
    triages: tuple[TriageLine, ...]
    decisions: tuple[DecisionLine, ...]
    levels: tuple[LevelLine, ...]
    reroutes: tuple[RerouteLine, ...]
    measures: tuple[MeasureLine, ...]
    emergencies: tuple[EmergencyLine, ...]
    departures: tuple[DepartureLine, ...]
    undecided: bool
    """The latest triage waits for a decision."""

    @property
    def asked(self) -> RerouteLine | None:
        return next((one for one in self.reroutes if one.state == RerouteState.ASKED), None)

    @property
    def live(self) -> tuple[MeasureLine, ...]:
        return tuple(one for one in self.measures if not one.is_over)


def care_page(viewer: Viewer, matter_id: UUID, person_id: UUID | None) -> CarePage:
    """What this desk keeps of a case the viewer reads; `cases.queries.page` traced it and refused strangers."""
    with connection.cursor() as cursor:
        cursor.execute(PAGE_SQL, {"id": matter_id})
        found = dict(zip(PARTS, (json.loads(row or "[]") for row in cursor.fetchone()), strict=True))
    lists = lists_of(viewer, matter_id, person_id) if person_id else Lists()
    entry = next((one for one in found["entries"] if one["until_on"] is None), None)
    latest = found["triages"][0] if found["triages"] else None
    decided = bool(latest and any(one["triage_id"] == latest["id"] for one in found["decisions"]))
    steps: dict[str, list[StepLine]] = {}
    for one in found["steps"]:
        steps.setdefault(one["measure_id"], []).append(
            StepLine(_instant(one["at"]), str(StepKind(one["kind"]).label), one["words"])
        )
    return CarePage(
        **_standing(entry, found["entries"]), lists=lists, issues=words.labels(rules.ISSUE, lists.issues),
        triages=tuple(_triage(one) for one in found["triages"]),
        decisions=tuple(_decision(one) for one in found["decisions"]),
        levels=tuple(
            LevelLine(_instant(one["at"]), words.level_words(one["was"]), words.level_words(one["level"]), one["words"])
            for one in found["levels"]
        ),
        reroutes=tuple(_reroute(one) for one in found["reroutes"]),
        measures=tuple(_measure(one, steps.get(one["id"], [])) for one in found["measures"]),
        emergencies=tuple(_emergency(one) for one in found["emergencies"]),
        departures=tuple(_departure(one) for one in found["departures"]), undecided=latest is not None and not decided,
    )  # fmt: skip


def _standing(entry: dict[str, Any] | None, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """The live line of a register, or how the last one ended."""
    last = entry or (entries[0] if entries else None)
    if last is None:
        return {
            "register": "", "psychiatric": "", "level": words.level_words(None), "level_number": 0, "service": "",
            "stands_in": False, "service_code": "", "long": "", "since": "", "ended": "", "is_registered": False,
        }  # fmt: skip
    return {
        "register": str(Register(last["register"]).label),
        "psychiatric": words.label(rules.PSYCHIATRIC, last["psychiatric"]),
        "level": words.level_words(last["level"]), "level_number": last["level"] or 0,
        "service": words.service_words(last["service"], last["stands_in"]), "stands_in": last["stands_in"],
        "service_code": last["service"], "long": last["long_because"], "since": _day(last["since_on"]),
        "ended": "" if entry else _day(last["until_on"]), "is_registered": entry is not None,
    }  # fmt: skip


def _triage(one: dict[str, Any]) -> TriageLine:
    on = clock.local(datetime.fromisoformat(one["at"])).date()
    advice = rules.who_serves(one["inputs"], on)
    return TriageLine(
        at=_instant(one["at"]), psychiatric=words.label(rules.PSYCHIATRIC, one["psychiatric"]),
        level=words.level_words(one["level"]), issues=words.labels(rules.ISSUE, one["issues"]),
        proposed=words.service_words(one["proposed"]) if one["proposed"] else "",
        reasons=words.reasons(advice) or tuple(ask.question.to(words.lang()) for ask in advice.asks),
        words=one["words"],
    )  # fmt: skip


def _decision(one: dict[str, Any]) -> DecisionLine:
    return DecisionLine(
        at=_instant(one["at"]), service=words.service_words(one["service"], one["stands_in"]), who=one["who"] or "",
        proposed=words.service_words(one["proposed"]) if one["proposed"] else _("資料不足，由人研判"),
        because=words.label(rules.OVERRIDE, one["because"]), words=one["words"],
    )  # fmt: skip


def _reroute(one: dict[str, Any]) -> RerouteLine:
    return RerouteLine(
        id=UUID(one["id"]), at=_instant(one["asked_at"]), unit=one["unit"], service=words.service_words(one["service"]),
        because=words.label(rules.OVERRIDE, one["because"]), words=one["words"], state=one["state"],
        state_text=str(RerouteState(one["state"]).label),
        answer=" ".join(filter(None, (words.label(rules.DECLINE, one["answer"]), one["answer_words"]))),
    )  # fmt: skip


def _measure(one: dict[str, Any], steps: list[StepLine]) -> MeasureLine:
    on = clock.today()
    ended = one["ended_at"]
    how = words.label(rules.MEASURE_END, one["ended_how"], on)
    return MeasureLine(
        id=UUID(one["id"]), kind=one["kind"], kind_text=str(MeasureKind(one["kind"]).label),
        rules=str(RuleSet(one["rule_set"]).label), hospital=one["hospital"], number=one["number"],
        began=_instant(one["began_at"]), until=_day(one["ends_on"]), extension=one["extension"],
        asked=one["asked_on"] is not None, ended=f"{_instant(ended)}　{how}" if ended else "",
        is_over=ended is not None,
        may_extend=rules.may_extend(one["kind"], one["rule_set"], one["extension"]), steps=tuple(steps),
    )  # fmt: skip


def _emergency(one: dict[str, Any]) -> EmergencyLine:
    follows = _("由%(who)s追蹤") % {"who": one["followed_by"]} if one["followed_by"] else _("由承辦這個案件的單位追蹤")
    return EmergencyLine(
        id=UUID(one["id"]), at=_instant(one["received_at"]), place=one["place"],
        done=words.label(rules.DONE, one["done"]), is_open=one["done_at"] is None, follows=follows,
    )  # fmt: skip


def _departure(one: dict[str, Any]) -> DepartureLine:
    on = clock.local(datetime.fromisoformat(one["noticed_at"])).date()
    return DepartureLine(
        id=UUID(one["id"]), what=words.label(rules.LEAVING, one["from_what"], on), institution=one["institution"],
        expected=_instant(one["expected_at"]), left=_instant(one["left_at"]), planned=_instant(one["planned_at"]),
        plan=_instant(one["plan_received_at"]), called_off=_instant(one["called_off_at"]), words=one["words"],
        is_open=one["called_off_at"] is None and (one["left_at"] is None or one["plan_received_at"] is None),
        wants_plan=rules.mark(rules.LEAVING, one["from_what"], "plan", on) == "yes",
    )  # fmt: skip


def _instant(iso: str | None) -> str:
    return words.instant(datetime.fromisoformat(iso)) if iso else ""


def _day(iso: str | None) -> str:
    return words.day(date.fromisoformat(iso)) if iso else ""
