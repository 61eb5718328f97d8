"""An incident review, and its chronology: what the files knew on a day, who wrote it, who had read it by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any  # rows of the database
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.at_once import read
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading, readings
from anwang.cases.words import label as case_label
from anwang.conferences import rules, standing, words
from anwang.conferences.models import Decision, Finding, IncidentReview, Reviewer, ReviewFile
from anwang.conferences.states import ReviewState
from anwang.foundation import clock
from anwang.foundation.days import end_of_day
from anwang.foundation.errors import NotFound
from anwang.matters.models import Matter

from .meeting import DecisionLine, decision_line

FACTS_SQL = Path(__file__).with_name("chronology.sql").read_text(encoding="utf-8")
READ_SQL = """
SELECT r.file, w.called, r.at FROM conferences_review_readings(%s) r JOIN directory_worker w ON w.id = r.worker
 WHERE r.at < %s ORDER BY r.at
"""


@dataclass(frozen=True)
class Fact:
    """Something the files say. `lag` says in words how much later than it happened it was written down."""

    at: str
    recorded: str
    lag: str
    file: str
    what: str
    text: str
    by: str
    readers: tuple[str, ...]
    """Who opened the file after it was written, in order, with the first time."""


@dataclass(frozen=True)
class ReviewPage:
    """A review for its page."""

    id: UUID
    number: str
    kind: str
    happened: str
    known: str
    happened_on: date
    because: str
    state: str
    state_words: str
    files: tuple[tuple[str, str], ...]
    reviewers: tuple[tuple[UUID, str], ...]
    findings: tuple[tuple[str, str, str], ...]
    improvements: tuple[DecisionLine, ...]
    may_review: bool


def review(viewer: Viewer, number: str) -> ReviewPage:
    """The review with that number for its reviewers, or NotFound."""
    numbered = Matter.objects.filter(number=number, kind="incident_review").values("id")
    row = IncidentReview.objects.filter(id__in=numbered).first()
    if row is None:
        raise NotFound(_("查無這件檢討，或你不是檢討人員。"))
    reading("incident_review", by=viewer, file_id=row.id, zone=Zone.CASE, because="incident_review")
    files, reviewers, findings, decisions = read(
        ReviewFile.objects.select_related("file").filter(review=row).order_by("file__opened_at"),
        Reviewer.objects.select_related("worker").filter(review=row, until_at=None).order_by("since_at", "id"),
        Finding.objects.filter(review=row).order_by("at", "id"),
        Decision.objects.select_related("unit", "task").filter(source=row.id).order_by("position"),
    )
    mine = any(standing.reviews(viewer, one) for one in reviewers)
    return ReviewPage(
        row.id, number, words.label(rules.INCIDENT, row.kind), words.instant(row.happened_at),
        words.instant(row.known_at), clock.local(row.happened_at).date(), row.because, row.state,
        str(ReviewState(row.state).label), tuple((one.file.number, _kind(one.file)) for one in files),
        tuple((one.worker_id, one.worker.called) for one in reviewers),
        tuple(
            (words.label(rules.FINDING, one.kind), one.text, words.day(one.on) if one.on else "") for one in findings
        ),
        tuple(decision_line(one) for one in decisions), row.state != ReviewState.CLOSED and mine,
    )  # fmt: skip


def chronology(viewer: Viewer, review_id: UUID, as_of: date) -> tuple[Fact, ...]:
    """What the files of a review knew at the end of a day: written down by then, whenever it happened; oldest first."""
    until = end_of_day(as_of)
    files = list(ReviewFile.objects.filter(review_id=review_id).values_list("file_id", flat=True))
    readings("incident_review.chronology", by=viewer, file_ids=files, zone=Zone.CASE, because="incident_review")
    with connection.cursor() as cursor:
        cursor.execute(FACTS_SQL, {"files": files, "until": until})
        facts = cursor.fetchall()
        cursor.execute(READ_SQL, [review_id, until])
        read_by = cursor.fetchall()
    return tuple(_fact(row, read_by) for row in facts)


def _fact(row: tuple[Any, ...], read_by: list[tuple[UUID, str, datetime]]) -> Fact:
    file_id, number, at, recorded_at, what, code, text, by = row
    first: dict[str, datetime] = {}
    for file, worker, read_at in read_by:
        if file == file_id and read_at >= recorded_at and worker != by:
            first.setdefault(worker, read_at)
    said = {
        "opened": _("成立"), "ended": _("結束"), "holder": _("承辦"), "contact": _("聯繫與訪視"), "note": _("紀錄"),
        "incident": _("通知便箋"), "duty": _("應辦事項"), "late": _("逾期未完成"), "report": _("通報"),
        "safety": _("安全結果"), "closing": _("結案"), "form": _("評估表"), "order": _("保護令"),
    }[what]  # fmt: skip
    return Fact(
        words.instant(at), words.instant(recorded_at), _lag(at, recorded_at), number, said, _text(what, code, text),
        by or "", tuple(f"{worker}　{words.instant(when)}" for worker, when in first.items()),
    )  # fmt: skip


def _text(what: str, code: str, text: str) -> str:
    lists = {"contact": "contact.outcome", "safety": "safety.result", "opened": "case.kind"}
    if what in ("duty", "late", "form"):
        return words.title(code)
    if what == "order":
        return words.label("order.kind", code)
    said = case_label(lists[what], code) if what in lists and code else code
    return _("：").join(one for one in (said, text) if one)


def _lag(at: datetime, recorded_at: datetime) -> str:
    days = (recorded_at - at).days
    return _("%(n)d天後才登錄") % {"n": days} if days > 0 else ""


def _kind(matter: Matter) -> str:
    return case_label("case.kind", matter.sort) if matter.sort else str(matter.get_kind_display())
