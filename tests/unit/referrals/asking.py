"""Short words to refer somebody in the invented county."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from anwang.foundation import clock
from anwang.matters.states import AnsweredHow
from anwang.referrals import actions
from anwang.referrals.actions import ReferralIn
from anwang.referrals.models import Referral
from tests.unit.cases.office import Office


def told(office: Office, to: str = "welfare", **more: object) -> ReferralIn:
    """A referral of the boy's family to the welfare centre, for which the indicators fit."""
    given: dict[str, object] = {
        "to_kind": "vulnerable_family", "to_unit_id": office.units[to], "topic": "parenting", "asks": ["assess"],
        "words": "媽媽一個人帶兩個孩子，需要喘息和實物。", "urgency": "ordinary", "basis": "child", "about": "陳小宇家",
        "person_id": office.boy,
        "answers": {"harm": "no", "child_home": "yes", "several": "yes", "steps_down": "no"},
    }  # fmt: skip
    return ReferralIn(**(given | more))  # type: ignore[arg-type]


def sent(office: Office, case_id: UUID, to: str = "welfare", worker: str = "worker", **more: object) -> Referral:
    office.hands.advance(timedelta(minutes=5))
    return actions.refer(case_id=case_id, given=told(office, to, **more), by=office.be(worker), at=clock.now())


def taken(office: Office, referral: Referral, by: str = "welfare_supervisor", to: str = "") -> Referral:
    from anwang.matters.holder import Holder

    office.hands.advance(timedelta(minutes=5))
    holder = Holder(referral.to_unit_id, office.workers[to]) if to else None
    return actions.accept(referral_id=referral.id, by=office.be(by), at=clock.now(), to=holder)


def taken_by_proxy(office: Office, referral: Referral, by: str = "worker") -> Referral:
    office.hands.advance(timedelta(minutes=5))
    return actions.accept_by_proxy(
        referral_id=referral.id, name="王護理長", how=AnsweredHow.PHONE, ref="(08)000-2222", by=office.be(by),
        at=clock.now(),
    )  # fmt: skip
