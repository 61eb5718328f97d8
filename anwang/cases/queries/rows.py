"""Lines of a case's page: what is owed, what was written, what was sent to the supervisor, where somebody is placed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from anwang import rulebook
from anwang.cases import sealed, words
from anwang.cases.states import AssessmentForm, PlaceKind, Repeat
from anwang.foundation import clock
from anwang.foundation.days import Length
from anwang.matters.queries import Deciders
from anwang.matters.states import ReviewOf, ReviewState

from .labels import class_text


def as_list(value: Any) -> list[Any]:
    """A JSON list of a statement: text, ready or missing."""
    return json.loads(value) if isinstance(value, str) else (value or [])


@dataclass(frozen=True)
class Owed:
    """One open duty: what, for whom, until when, and why."""

    id: UUID
    matter_id: UUID
    rule_id: str
    rule_hash: str
    what: str
    whom: str
    person_id: UUID | None
    due_at: datetime
    why: str
    is_assumed: bool
    is_auto: bool


@dataclass(frozen=True)
class Sighting:
    """Whether one person was seen, in words; `is_no` marks a person who was looked for and not seen."""

    name: str
    words: str
    is_no: bool
    observation: str
    person_id: UUID | None = None
    is_yes: bool = False


@dataclass(frozen=True)
class Entry:
    """One thing written about the case. `recorded` is shown beside the true time when they differ."""

    what: str
    id: UUID
    title: str
    at: datetime
    when: str
    until: str
    recorded: str
    is_late: bool
    by: str
    unit: str
    text: str
    where: str
    companions: str
    worker_safety: str
    sightings: tuple[Sighting, ...]
    state: str
    mine: bool
    corrected: str
    because: str
    recorded_at: datetime | None = None
    """Of what was written down later than it was: for paper, where a time needs its day."""


@dataclass(frozen=True)
class ReviewLine:
    """What was sent to the supervisor and what he said."""

    id: UUID
    of: str
    of_text: str
    state: str
    state_text: str
    submitted: str
    by: str
    decided: str
    decided_by: str
    by_phone: bool
    words: str
    deciders: Deciders | None
    """Who can decide now what waits; None of what is decided."""


@dataclass(frozen=True)
class PlacementLine:
    """A placement with its clock; never its place."""

    id: UUID
    number: str
    name: str
    kind: str
    basis: str
    placed: str
    ended: str
    until: str
    minutes: int
    due_at: datetime | None
    consent: str
    is_emergency: bool = False
    person_id: UUID | None = None
    rulings: tuple[tuple[str, str, bool], ...] = ()
    """Each ruling of the court: number, until when, whether longer than one may be."""
    is_followed: bool = False
    """Ended, and still followed up."""


def owed(one: dict[str, Any]) -> Owed:
    """A line of what is owed."""
    why = one["words_en"] if words.lang() == "en" and one["words_en"] else one["words"]
    return Owed(
        UUID(one["id"]), UUID(one["matter"]), one["rule"], one["hash"], words.rule_title(one["rule"]),
        one["subject"] or "", UUID(one["person"]) if one["person"] else None, datetime.fromisoformat(one["due_at"]),
        why, one["assumed"], one["auto"],
    )  # fmt: skip


def entry(one: dict[str, Any], county: str) -> Entry:
    """A line of the timeline."""
    at, recorded = datetime.fromisoformat(one["at"]), datetime.fromisoformat(one["recorded_at"])
    until, corrected = one.get("until"), one.get("corrected") or one.get("read_at")
    differs = abs(recorded - at) > timedelta(minutes=1)
    return Entry(
        what=one["what"], id=UUID(one["id"]), title=_title(one), at=at, when=words.instant(at),
        until=f"{clock.local(datetime.fromisoformat(until)):%H:%M}" if until else "",
        recorded=words.instant(recorded) if differs else "", is_late=_is_late(at, recorded, county),
        by=one.get("by") or "", unit=one.get("unit") or "", text=_text(one), where=_where(one),
        companions=one.get("companions") or "", worker_safety=one.get("safety") or "",
        sightings=tuple(_sighting(sight) for sight in one.get("sights") or ()),
        state=str(ReviewState(one["review"]).label) if one.get("review") else "", mine=bool(one.get("mine")),
        corrected=words.instant(datetime.fromisoformat(corrected)) if corrected else "",
        because=one.get("because") or "", recorded_at=recorded if differs else None,
    )  # fmt: skip


def _is_late(at: datetime, recorded: datetime, county: str) -> bool:
    rule = rulebook.book().value("entry.late_after").on(clock.local(recorded).date(), county)
    length = Length.parse(str(rule.value))
    return recorded - at > timedelta(**{length.unit: length.n})


def _title(one: dict[str, Any]) -> str:
    if one["what"] == "contact":
        return "　".join((words.label("visit.method", one["method"]), words.label("contact.outcome", one["code"])))
    if one["what"] == "assessment":
        return str(AssessmentForm(one["code"]).label)
    if one["what"] == "report":
        return str(Repeat(one["code"]).label)
    if one["what"] == "investigation":
        return f"{_('調查報告')}　{class_text(one['code'])}"
    return {"note": _("紀錄"), "incident": _("通知便箋")}[one["what"]]


def _where(one: dict[str, Any]) -> str:
    if not one.get("place_kind"):
        return ""
    return "　".join(text for text in (str(PlaceKind(one["place_kind"]).label), one.get("place")) if text)


def _text(one: dict[str, Any]) -> str:
    text = one.get("text") or ""
    return sealed.note_words(text, UUID(one["id"])) if one["what"] == "note" else text


def _sighting(one: dict[str, Any]) -> Sighting:
    missed = one["seen"] == "no" and one["looked_for"]
    if one["seen"] == "yes":
        said = _("當面見到") if one["in_person"] else _("有聯繫到，沒有當面")
    elif not missed:
        said = words.label("contact.not_seen_reason", one["because"])
    else:
        said = _("沒見到：%(why)s") % {"why": words.label("contact.not_seen_reason", one["because"])}
    return Sighting(one["name"] or "", said, missed,
                    sealed.observation_words(one["observation"] or "", UUID(one["id"])),
                    UUID(one["person"]) if one.get("person") else None, one["seen"] == "yes")  # fmt: skip


def review(one: dict[str, Any]) -> ReviewLine:
    """A line of what went to the supervisor."""
    return ReviewLine(
        UUID(one["id"]), one["of"], str(ReviewOf(one["of"]).label), one["state"], str(ReviewState(one["state"]).label),
        words.instant(_at(one["submitted_at"])), one["by"] or "", words.instant(_at(one["decided_at"])),
        one["decided_by"] or "", bool(one["by_phone"]), one["words"] or "",
        Deciders.of(one["deciders"]),
    )  # fmt: skip


def placement(one: dict[str, Any]) -> PlacementLine:
    """A line of a placement."""
    return PlacementLine(
        UUID(one["id"]), one["number"], one["name"] or "", words.label("placement.kind", one["kind"]),
        words.label("placement.basis", one["basis"]), words.instant(_at(one["placed_at"])),
        words.instant(_at(one["ended_at"])),
        words.day(date.fromisoformat(one["until"])) if one["until"] else "",
        int(one["minutes"] or 0), _at(one["due_at"]), one["consent"], bool(one["emergency"]),
        UUID(one["person"]),
        tuple((number, words.day(date.fromisoformat(until)), long) for number, until, long in one["rulings"] or ()),
        bool(one["ended_at"] and one["followed"]),
    )  # fmt: skip


def _at(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
