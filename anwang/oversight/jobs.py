"""What oversight does by itself, run by `anwang worker`. Each job may be killed at any point and run again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any  # a row of the database

from django.db import connection, transaction
from django.db.models import F, Q
from psycopg.types.json import Jsonb

from anwang.access.viewer import service_viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.clock import TAIPEI
from anwang.foundation.uuid7 import uuid7

from . import events, rules
from .choosing import reviewed_in, rises_to
from .models import Night, Question
from .states import QuestionKind, QuestionState

SERVICE = "oversight"
ONE_DAY, BACK = timedelta(days=1), timedelta(days=30)
"""A day that was left out is looked through later, up to a month back."""
AFTER = timedelta(hours=2)
"""A day is looked through two hours after it ended: whoever was on duty has then written up."""
FIRST_SQL = "SELECT min(at) FROM audit_reading WHERE at >= %s"
END_SQL = "SELECT oversight_end_relations(%s, %s, %s)"
TOGETHER = 2000
"""Grants of each relation that one transaction ends."""
NIGHT_SQL = "SELECT oversight_night(%s, %s, %s, %s, %s)"
FOUND_SQL = """
SELECT u.worker_id, (array_agg(u.unit_id ORDER BY u.at DESC))[1], max(u.county), u.file_id, count(*), min(u.at),
       max(u.at), max(u.score), (SELECT array_agg(DISTINCT s ORDER BY s) FROM oversight_unexplained v, unnest(v.signs) s
        WHERE v.day = %(day)s AND v.worker_id = u.worker_id AND v.file_id = u.file_id)
  FROM oversight_unexplained u WHERE u.day = %(day)s AND u.score > 0
 GROUP BY u.worker_id, u.file_id ORDER BY max(u.score) DESC, u.worker_id, u.file_id
"""
BULK_SQL = """
SELECT k.worker, k.unit, coalesce(n.jurisdiction_id, ''), k.files, k.searches, k.first_at, k.last_at
  FROM (SELECT worker, (array_agg(unit) FILTER (WHERE unit IS NOT NULL))[1] AS unit,
               count(DISTINCT file) AS files, count(*) FILTER (WHERE file IS NULL) AS searches,
               min(at) AS first_at, max(at) AS last_at
          FROM (SELECT by_worker_id AS worker, by_unit_id AS unit, file_id AS file, at FROM audit_reading
                 WHERE at > %(since)s AND at <= %(now)s
                UNION ALL
                SELECT by_worker_id, by_unit_id, NULL, recorded_at FROM audit_act
                 WHERE recorded_at > %(since)s AND recorded_at <= %(now)s AND verb = 'people.searched'
                   AND by_worker_id IS NOT NULL) looked
         GROUP BY worker) k
  LEFT JOIN directory_unit n ON n.id = k.unit
 WHERE k.searches >= %(searches)s OR k.files >= CASE WHEN EXISTS (
         SELECT 1 FROM directory_appointment p WHERE p.worker_id = k.worker AND p.role = ANY (%(front)s)
            AND p.started_at <= %(now)s AND (p.ended_at IS NULL OR p.ended_at > %(now)s)) OR EXISTS (
         SELECT 1 FROM directory_shift s
          WHERE s.worker_id = k.worker AND s.starts_at <= %(now)s AND s.ends_at > %(now)s)
       THEN %(files_front)s ELSE %(files)s END
"""


def look_through_nights(now: datetime | None = None) -> int:
    """Look through every day that is over and was not yet; returns how many questions it raised.

    After a night that was new, reading ends where its relation ended long enough ago.
    """
    now = now or clock.now()
    days = _days(clock.local(now - AFTER).date() - ONE_DAY)
    raised = sum(look_through(day, now) for day in days)
    if days:
        end_relations(now)
    return raised


def end_relations(now: datetime) -> int:
    """End the grants whose relation ended longer ago than the rules of today allow; returns how many."""
    terms, ended = Jsonb(rules.relations(clock.local(now).date())), 0
    while True:
        with transaction.atomic():
            by = service_viewer(SERVICE, at=now)
            with connection.cursor() as cursor:
                cursor.execute(END_SQL, [terms, now, TOGETHER])
                (count,) = cursor.fetchone()
            if count:
                record("grants.ended_with_relation", by=by, at=now, count=count)
        ended += count
        if count < TOGETHER:
            return ended


def look_through(day: date, now: datetime) -> int:
    """One day, whole or not at all; a second time it does nothing."""
    begins = datetime.combine(day, time.min, TAIPEI)
    with transaction.atomic():
        by = service_viewer(SERVICE, at=now)
        with connection.cursor() as cursor:
            cursor.execute(NIGHT_SQL, [day, begins, begins + ONE_DAY, Jsonb(rules.of_night(day)), now])
            cursor.execute(FOUND_SQL, {"day": day})
            rows = cursor.fetchall()
        found = [row for row in rows if row[7] >= rules.threshold(day, row[2])]
        known = set(Question.objects.filter(day=day, kind=QuestionKind.NIGHT).values_list("reader_id", "file_id"))
        fresh = [_question(QuestionKind.NIGHT, day, row, now) for row in found if (row[0], row[3]) not in known]
        Question.objects.bulk_create(fresh)
        for question in fresh:
            record("oversight.question_opened", by=by, at=now, subject_id=question.id, score=question.score)
    return len(fresh)


def raise_late(now: datetime | None = None) -> int:
    """Hand questions on that were to be settled days ago: from the reader's own county to the next that policy names.

    Once each: a question that lies elsewhere already stays there, late on its desk's Today. Returns how many.
    """
    now = now or clock.now()
    day, raised = clock.local(now).date(), 0
    with transaction.atomic():
        by = service_viewer(SERVICE, at=now)
        late = Question.objects.exclude(state=QuestionState.SETTLED).filter(due_at__lt=now - rules.rises_after(day))
        for question in late.filter(to_county=F("county")):
            to = rises_to(question.reader_id, question.county, day)
            if to and _hand_on(question, to):
                record("oversight.question_rose", by=by, at=now, subject_id=question.id, to=to)
                raised += 1
    return raised


def _hand_on(question: Question, to: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT oversight_hand_on(%s, %s)", [question.id, to])
        return bool(cursor.fetchone()[0])


def ring_bulk(now: datetime | None = None) -> int:
    """Ring for whoever has just looked up very many people, whatever his post; returns how many accounts."""
    now = now or clock.now()
    day = clock.local(now).date()
    rule, weight = rules.bulk(day), rules.score_of("bulk", day)
    given = {"since": now - rule.within, "now": now, "searches": rule.searches, "front": list(rule.front),
             "files": rule.files, "files_front": rule.files_front}  # fmt: skip
    with transaction.atomic():
        by = service_viewer(SERVICE, at=now)
        with connection.cursor() as cursor:
            cursor.execute(BULK_SQL, given)
            rows = cursor.fetchall()
        raised = 0
        for worker, unit, county, files, searches, first_at, last_at in rows:
            rung = Question.objects.filter(reader_id=worker, kind=QuestionKind.BULK)
            if rung.filter(~Q(state=QuestionState.SETTLED) | Q(last_at__gte=first_at)).exists():
                continue
            row = (worker, unit, county, None, files + searches, first_at, last_at, weight, ["bulk"])
            question = _question(QuestionKind.BULK, day, row, now)
            question.save(force_insert=True)
            record("oversight.bulk_rung", by=by, at=now, subject_id=question.id, files=files, searches=searches)
            raised += 1
    return raised


def _days(last: date) -> list[date]:
    """Days up to `last` that are not looked through: from the first reading on, a month back at most."""
    first = datetime.combine(last - BACK, time.min, TAIPEI)
    with connection.cursor() as cursor:
        cursor.execute(FIRST_SQL, [first])
        (at,) = cursor.fetchone()
    if at is None:
        return []
    days = [clock.local(at).date() + ONE_DAY * n for n in range((last - clock.local(at).date()).days + 1)]
    done = set(Night.objects.filter(day__in=days).values_list("day", flat=True))
    return [day for day in days if day not in done]


def _question(kind: QuestionKind, day: date, row: tuple[Any, ...], now: datetime) -> Question:
    worker, unit, county, file_id, readings, first_at, last_at, score, signs = row
    to_county = reviewed_in(worker, county, day)
    return Question(
        id=uuid7(), kind=kind, reader_id=worker, unit_id=unit, county=county, to_county=to_county, day=day,
        file_id=file_id, readings=readings, first_at=first_at, last_at=last_at, signs=signs, score=score,
        opened_at=now, due_at=rules.due(events.OPENED, now, to_county).due_at,
    )  # fmt: skip
