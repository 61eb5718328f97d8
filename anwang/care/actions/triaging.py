"""分流: what is known, what the lists say, what the dated table proposes, what a person decides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.care import events, policies, rules
from anwang.care.models import Entry, LevelChange, Served, Triage
from anwang.care.queries.lists import lists_of
from anwang.care.states import Register
from anwang.cases.models import Case
from anwang.directory.models import Appointment
from anwang.directory.states import NOT_CASEWORK
from anwang.followups.actions import set_level as plan_by_level
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import assign, happened
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock

from .posts import is_empty
from .records import health_case, person_of

COURSES = "care"
"""The group of schedules that go by care level."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What whoever triages knows. `issues` besides the lists; a level not known is left out."""

    psychiatric: str
    level: int | None = None
    issues: Collection[str] = ()
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Who is to serve. `service` is whose work it is; a nurse may do it while that post is empty (`stands_in`)."""

    service: str
    worker_id: UUID | None = None
    unit_id: UUID | None = None
    stands_in: bool = False
    because: str = ""
    words: str = ""


@transaction.atomic
def triage(*, matter_id: UUID, known: Known, by: Viewer, at: datetime, person_id: UUID | None = None) -> Triage:
    """Write down what is known and what `care.who_serves` of the day proposes. Nothing is routed by it.

    The lists (suicide × psychiatric × protection) fill in their issues themselves, so nobody has to know of them.
    """
    policies.may_triage(by, matter_id).enforce()
    matter = lock(matter_id)
    on = clock.local(at).date()
    if rules.code(rules.PSYCHIATRIC, known.psychiatric, on) is None:
        raise BadInput(_("請選是不是精神疾病病人；不知道就選還不知道。"), field="psychiatric")
    person = person_of(matter_id, person_id)
    found = lists_of(by, matter_id, person)
    issues = sorted({*known.issues} - set(rules.FROM_LISTS)) + list(found.issues)
    if any(rules.code(rules.ISSUE, one, on) is None for one in issues):
        raise BadInput(_("議題清單裡沒有這一項，請重選。"), field="issues")
    told = rules.inputs(known.psychiatric, known.level, issues, on)
    advice = rules.who_serves(told, on, matter.county)
    made = Triage(
        id=uuid7(), matter=matter, person_id=person, psychiatric=known.psychiatric, level=known.level, issues=issues,
        inputs=told, proposed=advice.outcome or "", words=known.words.strip(), at=at, by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    made.save(force_insert=True)
    facts = {"level": known.level, "patient": told["patient"] or "unknown"}
    happened(matter_id=matter_id, event=events.TRIAGED, at=at, by=by, facts=facts, subject_id=person)
    record("care.triaged", by=by, at=at, matter_id=matter_id, triage=made.id, rule=advice.hash)
    keep()
    return made


@transaction.atomic
def decide_service(
    *, matter_id: UUID, choice: Choice, by: Viewer, at: datetime, expected_since: datetime | None = None
) -> Served:
    """A supervisor decides who serves; another than proposed needs a reason. The case is assigned at once and signed.

    Puts the person into the register that goes with it, or takes him off. Refused: a psychiatric service for whoever is
    no patient; a nurse in place of a post that is not empty, without a reason.
    """
    policies.may_decide(by, matter_id).enforce()
    latest = Triage.objects.filter(matter_id=matter_id).order_by("-at", "-recorded_at").first()
    if latest is None:
        raise Refused(_("請先分流：寫下知道什麼，再決定由誰服務。"))
    matter, case, on = lock(matter_id), health_case(matter_id), clock.local(at).date()
    _check(choice, latest, case, on)
    made = Served(
        id=uuid7(), matter=matter, triage=latest, proposed=latest.proposed, service=choice.service,
        stands_in=choice.stands_in, unit_id=choice.unit_id, worker_id=choice.worker_id, because=choice.because,
        words=choice.words.strip(), at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    made.save(force_insert=True)
    if choice.service == rules.NOT_HERE:
        strike_off(matter, latest.person_id, "not_here", by=by, at=at)
    else:
        register(matter, case, latest, choice, by=by, at=at)
        hand_to(matter, choice, by=by, at=at, expected_since=expected_since)
    record("care.decided", by=by, at=at, matter_id=matter_id, served=made.id, differs=bool(choice.because))
    keep()
    return made


def _check(choice: Choice, latest: Triage, case: Case, on: date) -> None:
    if choice.service != rules.NOT_HERE and rules.code(rules.SERVICE, choice.service, on) is None:
        raise BadInput(_("請選由哪一種人員服務。"), field="service")
    if choice.service != latest.proposed and not choice.because:
        raise BadInput(_("和建議不同，請選理由。"), field="because")
    if choice.because == "other" and not choice.words.strip():
        raise BadInput(_("請寫明其他的理由。"), field="words")
    if choice.service == rules.NOT_HERE:
        return
    if case.kind == rules.MIND and not rules.is_registrable(latest.psychiatric, on):
        raise Refused(_("不是或還不知道是不是精神疾病病人，不能列精神照護名冊，也不算名冊案量。"))
    if choice.worker_id is None or choice.unit_id is None:
        raise BadInput(_("請選由哪一位服務。"), field="worker")
    posts = Appointment.objects.filter(worker_id=choice.worker_id, unit_id=choice.unit_id, ended_at=None)
    if not posts.exclude(role__in=NOT_CASEWORK).exists():
        raise BadInput(_("這一位不在這個單位任職。請重選。"), field="worker")
    if not choice.stands_in:
        return
    if choice.service not in rules.STANDS_IN_FOR:
        raise BadInput(_("公衛護理師只暫代關懷訪視員的工作。"), field="stands_in")
    if not is_empty(case.id, choice.service) and not choice.because:
        raise BadInput(_("關懷訪視員沒有出缺。要由護理師暫代，請選理由。"), field="because")


def register(
    matter: Matter, case: Case, latest: Triage, choice: Choice, *, by: Viewer, at: datetime
) -> Entry:  # fmt: skip
    """The line of the register that goes with a decision: begun, or brought up to date. Internal to this room."""
    on = clock.local(at).date()
    kind = Register.PSYCHIATRIC if case.kind == rules.MIND else Register.SUICIDE
    entry = Entry.objects.filter(matter=matter, person_id=latest.person_id, until_on=None).first()
    told = {"psychiatric": latest.psychiatric, "service": choice.service, "stands_in": choice.stands_in}
    if entry is None:
        entry = Entry(
            id=uuid7(), matter=matter, person_id=latest.person_id, register=kind, since_on=on, level=None,
            recorded_at=clock.now(), **told,
        )  # fmt: skip
        entry.save(force_insert=True)
        happened(
            matter_id=matter.id, event=events.REGISTERED, at=at, by=by, facts={"register": str(kind)},
            subject_id=latest.person_id,
        )  # fmt: skip
    else:
        Entry.objects.filter(id=entry.id).update(**told)
    if latest.level is not None and latest.level != entry.level:
        change_level(entry, latest.level, proposed=None, words=latest.words, by=by, at=at)
    return entry


def change_level(
    entry: Entry, level: int, *, proposed: int | None, words: str, by: Viewer, at: datetime
) -> LevelChange:
    """One more line of a person's levels; the schedule that goes with it hears of it. Internal to this room."""
    change = LevelChange(
        id=uuid7(), matter_id=entry.matter_id, entry=entry, was=entry.level, level=level, proposed=proposed,
        words=words.strip(), at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    change.save(force_insert=True)
    Entry.objects.filter(id=entry.id).update(level=level)
    entry.level = level
    happened(
        matter_id=entry.matter_id, event=events.LEVEL_SET, at=at, by=by, facts={"level": level},
        subject_id=entry.person_id,
    )  # fmt: skip
    _plan_contacts(entry, level, words, by=by, at=at)
    return change


def _plan_contacts(entry: Entry, level: int, words: str, *, by: Viewer, at: datetime) -> None:
    """The course of contacts goes by the level from that day on.

    Where the county has set no frequency for it, the level stands all the same, without a course: this stops that level
    only, and its page says so.
    """
    if entry.register != Register.PSYCHIATRIC:
        return
    try:
        with transaction.atomic():
            plan_by_level(
                matter_id=entry.matter_id, group=COURSES, level=str(level), by=by, at=at, person_id=entry.person_id,
                reason=words.strip() or _("照護級別改變"),
            )  # fmt: skip
    except Refused:
        record("care.level_without_course", by=by, at=at, matter_id=entry.matter_id, level=level)


def strike_off(matter: Matter, person_id: UUID, because: str, *, by: Viewer, at: datetime) -> None:
    """銷列: the line ends with its reason. Nothing when there is none. Internal to this room."""
    on = clock.local(at).date()
    changed = Entry.objects.filter(matter=matter, person_id=person_id, until_on=None).update(
        until_on=on, ended_because=because
    )
    if changed:
        happened(
            matter_id=matter.id, event=events.STRUCK_OFF, at=at, by=by, facts={"reason": because}, subject_id=person_id
        )


def hand_to(
    matter: Matter, choice: Choice, *, by: Viewer, at: datetime, expected_since: datetime | None = None
) -> None:
    """指派 to whoever was chosen, unless he serves already. Internal to this room."""
    to = Holder(choice.unit_id, choice.worker_id)  # type: ignore[arg-type]
    if Holder.of(matter) == to:
        return
    assign(
        matter_id=matter.id, to=to, accountable_id=matter.accountable_id, effective_at=at,
        expected_since=expected_since or matter.acting_since, by=by,
    )  # fmt: skip
