"""What changes while somebody is served: level, re-routing and its answer, stand-ins, long relationships."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.care import events, policies, rules
from anwang.care.models import Entry, LevelChange, Reroute, Served, Triage
from anwang.care.states import HEALTH_UNITS, RerouteState
from anwang.directory.models import Unit
from anwang.directory.queries import has_post
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.actions.moves import move
from anwang.matters.grants import end_of_receiver, grant_to_receiver
from anwang.matters.holder import Holder
from anwang.matters.promises import keep, lock
from anwang.matters.states import How

from .triaging import Choice, change_level, hand_to, strike_off


@transaction.atomic
def set_level(
    *, matter_id: UUID, level: int, words: str, by: Viewer, at: datetime, proposed: int | None = None
) -> LevelChange:
    """Another level from now on, with its reason. Rises at once; the schedule of contacts is planned anew from it."""
    policies.may_triage(by, matter_id).enforce()
    lock(matter_id)
    entry = entry_of(matter_id)
    if level not in range(1, len(rules.LEVELS) + 1):
        raise BadInput(_("級別是第一級到第五級。"), field="level")
    if level == entry.level:
        raise BadInput(_("現在就是這一級。"), field="level")
    if not words.strip() and level != proposed:
        raise BadInput(_("和建議不同，請寫為什麼。"), field="words")
    change = change_level(entry, level, proposed=proposed, words=words, by=by, at=at)
    record("care.level_set", by=by, at=at, matter_id=matter_id, change=change.id)
    keep()
    return change


@transaction.atomic
def ask_reroute(
    *, matter_id: UUID, to_unit_id: UUID, service: str, because: str, words: str = "", by: Viewer, at: datetime
) -> Reroute:
    """請求改派: another post is asked to serve, with a reason; it reads the case to decide. Nothing moves yet."""
    policies.may_triage(by, matter_id).enforce()
    matter, on = lock(matter_id), clock.local(at).date()
    unit = Unit.objects.filter(id=to_unit_id, closed_on=None, jurisdiction_id=matter.county).first()
    if unit is None or unit.kind not in HEALTH_UNITS:
        raise BadInput(_("改派只在本縣市的心衛中心和衛生所之間；別的縣市請用移轄。"), field="to_unit")
    if not unit.on_system:
        raise BadInput(_("這個單位不在系統上，不能回覆。請打電話談妥，由督導改派。"), field="to_unit")
    if rules.code(rules.SERVICE, service, on) is None:
        raise BadInput(_("請選由哪一種人員服務。"), field="service")
    if rules.code(rules.OVERRIDE, because, on) is None:
        raise BadInput(_("請選改派的理由。"), field="because")
    if Reroute.objects.filter(matter=matter, state=RerouteState.ASKED).exists():
        raise Conflict(_("已經請求改派，正等回覆。"))
    asked = Reroute(
        id=uuid7(), matter=matter, from_unit_id=matter.acting_unit_id, to_unit=unit, service=service, because=because,
        words=words.strip(), asked_at=at, asked_by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    asked.save(force_insert=True)
    if unit.id != matter.acting_unit_id:
        zones = (Zone.WORK, Zone.CASE)
        grant_to_receiver(matter_id, unit.id, zones, "reroute", asked.id, by=by, at=at)
    happened(matter_id=matter_id, event=events.REROUTE_ASKED, at=at, by=by)
    record("care.reroute_asked", by=by, at=at, matter_id=matter_id, reroute=asked.id, to_unit=unit.id)
    keep()
    return asked


@transaction.atomic
def answer_reroute(
    *, reroute_id: UUID, accept: bool, by: Viewer, at: datetime, worker_id: UUID | None = None, answer: str = "",
    words: str = "",
) -> Reroute:  # fmt: skip
    """接手 with who serves from now on, or 退回 with a reason. Whoever is second gets a Conflict."""
    asked = Reroute.objects.filter(id=reroute_id).first()
    if asked is None:
        raise NotFound(_("查無這個改派請求。"))
    policies.may_answer(by, asked).enforce()
    matter = lock(asked.matter_id)
    if accept and (worker_id is None or not has_post(worker_id, asked.to_unit_id)):
        raise BadInput(_("請選由哪一位服務。"), field="worker")
    if not accept and rules.code(rules.DECLINE, answer, clock.local(at).date()) is None:
        raise BadInput(_("退回要選一個理由。"), field="answer")
    state = RerouteState.ACCEPTED if accept else RerouteState.RETURNED
    _settle(asked, state, by=by, at=at, worker_id=worker_id if accept else None, answer=answer, words=words)
    if accept:
        to = Holder(asked.to_unit_id, worker_id)  # type: ignore[arg-type]
        if to != Holder.of(matter):
            move(
                matter=matter, to=to, how=How.ACCEPTED, at=at, expected_since=matter.acting_since, by=by, is_signed=True
            )
        Entry.objects.filter(matter=matter, until_on=None).update(service=asked.service, stands_in=False)
    happened(
        matter_id=matter.id, event=events.REROUTE_ANSWERED, at=at, by=by, facts={"accepted": "yes" if accept else "no"}
    )
    record(f"care.reroute_{state}", by=by, at=at, matter_id=matter.id, reroute=asked.id)
    keep()
    asked.state = state  # whoever returned it reads the case no more
    return asked


@transaction.atomic
def withdraw_reroute(*, reroute_id: UUID, by: Viewer, at: datetime) -> None:
    """撤回 before the answer."""
    asked = Reroute.objects.filter(id=reroute_id).first()
    if asked is None:
        raise NotFound(_("查無這個改派請求。"))
    policies.may_triage(by, asked.matter_id).enforce()
    if by.worker_id != asked.asked_by:
        policies.may_decide(by, asked.matter_id).enforce()
    lock(asked.matter_id)
    _settle(asked, RerouteState.WITHDRAWN, by=by, at=at)
    happened(matter_id=asked.matter_id, event=events.REROUTE_ANSWERED, at=at, by=by, facts={"accepted": "no"})
    record("care.reroute_withdrawn", by=by, at=at, matter_id=asked.matter_id, reroute=asked.id)
    keep()


def _settle(
    asked: Reroute, state: RerouteState, *, by: Viewer, at: datetime, worker_id: UUID | None = None, answer: str = "",
    words: str = "",
) -> None:  # fmt: skip
    changed = Reroute.objects.filter(id=asked.id, state=RerouteState.ASKED).update(
        state=state, answered_at=at, answered_by=by.worker_id, worker_id=worker_id, answer=answer,
        answer_words=words.strip(),
    )  # fmt: skip
    if changed != 1:
        raise Conflict(_("這個改派請求剛剛已經有人回覆。請重新整理看最新情形。"))
    end_of_receiver(asked.matter_id, asked.to_unit_id, "reroute", asked.id, by=by, at=at)


@transaction.atomic
def hand_back(
    *, matter_id: UUID, worker_id: UUID, unit_id: UUID, by: Viewer, at: datetime,
    expected_since: datetime | None = None,
) -> Served:  # fmt: skip
    """補實後交回: what a nurse did in place of an empty post goes to whoever is in it now."""
    policies.may_decide(by, matter_id).enforce()
    matter = lock(matter_id)
    entry = entry_of(matter_id)
    if not entry.stands_in:
        raise Refused(_("這個案件不是暫代的。要換人服務，請用改派。"))
    latest = Triage.objects.filter(matter=matter).order_by("-at", "-recorded_at").first()
    if latest is None:
        raise Refused(_("請先分流：寫下知道什麼，再決定由誰服務。"))
    if not has_post(worker_id, unit_id):
        raise BadInput(_("這一位不在這個單位任職。請重選。"), field="worker")
    because = "" if latest.proposed == entry.service else "load"
    made = Served(
        id=uuid7(), matter=matter, triage=latest, proposed=latest.proposed, service=entry.service, unit_id=unit_id,
        worker_id=worker_id, because=because, at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    made.save(force_insert=True)
    Entry.objects.filter(id=entry.id).update(stands_in=False)
    choice = Choice(service=entry.service, worker_id=worker_id, unit_id=unit_id)
    hand_to(matter, choice, by=by, at=at, expected_since=expected_since)
    record("care.handed_back", by=by, at=at, matter_id=matter_id, served=made.id)
    keep()
    return made


@transaction.atomic
def begin_long(*, matter_id: UUID, because: str, by: Viewer, at: datetime) -> None:
    """長期陪伴: no pressure to close; a look from time to time, as policy says (C12)."""
    policies.may_decide(by, matter_id).enforce()
    lock(matter_id)
    entry = entry_of(matter_id)
    if not because.strip():
        raise BadInput(_("請寫為什麼要長期陪伴。"), field="because")
    if entry.long:
        raise Conflict(_("已經是長期陪伴。"))
    Entry.objects.filter(id=entry.id).update(long=True, long_because=because.strip())
    happened(matter_id=matter_id, event=events.LONG_BEGUN, at=at, by=by)
    record("care.long_begun", by=by, at=at, matter_id=matter_id)
    keep()


@transaction.atomic
def review_long(*, matter_id: UUID, words: str, goes_on: bool, by: Viewer, at: datetime) -> None:
    """A long relationship is looked at: how he is, and whether it goes on. Never a question of closing."""
    policies.may_triage(by, matter_id).enforce()
    lock(matter_id)
    entry = entry_of(matter_id)
    if not entry.long:
        raise Refused(_("這個案件不是長期陪伴。"))
    if not words.strip():
        raise BadInput(_("請寫這段時間他過得怎麼樣。"), field="words")
    Entry.objects.filter(id=entry.id).update(long=goes_on, long_because=words.strip() if goes_on else "")
    happened(matter_id=matter_id, event=events.LONG_REVIEWED, at=at, by=by)
    record("care.long_reviewed", by=by, at=at, matter_id=matter_id, goes_on=goes_on)
    keep()


@transaction.atomic
def leave_register(*, matter_id: UUID, because: str, by: Viewer, at: datetime) -> None:
    """銷列 without closing the case: no patient after all, passed to another county's register, died."""
    policies.may_decide(by, matter_id).enforce()
    matter = lock(matter_id)
    entry = entry_of(matter_id)
    if not because:
        raise BadInput(_("請選從名冊銷列的理由。"), field="because")
    strike_off(matter, entry.person_id, because, by=by, at=at)
    record("care.struck_off", by=by, at=at, matter_id=matter_id, entry=entry.id)
    keep()


def entry_of(matter_id: UUID) -> Entry:
    """The live line of a case. Internal to this room."""
    found = Entry.objects.filter(matter_id=matter_id, until_on=None).order_by("since_on").first()
    if found is None:
        raise Refused(_("還沒有列入名冊。請先分流並決定由誰服務。"))
    return found
