"""One submission: its parts and items, receipts, checks, reviews, letter, extensions, and what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any  # a row of the database
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.cases.words import lang
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.foundation.money import Twd
from anwang.submissions import rules, standing
from anwang.submissions.states import OWED, How, Outcome, ReviewState, SubmissionState, What

from .logs import EXTENSIONS, ExtensionLine, extension_line
from .seen import is_late, long_day, scope

ONE_SQL = f"""
SELECT s.id, own.number, s.call_id, c.title, c.year, s.county, directory_called(j.name, j.name_en) AS county_text,
       j.on_system, s.state, s.due_on, c.due_on AS first_on, c.results_at IS NOT NULL AS is_public, c.unit_id,
       u.name AS unit,
  (SELECT json_agg(json_build_object('id', p.id, 'name', p.name, 'required', p.is_required, 'words', f.words,
                                     'attached', f.attached, 'files',
       (SELECT json_agg(json_build_array(d.id, d.name, d.size) ORDER BY d.recorded_at, d.id)
          FROM submissions_document d
         WHERE d.submission_id = s.id AND d.part_id = p.id AND d.taken_back_at IS NULL)) ORDER BY p.position)
     FROM submissions_callpart p LEFT JOIN submissions_filled f ON f.part_id = p.id AND f.submission_id = s.id
    WHERE p.call_id = c.id) AS parts,
  (SELECT json_agg(json_build_object('id', i.id, 'what', i.what, 'line', l.name, 'post', i.post, 'asked', i.asked,
                                     'granted', i.granted, 'why', i.why) ORDER BY i.what, l.name, i.post)
     FROM submissions_item i LEFT JOIN funding_line l ON l.id = i.line_id WHERE i.submission_id = s.id) AS items,
  (SELECT json_agg(json_build_array(l.id, l.name) ORDER BY l.name) FROM submissions_callline x
     JOIN funding_line l ON l.id = x.line_id WHERE x.call_id = c.id) AS lines,
  (SELECT json_agg(json_build_object('number', r.number, 'at', r.received_at, 'due', r.due_on, 'how', r.how,
                                     'paper', r.paper) ORDER BY r.round)
     FROM submissions_receipt r WHERE r.submission_id = s.id) AS receipts,
  (SELECT json_agg(json_build_object('at', k.at, 'words', k.words, 'missing', k.missing, 'back', k.back_due_on)
                   ORDER BY k.at) FROM submissions_check k WHERE k.submission_id = s.id) AS checks,
  (SELECT json_agg(json_build_object('outcome', v.outcome, 'opinion', v.opinion, 'state', v.state, 'words', v.words,
                    'by', directory_called(w.name, w.name_en), 'decided', directory_called(d.name, d.name_en),
                    'author', v.written_by) ORDER BY v.written_at)
     FROM submissions_review v JOIN directory_worker w ON w.id = v.written_by
     LEFT JOIN directory_worker d ON d.id = v.decided_by WHERE v.submission_id = s.id) AS reviews,
  (SELECT json_build_array(t.number, t.dated_on, t.words, t.paper_id IS NOT NULL)
     FROM submissions_letter t WHERE t.submission_id = s.id)
    AS letter,
  (SELECT {EXTENSIONS} WHERE e.call_id = c.id AND (e.submission_id = s.id OR e.submission_id IS NULL)) AS extensions
  FROM matters_matter m
  JOIN submissions_submission s ON s.id = m.id OR s.task_id = m.id
  JOIN matters_matter own ON own.id = s.id
  JOIN submissions_call c ON c.id = s.call_id
  JOIN directory_unit u ON u.id = c.unit_id
  JOIN directory_jurisdiction j ON j.code = s.county
 WHERE m.number = %s AND m.kind = 'submission'
"""  # noqa: S608  own words


@dataclass(frozen=True)
class FileLine:
    """A document that was uploaded for a part."""

    id: UUID
    name: str
    size: int

    @property
    def kilobytes(self) -> int:
        return -(-self.size // 1024)


@dataclass(frozen=True)
class PartLine:
    """A part of the call with what stands in it."""

    id: UUID
    name: str
    is_required: bool
    words: str
    attached: str
    files: tuple[FileLine, ...]

    @property
    def is_missing(self) -> bool:
        return self.is_required and not (self.words or self.attached or self.files)


@dataclass(frozen=True)
class ItemLine:
    """What is asked for, and what was granted once it was decided (or proposed, to the ministry)."""

    id: UUID
    what: str
    name: str
    asked: str
    granted: str
    why: str
    asked_number: int


@dataclass(frozen=True)
class SubmissionPage:
    """Everything about a submission that the viewer may see. `may_*` say what is open to him now."""

    id: UUID
    number: str
    call_id: UUID
    title: str
    year: int
    unit: str
    county: str
    county_text: str
    state: str
    state_text: str
    due: str
    first: str
    late_days: int
    parts: tuple[PartLine, ...]
    items: tuple[ItemLine, ...]
    lines: tuple[tuple[str, str], ...]
    shows_content: bool
    receipts: tuple[tuple[str, str, str, str], ...]
    """(number, when, how, late in words)."""
    checks: tuple[tuple[str, str, tuple[str, ...], str], ...]
    reviews: tuple[tuple[str, str, str, str, str], ...]
    letter: tuple[str, str, str] | None
    is_registered: bool
    """Whether the letter stands in the register of papers."""
    extensions: tuple[ExtensionLine, ...]
    may_write: bool
    may_send: bool
    may_proxy: bool
    may_extend: bool
    may_check: bool
    may_propose: bool
    may_decide: bool
    may_letter: bool


def submission_page(viewer: Viewer, number: str) -> SubmissionPage:
    """By the number of the county's matter or of the ministry's. NotFound for another county's before publication."""
    seen = scope(viewer)
    one = _found(number)
    own = bool(seen["central"]) or one.county == viewer.county
    public = one.is_public and one.state == SubmissionState.LETTERED
    if not own and not public:
        raise NotFound(_("查無這件提報。"))
    may = _may(viewer, one)
    shows = own and (one.state not in OWED or bool(one.receipts) or not seen["central"] or may["may_proxy"])
    parts = _parts(one) if shows else ()
    over = one.state == SubmissionState.LETTERED
    return SubmissionPage(
        id=one.id, number=one.number, call_id=one.call_id, title=one.title, year=one.year - 1911, unit=one.unit,
        county=one.county, county_text=one.county_text, state=one.state,
        state_text=str(SubmissionState(one.state).label), due=long_day(one.due_on),
        first=long_day(one.first_on) if one.first_on != one.due_on else "",
        late_days=(clock.today() - one.due_on).days if is_late(one.state, one.due_on) else 0,
        parts=parts, items=_items(one, over or bool(seen["central"])) if shows or public else (), shows_content=shows,
        lines=tuple((str(id_), name) for id_, name in one.lines or ()) if may["may_write"] else (),
        receipts=_receipts(one) if own else (), checks=_checks(one, parts) if own else (),
        reviews=_reviews(one) if seen["central"] or over else (), letter=_letter(one) if over else None,
        is_registered=over and bool(one.letter[3]),
        extensions=tuple(extension_line(row) for row in one.extensions or ()) if own else (), **may,
    )  # fmt: skip


def _found(number: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(ONE_SQL, [number])
        row = cursor.fetchone()
        names = [column.name for column in cursor.description]
    if row is None:
        raise NotFound(_("查無這件提報。"))
    return SimpleNamespace(**dict(zip(names, row, strict=True)))


def _may(viewer: Viewer, one: Any) -> dict[str, bool]:
    central = bool(standing.may_call(viewer))
    writes = not central and bool(standing.may_write(viewer, one.county))
    owed, proxy = one.state in OWED, central and not one.on_system
    author = next((UUID(row["author"]) for row in one.reviews or () if row["state"] == ReviewState.PROPOSED), None)
    return {
        "may_write": owed and (writes or proxy), "may_send": owed and writes, "may_proxy": owed and proxy,
        "may_extend": one.state == SubmissionState.AWAITED and writes,
        "may_check": central and one.state == SubmissionState.SENT,
        "may_propose": central and one.state == SubmissionState.COMPLETE,
        "may_decide": one.state == SubmissionState.PROPOSED and bool(standing.may_decide(viewer, author)),
        "may_letter": central and one.state == SubmissionState.DECIDED,
    }  # fmt: skip


def _parts(one: Any) -> tuple[PartLine, ...]:
    return tuple(
        PartLine(
            UUID(row["id"]), row["name"], row["required"], row["words"] or "", row["attached"] or "",
            tuple(FileLine(UUID(id_), name, size) for id_, name, size in row["files"] or ()),
        )
        for row in one.parts
    )  # fmt: skip


def _items(one: Any, known: bool) -> tuple[ItemLine, ...]:
    return tuple(
        ItemLine(
            id=UUID(row["id"]), what=row["what"], name=row["line"] or rules.label(rules.POST, row["post"]),
            asked=amount(row["what"], row["asked"]), asked_number=row["asked"],
            granted=amount(row["what"], row["granted"]) if known and row["granted"] is not None else "",
            why=row["why"] if known else "",
        )
        for row in one.items or ()
    )  # fmt: skip


def amount(what: str, number: int) -> str:
    """12,345元, or 增2名, or 減1名."""
    if what == What.MONEY:
        return Twd(number).text(lang())
    if number == 0:
        return _("不增減")
    return (_("增%(n)d名") if number > 0 else _("減%(n)d名")) % {"n": abs(number)}


def _receipts(one: Any) -> tuple[tuple[str, str, str, str], ...]:
    rows = []
    for row in one.receipts or ():
        local = clock.local(datetime.fromisoformat(row["at"]))
        late = (local.date() - date.fromisoformat(row["due"])).days
        how = str(How(row["how"]).label) + (f"（{row['paper']}）" if row["paper"] else "")
        words = _("逾期%(n)d天") % {"n": late} if late > 0 else _("期限內")
        rows.append((row["number"], f"{long_day(local.date())} {local:%H:%M}", how, words))
    return tuple(rows)


def _checks(one: Any, parts: tuple[PartLine, ...]) -> tuple[tuple[str, str, tuple[str, ...], str], ...]:
    names = {str(part.id): part.name for part in parts}
    return tuple(
        (
            long_day(clock.local(datetime.fromisoformat(row["at"])).date()), row["words"],
            tuple(names.get(id_, "") for id_ in row["missing"]),
            long_day(date.fromisoformat(row["back"])) if row["back"] else "",
        )
        for row in one.checks or ()
    )  # fmt: skip


def _reviews(one: Any) -> tuple[tuple[str, str, str, str, str], ...]:
    return tuple(
        (
            str(Outcome(row["outcome"]).label), row["opinion"], row["by"],
            str(ReviewState(row["state"]).label) + (f"（{row['decided']}）" if row["decided"] else ""), row["words"],
        )
        for row in one.reviews or ()
    )  # fmt: skip


def _letter(one: Any) -> tuple[str, str, str]:
    number, dated, words, _registered = one.letter
    return number, long_day(date.fromisoformat(dated)), words
