"""What is wrong now, derived from what stands: no page depends on a job. Each says who must do what next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.rosters import rules
from anwang.rosters.states import AlarmKind, RowState, Seen

from . import words
from .rows import Row, late

MOST = 2000
"""Late rows that are named at once; the next come when these are dealt with."""

# A missing row stops being missing when it was brought: by its number where the numbers that are missing are known,
# otherwise when as many rows were brought that are not in the first file as had not come.
FILES_SQL = """
SELECT f.id, f.number, f.kind, f.sender, f.received_at, f.declared, f.received, f.gaps::text,
       w_hash.yes AS is_other, w_count.yes AS is_missing, coalesce(w.called, ''), coalesce(w.phone, u.phone, ''),
       u.id, coalesce(u.called, '')
  FROM rosters_rosterfile f
  LEFT JOIN directory_worker w ON w.id = f.recorded_by
  LEFT JOIN directory_unit u ON u.jurisdiction_id = f.county AND u.kind = 'intake' AND u.closed_on IS NULL
  CROSS JOIN LATERAL (SELECT f.declared_sha256 NOT IN ('', f.sha256) AND NOT EXISTS (
    SELECT 1 FROM rosters_settled s WHERE s.file_id = f.id AND s.covers_hash) AS yes) w_hash
  CROSS JOIN LATERAL (SELECT (f.missing <> 0 OR f.gaps <> '[]') AND NOT EXISTS (
    SELECT 1 FROM rosters_settled s WHERE s.file_id = f.id AND s.covers_count)
   AND (f.missing < 0 OR CASE WHEN f.gaps <> '[]' THEN (
     SELECT count(*) FROM jsonb_array_elements_text(f.gaps) AS gap (serial)
      WHERE NOT EXISTS (SELECT 1 FROM rosters_lines r JOIN rosters_rosterfile g ON g.id = r.file_id
                         WHERE f.id IN (g.about_id, g.id) AND r.state = 'accepted' AND r.serial = gap.serial::int)
     ) > (SELECT count(*) FROM rosters_lines r
           WHERE r.file_id = f.id AND r.attempt = 0 AND r.serial IS NULL AND r.state <> 'mended')
   ELSE f.missing > (
     SELECT count(*) FROM rosters_lines r JOIN rosters_rosterfile g ON g.id = r.file_id
      WHERE g.about_id = f.id AND r.state = 'accepted' AND r.attempt = 0
        AND NOT EXISTS (SELECT 1 FROM rosters_lines o WHERE o.mended_by_id = r.id)
        AND NOT EXISTS (SELECT 1 FROM rosters_lines o WHERE o.file_id = f.id AND o.serial = r.serial)) END)
    AS yes) w_count
 WHERE f.county = %s AND (w_hash.yes OR w_count.yes)
 ORDER BY f.received_at, f.id
"""
FEEDS_SQL = """
SELECT f.id, f.kind, f.sender, f.since_at, f.until_at, l.number, l.received_at, l.declared, l.received, l.accepted,
       l.rejected, u.id, coalesce(u.called, ''), coalesce(u.phone, '')
  FROM rosters_rosterfeed f
  LEFT JOIN LATERAL (SELECT * FROM rosters_rosterfile x WHERE x.feed_id = f.id
                      ORDER BY x.about_id IS NULL DESC, x.received_at DESC, x.id DESC LIMIT 1) l ON true
  LEFT JOIN directory_unit u ON u.jurisdiction_id = f.county_id AND u.kind = 'intake' AND u.closed_on IS NULL
 WHERE f.county_id = %s ORDER BY f.kind, f.sender, f.id
"""


@dataclass(frozen=True)
class Feed:
    """One roster that is expected: its last file, when the next must have come, and whether it has not."""

    id: UUID
    kind: str
    kind_words: str
    sender: str
    last_number: str
    last_at: datetime | None
    last_counts: str
    expected_by: datetime | None
    is_stale: bool
    has_ended: bool
    unit_id: UUID | None
    unit: str
    phone: str


@dataclass(frozen=True)
class Alarm:
    """Something wrong with a feed, a file or a child, since `due_at`. `next` says what to do."""

    kind: str
    kind_words: str
    about_id: UUID
    due_at: datetime
    what: str
    whom: str
    is_sealed: bool
    next: str
    unit: str
    who: str
    phone: str
    file_number: str
    report_number: str
    unit_id: UUID | None = None
    roster: str = ""


def feeds(viewer: Viewer, county: str, now: datetime | None = None) -> list[Feed]:
    """Every roster a county expects or once expected."""
    now = now or clock.now()
    with connection.cursor() as cursor:
        cursor.execute(FEEDS_SQL, [county])
        found = cursor.fetchall()
    return [_feed(row, county, now) for row in found]


def _feed(row: tuple[object, ...], county: str, now: datetime) -> Feed:
    (id_, kind, sender, since, until, number, last_at, declared, received, accepted, rejected, unit_id, unit,
     phone) = row  # fmt: skip
    due = None if until else rules.next_expected(str(kind), last_at or since, county)  # type: ignore[arg-type]
    counts = _("應到%(declared)d，實到%(received)d；收下%(accepted)d，退件%(rejected)d") % {
        "declared": declared, "received": received, "accepted": accepted, "rejected": rejected
    } if number else ""  # fmt: skip
    return Feed(
        id=id_, kind=str(kind), kind_words=words.kind(str(kind), since), sender=str(sender),  # type: ignore[arg-type]
        last_number=str(number or ""), last_at=last_at, last_counts=counts, expected_by=due,  # type: ignore[arg-type]
        is_stale=due is not None and due < now, has_ended=until is not None, unit_id=unit_id,  # type: ignore[arg-type]
        unit=str(unit), phone=str(phone),
    )  # fmt: skip


def standing(
    viewer: Viewer, county: str, *, reads: bool, found: list[Feed] | None = None, now: datetime | None = None
) -> list[Alarm]:  # fmt: skip
    """Everything wrong in a county now, the longest first. `found` are its feeds where they were read already."""
    now = now or clock.now()
    with held():
        alarms = [
            *_stale(feeds(viewer, county, now) if found is None else found),
            *_files(county, now),
            *_children(late(viewer, county=county, now=now, most=MOST, reads=reads), now),
        ]
    return sorted(alarms, key=lambda alarm: (alarm.due_at, str(alarm.about_id)))


def _stale(found: list[Feed]) -> Iterator[Alarm]:
    for feed in found:
        if feed.is_stale and feed.expected_by is not None:
            yield Alarm(
                AlarmKind.STALE, str(AlarmKind.STALE.label), feed.id, feed.expected_by,
                _("%(kind)s名冊（%(sender)s）該來沒有來") % {"kind": feed.kind_words, "sender": feed.sender}, "", False,
                _("請今天向對方要，並問是不是寄到別的地方"), feed.unit, "", feed.phone, feed.last_number, "",
                feed.unit_id, feed.kind_words,
            )  # fmt: skip


def _files(county: str, now: datetime) -> Iterator[Alarm]:
    with connection.cursor() as cursor:
        cursor.execute(FILES_SQL, [county])
        found = cursor.fetchall()
    for (id_, number, kind, sender, at, declared, received, gaps, wrong_sum, wrong_count, who, phone, unit_id,
         unit) in found:  # fmt: skip
        shared = {"unit": unit, "who": who, "phone": phone, "file_number": number, "report_number": "",
                  "unit_id": unit_id, "roster": words.kind(kind, at)}  # fmt: skip
        named = {"kind": words.kind(kind, at), "sender": sender, "declared": declared, "received": received}
        if wrong_count:
            yield Alarm(
                AlarmKind.COUNT, str(AlarmKind.COUNT.label), id_, at,
                _("%(kind)s名冊（%(sender)s）應到%(declared)d筆，實到%(received)d筆") % named + missing_words(gaps),
                "", False,
                _("請向對方要缺的那一筆，用補送收進來"), **shared,
            )  # fmt: skip
        if wrong_sum:
            yield Alarm(
                AlarmKind.HASH, str(AlarmKind.HASH.label), id_, at,
                _("%(kind)s名冊（%(sender)s）和送出時不一樣") % named, "", False,
                _("請向對方查證，必要時請對方重送"), **shared,
            )  # fmt: skip


def missing_words(gaps: str | list[int]) -> str:
    """，缺第17筆: what can be named, the first twenty."""
    numbers = [int(one) for one in gaps.strip("[] ").split(",") if one.strip()] if isinstance(gaps, str) else gaps
    if not numbers:
        return ""
    return _("，缺第%(numbers)s筆") % {"numbers": _("、").join(map(str, numbers[:20]))}


def _children(found: list[Row], now: datetime) -> Iterator[Alarm]:
    for row in found:
        made = _of_row(row)
        if made is None:
            continue
        kind, due, what, next_ = made
        if due > now:
            continue
        centre = not row.unit
        yield Alarm(
            kind, str(AlarmKind(kind).label), row.id, due, what, row.whom, row.is_sealed, next_,
            row.centre if centre else row.unit, "" if centre else row.who, row.centre_phone if centre else row.phone,
            row.file_number, row.report_number, roster=row.kind_words,
        )  # fmt: skip


def _of_row(row: Row) -> tuple[str, datetime, str, str] | None:
    where = _("%(kind)s名冊第%(line)d筆") % {"kind": row.kind_words, "line": row.line}
    if row.state == RowState.REJECTED:
        due = rules.due("roster.mend_within", row.recorded_at, row.county)
        waits = row.taken_back is not None and row.taken_back.is_waiting
        next_ = _("有人記下機關要撤回，請另一個人確認") if waits else _("請補正，或退回機關重送")
        return AlarmKind.REJECTED, due, _("%(row)s退件還沒補正") % {"row": where}, next_
    if not row.is_taken:
        due = rules.due("roster.take_on_within", row.recorded_at, row.county)
        return (
            AlarmKind.NOT_TAKEN,
            due,
            _("%(row)s還沒轉成通報") % {"row": where},
            _("請按「現在就轉成通報」；不行就先登錄通報"),
        )
    if row.visit_due is None or row.seen not in (Seen.UNTRIED, Seen.NOT_MET):
        return None
    said = _("%(row)s逾期未訪") if row.seen == Seen.UNTRIED else _("%(row)s逾期，去過沒遇到")
    return AlarmKind.NOT_VISITED, row.visit_due, said % {"row": where}, _("請今天去看；找不到人請啟動協尋")
