"""From rows to reports: every accepted row by itself, so that whatever stops the work, the next run goes on."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer, service_viewer
from anwang.audit.actions import record
from anwang.cases.actions import join_report
from anwang.directory.models import Unit
from anwang.directory.states import UnitKind
from anwang.enactments.queries import held
from anwang.foundation import clock, national_id
from anwang.foundation.errors import AnwangError
from anwang.intake.actions import note_more, receive_report
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.intake.queries.standing import cases_with
from anwang.people.actions import add_safety_address
from anwang.people.states import AddressKind, IdentifierKind, NameKind
from anwang.rosters import rules, seals
from anwang.rosters.incoming import RowIn
from anwang.rosters.models import RosterFile, RosterRow
from anwang.rosters.queries.shields import PLACES, Alike, alike, kept_for
from anwang.rosters.rules import Judged
from anwang.rosters.states import Match, RowState, Taken

log = logging.getLogger(__name__)
SERVICE = "rosters"
_PLACES = {"address": AddressKind.LIVING, "registered": AddressKind.REGISTERED, "school": AddressKind.SCHOOL}
_KINDS = {"national_id": IdentifierKind.NATIONAL, "resident_new": IdentifierKind.RESIDENT_NEW,
          "resident_old": IdentifierKind.RESIDENT_OLD}  # fmt: skip
WAITING_SQL = """
SELECT id FROM rosters_lines
 WHERE state = 'accepted' AND NOT is_taken AND (%(file)s::uuid IS NULL OR file_id = %(file)s) ORDER BY id
"""


@dataclass(frozen=True)
class Taking:
    """How many rows became or joined a report, and how many could not (they stay, and are an alarm)."""

    taken: int
    failed: int


@dataclass(frozen=True)
class _Found:
    """A row with what it says and whom it may give away."""

    row: RosterRow
    file: RosterFile
    judged: Judged
    cells: dict[str, str]
    ask_whom: str
    is_kept: bool


def take_on(*, by: Viewer, file_id: UUID | None = None, most: int = 500) -> Taking:
    """Bring up to `most` accepted rows to a report, oldest first, each in a transaction of its own.

    Run twice at once it is the same: a row is locked by whoever takes it, and its report is known by the row's key. The
    service writes, because it alone may read every row; `by` is who asked for it now, or the service.
    """
    with connection.cursor() as cursor:
        cursor.execute(WAITING_SQL, {"file": file_id})
        waiting: list[UUID] = [row_id for (row_id,) in cursor.fetchall()]
    taken = failed = 0
    for row_id in waiting:
        if taken >= most:
            break
        try:
            with transaction.atomic(), held():
                taken += _take(row_id, by.worker_id)
        except (AnwangError, DataError, IntegrityError, ValueError) as error:
            failed += 1  # it stays where everybody sees it, and stops nobody behind it
            log.warning("roster row %s waits: %s", row_id, type(error).__name__)
        except (OperationalError, InterfaceError):
            connection.close()
            raise
    return Taking(taken, failed)


def _take(row_id: UUID, asked_by: UUID | None) -> bool:
    by = service_viewer(SERVICE)
    row = RosterRow.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        id=row_id, state=RowState.ACCEPTED, report__isnull=True
    ).first()  # fmt: skip
    if row is None:
        return False
    found = _look(row)
    records = alike(found.judged.child, row.goes_to)
    if any(one.is_closed for one in records):
        # perhaps the same child: nobody reads where until somebody has decided
        found = replace(found, is_kept=True, ask_whom=found.ask_whom or _centre(row.goes_to))
    sure = _sure(records) if not found.is_kept else None
    running = _running(sure, found, row.goes_to) if sure else None
    if running is not None and sure is not None:
        _tell(running, found, by)
        report_id, person_id, taken = running, sure.person_id, Taken.JOINED
    else:
        report_id, person_id = _open(found, sure, records, by)
        taken = Taken.OPENED
    match = Match.SAME if sure else Match.PERSON if records else Match.NEW
    now = clock.now()
    RosterRow.objects.filter(id=row.id).update(
        report_id=report_id, person_id=person_id, taken=taken, match=match, taken_at=now
    )
    whose = {} if found.is_kept else {"matter_id": report_id, "subject_id": person_id}  # that would say where
    record("roster.row_taken", by=by, at=found.file.received_at, row=row.id, how=taken, match=match,
           asked_by=asked_by, **whose)  # fmt: skip
    return True


def _tell(report_id: UUID, found: _Found, by: Viewer) -> None:
    """The report says what the list says; whoever works on a case of it has to look, and to decide."""
    at = found.file.received_at
    note_more(report_id=report_id, text=_words(found), by=by, at=at)
    for case_id in sorted(cases_with(by, report_id)):
        join_report(case_id=case_id, report_id=report_id, as_what="listed", told_by=found.row.id, at=at, by=by)


def _look(row: RosterRow) -> _Found:
    file = row.file
    with connection.cursor() as cursor:
        cursor.execute("SELECT cells::text, sealed, kept_for, ask_whom FROM rosters_to_take(%s)", [row.id])
        written, sealed, kept, ask_whom = cursor.fetchone()
    cells = seals.open_cells(sealed, row.id) if sealed else seals.read_cells(written)
    of = rules.kind(file.kind, file.received_at, file.county)
    assert of is not None  # the file was received under it
    judged = rules.judge(RowIn(row.line, cells), of, file.received_at, file.county)
    if kept is None and (later := kept_for([(judged.child, cells)]).get(0)):
        kept, ask_whom = later.person_id, later.ask_whom  # shielded since the list came
    return _Found(row, file, judged, cells, ask_whom, kept is not None)


def _centre(county: str) -> str:
    unit = Unit.objects.filter(jurisdiction_id=county, kind=UnitKind.INTAKE, closed_on__isnull=True).first()
    return f"{unit.called} {unit.phone}".strip()[:80] if unit else _("受理窗口")


def _sure(records: tuple[Alike, ...]) -> Alike | None:
    """The one identity that number, name and birth all name, known in this county and open to its centre."""
    sure = [one for one in records if one.is_sure and one.is_here and not one.is_closed and one.died_on is None]
    if len({one.identity_id for one in sure}) != 1 or len(sure) != len([one for one in records if one.is_sure]):
        return None
    return sure[0]


def _running(sure: Alike, found: _Found, county: str) -> UUID | None:
    """The report still open for the child, or that of a case still open from the same kind of list."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rosters_running(%s, %s, %s)", [sure.identity_id, found.file.kind, county])
        report_id: UUID | None = cursor.fetchone()[0]
    return report_id


def _open(found: _Found, sure: Alike | None, records: tuple[Alike, ...], by: Viewer) -> tuple[UUID, UUID]:
    """A report of its own. Of whoever is shielded it carries no address: that goes to the safety zone alone."""
    file, row = found.file, found.row
    of = rules.kind(file.kind, file.received_at, file.county)
    assert of is not None
    child = _child(found, sure)
    people = (child, *_carers(found))
    report = receive_report(
        report=ReportIn(
            received_at=file.received_at, channel="roster", narrative=_words(found), kinds=(rules.CASE_KIND,),
            persons=people, source="network", unit_code=str(of.marks["unit_code"]), reporting_unit=file.sender,
            reporter=ReporterIn(organisation=file.sender, category=str(of.marks["category"])),
            remarks=_remarks(found, records),
        ),
        by=by, county=row.goes_to, sender="roster", key=seals.row_key(row.id),
    )  # fmt: skip
    person_id = sure.person_id if sure else _written(report.id)
    if found.is_kept:
        _hide(person_id, found, by, file.received_at)
    return report.id, person_id


def _written(report_id: UUID) -> UUID:
    """The record of the child as it was just written: a service reads no personal row by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rosters_child_of(%s)", [report_id])
        person_id: UUID = cursor.fetchone()[0]
    return person_id


def _child(found: _Found, sure: Alike | None) -> PersonIn:
    if sure is not None:
        return PersonIn(role="child", person_id=sure.person_id)
    child = found.judged.child
    return PersonIn(
        role="child", name=child.name[:120], name_kind=NameKind.FULL if child.name else NameKind.UNKNOWN, sex=child.sex,
        birth=child.born, identifiers=_identifiers(child.number), **_reach(found),
    )  # fmt: skip


def _carers(found: _Found) -> tuple[PersonIn, ...]:
    child = found.judged.child
    if not child.carer_name and not child.carer_number:
        return ()
    carer = PersonIn(
        role="carer", name=child.carer_name[:120], birth=child.carer_born, identifiers=_identifiers(child.carer_number),
        relation=found.cells.get("relation", "").strip()[:24],
    )  # fmt: skip
    return (carer if found.is_kept else replace(carer, **_reach(found)),)


def _reach(found: _Found) -> dict[str, tuple[object, ...]]:
    """Addresses and telephone as the list has them; none of somebody shielded."""
    if found.is_kept:
        return {}
    places = tuple((_PLACES[key], found.cells[key].strip()[:200]) for key in PLACES if found.cells.get(key, "").strip())
    phone = found.cells.get("phone", "").strip()[:120]
    return {"addresses": places, "phones": (phone,) if phone else ()}


def _identifiers(number: str) -> tuple[tuple[str, str], ...]:
    if not number:
        return ()
    kind = national_id.check(national_id.normalise(number)).kind
    return ((_KINDS.get(kind or "", IdentifierKind.OTHER), number[:40]),)


def _hide(person_id: UUID, found: _Found, by: Viewer, at: datetime) -> None:
    """The new address, school and telephone of somebody shielded: sealed, for the safety zone alone."""
    written = [found.cells.get(key, "").strip() for key in (*PLACES, "phone")]
    text = "；".join(filter(None, written))
    if text:
        add_safety_address(person_id=person_id, text=text, ask_whom=found.ask_whom, by=by, at=at)


def _words(found: _Found) -> str:
    """What the list says, without a place: that stands where places stand."""
    file = found.file
    of = rules.kind(file.kind, file.received_at, file.county)
    assert of is not None
    labels = {one.code: one.label.zh for one in rules.codes(rules.CHECKS, file.received_at)}
    check = labels.get(found.row.pre_check, "")
    where = f"{file.number}第{found.row.line}筆"
    parts = [f"{file.sender}名冊「{of.label.zh}」（脆弱家庭辦法第2條第{of.marks['item']}款），{where}。"]
    if check:
        parts.append(f"前置查訪：{check}。")
    if (remark := found.cells.get("remark", "").strip()) and not found.is_kept:
        parts.append(f"備註：{remark[:500]}")
    return "".join(parts)


def _remarks(found: _Found, records: tuple[Alike, ...]) -> tuple[str, ...]:
    said = []
    row = found.row
    if row.county != row.goes_to:
        said.append(_("實際居住的縣市沒有使用本系統，由收到名冊的縣市受理。請以公文移轄。"))
    if any(one.died_on for one in records):
        said.append(_("有一筆相近資料記為已死亡。請先向戶政查證，再決定。"))
    if records:
        said.append(_("有相近的資料，證號相同不等於同一人。請逐筆研判。"))
    if any(code == "checksum" for code, _column in row.notes):
        said.append(_("名冊上的證號檢查碼不符，可能打錯。"))
    return tuple(said)
