"""Programmes for whoever works on his case; and, for a case of her side, what may be known across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.at_once import read
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.cases import words
from anwang.cases.models import CaseSubject
from anwang.cases.queries import SafetyNotice, safety_notice
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.people.words import name_words
from anwang.treatment import rules, standing
from anwang.treatment.models import Missed, Programme, Session, Threat
from anwang.treatment.states import Came, Progress

__all__ = [
    "across",
    "across_of",
    "may_be_client",
    "of_case",
    "programme_page",
    "programmes",
]


CLIENTS_SQL = """
SELECT DISTINCT p.id, p.name, p.name_kind FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id
  JOIN matters_matter m ON m.id = s.matter_id AND m.ended_at IS NULL
 WHERE s.until_on IS NULL AND cases_serves_other_party(s.matter_id) ORDER BY p.name, p.id
"""
ACROSS_SQL = "SELECT order_id, progress, came, county FROM treatment_across(%s)"


@dataclass(frozen=True)
class ProgrammeLine:
    """One programme in a list. `next` is the next appointment, `waits` what is still to be told or decided."""

    id: UUID
    case: str
    name: str
    ground: str
    progress: str
    progress_text: str
    complete_by: str
    next: str
    waits: str


@dataclass(frozen=True)
class SessionLine:
    id: UUID
    when: str
    item: str
    minutes: int
    came: str
    came_text: str
    words: str
    is_past: bool


@dataclass(frozen=True)
class MissedLine:
    id: UUID
    when: str
    how: str
    words: str
    told: str
    then: str
    then_words: str
    is_told: bool
    is_decided: bool


@dataclass(frozen=True)
class ThreatLine:
    id: UUID
    when: str
    words: str
    warned: str


@dataclass(frozen=True)
class ProgrammePage:
    """A programme for its page. `warned` is what everybody who serves him is told for safety; None when nothing."""

    line: ProgrammeLine
    matter_id: UUID
    person_id: UUID | None
    court: str
    items: tuple[tuple[str, str], ...]
    hours: int | None
    done_hours: str
    received: str
    provider: str
    begins: str
    plan: str
    sessions: tuple[SessionLine, ...]
    missed: tuple[MissedLine, ...]
    threats: tuple[ThreatLine, ...]
    outcome: str
    outcome_words: str
    reported: str
    is_over: bool
    is_ordered: bool
    may_keep: bool
    may_decide: bool
    warned: SafetyNotice | None


@dataclass(frozen=True)
class Across:
    """What her side may know of the programme an order orders: how far, and (where told) whether he came last."""

    order_id: UUID
    progress: str
    progress_text: str
    came_text: str


def programmes(viewer: Viewer) -> tuple[ProgrammeLine, ...]:
    """Programmes of the cases the viewer reads, those going on first."""
    rows = list(Programme.objects.select_related("matter").order_by("-ended_at", "complete_by", "received_at"))
    return tuple(_lines(rows))


def of_case(viewer: Viewer, case_id: UUID) -> tuple[ProgrammeLine, ...]:
    """The programmes of one case, the running one first."""
    rows = Programme.objects.select_related("matter").filter(matter_id=case_id).order_by("-ended_at")
    return tuple(_lines(list(rows)))


def programme_page(viewer: Viewer, programme_id: UUID) -> ProgrammePage:
    """One programme with its sessions. A reading of the case."""
    row = Programme.objects.select_related("matter").filter(id=programme_id).first()
    if row is None:
        raise NotFound(_("查無這個處遇計畫。"))
    reading("treatment.programme", by=viewer, file_id=row.matter_id, zone=Zone.CASE)
    sessions, missed, threats, subjects = read(
        Session.objects.filter(programme=row).order_by("starts_at"),
        Missed.objects.filter(programme=row).order_by("-at"),
        Threat.objects.filter(programme=row).order_by("-happened_at"),
        CaseSubject.objects.filter(matter_id=row.matter_id).select_related("person").order_by("until_on", "id"),
    )  # fmt: skip
    waiting = next((one for one in reversed(missed) if one.then_at is None), None)
    person = next((one.person for one in reversed(subjects) if one.person_id), None)
    done = sum(one.minutes for one in sessions if one.came == Came.YES)
    return ProgrammePage(
        line=_line(row, sessions, waiting, person), matter_id=row.matter_id,
        person_id=subjects[0].person_id if subjects else None,
        court="　".join(text for text in (row.court, row.number) if text),
        items=tuple((one, words.label(rules.ITEM, one)) for one in row.items), hours=row.hours,
        done_hours=f"{done / 60:g}", received=words.instant(row.received_at), provider=row.provider,
        begins=words.day(row.begins_on), plan=row.plan, sessions=tuple(_session(one) for one in sessions),
        missed=tuple(_missed(one) for one in missed), threats=tuple(_threat(one) for one in threats),
        outcome=words.label(rules.OUTCOME, row.outcome), outcome_words=row.outcome_words,
        reported="　".join(text for text in (row.reported_to, words.instant(row.reported_at)) if text),
        is_over=row.ended_at is not None,
        is_ordered=rules.is_ordered(row.ground, clock.local(row.received_at).date()),
        may_keep=bool(standing.may_keep(viewer, row.matter_id)),
        may_decide=bool(standing.may_decide(viewer, row.matter_id)),
        warned=safety_notice(viewer, row.matter_id, "other"),
    )  # fmt: skip


def across(viewer: Viewer, case_id: UUID) -> tuple[Across, ...]:
    """For a case of her side: each order there that orders a programme which is known. Nothing on any other case."""
    with connection.cursor() as cursor:
        cursor.execute(ACROSS_SQL, [case_id])
        rows = cursor.fetchall()
    return tuple(across_of(viewer, rows))


def across_of(viewer: Viewer, rows: Sequence[Sequence[object]]) -> list[Across]:
    """Rows of `treatment_across` in words, as far as his county lets attendance be known."""
    return [
        Across(
            UUID(str(order_id)), str(progress), str(Progress(str(progress)).label),
            str(Came(str(came)).label) if came and rules.tells_attendance(str(county)) else "",
        )
        for order_id, progress, came, county in rows
    ]  # fmt: skip


def _lines(rows: Sequence[Programme]) -> list[ProgrammeLine]:
    ids = [row.id for row in rows]
    sessions, open_ones = {}, {}
    for one in Session.objects.filter(programme_id__in=ids).order_by("starts_at"):
        sessions.setdefault(one.programme_id, []).append(one)
    for one in Missed.objects.filter(programme_id__in=ids, then_at=None).order_by("at"):
        open_ones.setdefault(one.programme_id, one)
    subjects = CaseSubject.objects.filter(matter_id__in=[row.matter_id for row in rows]).select_related("person")
    names = {one.matter_id: one.person for one in subjects if one.person_id}
    return [_line(row, sessions.get(row.id, []), open_ones.get(row.id), names.get(row.matter_id)) for row in rows]


def _line(row: Programme, sessions: Sequence[Session], missed: Missed | None, person: object) -> ProgrammeLine:
    now = clock.now()
    coming = next((one for one in sessions if one.starts_at > now), None)
    progress = _progress(row, sessions, missed)
    waits = ""
    if missed is not None and row.ended_at is None:
        waits = _("等主管機關決定") if missed.told_at else _("還沒告知主管機關")
    return ProgrammeLine(
        row.id, row.matter.number, name_words(person.name, person.name_kind) if person else _("保密"),  # type: ignore[attr-defined]
        words.label(rules.GROUND, row.ground), str(progress), str(progress.label), words.day(row.complete_by),
        words.instant(coming.starts_at) if coming and row.ended_at is None else "", waits,
    )  # fmt: skip


def _progress(row: Programme, sessions: Sequence[Session], missed: Missed | None) -> Progress:
    if row.ended_at is not None:
        return Progress.COMPLETED if row.outcome == "completed" else Progress.NOT_COMPLETED
    if missed is not None:
        return Progress.STAYED_AWAY
    return Progress.GOING_ON if any(one.came == Came.YES for one in sessions) else Progress.NOT_BEGUN


def _session(one: Session) -> SessionLine:
    return SessionLine(
        one.id, words.instant(one.starts_at), words.label(rules.ITEM, one.item), one.minutes, one.came,
        str(Came(one.came).label), one.words, one.starts_at <= clock.now(),
    )  # fmt: skip


def _missed(one: Missed) -> MissedLine:
    told = "　".join(text for text in (one.told_to, one.told_how, words.instant(one.told_at)) if text)
    return MissedLine(
        one.id, words.instant(one.at), words.label(rules.MISSED, one.how), one.words, told,
        words.label(rules.THEN, one.then), one.then_words, one.told_at is not None, one.then_at is not None,
    )  # fmt: skip


def _threat(one: Threat) -> ThreatLine:
    warned = "　".join(text for text in (one.warned_whom, words.instant(one.warned_at)) if text)
    return ThreatLine(one.id, words.instant(one.happened_at), one.words, warned)


def may_be_client(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Clients of the cases of his side that the viewer works on: somebody already known gets no second record."""
    with connection.cursor() as cursor:
        cursor.execute(CLIENTS_SQL)
        return [(id_, name_words(name, kind)) for id_, name, kind in cursor.fetchall()]
