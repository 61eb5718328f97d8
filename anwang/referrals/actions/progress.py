"""What becomes of a referral: first contact, visit together, look-back, outcome; or it is given up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.actions import NewSubject, open_case
from anwang.directory.queries import has_post
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.matters import actions as matters
from anwang.matters.actions import end_matter, happened
from anwang.matters.holder import Holder
from anwang.matters.models import Matter, Offer
from anwang.matters.promises import keep
from anwang.referrals import events, policies, rules
from anwang.referrals.models import Referral
from anwang.referrals.states import TAKEN, ReferralState, Sort, StepKind

from .sending import locked, step, write


@transaction.atomic
def contacted(*, referral_id: UUID, words: str, by: Viewer, at: datetime, ref: str = "") -> None:
    """首次聯繫: the receiver met or reached the person; the sender reads it at once."""
    referral, matter = _taken(referral_id)
    policies.may_tell(by, referral).enforce()
    _say_who(referral, by, ref)
    if not words.strip():
        raise BadInput(_("請寫什麼時候、怎麼聯繫到、談好什麼。"), field="words")
    write(referral_id, state=ReferralState.MET, met_at=at)
    step(referral, StepKind.CONTACTED, by=by, at=at, unit_id=referral.to_unit_id, words=words, ref=ref)
    happened(
        matter_id=referral_id, event=events.CONTACTED, at=at, by=by,
        facts={"step_down": "yes" if matter.sort == Sort.STEP_DOWN else "no"},
    )  # fmt: skip
    record("referral.contacted", by=by, at=at, matter_id=referral_id)
    keep()


@transaction.atomic
def visited_together(*, referral_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """共同訪視 of a step-down: sender and receiver saw the family together. The case may be closed only after it."""
    referral, matter = _taken(referral_id)
    _is_step_down(matter)
    if not (policies.may_send(by, referral) or policies.is_receiver(by, referral)):
        policies.may_send(by, referral).enforce()
    if not words.strip():
        raise BadInput(_("請寫哪些人一起去、看到誰、講好什麼。"), field="words")
    step(referral, StepKind.VISITED_TOGETHER, by=by, at=at, unit_id=by.unit_id, words=words)
    happened(
        matter_id=referral_id, event=events.VISITED_TOGETHER, at=at, by=by, subject_id=referral.person_id
    )  # fmt: skip
    record("referral.visited_together", by=by, at=at, matter_id=referral_id)
    keep()


@transaction.atomic
def looked_back(*, referral_id: UUID, words: str, outcome: str, by: Viewer, at: datetime) -> None:
    """回看: months later the sender asks how it goes; with it a step-down has its outcome and ends."""
    referral, matter = _taken(referral_id)
    _is_step_down(matter)
    policies.may_send(by, referral).enforce()
    if not policies.was_visited_together(referral):
        raise Refused(_("還沒有共同訪視。先和接手的單位一起去，之後才回看。"))
    if not words.strip():
        raise BadInput(_("請寫問了誰、現在怎麼樣。"), field="words")
    step(referral, StepKind.LOOKED_BACK, by=by, at=at, unit_id=by.unit_id, words=words)
    happened(matter_id=referral_id, event=events.LOOKED_BACK, at=at, by=by)
    _end(referral, outcome, "", by, at)


@transaction.atomic
def close(*, referral_id: UUID, outcome: str, words: str, by: Viewer, at: datetime, ref: str = "") -> None:
    """結果: what became of it. A referral ends only so, or by being given up before anybody took it."""
    referral, matter = _taken(referral_id)
    policies.may_tell(by, referral).enforce()
    _say_who(referral, by, ref)
    if matter.sort == Sort.STEP_DOWN:
        raise Refused(_("降階要由送出的單位回看後才結束。"))
    if rules.mark("referral.outcomes", outcome, "says_why") == "yes" and not words.strip():
        raise BadInput(_("這個結果要寫原因。"), field="words")
    _end(referral, outcome, words, by, at, ref)


@transaction.atomic
def give_up(*, referral_id: UUID, reason: str, by: Viewer, at: datetime, words: str = "") -> None:
    """不再轉介: the sender takes back what nobody has taken on, with a reason; it answers itself for the need."""
    referral, _matter = locked(referral_id)
    policies.may_send(by, referral).enforce()
    if referral.state not in (ReferralState.SENT, ReferralState.RETURNED, ReferralState.PREPARED):
        raise Conflict(_("對方已經接了。要結束，請寫結果。"))
    if rules.code("referral.give_up", reason) is None:
        raise BadInput(_("請選不再轉介的理由。"), field="reason")
    for asked in Offer.objects.filter(pending_of=referral_id):
        matters.withdraw(offer_id=asked.id, by=by, at=at)
    write(referral_id, state=ReferralState.GIVEN_UP, ended_at=at)
    step(referral, StepKind.GIVEN_UP, by=by, at=at, unit_id=by.unit_id, code=reason, words=words)
    happened(matter_id=referral_id, event=events.GIVEN_UP, at=at, by=by, facts={"reason": reason})
    end_matter(matter_id=referral_id, how="given_up", at=at, by=by)
    record("referral.given_up", by=by, at=at, matter_id=referral_id, reason=reason)
    keep()


@transaction.atomic
def open_case_here(*, referral_id: UUID, worker_id: UUID, by: Viewer, at: datetime) -> UUID:
    """The receiver opens its own case for what it took on, with clocks from its acceptance. Gives the case's key."""
    referral, _matter = _taken(referral_id)
    policies.may_open(by, referral).enforce()
    kind = rules.mark(rules.KINDS, referral.to_kind, "opens")
    if not kind:
        raise Refused(_("這類服務不在這裡開案。請在你們的系統辦理，並回饋結果。"))
    if referral.opened_case is not None:
        raise Conflict(_("已經開過案了。"))
    if not has_post(worker_id, referral.to_unit_id):
        raise BadInput(_("請選你們單位在職的同事。"), field="worker")
    case = open_case(
        kind=kind, county=referral.to_unit.jurisdiction_id, accountable_id=referral.to_unit_id,
        acting=Holder(referral.to_unit_id, worker_id), subjects=[NewSubject(_subject(referral, kind), _role(kind))],
        opened_at=at, by=by, family_id=_family(referral), circle=_circle(referral),
        facts={"received_at": referral.accepted_at, "known_at": referral.accepted_at},
    )  # fmt: skip
    write(referral_id, opened_case=case.id)
    step(referral, StepKind.OPENED, by=by, at=at, unit_id=referral.to_unit_id)
    record("referral.opened_case", by=by, at=at, matter_id=referral_id, case=case.id)
    keep()
    return case.id


def _subject(referral: Referral, kind: str) -> UUID | None:
    if kind == "vulnerable_family":
        if referral.case.family_id is None:
            raise Refused(_("送出的案件還沒有案家。請對方先掛上案家，或用受理開案。"))
        return None
    if referral.person_id is None:
        raise Refused(_("轉介沒有寫是哪一位。請先問送出的單位。"))
    return referral.person_id


def _role(kind: str) -> str:
    return "child" if kind == "youth_guidance" else "client"


def _family(referral: Referral) -> UUID | None:
    """The family, unless one of the two files stands on the other party's side."""
    return referral.case.family_id if _circle(referral) != Circle.OTHER else None


def _circle(referral: Referral) -> str:
    return rules.mark(rules.KINDS, referral.to_kind, "circle") or Circle.NEUTRAL


def _taken(referral_id: UUID) -> tuple[Referral, Matter]:
    referral, matter = locked(referral_id)
    if referral.state not in TAKEN:
        raise Conflict(_("這件轉介還沒有人接，或已經結束。"))
    return referral, matter


def _is_step_down(matter: Matter) -> None:
    if matter.sort != Sort.STEP_DOWN:
        raise Refused(_("只有兒保降階要共同訪視和回看。"))


def _say_who(referral: Referral, by: Viewer, ref: str) -> None:
    if not policies.is_receiver(by, referral) and not ref.strip():
        raise BadInput(_("代登要寫對方誰說的，和電話或文號。"), field="ref")


def _end(referral: Referral, outcome: str, words: str, by: Viewer, at: datetime, ref: str = "") -> None:
    if rules.code("referral.outcomes", outcome) is None:
        raise BadInput(_("請選轉介的結果。"), field="outcome")
    write(referral.id, state=ReferralState.ENDED, outcome=outcome, ended_at=at)
    step(referral, StepKind.CLOSED, by=by, at=at, unit_id=referral.to_unit_id, code=outcome, words=words, ref=ref)
    happened(matter_id=referral.id, event=events.CLOSED, at=at, by=by, facts={"outcome": outcome})
    end_matter(matter_id=referral.id, how=outcome, at=at, by=by)
    record("referral.closed", by=by, at=at, matter_id=referral.id, outcome=outcome)
    keep()
