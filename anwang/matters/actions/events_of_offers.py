"""Which event of the rulebook an offer and its answer are."""

from __future__ import annotations

from dataclasses import dataclass

from anwang.matters.states import AnsweredHow, OfferKind


@dataclass(frozen=True)
class Asking:
    """The event of asking, and the duty to chase the answer."""

    event: str
    rule: str


_FAMILY = {
    OfferKind.TRANSFER: "transfer",
    OfferKind.TRANSITION: "transfer",
    OfferKind.REFERRAL: "referral",
    OfferKind.JOINING: "joining",
    OfferKind.LEAD: "joining",
    OfferKind.VISIT_REQUEST: "visit_request",
}


def offered(kind: OfferKind, urgent: bool) -> Asking:
    """What asking starts."""
    family = _FAMILY[kind]
    suffix = "_urgent" if urgent and family == "visit_request" else ""
    return Asking(f"{family}.offered", f"{family}.answer{suffix}")


def answered(kind: OfferKind, accept: bool, reason: str, how: str) -> tuple[str, dict[str, object]]:
    """What the answer ends, with its facts. A 轉銜 accepted before its day has not moved anything yet."""
    family = _FAMILY[kind]
    if family != "transfer":
        return f"{family}.answered", {"accepted": "yes" if accept else "no", "seen": None}
    if not accept:
        return "transfer.declined", {"reason": reason}
    is_proxy = how in (AnsweredHow.PHONE, AnsweredHow.LETTER)
    return "transfer.accepted", {"proxy": "yes" if is_proxy else "no"}
