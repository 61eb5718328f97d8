"""Writing down a contact or an attempt. Saving is never refused for being late, short or somebody else's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import policies, rules
from anwang.cases.models import Case, Contact, ContactServes, ContactText, Effort
from anwang.cases.states import PlaceKind
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.matters.promises import keep
from anwang.matters.states import MatterKind

from .placed import tell_placements
from .served import Told, tell
from .sights import REFUSED, check_sights, sights_taken_back, with_everybody, with_those_not_named, write_sights


@transaction.atomic
def record_contact(
    *,
    matter_id: UUID,
    told: Told,
    by: Viewer,
    serves: Iterable[UUID] = (),
    worker_id: UUID | None = None,
    unit_id: UUID | None = None,
) -> Contact:
    """One visit, call or attempt for a case or report, and for further files on the same side (`serves`).

    Times are the true ones; the late mark is derived. Subjects not named in an attempt count as not seen. Each file's
    duties are asked of the rulebook per subject: a person who was not seen discharges nothing that wants a sight.
    `worker_id` with `unit_id` is the colleague for whom it is entered. Raises BadInput, Refused, NotFound.
    """
    policies.may_record(by, matter_id).enforce()
    _check(told)
    files = _files(matter_id, serves, by)
    told = with_everybody(told, files)
    contact = _write(matter_id, told, by, worker_id, unit_id)
    serve(contact, told, files, by=by)
    tell_placements(told, [file.id for file in files], by=by)
    record("contact.recorded", by=by, at=told.started_at, matter_id=matter_id, outcome=told.outcome, contact=contact.id)
    keep()
    return contact


@transaction.atomic
def correct_contact(*, contact_id: UUID, told: Told, because: str, by: Viewer) -> Contact:
    """Another version of a contact, by its author, with a reason. The first one stays and is shown as corrected.

    A sight that is taken back revives the duties it had discharged.
    """
    old = Contact.objects.filter(id=contact_id).first()
    if old is None:
        raise NotFound(_("查無這筆聯繫紀錄。"))
    policies.may_correct(by, old, old.written_by).enforce()
    if not because.strip():
        raise BadInput(_("請寫為什麼更正。"), field="because")
    _check(told)
    served = list(ContactServes.objects.filter(contact=old, opens=True).values_list("matter_id", flat=True))
    files = _files(old.matter_id, served, by)
    told = with_everybody(with_those_not_named(old, told), files)
    gone = sights_taken_back(old, told)
    contact = _write(old.matter_id, told, by, old.by_id, old.unit_id, corrects=old, because=because.strip())
    serve(contact, told, files, by=by, revive=(old.started_at, gone))
    record("contact.corrected", by=by, at=told.started_at, matter_id=old.matter_id, contact=contact.id, of=old.id)
    keep()
    return contact


def serve(
    contact: Contact, told: Told, files: Sequence[Matter], *, by: Viewer,
    revive: tuple[datetime, frozenset[UUID]] | None = None,
) -> None:  # fmt: skip
    """Tie a contact to its files and tell each file's duties. Internal to this room."""
    for matter in files:
        opens = matter.kind != MatterKind.REPORT or matter.id == contact.matter_id
        ContactServes.objects.bulk_create(
            [ContactServes(id=uuid7(), contact=contact, matter=matter, opens=opens, recorded_at=clock.now())]
        )
        if matter.ended_at is None:
            tell(matter, told, by=by, revive=revive)


def _check(told: Told) -> None:
    if told.started_at > clock.now() or (told.ended_at and told.ended_at > clock.now()):
        raise BadInput(_("這個時間還沒到。請填實際聯繫的時間。"), field="started_at")
    if told.ended_at and told.ended_at < told.started_at:
        raise BadInput(_("結束時間早於開始時間，請再看一次。"), field="ended_at")
    day = clock.local(told.started_at).date()
    for field, codelist in (("method", "visit.method"), ("outcome", "contact.outcome")):
        value = getattr(told, field)
        if rules.code(codelist, value, day) is None:
            raise BadInput(_("清單裡沒有這個選項，請重選。"), field=field)
    check_sights(told)


def _files(matter_id: UUID, serves: Iterable[UUID], by: Viewer) -> list[Matter]:
    """The files a contact counts for: the one it is written in, the chosen ones, the open reports they arose from."""
    wanted = list(dict.fromkeys([matter_id, *serves]))
    found = {matter.id: matter for matter in Matter.objects.filter(id__in=wanted)}
    if len(found) != len(wanted):
        raise NotFound(_("查無這件案件。請確認編號。"))
    for other in wanted[1:]:
        policies.may_record(by, other).enforce()
    sides = set(Case.objects.filter(id__in=wanted).values_list("circle", flat=True))
    if {Circle.VICTIM, Circle.OTHER} <= sides:
        raise Refused(_("兩側的案件不能共用一筆紀錄。請分開寫，各寫各的。"))
    if Circle.OTHER not in sides:
        reports = {matter.arose_from_id for matter in found.values()} - {None, *wanted}
        open_reports = Matter.objects.filter(id__in=reports, kind=MatterKind.REPORT, ended_at=None)
        found |= {report.id: report for report in open_reports}
    return [found[key] for key in sorted(found, key=lambda key: key != matter_id)]


def _write(
    matter_id: UUID, told: Told, by: Viewer, worker_id: UUID | None, unit_id: UUID | None,
    *, corrects: Contact | None = None, because: str = "",
) -> Contact:  # fmt: skip
    now = clock.now()
    if by.worker_id is None and worker_id is None:
        raise BadInput(_("請填是誰聯繫的。"), field="worker_id")
    contact = Contact(
        id=uuid7(), matter_id=matter_id, method=told.method, is_visit=rules.is_in_person(told.method),
        outcome=told.outcome, place_kind=told.place_kind, started_at=told.started_at, ended_at=told.ended_at,
        recorded_at=now, by_id=worker_id or by.worker_id, unit_id=unit_id or by.unit_id,
        written_by=by.worker_id or worker_id, corrects=corrects, corrects_because=because,
    )  # fmt: skip
    contact.save(force_insert=True)
    place = "" if told.place_kind == PlaceKind.SAFE_PLACE else told.place
    ContactText.objects.bulk_create(
        [
            ContactText(
                contact=contact, place=place, purpose=told.purpose, companions=told.companions, summary=told.summary,
                worker_safety=told.worker_safety, recorded_at=now,
            )
        ]
    )  # fmt: skip
    write_sights(contact, told, now)
    if told.outcome == REFUSED:
        _write_effort(contact, told, by, now)
    return contact


def _write_effort(contact: Contact, told: Told, by: Viewer, now: datetime) -> None:
    Effort.objects.bulk_create(
        [
            Effort(
                id=uuid7(), matter_id=contact.matter_id, contact=contact, method=told.method, refused=True,
                words="", at=told.started_at, by=by.worker_id, recorded_at=now,
            )
        ]
    )  # fmt: skip
