"""派案爭議: claim, statements, ruling. Whoever holds the matter keeps acting; nobody is refused a contact meanwhile."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.actions import end_grants_of, grant, unit_key
from anwang.access.models import Involvement
from anwang.access.states import Purpose
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Unit
from anwang.directory.queries import common_superior
from anwang.directory.states import SUPERVISING_POST, Role
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters import events, policies, rules
from anwang.matters.holder import Holder
from anwang.matters.models import Dispute, DisputeStatement, Duty, Matter, Precedent
from anwang.matters.promises import keep, lock
from anwang.matters.states import DisputeState, How
from anwang.people.models import Person

from .duties import happened
from .moves import move, move_authority
from .receiving import SHARED, receiver_of

RULING = "dispute.rule"


@transaction.atomic
def file_dispute(
    *, matter_id: UUID, claimed_unit_id: UUID | None, topic: str, words: str, by: Viewer, at: datetime
) -> Dispute:
    """「不是我們的」: after the first act, by the unit that holds it, to the first common superior on the real tree.

    `claimed_unit_id` is whose it should be, of another bureau or county too; None when the filer does not know. Courts,
    prosecutors and other branches have no common superior with us: there the way is a letter.
    """
    matter = lock(matter_id)
    policies.may_file_dispute(by, matter).enforce()
    if not topic or not words.strip():
        raise BadInput(_("請選爭議事由，並寫為什麼。"), field="topic" if not topic else "words")
    filer = _filer(matter, by)
    if claimed_unit_id == filer:
        raise BadInput(_("請選你認為該負責的其他單位。"), field="claimed_unit")
    if Dispute.objects.filter(filed_of=matter_id, filed_by_unit_id=filer).exists():
        raise Conflict(_("你們的爭議已經提出，正等裁定。"))
    arbiter = common_superior([filer, claimed_unit_id or matter.accountable_id])
    if arbiter is None:
        raise Refused(_("和這個機關沒有共同上級，不能提爭議。請發公文，並登載回覆。"))
    filed = Dispute.objects.create(
        id=uuid7(), matter=matter, filed_by_unit_id=filer, claimed_unit_id=claimed_unit_id, arbiter_id=arbiter,
        filed_at=at, recorded_at=clock.now(), by=by.worker_id, topic=topic,
        ruling_due_at=rules.answer_clock(RULING, at, matter.county).due_at,
    )  # fmt: skip
    _write(filed, "claim", words, filer, by)
    _let_read(filed, by, at)
    happened(matter_id=matter_id, event=events.DISPUTED, at=at, by=by, facts={"arbiter_level": filed.arbiter.kind})
    if filed.arbiter.on_system:
        Duty.objects.filter(open_of=matter_id, rule_id=RULING).update(unit_id=arbiter, role=Role.CHIEF)
    record("dispute.filed", by=by, at=at, matter_id=matter_id, dispute=filed.id, arbiter=arbiter, topic=topic)
    keep()
    return filed


@transaction.atomic
def add_statement(*, dispute_id: UUID, words: str, by: Viewer) -> None:
    """The other side, or the filer again, writes what it has to say."""
    filed = _filed(dispute_id)
    policies.may_state(by, filed).enforce()
    if not words.strip():
        raise BadInput(_("請寫意見。"), field="words")
    sides = (filed.claimed_unit_id, filed.filed_by_unit_id, filed.arbiter_id, by.unit_id)
    unit = next(side for side in sides if side in by.units)
    _write(filed, "claim" if unit == filed.filed_by_unit_id else "answer", words, unit, by)
    record("dispute.stated", by=by, matter_id=filed.matter_id, dispute=dispute_id, unit=unit)


@transaction.atomic
def rule(
    *,
    dispute_id: UUID,
    unit_id: UUID,
    words: str,
    principle: str,
    by: Viewer,
    at: datetime,
    to: Holder | None = None,
    name: str = "",
    ref: str = "",
) -> Dispute:
    """裁定: which unit answers from `at` on. When it is another one, accountable and acting move at once.

    `principle` is the ruling in words without persons; it becomes a precedent every unit can find. An arbiter without
    accounts rules on paper: a party enters it with who signed (`name`) and 文號 (`ref`).
    """
    filed = _filed(dispute_id)
    matter = lock(filed.matter_id)
    filed.refresh_from_db(fields=["state"])
    if filed.state != DisputeState.FILED:
        raise Conflict(_("這件爭議剛剛已經裁定或撤回。請重新整理看最新情形。"))
    policies.may_rule(by, filed).enforce()
    _check_ruling(filed, principle, words, name, ref, at)
    Dispute.objects.filter(id=dispute_id).update(
        state=DisputeState.RULED, ruled_at=at, ruled_by=by.worker_id, ruled_name=name.strip(), ruled_ref=ref.strip(),
        ruled_unit_id=unit_id,
    )  # fmt: skip
    _write(filed, "ruling", words, filed.arbiter_id, by)
    Precedent.objects.create(
        id=uuid7(), dispute=filed, county=matter.county, topic=filed.topic, principle=principle.strip(),
        ruled_on=clock.local(at).date(), recorded_at=clock.now(),
    )  # fmt: skip
    _over(filed, events.RULED, by, at)
    if unit_id != matter.accountable_id or unit_id != matter.acting_unit_id:
        _obey(matter, unit_id, to, by, at)
    record("dispute.ruled", by=by, at=at, matter_id=matter.id, dispute=dispute_id, unit=unit_id)
    keep()
    filed.refresh_from_db()
    return filed


@transaction.atomic
def withdraw_dispute(*, dispute_id: UUID, by: Viewer, at: datetime) -> None:
    """The filer takes it back; the matter stays where it is."""
    filed = _filed(dispute_id)
    lock(filed.matter_id)
    policies.may_withdraw_dispute(by, filed).enforce()
    Dispute.objects.filter(id=dispute_id, state=DisputeState.FILED).update(state=DisputeState.WITHDRAWN)
    _over(filed, events.RULED, by, at)
    record("dispute.withdrawn", by=by, at=at, matter_id=filed.matter_id, dispute=dispute_id)
    keep()


def _obey(matter: Matter, unit_id: UUID, to: Holder | None, by: Viewer, at: datetime) -> None:
    """The unit named answers and acts. Where it acts already and only did not answer, its own pair keeps acting."""
    holder = to or (Holder.of(matter) if unit_id == matter.acting_unit_id else receiver_of(unit_id, by=by))
    if holder == Holder.of(matter):
        move_authority(matter=matter, accountable_id=unit_id, how=How.RULED, at=at, by=by)
        return
    if to is not None and to.unit_id != unit_id:
        raise BadInput(_("只能交給裁定單位的人或值班台。"), field="to")
    move(
        matter=matter, to=holder, how=How.RULED, at=at, expected_since=matter.acting_since, by=by,
        accountable_id=unit_id, is_signed=not _can_sign(holder),
    )  # fmt: skip


def _can_sign(holder: Holder) -> bool:
    return Unit.objects.filter(id=holder.unit_id, on_system=True).exists()


def _check_ruling(filed: Dispute, principle: str, words: str, name: str, ref: str, at: datetime) -> None:
    if not filed.filed_at <= at <= clock.now():
        raise BadInput(_("裁定時間要在提出之後、現在之前。"), field="at")
    if not words.strip() or not principle.strip():
        raise BadInput(_("請寫裁定理由，和不提到任何人的裁定要旨。"), field="principle" if words.strip() else "words")
    if not filed.arbiter.on_system and not (name.strip() and ref.strip()):
        raise BadInput(_("請寫誰裁定的，和公文文號。"), field="ref")
    people = Involvement.objects.filter(file_id=filed.matter_id).values("person_id")
    named = Person.objects.filter(id__in=people).exclude(name="").values_list("name", flat=True)
    if any(person in principle for person in named):
        raise BadInput(_("裁定要旨會給其他單位看，不能寫到人名。請改寫。"), field="principle")


def _let_read(filed: Dispute, by: Viewer, at: datetime) -> None:
    """Who rules and who is claimed reads the case while it is disputed."""
    holders = [unit_key(filed.arbiter_id, Role.CHIEF)]
    if filed.claimed_unit_id:
        holders.append(unit_key(filed.claimed_unit_id, SUPERVISING_POST))
    for holder in holders:
        grant(
            file_id=filed.matter_id, holder=holder, zones=SHARED, purpose=Purpose.SUPERVISION, because="dispute",
            because_id=filed.id, by=by, at=at,
        )  # fmt: skip


def _over(filed: Dispute, event: str, by: Viewer, at: datetime) -> None:
    holders = [unit_key(filed.arbiter_id, Role.CHIEF)]
    if filed.claimed_unit_id:
        holders.append(unit_key(filed.claimed_unit_id, SUPERVISING_POST))
    for holder in holders:
        end_grants_of(
            file_ids=[filed.matter_id], holder=holder, because="dispute", because_id=filed.id, by=by, at=at
        )  # fmt: skip
    happened(matter_id=filed.matter_id, event=event, at=at, by=by, facts={"arbiter_level": filed.arbiter.kind})


def _filed(dispute_id: UUID) -> Dispute:
    found = Dispute.objects.select_related("arbiter", "matter").filter(id=dispute_id).first()
    if found is None:
        raise NotFound(_("查無這件爭議。"))
    if found.state != DisputeState.FILED:
        raise Conflict(_("這件爭議剛剛已經裁定或撤回。請重新整理看最新情形。"))
    return found


def _filer(matter: Matter, by: Viewer) -> UUID:
    return next(unit for unit in (matter.acting_unit_id, matter.accountable_id) if unit in by.units)


def _write(filed: Dispute, part: str, words: str, unit_id: UUID, by: Viewer) -> None:
    if by.worker_id:
        written = DisputeStatement(
            id=uuid7(), dispute=filed, matter_id=filed.matter_id, part=part, text=words.strip(),
            written_by=by.worker_id, written_unit_id=unit_id, recorded_at=clock.now(),
        )  # fmt: skip
        DisputeStatement.objects.bulk_create([written])
