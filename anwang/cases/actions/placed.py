"""What becomes of a placement: each ruling of the court, a move to another place, the end, and the year after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies, rules
from anwang.cases.models import CaseSubject, Placement, PlacementRuling
from anwang.cases.states import Living, PlaceKind, Seen
from anwang.foundation import clock
from anwang.foundation.days import end_of_day, months_on
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import end_matter, happened
from anwang.matters.models import Duty, Matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import DutyState
from anwang.people.actions import add_safety_address

from .placing import running
from .served import Told
from .subjects import readable_case

AT_THE_PLACE = "institution"
OVER_AT_ONCE = ("died",)
"""Ends after which nobody is followed."""


@transaction.atomic
def continue_placement(
    *, placement_id: UUID, until: date, order_number: str, by: Viewer, at: datetime, ruled_on: date | None = None
) -> None:
    """The court lets the placement go on (繼續安置、延長安置) until a day, by an order with its number.

    `at` is when the ruling became known here, from which what follows is counted; `ruled_on` the day it bears.
    """
    placement, matter = running(placement_id, by)
    if not order_number.strip():
        raise BadInput(_("請填法院裁定的字號。"), field="order_number")
    if until < clock.local(placement.placed_at).date():
        raise BadInput(_("期限要在安置之後。請看裁定上的末日。"), field="until")
    _check_ruling(placement, ruled_on, at)
    Placement.objects.filter(id=placement_id).update(continued_until=until, order_number=order_number.strip())
    ruling = _write_ruling(placement, until, order_number.strip(), ruled_on, by, at)
    facts = {
        "kind": readable_case(placement.case_id).kind, "placed_at": placement.placed_at,
        "last_day_at": datetime.combine(until, time(), tzinfo=clock.TAIPEI), "expires_at": end_of_day(until),
    }  # fmt: skip
    happened(matter_id=matter.id, event=events.PLACEMENT_CONTINUED, at=at, by=by, facts=facts)
    ruled = {"ruled_on": ruled_on.isoformat()} if ruled_on else {}
    record("placement.continued", by=by, at=at, matter_id=matter.id, until=until.isoformat(),
           longer=ruling.is_longer, **ruled)  # fmt: skip


@transaction.atomic
def move_placement(
    *, placement_id: UUID, kind: str, because: str, by: Viewer, at: datetime, address: str = "", ask_whom: str = ""
) -> Placement:
    """更換安置處所: the placement goes on under the same limit; only the place changes. Starts a first visit anew.

    `because` is a code of `place.moved_because`. A new address goes into the safety zone, as at the beginning.
    """
    placement, matter = running(placement_id, by)
    day = clock.local(at).date()
    if not placement.placed_at <= at <= clock.now():
        raise BadInput(_("更換的時間要在安置之後、現在之前。"), field="at")
    if rules.code("placement.kind", kind, day) is None:
        raise BadInput(_("請選安置類型。"), field="kind")
    if rules.code("place.moved_because", because, day) is None:
        raise BadInput(_("請選為什麼更換。"), field="because")
    if address.strip() and not ask_whom.strip():
        raise BadInput(_("請填別人要找這位時洽誰。"), field="ask_whom")
    Placement.objects.filter(id=placement_id).update(kind=kind)
    if address.strip():
        add_safety_address(person_id=placement.person_id, text=address, ask_whom=ask_whom, by=by, at=at)
    facts = {"kind": readable_case(placement.case_id).kind, "placed_at": at}
    happened(matter_id=matter.id, event=events.PLACEMENT_MOVED, at=at, by=by, facts=facts)
    record("placement.moved", by=by, at=at, matter_id=matter.id, subject_id=placement.person_id, because=because)
    keep()
    placement.refresh_from_db()
    return placement


@transaction.atomic
def end_placement(
    *, placement_id: UUID, reason: str, by: Viewer, at: datetime, living: str = Living.UNKNOWN
) -> Placement:
    """The placement is over. Where the law owes follow-up afterwards, the matter stays open for it."""
    placement, matter = running(placement_id, by)
    if at < placement.placed_at or at > clock.now():
        raise BadInput(_("結束時間要在安置之後、現在之前。"), field="at")
    if rules.code("placement.ended", reason, clock.local(at).date()) is None:
        raise BadInput(_("請從清單選結束的情形。"), field="reason")
    Placement.objects.filter(id=placement_id).update(ended_at=at, ended_because=reason)
    CaseSubject.objects.filter(matter_id=placement.case_id, person_id=placement.person_id, until_on=None).update(
        living=living
    )
    facts = {"kind": readable_case(placement.case_id).kind, "ended_at": at, "reason": reason}
    started = happened(
        matter_id=matter.id, event=events.PLACEMENT_ENDED, at=at, by=by, facts=facts, subject_id=placement.person_id
    )
    record("placement.ended", by=by, at=at, matter_id=matter.id, subject_id=placement.person_id, reason=reason)
    if not started and not Duty.objects.filter(open_of=matter.id, is_auto=False).exists():
        end_matter(matter_id=matter.id, how="ended", at=at, by=by)
    placement.refresh_from_db()
    return placement


@transaction.atomic
def end_placement_after_care(*, placement_id: UUID, by: Viewer, at: datetime) -> None:
    """The year of follow-up is over and reported: the matter of the placement ends (兒少權法第59條第4項)."""
    placement = Placement.objects.filter(id=placement_id).first()
    if placement is None:
        raise NotFound(_("查無這件安置。"))
    policies.may_place(by, placement.case_id).enforce()
    matter = lock(placement_id)
    if placement.ended_at is None:
        raise Conflict(_("安置還沒有結束。"))
    ended = clock.local(placement.ended_at).date()
    months = rules.whole_number("placement.after_care_months", ended, matter.county)
    if clock.local(at).date() < months_on(ended, months) and placement.ended_because not in OVER_AT_ONCE:
        raise Refused(_("結束安置後要追蹤滿%(months)d個月。") % {"months": months})
    owed = Duty.objects.filter(matter_id=placement_id, state=DutyState.OPEN, rule_id="placement.after_care")
    if owed.exists() and placement.ended_because not in OVER_AT_ONCE:
        raise Refused(_("還沒有追蹤報告。請先寫追蹤報告。"))
    record("placement.after_care_ended", by=by, at=at, matter_id=placement_id, subject_id=placement.person_id)
    end_matter(matter_id=placement_id, how="ended", at=at, by=by)


def tell_placements(told: Told, file_ids: Iterable[UUID], *, by: Viewer) -> None:
    """A contact saw somebody who is or was placed: the visit of the placement is done, without writing it twice.

    While he is placed only a sight at the place counts; afterwards any sight in person. Internal to this room.
    """
    seen = [one.person_id for one in told.sights if one.seen == Seen.YES and one.in_person is not False]
    in_person = rules.is_in_person(told.method)
    if not seen or not in_person:
        return
    at_place = told.method == AT_THE_PLACE or told.place_kind == PlaceKind.SAFE_PLACE
    files = list(file_ids)
    rows = Placement.objects.filter(
        Q(case_id__in=files) | Q(id__in=files), person_id__in=seen, placed_at__lte=told.started_at
    )
    kinds = dict(Matter.objects.filter(id__in=rows.values("case_id")).values_list("id", "sort"))
    still = set(Matter.objects.filter(id__in=rows.values("id"), ended_at=None).values_list("id", flat=True))
    for placement in rows.order_by("id"):
        after = placement.ended_at is not None and placement.ended_at <= told.started_at
        if placement.id in still and (after or (at_place and placement.ended_at is None)):
            event = events.PLACEMENT_FOLLOWED if after else events.PLACEMENT_VISITED
            facts = {"kind": kinds.get(placement.case_id), "first": None}
            if after:
                facts["reason"] = placement.ended_because
            happened(matter_id=placement.id, event=event, at=told.started_at, by=by, facts=facts)


def _check_ruling(placement: Placement, ruled_on: date | None, at: datetime) -> None:
    if not placement.placed_at <= at <= clock.now():
        raise BadInput(_("收到裁定的時間要在安置之後、現在之前。"), field="at")
    if ruled_on and not clock.local(placement.placed_at).date() <= ruled_on <= clock.local(at).date():
        raise BadInput(_("裁定日要在安置之後，也不晚於收到的那一天。"), field="ruled_on")


def _write_ruling(
    placement: Placement, until: date, number: str, ruled_on: date | None, by: Viewer, at: datetime
) -> PlacementRuling:
    """Each ruling stays as a row of its own; one longer than the law lets it be is marked, never changed."""
    before = PlacementRuling.objects.filter(placement=placement).order_by("-until").values_list("until", flat=True)
    since = before.first() or clock.local(placement.placed_at).date()
    months = rules.whole_number("placement.extension_at_most", clock.local(at).date())
    row = PlacementRuling(
        id=uuid7(), placement=placement, case_id=placement.case_id, ruled_on=ruled_on, until=until,
        order_number=number, is_longer=until > max(months_on(since, months), months_on(ruled_on or since, months)),
        at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    return row
