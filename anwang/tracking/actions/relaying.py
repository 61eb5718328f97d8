"""布達: units are told what a sitting decided and say that they have it; off the system, by proxy."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Unit
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.minutes.models import Sitting
from anwang.minutes.states import OUT
from anwang.tracking import events, policies
from anwang.tracking.models import Follow, Relay
from anwang.tracking.states import HowTold

from .taking import following


@transaction.atomic
def tell(
    *, sitting_id: UUID, unit_ids: Collection[UUID], how: str, by: Viewer, at: datetime, words: str = ""
) -> tuple[Relay, ...]:
    """Tell units of the decisions of minutes that are out. A unit that was told already is not told twice."""
    sitting = Sitting.objects.filter(id=sitting_id).first()
    if sitting is None:
        raise NotFound(_("查無這場會議。"))
    policies.may_track(by, sitting.unit_id).enforce()
    if sitting.state not in OUT:
        raise Refused(_("紀錄還是草稿，不能布達。"))
    _check(how, words)
    units = list(Unit.objects.filter(id__in=list(unit_ids), closed_on=None))
    if not units:
        raise BadInput(_("請選要布達的單位。"), field="unit_ids")
    off = [one.called for one in units if not one.on_system] if how == HowTold.SYSTEM else []
    if off:
        raise BadInput(_("%(units)s不在系統上，請用電話或公文。") % {"units": _("、").join(off)}, field="how")
    follow = following(sitting, by, at)
    told = set(Relay.objects.filter(follow=follow, unit__in=units).values_list("unit_id", flat=True))
    fresh = tuple(
        Relay(id=uuid7(), follow=follow, unit=one, told_at=at, told_how=how, told_words=words.strip(),
              told_by=by.worker_id, recorded_at=clock.now())
        for one in units if one.id not in told
    )  # fmt: skip
    if not fresh:
        raise Conflict(_("這些單位都布達過了。"))
    Relay.objects.bulk_create(fresh)
    happened(matter_id=follow.id, event=events.RELAYED, at=at, by=by)
    record("tracking.told", by=by, at=at, matter_id=follow.id, units=len(fresh))
    keep()
    return fresh


@transaction.atomic
def receive(*, relay_id: UUID, by: Viewer, at: datetime, how: str = HowTold.SYSTEM, words: str = "") -> None:
    """A unit has it. Its own people say so here; for one without accounts the keeper enters who said it."""
    relay = Relay.objects.select_for_update(of=("self",)).select_related("follow").filter(id=relay_id).first()
    if relay is None:
        raise NotFound(_("查無這份布達。"))
    policies.may_receive(by, relay).enforce()
    own = relay.unit_id in by.units
    if not own and how == HowTold.SYSTEM:
        raise BadInput(_("代登請選電話或公文，並寫誰說的或文號。"), field="how")
    _check(how, words)
    if relay.received_at is not None:
        raise Conflict(_("這個單位已經確認收到。"))
    changed = {"received_at": at, "received_how": how, "received_words": words.strip(), "received_by": by.worker_id}
    Relay.objects.filter(id=relay_id).update(**changed)
    if not Relay.objects.filter(follow_id=relay.follow_id, received_at=None).exists():
        _all_have_it(relay.follow, by, at)
    record("tracking.received", by=by, at=at, matter_id=relay.follow_id, subject_id=relay_id)
    keep()


def _all_have_it(follow: Follow, by: Viewer, at: datetime) -> None:
    happened(matter_id=follow.id, event=events.RECEIVED, at=at, by=by)


def _check(how: str, words: str) -> None:
    if how not in HowTold.values:
        raise BadInput(_("請選系統內、電話或公文。"), field="how")
    if how != HowTold.SYSTEM and not words.strip():
        raise BadInput(_("請寫文號，或打給誰。"), field="words")
