"""Receiving a roster: what came byte for byte, what the sender says of it, and every row taken or sent back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.actions import grant, unit_key
from anwang.access.states import Purpose, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Jurisdiction, Unit
from anwang.directory.states import Role, UnitKind
from anwang.enactments.queries import held
from anwang.foundation import clock, numbers
from anwang.foundation.errors import BadInput, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.promises import keep
from anwang.rosters import policies, rules, seals
from anwang.rosters.incoming import RosterIn
from anwang.rosters.models import RosterBody, RosterCells, RosterFile, RosterRow
from anwang.rosters.queries.shields import kept_for
from anwang.rosters.rules import Judged
from anwang.rosters.states import RowState

from .feeds import expect_feed
from .mending import mend_from_another

LETTER = "L"
"""Of the numbers of acknowledgements (回條): a list."""
READS = (Role.SCREENER, Role.SCREENING_SUPERVISOR)


@dataclass(frozen=True)
class Received:
    """The file as it is kept; `is_new` is False where the same bytes had come from this sender before."""

    file: RosterFile
    is_new: bool


def receive_roster(*, roster: RosterIn, by: Viewer, county: str = "") -> Received:
    """Keep a file and judge its rows, all in one breath; the rows become reports afterwards (`take_on`).

    A wrong count or hash is kept and raises an alarm: no child on the list waits for it. The same file again changes
    nothing. Raises BadInput for what cannot be a roster.
    """
    policies.may_load(by).enforce()
    county = county or by.county
    try:
        with transaction.atomic(), held():
            return _receive(roster, by, county)
    except IntegrityError:
        # Another connection took the same file at the same time: it is here now.
        known = _known(roster, county)
        if known is None:
            raise
        return Received(known, False)


def _receive(roster: RosterIn, by: Viewer, county: str) -> Received:
    if known := _known(roster, county):
        return Received(known, False)
    _check(roster)
    of = rules.kind(roster.kind, roster.received_at, county)
    if of is None:
        raise BadInput(_("沒有這種名冊，或那時還沒有這些規則。"), field="kind")
    feed = expect_feed(kind=roster.kind, sender=roster.sender, county=county, by=by, at=roster.received_at)
    about = _about(roster, county)
    judged = _once_each([rules.judge(row, of, roster.received_at, county) for row in roster.rows])
    accepted = sum(one.state == RowState.ACCEPTED for one in judged)
    file = RosterFile(
        id=uuid7(), number=_new_number(), feed=feed, county=county, kind=roster.kind, sender=roster.sender.strip(),
        period=_period(roster), about=about, declared=roster.declared, received=len(judged),
        accepted=accepted, rejected=len(judged) - accepted, gaps=_gaps(judged, roster.declared, about),
        sha256=_sum(roster), declared_sha256=roster.declared_sha256, size=len(roster.body), encoding=roster.encoding,
        form=roster.form, received_at=roster.received_at, recorded_at=clock.now(), recorded_by=by.worker_id,
        unit_id=by.unit_id,
    )  # fmt: skip
    file.save(force_insert=True)
    RosterBody(
        file=file, media_type=roster.media_type[:100], sealed_name=seals.seal_name(roster.name[:200], file.id),
        sealed_body=seals.seal_body(roster.body, file.id),
    ).save(force_insert=True)  # fmt: skip
    _let_the_centre_read(file.id, county, by)
    write_rows(file, judged, by)
    if about is not None:
        mend_from_another(file, by=by)
    record("roster.received", by=by, at=roster.received_at, file=file.id, kind=roster.kind, declared=roster.declared,
           received=file.received, rejected=file.rejected)  # fmt: skip
    keep()
    return Received(file, True)


def write_rows(file: RosterFile, judged: Sequence[Judged], by: Viewer, *, attempt: int = 0) -> list[RosterRow]:
    """The rows of a file with what they say, each beside whom it may give away."""
    now = clock.now()
    counties = {rules.place(name): (code, on) for code, name, on in
                Jurisdiction.objects.values_list("code", "name", "on_system")}  # fmt: skip
    on_system = {code for code, on in counties.values() if on}
    named = {name: code for name, (code, _on) in counties.items()}
    rows, cells = [], []
    found = kept_for([(one.child, one.row.cells) for one in judged])
    for at, one in enumerate(judged):
        lives = rules.county_of(one.row.cells, named, file.county)
        row = RosterRow(
            id=uuid7(), file=file, line=one.row.line, attempt=attempt, serial=one.child.serial, state=one.state,
            reasons=[list(reason) for reason in one.reasons], notes=[list(note) for note in one.notes],
            pre_check=one.child.pre_check, county=lives, goes_to=lives if lives in on_system else file.county,
            recorded_at=now, recorded_by=by.worker_id,
        )  # fmt: skip
        kept = found.get(at)
        number, name = seals.child_lookups(one.child.number, one.child.name)
        rows.append(row)
        cells.append(
            RosterCells(
                row=row, file_id=file.id, cells={} if kept else dict(one.row.cells),
                sealed=seals.seal_cells(one.row.cells, row.id) if kept else None,
                kept_for_id=kept.person_id if kept else None, ask_whom=kept.ask_whom if kept else "",
                number_lookup=number, name_lookup=name,
            )
        )  # fmt: skip
    RosterRow.objects.bulk_create(rows, batch_size=1000)
    RosterCells.objects.bulk_create(cells, batch_size=1000)
    return rows


def _known(roster: RosterIn, county: str) -> RosterFile | None:
    return RosterFile.objects.filter(
        county=county, sender=roster.sender.strip(), kind=roster.kind, period=_period(roster), sha256=_sum(roster)
    ).first()  # fmt: skip


def _period(roster: RosterIn) -> str:
    return roster.period.strip()[:20]


def _sum(roster: RosterIn) -> str:
    return hashlib.sha256(roster.body).hexdigest()


def _check(roster: RosterIn) -> None:
    if not roster.sender.strip() or len(roster.sender.strip()) > 60:
        raise BadInput(_("請填送名冊的機關，最多60字。"), field="sender")
    if roster.received_at > clock.now():
        raise BadInput(_("收到的時間不能在未來。"), field="received_at")
    if roster.declared < 0:
        raise BadInput(_("應有筆數是0或正數。"), field="declared")
    if roster.declared_sha256 and len(roster.declared_sha256) != 64:
        raise BadInput(_("雜湊值是64個字。請從對方的函照抄，沒有就不填。"), field="declared_sha256")


def _about(roster: RosterIn, county: str) -> RosterFile | None:
    """The earlier file, locked: its counts change with this one."""
    if not roster.about.strip():
        return None
    number = numbers.normalise(roster.about)
    found = RosterFile.objects.select_for_update().filter(
        number=number, county=county, kind=roster.kind, sender=roster.sender.strip()
    ).first()  # fmt: skip
    if found is None:
        raise BadInput(_("這個機關沒有這個編號的名冊。請看回條上的編號。"), field="about")
    return found


def _once_each(judged: list[Judged]) -> list[Judged]:
    """A serial number that comes twice is nobody's: the second row goes back."""
    seen: set[int] = set()
    found = []
    for one in judged:
        serial = one.child.serial
        if serial is not None and serial in seen:
            reasons = (*one.reasons, ("twice", "serial"))
            one = Judged(one.row, one.child, RowState.REJECTED, reasons, one.notes)
        elif serial is not None:
            seen.add(serial)
        found.append(one)
    return found


def _gaps(judged: list[Judged], declared: int, about: RosterFile | None) -> list[int]:
    """Which serial numbers from 1 are not there, where the sender numbers from 1 and rows without a number cannot be
    them; nothing for a file that brings only part of another again."""
    serials = {one.child.serial for one in judged if one.child.serial is not None}
    if about is not None or not serials or declared > 100_000:
        return []
    expected = range(1, declared + 1)
    if serials.isdisjoint(expected):
        return []
    found = [number for number in expected if number not in serials]
    unnumbered = sum(one.child.serial is None for one in judged)
    return found if len(found) > unnumbered else []


def _new_number() -> str:
    return numbers.new_number(LETTER, clock.local(clock.now()).year - 1911)


def _let_the_centre_read(file_id: UUID, county: str, by: Viewer) -> None:
    """Whoever screens at the centre reads what the rows say; the bytes lie in a zone that nobody is granted."""
    unit = Unit.objects.filter(jurisdiction_id=county, kind=UnitKind.INTAKE, live_public_id__isnull=False).first()
    if unit is None:
        raise Refused(_("這個縣市還沒有設定受理窗口。請洽系統管理人員。"))
    for role in READS:
        grant(file_id=file_id, holder=unit_key(unit.id, role), zones=(Zone.WORK, Zone.CASE), purpose=Purpose.INTAKE,
              because="roster", by=by, at=clock.now())  # fmt: skip
