"""Reading the register. Envelopes by unit; words only for whoever reads the file (row-level security decides)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anwang.access.queries import zones_of
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.directory.models import Unit
from anwang.directory.states import Role
from anwang.documents import circles, sealed
from anwang.documents.composing import letter_of
from anwang.documents.looks import printings, template, template_body, template_for, templates, tried
from anwang.documents.models import PaperBody
from anwang.documents.printing import Sheet
from anwang.documents.states import Direction, PaperKind, PaperState, Secrecy, Way
from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput, NotFound
from anwang.matters.models import Matter
from anwang.matters.states import AnsweredHow, OfferState

__all__ = [
    "Attachment", "PaperLine", "Register", "attachments", "body", "letter_of", "letter_sheet", "matter_of", "offices",
    "paper", "paper_numbered", "people_to_name", "preview", "printings", "register", "template", "template_body",
    "template_for", "templates", "tried",
]  # fmt: skip

# `mine`: the units whose register the viewer keeps, his own and, for a clerk, those below. The papers of one matter are
# shown to whoever reads its case too, whichever unit registered them. A request answered by telephone waits no more.
REGISTER_SQL = """
WITH RECURSIVE mine (id) AS (
  SELECT unnest(%(units)s::uuid[]) UNION SELECT u.id FROM directory_unit u JOIN mine m ON u.superior_id = m.id
   WHERE %(clerk)s)
SELECT p.id, p.direction, p.state, p.kind, p.number, p.dated_on,
       coalesce(o.called, p.other_name), u.called, m.number,
       p.secrecy, p.way, coalesce(p.sent_at, p.received_at), p.answer_due_on, p.recorded_at, w.subject, w.to_person,
       (SELECT a.number FROM documents_paper a WHERE a.answers_id = p.id ORDER BY a.recorded_at LIMIT 1),
       q.number, f.state, f.answered_how, f.answered_ref, count(*) OVER ()
  FROM documents_paper p JOIN directory_unit u ON u.id = p.unit_id LEFT JOIN matters_offer f ON f.id = p.offer_id
  LEFT JOIN directory_unit o ON o.id = p.other_unit_id LEFT JOIN matters_matter m ON m.id = p.matter_id
  LEFT JOIN documents_paper q ON q.id = p.answers_id
  LEFT JOIN LATERAL (SELECT subject, to_person FROM documents_paperwords x WHERE x.paper_id = p.id
                      ORDER BY x.recorded_at DESC, x.id DESC LIMIT 1) w ON true
 WHERE (p.unit_id IN (SELECT id FROM mine) OR ((%(id)s::uuid IS NOT NULL OR %(matter)s::uuid IS NOT NULL)
        AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = p.file_id AND 'case' = ANY (g.zones)
                     AND g.holder = ANY ((SELECT access_keys())::text[]) AND g.starts_at <= access_at()
                     AND (g.ends_at IS NULL OR g.ends_at > access_at()))))
   AND (%(direction)s = '' OR p.direction = %(direction)s) AND (%(matter)s::uuid IS NULL OR p.matter_id = %(matter)s)
   AND (%(id)s::uuid IS NULL OR p.id = %(id)s)
   AND (NOT %(waiting)s OR (p.direction = 'out' AND p.state = 'sent' AND p.answer_due_on IS NOT NULL
        AND coalesce(f.state, 'pending') = 'pending'
        AND NOT EXISTS (SELECT 1 FROM documents_paper a WHERE a.answers_id = p.id)))
   AND (%(text)s = '' OR p.number ILIKE %(like)s OR m.number ILIKE %(like)s
        OR coalesce(o.name, p.other_name) ILIKE %(like)s OR w.subject ILIKE %(like)s)
 ORDER BY CASE WHEN %(waiting)s THEN p.answer_due_on END, p.recorded_at DESC, p.id DESC LIMIT %(most)s
"""
SHOWN = 50


@dataclass(frozen=True)
class PaperLine:
    """One line of the register. `subject` is empty for whoever may not read the file."""

    id: UUID
    direction: str
    direction_words: str
    state: str
    state_words: str
    kind: str
    number: str
    dated: str
    other: str
    unit: str
    matter: str
    secrecy: str
    way: str
    moved: str
    answer_due: str
    is_late: bool
    subject: str
    answered_by: str
    answers: str


@dataclass(frozen=True)
class Register:
    """Lines, newest first (waiting ones: due first), and how many there are in all."""

    lines: tuple[PaperLine, ...]
    total: int


def register(
    viewer: Viewer, *, direction: str = "", text: str = "", waiting: bool = False, paper_id: UUID | None = None,
    matter_id: UUID | None = None,
) -> Register:  # fmt: skip
    """The register of the viewer's units, at most `SHOWN` lines; with `matter_id` the papers of that matter alone."""
    text = text.strip()[:60]
    like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    with connection.cursor() as cursor:
        cursor.execute(
            REGISTER_SQL,
            {
                "units": list(viewer.units), "clerk": Role.CLERK in viewer.role_names, "direction": direction,
                "waiting": waiting, "text": text, "like": like, "id": paper_id, "matter": matter_id,
                "most": SHOWN,
            },
        )  # fmt: skip
        rows = cursor.fetchall()
    return Register(tuple(_line(row) for row in rows), rows[0][-1] if rows else 0)


def paper(viewer: Viewer, paper_id: UUID) -> PaperLine:
    """One paper of the viewer's register; raises NotFound."""
    found = register(viewer, paper_id=paper_id).lines
    if not found:
        raise NotFound(_("找不到這份公文。"))
    return found[0]


def letter_sheet(viewer: Viewer, paper_id: UUID) -> tuple[Sheet, UUID]:
    """The paper as a sheet, and the file it belongs to. NotFound for whoever may not read its words."""
    found = letter_of(viewer, paper_id)
    return found.sheet, found.file_id


def _line(row: tuple[object, ...]) -> PaperLine:
    (paper_id, direction, state, kind, number, dated, other, unit, matter, secrecy, way, moved, due, recorded, subject,
     person, reply, answers, *offer, _total) = row  # fmt: skip
    today, answered, lang = clock.today(), reply or _answer(*offer), _language()
    return PaperLine(
        id=paper_id, direction=direction, direction_words=str(Direction(direction).label), state=state,
        state_words=str(PaperState(state).label), kind=str(PaperKind(kind).label), number=number,
        dated=roc.roc_date(dated, today, lang) if dated else "", other=other or person or _("個人"), unit=unit,
        matter=matter or "", secrecy=str(Secrecy(secrecy).label), way=str(Way(way).label) if way else "",
        moved=roc.clock_time(moved or recorded, clock.now(), lang),
        answer_due=roc.roc_date(due, today, lang) if due else "",
        is_late=bool(due and due < today and not answered and direction == Direction.OUT), subject=subject or "",
        answered_by=answered or "", answers=answers or "",
    )  # type: ignore[arg-type]  # columns as REGISTER_SQL gives them  # fmt: skip


def _language() -> roc.Lang:
    """The reader's language, for dates of the register; a letter's own are always Chinese."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def _answer(state: str | None, how: str, ref: str) -> str:
    """How the request was answered, where no paper came: 接受（電話　(08)000-9944）."""
    if state not in (OfferState.ACCEPTED, OfferState.DECLINED):
        return ""
    said = _("接受") if state == OfferState.ACCEPTED else _("不接受")
    by = "　".join(filter(None, (str(AnsweredHow(how).label) if how else "", ref)))
    return _("%(said)s（%(by)s）") % {"said": said, "by": by} if by else said


@dataclass(frozen=True)
class Attachment:
    """A file as it came."""

    name: str
    media_type: str
    body: bytes


def body(viewer: Viewer, body_id: UUID) -> Attachment:
    """An attachment opened; the reading is traced. NotFound for whoever may not read its file."""
    row = PaperBody.objects.filter(id=body_id).first()
    if row is None:
        raise NotFound(_("找不到這個附件。"))
    plain = sealed.unseal(row.sealed, row.id)
    if hashlib.sha256(plain).hexdigest() != row.sha256:
        raise NotFound(_("附件和收到時不一樣，請聯絡系統管理員。"))
    reading("paper.attachment", by=viewer, file_id=row.file_id, zone=Zone.CASE, because="paper")
    return Attachment(row.name or "attachment", row.media_type, plain)


def offices(viewer: Viewer) -> list[tuple[str, str]]:
    """Units a paper may come from or go to, those of other counties first: (id, county and name), in his language."""
    names = Unit.objects.filter(closed_on=None).exclude(id__in=viewer.units).order_by("jurisdiction_id", "name")
    rows = names.values_list("id", "jurisdiction_id", "jurisdiction__name", "name", "jurisdiction__name_en", "name_en")
    ordered = sorted(rows, key=lambda row: (row[1] == viewer.county, row[1], row[3]))
    english = translation.get_language() == "en"
    named = [(row[0], *(row[4:] if english and row[5] else row[2:4])) for row in ordered]
    return [(str(key), name if name.startswith(county) else f"{county}　{name}") for key, county, name in named]


def attachments(viewer: Viewer, paper_id: UUID) -> list[tuple[UUID, str, str]]:
    """(id, name, size in kB) of the files the viewer may open."""
    rows = PaperBody.objects.filter(paper_id=paper_id).order_by("recorded_at")
    return [(row.id, row.name, f"{max(row.size // 1024, 1)}kB") for row in rows.defer("sealed")]


def matter_of(viewer: Viewer, number: str) -> UUID:
    """The matter of a number the viewer may read; raises BadInput."""
    found = Matter.objects.filter(number=number.strip().upper()).first()
    if found is None or Zone.WORK not in zones_of(viewer, found.id):
        raise BadInput(_("找不到這個案號。請核對號碼，或從案件頁進入。"), field="matter_number")
    return found.id


def people_to_name(viewer: Viewer, number: str) -> list[tuple[str, str]]:
    """(id, name and side) of whom a letter on that matter may be about; empty until the number is one he may read."""
    try:
        found = circles.standing_in(matter_of(viewer, number)) if number else []
    except BadInput:
        return []
    return [(str(key), f"{name}　{side}" if side else name) for key, name, side in found]


def preview(viewer: Viewer, paper_id: UUID) -> Sheet | None:
    """The letter for the page, traced as a reading; None where the viewer may not read it."""
    try:
        sheet, file_id = letter_sheet(viewer, paper_id)
    except NotFound:
        return None
    reading("paper.letter", by=viewer, file_id=file_id, zone=Zone.CASE, because="paper")
    return sheet


def paper_numbered(viewer: Viewer, number: str) -> UUID:
    """The paper of that 文號 in the viewer's register; raises BadInput."""
    exact = [line for line in register(viewer, text=number).lines if line.number == number.strip()]
    if not exact:
        raise BadInput(_("登記簿裡沒有這個文號。請核對，或留空白。"), field="answers_number")
    return exact[0].id
