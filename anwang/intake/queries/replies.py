"""Replies that are owed to whoever had to report, and those that a system has not fetched yet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.viewer import Viewer
from anwang.foundation.errors import NotFound
from anwang.intake import rules
from anwang.intake.states import ReplyWay

from .words import of_code

MOST = 100
RULE = "report.reply"
# Matters and duties hold no personal word: a clerk sees numbers and dates of the county. What kind of unit reported
# comes from the report itself, and only to whoever may read that.
SQL = """
SELECT m.number, d.due_at, d.is_assumed, r.unit_code, r.channel, r.received_at, p.reply_class, p.ready_at,
       r.id IS NOT NULL, coalesce(w.called, k.called, ''), count(*) OVER ()
  FROM matters_duty d JOIN matters_matter m ON m.id = d.open_of
  LEFT JOIN intake_report r ON r.id = m.id
  LEFT JOIN intake_reply p ON p.report_id = m.id AND p.sent_at IS NULL
  LEFT JOIN directory_worker w ON w.id = m.acting_worker_id
  LEFT JOIN directory_desk k ON k.id = m.acting_desk_id
 WHERE d.rule_id = %(rule)s AND d.state = 'open' AND m.ended_at IS NULL
   AND (r.id IS NOT NULL OR (%(clerk)s AND m.county = %(county)s))
 ORDER BY d.due_at, m.number LIMIT %(most)s
"""


@dataclass(frozen=True)
class ReplyOwed:
    """One reply by its clock. `unit` and `channel` are empty for who may not read the report."""

    number: str
    due_at: datetime
    is_assumed: bool
    unit: str
    channel: str
    waits: str
    """The class that waits for the sender's system to fetch it; empty when nothing does."""
    ready_at: datetime | None
    may_answer: bool
    who: str


@dataclass(frozen=True)
class RepliesOwed:
    rows: tuple[ReplyOwed, ...]
    total: int


def replies_owed(viewer: Viewer) -> RepliesOwed:
    """What is owed in the viewer's reach, the most pressing first. One statement with the rules'."""
    screens = has(viewer, Permission.SCREEN)
    given = {"rule": RULE, "clerk": not screens, "county": viewer.county, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(SQL, given)
        found = cursor.fetchall()
    with rules.one_book():
        rows = tuple(_row(row, screens) for row in found)
    return RepliesOwed(rows, found[0][-1] if found else 0)


def _row(row: tuple[Any, ...], screens: bool) -> ReplyOwed:
    number, due_at, is_assumed, unit, channel, received_at, reply, ready_at, is_mine, who, _total = row
    return ReplyOwed(
        number=number, due_at=due_at, is_assumed=is_assumed,
        unit=of_code("report.unit", unit, received_at) if unit else "",
        channel=of_code("report.channel", channel, received_at) if channel else "",
        waits=of_code("report.reply_class", reply, ready_at) if reply else "",
        ready_at=ready_at, may_answer=screens and is_mine, who=who,
    )  # fmt: skip


SHEET_SQL = """
SELECT r.id, r.received_at, r.channel, r.unit_code, r.mandated,
       coalesce((SELECT jsonb_agg(jsonb_build_object('class', p.reply_class, 'way', p.way, 'ready', p.ready_at,
                                                     'sent', p.sent_at) ORDER BY p.ready_at, p.id)
                   FROM intake_reply p WHERE p.report_id = r.id), '[]')
  FROM intake_report r JOIN matters_matter m ON m.id = r.id WHERE m.number = %s
"""


@dataclass(frozen=True)
class Said:
    """One reply as it was given: the class in words, how, since when; `is_fetched` is no while a system has not."""

    words: str
    way: str
    at: datetime
    is_fetched: bool


@dataclass(frozen=True)
class ReplySheet:
    """What the page of a reply shows; nothing of who reported, nor of whom it is about."""

    report_id: UUID
    received_at: datetime
    channel: str
    unit: str
    mandated: str
    said: tuple[Said, ...]


def reply_sheet(viewer: Viewer, number: str) -> ReplySheet:
    """The report as far as answering goes. Raises NotFound where the viewer may not read it."""
    with connection.cursor() as cursor:
        cursor.execute(SHEET_SQL, [number])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("查無這件通報。請確認編號。"))
    report_id, received_at, channel, unit, mandated, replies = row
    with rules.one_book():
        return ReplySheet(
            report_id, received_at, of_code("report.channel", channel, received_at),
            of_code("report.unit", unit, received_at) if unit else "", mandated, tuple(map(_said, json.loads(replies))),
        )  # fmt: skip


def _said(one: dict[str, str]) -> Said:
    at = datetime.fromisoformat(one["ready"])
    words = of_code("report.reply_class", one["class"], at)
    return Said(words, str(ReplyWay(one["way"]).label), at, one["sent"] is not None)
