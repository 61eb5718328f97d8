"""Listing as high risk on a case: since when and why, which later tests and decisions could end it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # a value read for a part of a page
from uuid import UUID

from anwang.access.at_once import read
from anwang.access.viewer import Viewer
from anwang.cases.models import CaseSubject
from anwang.conferences import rules, standing, words
from anwang.conferences.models import Decision, HighRisk
from anwang.foundation import clock
from anwang.instruments.models import Fill
from anwang.people.models import Person

ON_CASE_SQL = """(SELECT jsonb_build_object(
  'listed', (SELECT min(h.listed_at) FROM conferences_highrisk h
              WHERE h.matter_id = ANY (%(files)s) AND h.ended_at IS NULL),
  'rooms', (SELECT jsonb_agg(jsonb_build_array(m.number, r.ends_at, r.sealed_at) ORDER BY r.opened_at DESC)
     FROM conferences_room r JOIN matters_matter m ON m.id = r.id WHERE r.case_id = ANY (%(files)s)),
  'parts', (SELECT jsonb_agg(jsonb_build_array(m.number, k.title, k.meets_at, k.state) ORDER BY k.meets_at DESC)
     FROM conferences_part p JOIN conferences_meeting k ON k.id = p.meeting_id JOIN matters_matter m ON m.id = k.id
    WHERE p.file_id = ANY (%(reads)s) AND p.withdrawn_at IS NULL),
  'decisions', (SELECT jsonb_agg(jsonb_build_array(t.number, d.text, d.due_on) ORDER BY d.due_on)
     FROM conferences_part p JOIN conferences_decision d ON d.part_id = p.id AND d.released_at IS NULL
     JOIN matters_matter t ON t.id = d.task_id WHERE p.file_id = ANY (%(reads)s)),
  'case', (SELECT m.number FROM matters_matter m WHERE m.id = (%(files)s::uuid[])[1]),
  'reads', cardinality(%(reads)s::uuid[]) > 0))"""


@dataclass(frozen=True)
class OnCase:
    """What a case's page says of meetings, in its margin."""

    case: str
    listed: str
    rooms: tuple[tuple[str, bool], ...]
    meetings: tuple[tuple[str, str, str], ...]
    decisions: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class RiskLine:
    """One listing. `tests` and `decisions` are what could end it now."""

    id: UUID
    whom: str
    ground: str
    because: str
    rule: str
    since: str
    ended: str
    ended_how: str
    ended_because: str
    tests: tuple[tuple[str, str], ...]
    decisions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RiskPage:
    """Listings of a case, and whom one may list."""

    live: tuple[RiskLine, ...]
    past: tuple[RiskLine, ...]
    people: tuple[tuple[str, str], ...]
    may_list: bool
    why_not: str


def risk_of_case(viewer: Viewer, case_id: UUID) -> RiskPage:
    """Every listing of a case the viewer reads."""
    subjects = CaseSubject.objects.filter(matter_id=case_id, until_on=None, person__isnull=False)
    rows, people, forms, decisions = read(
        HighRisk.objects.select_related("person").filter(matter_id=case_id).order_by("-listed_at"),
        Person.objects.filter(id__in=subjects.values("person_id")),
        Fill.objects.filter(matter_id=case_id, instrument__in=_retests()).order_by("-at"),
        Decision.objects.filter(part__file=case_id).order_by("-made_at", "position"),
    )
    verdict = standing.may_list(viewer, case_id)
    listed = {row.person_id for row in rows if row.ended_at is None}
    lines = [(row.ended_at is None, _line(row, forms, decisions)) for row in rows]
    return RiskPage(
        tuple(line for is_live, line in lines if is_live), tuple(line for is_live, line in lines if not is_live),
        tuple((str(one.id), words.names([(one.name, one.name_kind)])) for one in people if one.id not in listed),
        bool(verdict), verdict.reason,
    )  # fmt: skip


def on_case(viewer: Viewer, value: Mapping[str, Any]) -> OnCase | None:
    """The margin of a case; nothing where there is nothing to read."""
    if not value.get("reads"):
        return None
    return OnCase(
        value["case"] or "", words.day(datetime.fromisoformat(value["listed"])) if value["listed"] else "",
        tuple((number, sealed is not None) for number, _ends, sealed in value["rooms"] or ()),
        tuple((number, title, words.day(datetime.fromisoformat(at))) for number, title, at, _s in value["parts"] or ()),
        tuple((number, text, words.day(date.fromisoformat(due))) for number, text, due in value["decisions"] or ()),
    )  # fmt: skip


def _line(row: HighRisk, forms: Sequence[Fill], decisions: Sequence[Decision]) -> RiskLine:
    is_live = row.ended_at is None
    advice = words.outcome(row.inputs, row.rule_from) if row.rule_id and row.rule_from else ""
    return RiskLine(
        row.id, words.names([(row.person.name, row.person.name_kind)]), words.label(rules.GROUND, row.ground),
        row.because, advice, words.instant(row.listed_at), words.instant(row.ended_at),
        words.label(rules.RISK_END, row.ended_how) if row.ended_how else "", row.ended_because,
        _tests(row, forms) if is_live else (), _decisions(row, decisions) if is_live else (),
    )  # fmt: skip


def _retests() -> list[str]:
    """Instruments with which a listing may be ended today."""
    on = clock.today()
    return sorted({name for one in rules.codes(rules.RISK_END, on) for name in rules.retests(one.code, on)})


def _tests(row: HighRisk, forms: Sequence[Fill]) -> tuple[tuple[str, str], ...]:
    later = (one for one in forms if one.person_id == row.person_id and one.at > row.listed_at)
    return tuple((str(one.id), f"{words.title(one.instrument)}　{words.instant(one.at)}") for one in later)


def _decisions(row: HighRisk, decisions: Sequence[Decision]) -> tuple[tuple[str, str], ...]:
    later = (one for one in decisions if one.made_at >= row.listed_at)
    return tuple((str(one.id), f"{words.day(one.made_at)}　{one.text[:60]}") for one in later)
