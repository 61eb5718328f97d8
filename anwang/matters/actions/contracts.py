"""委託: an NGO acts under a contract. When it ends, everything comes back to the authority, that instant."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Contract
from anwang.directory.queries import superiors, supervisors_of
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters import policies
from anwang.matters.holder import Holder
from anwang.matters.models import HandOverItem, HandOverList, Matter
from anwang.matters.promises import keep
from anwang.matters.states import HandOverReason, How

from .moves import move_all
from .receiving import receiver_of


@transaction.atomic
def open_contract(
    *, number: str, authority_id: UUID, ngo_id: UUID, service: str, posts: int, starts_at: datetime,
    ends_at: datetime, by: Viewer,
) -> Contract:  # fmt: skip
    """A commission: the NGO may act for the authority (and units below it) from `starts_at` to `ends_at`."""
    made = Contract(
        id=uuid7(), number=number.strip(), authority_id=authority_id, ngo_id=ngo_id, service=service.strip(),
        posts=posts, starts_at=starts_at, ends_at=ends_at,
    )  # fmt: skip
    policies.may_close_contract(by, made).enforce()
    if ends_at <= starts_at:
        raise BadInput(_("契約結束要晚於開始。"), field="ends_at")
    if Contract.objects.filter(number=made.number).exists():
        raise Conflict(_("這個契約編號已經登錄。"))
    made.save(force_insert=True)
    record("contract.opened", by=by, at=starts_at, subject_id=made.id, ngo=ngo_id, authority=authority_id)
    return made


@transaction.atomic
def end_contract(*, contract_id: UUID, by: Viewer, to: Holder | None = None) -> HandOverList | None:
    """At or after its end: every matter the NGO acts on for the authority comes back, as of that instant.

    To `to`, else to the authority's desk, else its first supervisor. Reading had ended by itself. Once: None the second
    time. The list waits for both signatures; responsibility does not wait for them.
    """
    contract = Contract.objects.select_for_update(no_key=True, of=("self",)).filter(id=contract_id).first()
    if contract is None:
        raise NotFound(_("查無這份契約。"))
    if not by.service:
        policies.may_close_contract(by, contract).enforce()
    if contract.closed_at is not None:
        return None
    if contract.ends_at > clock.now():
        raise BadInput(_("契約還沒到期。到期時會自動收回；要提前，請先改契約期間。"))
    back = [m for m in Matter.objects.filter(acting_unit_id=contract.ngo_id, ended_at=None)
            if contract.authority_id in superiors(m.accountable_id)]  # fmt: skip
    made = HandOverList.objects.create(
        id=uuid7(), reason=HandOverReason.CONTRACT, from_unit_id=contract.ngo_id, contract=contract,
        effective_at=contract.ends_at, prepared_by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    _give_back(made, back, to, by)
    Contract.objects.filter(id=contract_id).update(closed_at=clock.now())
    record("contract.ended", by=by, at=contract.ends_at, subject_id=contract_id, count=len(back))
    keep()
    return made


def _give_back(made: HandOverList, back: list[Matter], to: Holder | None, by: Viewer) -> None:
    """All on one list; those who go from one holder to one other at one instant move together."""
    homes = {authority: to or _home(authority, by) for authority in {matter.accountable_id for matter in back}}
    HandOverItem.objects.bulk_create(
        [
            HandOverItem(
                list=made, matter=matter, since=matter.acting_since, to_unit_id=home.unit_id,
                to_worker_id=home.worker_id, to_desk_id=home.desk_id,
            )
            for matter in back
            for home in (homes[matter.accountable_id],)
        ]
    )  # fmt: skip
    together: dict[tuple[Holder, Holder, datetime], list[UUID]] = {}
    for matter in back:
        at = made.effective_at if made.effective_at > matter.acting_since else clock.now()
        together.setdefault((Holder.of(matter), homes[matter.accountable_id], at), []).append(matter.id)
    for (giver, home, at), ids in together.items():
        move_all(matter_ids=ids, giver=giver, to=home, how=How.RETURNED, at=at, by=by)


def _home(authority_id: UUID, by: Viewer) -> Holder:
    signing = supervisors_of(authority_id)
    return Holder(authority_id, signing[0]) if signing else receiver_of(authority_id, by=by)
