"""Papers in and out of the register."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.actions import grant, unit_key
from anwang.access.queries import writing_zones_of
from anwang.access.states import Circle, Purpose, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.documents import policies, sealed
from anwang.documents.models import Paper, PaperBody, PaperWords
from anwang.documents.requests import last_day, request_of
from anwang.documents.states import Addressee, Direction, PaperKind, PaperState, Secrecy, Way
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter

MOST_BYTES = 10 * 1024 * 1024


@transaction.atomic
def register_paper(
    *,
    direction: Direction,
    kind: PaperKind,
    number: str,
    dated_on: date,
    subject: str,
    by: Viewer,
    at: datetime,
    matter_number: str = "",
    matter_id: UUID | None = None,
    other_unit_id: UUID | None = None,
    other_name: str = "",
    to_person: str = "",
    circle: Circle = Circle.NEUTRAL,
    secrecy: Secrecy = Secrecy.CONFIDENTIAL,
    way: Way = Way.ELECTRONIC,
    answers_id: UUID | None = None,
    answer_due_on: date | None = None,
) -> Paper:
    """Enter a paper that came in, or one that went out by another way, with its 文號; `at` is when it came or went."""
    matter = _matter(by, matter_id, matter_number)
    policies.may_register(by, matter).enforce()
    _check(number, dated_on, at, subject, other_unit_id, other_name, to_person)
    if answers_id is not None and not Paper.objects.filter(id=answers_id).exists():
        raise NotFound(_("找不到要回覆的那一份。"))
    paper_id, came = uuid7(), direction == Direction.IN
    paper = Paper.objects.create(
        id=paper_id, unit_id=by.unit_id, direction=direction, kind=kind, number=number.strip(), dated_on=dated_on,
        state=PaperState.RECEIVED if came else PaperState.SENT, matter=matter,
        file_id=matter.id if matter else paper_id, addressee=Addressee.PERSON if to_person else Addressee.UNIT,
        other_unit_id=other_unit_id, other_name=other_name.strip(), circle=circle, secrecy=secrecy, way=way,
        received_at=at if came else None, sent_at=None if came else at, answers_id=answers_id,
        answer_due_on=answer_due_on, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    if matter is None:
        _let_unit_read(paper, by, at)
    write_words(paper, subject=subject, to_person=to_person, letter={}, by=by)
    record("paper.registered", by=by, at=at, matter_id=paper.matter_id, subject_id=paper.id, direction=direction)
    return paper


@transaction.atomic
def register_answer(*, to_paper_id: UUID, number: str, dated_on: date, subject: str, by: Viewer, at: datetime) -> Paper:
    """Enter the answer to a letter of ours: same file, same other side."""
    asked = _paper(to_paper_id)
    return register_paper(
        direction=Direction.IN, kind=PaperKind.REPLY, number=number, dated_on=dated_on, subject=subject, by=by, at=at,
        matter_id=asked.matter_id, other_unit_id=asked.other_unit_id, other_name=asked.other_name,
        circle=Circle(asked.circle), answers_id=asked.id,
    )  # fmt: skip


@transaction.atomic
def number_letter(*, paper_id: UUID, number: str, dated_on: date, by: Viewer, at: datetime) -> Paper:
    """取號: a draft gets its 文號 and date."""
    if not number.strip():
        raise BadInput(_("請填文號，例如望社字第1150001234號。"), field="number")
    return _advance(
        paper_id, PaperState.NUMBERED, "paper.numbered", by, at, number=number.strip()[:40], dated_on=dated_on
    )


@transaction.atomic
def send_paper(*, paper_id: UUID, way: Way, by: Viewer, at: datetime) -> Paper:
    """發出. What was sent can no longer be changed."""
    if at > clock.now():
        raise BadInput(_("發出時間不能在未來。"), field="at")
    tied: dict[str, object] = {}
    paper = _paper(paper_id)
    if paper.offer_id is None and (asked := request_of(paper)) is not None:
        tied = {"offer_id": asked.id, "answer_due_on": last_day(asked.answer_due_at)}
    return _advance(paper_id, PaperState.SENT, "paper.sent", by, at, way=way, sent_at=at, **tied)


@transaction.atomic
def void_paper(*, paper_id: UUID, by: Viewer, at: datetime) -> Paper:
    """作廢, before it was sent; a number once given stays used."""
    return _advance(paper_id, PaperState.VOID, "paper.voided", by, at)


@transaction.atomic
def attach(*, paper_id: UUID, name: str, media_type: str, body: bytes, by: Viewer, at: datetime) -> PaperBody:
    """Keep a file that came with a paper, byte for byte, sealed."""
    paper = _paper(paper_id)
    policies.may_handle(by, paper).enforce()
    if not body or len(body) > MOST_BYTES:
        raise BadInput(_("檔案是空的，或超過10MB。請分成幾個檔。"), field="body")
    row_id = uuid7()
    kept = PaperBody.objects.bulk_create(
        [
            PaperBody(
                id=row_id, paper=paper, file_id=paper.file_id, name=name[:200], media_type=media_type[:100],
                size=len(body), sha256=hashlib.sha256(body).hexdigest(),
                sealed=sealed.seal(body, row_id),
                recorded_by=by.worker_id, recorded_at=clock.now(),
            )
        ]
    )[0]  # fmt: skip
    record("paper.attached", by=by, at=at, matter_id=paper.matter_id, subject_id=paper.id, sha256=kept.sha256)
    return kept


def write_words(paper: Paper, *, subject: str, to_person: str, letter: dict[str, object], by: Viewer) -> None:
    """The latest words of a paper. Written without reading back: a clerk writes what he may not read again."""
    PaperWords.objects.bulk_create(
        [
            PaperWords(
                id=uuid7(), paper=paper, file_id=paper.file_id, subject=subject.strip(), to_person=to_person.strip(),
                letter=letter, written_by=by.worker_id, recorded_at=clock.now(),
            )
        ]
    )  # fmt: skip


def _let_unit_read(paper: Paper, by: Viewer, at: datetime) -> None:
    grant(
        file_id=paper.id, holder=unit_key(paper.unit_id), zones=(Zone.WORK, Zone.CASE), purpose=Purpose.PAPERWORK,
        because="paper", because_id=paper.id, by=by, at=at,
    )  # fmt: skip


def _advance(
    paper_id: UUID, state: PaperState, verb: str, by: Viewer, at: datetime, **changes: object
) -> Paper:  # fmt: skip
    paper = _paper(paper_id)
    policies.may_handle(by, paper).enforce()
    policies.may_become(paper, state).enforce()
    if not Paper.objects.filter(id=paper_id, state=paper.state).update(state=state, **changes):
        raise Conflict(_("有人剛改過這份公文。請重新整理再看。"))
    record(verb, by=by, at=at, matter_id=paper.matter_id, subject_id=paper.id)
    return _paper(paper_id)


def _paper(paper_id: UUID) -> Paper:
    paper = Paper.objects.filter(id=paper_id).first()
    if paper is None:
        raise NotFound(_("找不到這份公文。"))
    return paper


def _matter(by: Viewer, matter_id: UUID | None, number: str) -> Matter | None:
    if matter_id is None and not number.strip():
        return None
    asked = {"id": matter_id} if matter_id else {"number": number.strip().upper()}
    found = Matter.objects.filter(**asked).first()
    known = found is not None and (found.county == by.county or writing_zones_of(by, found.id))
    if not known:
        raise BadInput(_("找不到這個案號。請核對紙上的號碼。"), field="matter_number")
    return found


def _check(
    number: str, dated_on: date, at: datetime, subject: str, unit: UUID | None, name: str, person: str
) -> None:  # fmt: skip
    if not number.strip():
        raise BadInput(_("請填文號；沒有文號的寫「無」。"), field="number")
    if not subject.strip():
        raise BadInput(_("請寫主旨，一句話就好。"), field="subject")
    if unit is None and not name.strip() and not person.strip():
        raise BadInput(_("請選對方單位，或寫對方是誰。"), field="other_name")
    if at > clock.now() or dated_on > clock.today():
        raise BadInput(_("日期不能在未來。請填紙上的日期和實際收發的時間。"), field="at")
    if at < clock.now() and clock.local(at).date() < dated_on:
        raise Refused(_("收發時間早於公文日期。請核對其中一個。"))
