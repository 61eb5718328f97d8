"""Which event of the rulebook an offer and its answer are."""

from __future__ import annotations

from dataclasses import dataclass

from anwang.matters import events
from anwang.matters.states import AnsweredHow, MatterKind, OfferKind


@dataclass(frozen=True)
class Asking:
    """The event of asking, the duty to chase the answer, and the event of an answer (empty for transfers: two)."""

    event: str
    rule: str
    answer: str = ""


_TRANSFER = Asking(events.TRANSFER_OFFERED, "transfer.answer")
_JOINING = Asking(events.JOINING_OFFERED, "joining.answer", events.JOINING_ANSWERED)
_REFERRAL = Asking(events.REFERRAL_OFFERED, "referral.answer", events.REFERRAL_ANSWERED)
_URGENT = Asking(events.VISIT_OFFERED, "visit_request.answer_urgent", events.VISIT_ANSWERED)
_ASKINGS = {
    OfferKind.TRANSFER: _TRANSFER,
    OfferKind.TRANSITION: _TRANSFER,
    OfferKind.REFERRAL: _REFERRAL,
    OfferKind.JOINING: _JOINING,
    OfferKind.LEAD: _JOINING,
    OfferKind.VISIT_REQUEST: Asking(events.VISIT_OFFERED, "visit_request.answer", events.VISIT_ANSWERED),
}


def offered(kind: OfferKind, urgent: bool, of: str) -> Asking:
    """What asking starts. `of` is the kind of the matter: a referral with a day is still answered as a referral."""
    if of == MatterKind.REFERRAL:
        return _REFERRAL
    return _URGENT if urgent and kind == OfferKind.VISIT_REQUEST else _ASKINGS[kind]


def answered(kind: OfferKind, accept: bool, reason: str, how: str, of: str) -> tuple[str, dict[str, object]]:
    """What the answer ends, with its facts. A 轉銜 accepted before its day has not moved anything yet."""
    if answer := offered(kind, False, of).answer:
        return answer, {"accepted": "yes" if accept else "no", "seen": None}
    if not accept:
        return events.TRANSFER_DECLINED, {"reason": reason}
    is_proxy = how in (AnsweredHow.PHONE, AnsweredHow.LETTER)
    return events.TRANSFER_ACCEPTED, {"proxy": "yes" if is_proxy else "no"}
