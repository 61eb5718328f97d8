"""What others have accepted of a case before it may end: transfers, joinings, referrals that arose from it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from anwang.foundation.errors import Refused
from anwang.matters.models import Duty, Matter, Offer
from anwang.matters.states import DutyState, MatterKind, OfferState

KINDS = ("transfer", "referral", "transition", "joining")
JOINT_VISIT = "referral.joint_visit"


def accepted(matter: Matter, person_id: UUID | None) -> bool:
    """Whether somebody accepted: something of the case itself, or a referral from it for this person or for all."""
    mine = Q(matter=matter) | _referred(matter, person_id)
    given_back = Duty.objects.filter(settled_because="referral.given_back").values("matter_id")
    found = Offer.objects.filter(mine, kind__in=KINDS, state=OfferState.ACCEPTED).exclude(matter_id__in=given_back)
    return found.exists()


def visited_together(matter: Matter, person_id: UUID | None) -> bool:
    """Whether the visit together of a step-down from this case was made."""
    steps = Matter.objects.filter(arose_from=matter, kind=MatterKind.REFERRAL, sort="step_down").values("id")
    done = Duty.objects.filter(matter_id__in=steps, rule_id=JOINT_VISIT, state=DutyState.DONE)
    asked = Offer.objects.filter(_referred(matter, person_id), state=OfferState.ACCEPTED).values("matter_id")
    return done.filter(matter_id__in=asked).exists()


def refuse_while_referred(matter: Matter, person_id: UUID | None, *, is_last: bool) -> None:
    """Nobody leaves while a referral of his waits for an answer: until then the sender answers for it."""
    waiting = Offer.objects.filter(_referred(matter, None if is_last else person_id), state=OfferState.PENDING)
    if waiting.exists():
        raise Refused(_("還有轉介在等對方回覆。等到接受、改送或不再轉介，再送結案。"))


def _referred(matter: Matter, person_id: UUID | None) -> Q:
    of_case = Q(matter__arose_from=matter, matter__kind=MatterKind.REFERRAL)
    return of_case if person_id is None else of_case & (Q(subject=None) | Q(subject=person_id))
