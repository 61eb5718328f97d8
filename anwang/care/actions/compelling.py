"""Compulsory treatment as the county follows it, each step under the rules of its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.care import events, policies, rules
from anwang.care import words as said
from anwang.care.models import Measure, MeasureStep
from anwang.care.states import MeasureKind, RuleSet, StepKind
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock

from .records import person_of

EVENT_OF = {
    StepKind.EXAMINED: events.EVALUATED,
    StepKind.APPLIED: events.APPLIED,
    StepKind.AID: events.AID_TOLD,
    StepKind.EXTENSION_ASKED: events.EXTENSION_ASKED,
    StepKind.NOT_EXTENDED: events.NOT_EXTENDED,
}
"""Steps that end a duty, with the event that says so; the others are written down alone."""
LOOKS_BACK = timedelta(days=92)
"""How far back the day of the change is looked for, when the job did not run on it."""
ASKS = frozenset({StepKind.APPLIED, StepKind.EXTENSION_ASKED})


@dataclass(frozen=True, kw_only=True)
class Granted:
    """What the permit or ruling says. Without `ends_on` it lasts as long as the rules allow at most."""

    kind: str
    hospital: str
    number: str
    began_at: datetime
    ends_on: date | None = None
    words: str = ""


@transaction.atomic
def place(
    *, matter_id: UUID, hospital: str, began_at: datetime, by: Viewer, at: datetime, lawyer: str = "unknown",
    person_id: UUID | None = None,
) -> Measure:  # fmt: skip
    """緊急安置 began, under the rules of that day: five days and a permit, or seven and the court."""
    policies.may_triage(by, matter_id).enforce()
    matter = lock(matter_id)
    _check_instant(began_at, at)
    person = person_of(matter_id, person_id)
    held = rules.rule_set(clock.local(began_at).date(), matter.county)
    running = Measure.objects.filter(matter=matter, person_id=person, ended_at=None)
    if running.exclude(kind=MeasureKind.COMMUNITY).exists():
        raise Conflict(_("已經有一項強制處置在進行。請先記它怎麼結束。"))
    measure = _measure(
        matter, person, MeasureKind.PLACEMENT, held, hospital, "", began_at,
        rules.last_day(MeasureKind.PLACEMENT, held, began_at), by=by,
    )  # fmt: skip
    _step(measure, StepKind.PLACED, began_at, by)
    happened(
        matter_id=matter_id, event=events.PLACED, at=at, by=by, subject_id=person,
        facts={"placed_at": began_at, "rule_set": str(held), "lawyer": lawyer},
    )  # fmt: skip
    record("care.placed", by=by, at=at, matter_id=matter_id, measure=measure.id, rule_set=str(held))
    keep()
    return measure


@transaction.atomic
def note_step(
    *, measure_id: UUID, kind: StepKind | str, by: Viewer, at: datetime, specialists: int | None = None,
    remote: bool = False, words: str = "",
) -> MeasureStep:  # fmt: skip
    """Something happened to a measure: examined, asked, legal aid, extension asked or not, appealed.

    An examination by fewer specialists than the rules want counts only on islands (and remote places). A further
    extension than the rules allow is refused here, not by the court.
    """
    measure, matter = _live(measure_id, by)
    chosen = StepKind(kind)
    if chosen not in {*EVENT_OF, StepKind.APPEALED}:
        raise BadInput(_("請從清單選發生了什麼。"), field="kind")
    _check_instant(at, clock.now())
    if at < measure.began_at:
        raise BadInput(_("時間要在這項處置開始之後。"), field="at")
    if chosen == StepKind.EXAMINED and not remote and (specialists or 0) < rules.specialists(measure.rule_set):
        wanted = rules.specialists(measure.rule_set)
        raise BadInput(_("強制鑑定要%(n)d位專科醫師；離島或偏遠地區才可以一位。") % {"n": wanted}, field="specialists")
    if chosen == StepKind.EXTENSION_ASKED:
        _refuse_beyond(measure, at, matter)
    step = _step(measure, chosen, at, by, specialists=specialists, words=words)
    if chosen in ASKS:
        Measure.objects.filter(id=measure.id).update(asked_on=clock.local(at).date())
    if chosen in EVENT_OF:
        facts = {"measure": measure.kind, "needed": None}
        happened(matter_id=matter.id, event=EVENT_OF[chosen], at=at, by=by, facts=facts, subject_id=measure.person_id)
    record("care.measure_step", by=by, at=at, matter_id=matter.id, measure=measure.id, step=str(chosen))
    keep()
    return step


def _refuse_beyond(measure: Measure, at: datetime, matter: Matter) -> None:
    held = rules.rule_set(clock.local(at).date(), matter.county)
    if not rules.may_extend(measure.kind, held, measure.extension):
        raise Refused(_("這項處置依現在的規定不能再延長。期滿要停止，接著社區追蹤。"))


@transaction.atomic
def grant_measure(
    *, matter_id: UUID, granted: Granted, by: Viewer, at: datetime, person_id: UUID | None = None
) -> Measure:
    """Committee or court granted: a term begins. It follows a placement, extends a term, or stands alone.

    The term may be shorter than the rules allow, never longer; rules are those of the day it begins.
    """
    policies.may_triage(by, matter_id).enforce()
    matter = lock(matter_id)
    _check_instant(granted.began_at, at)
    if granted.kind not in (MeasureKind.HOSPITAL, MeasureKind.COMMUNITY):
        raise BadInput(_("請選強制住院或強制社區治療。"), field="kind")
    if not granted.number.strip():
        raise BadInput(_("請寫許可或裁定的文號。"), field="number")
    person = person_of(matter_id, person_id)
    before = _before(matter, person, granted)
    held = rules.rule_set(clock.local(granted.began_at).date(), matter.county)
    extension = before.extension + 1 if before is not None and before.kind == granted.kind else 0
    if before is not None and extension and not rules.may_extend(granted.kind, held, before.extension):
        raise Refused(_("這項處置依現在的規定不能再延長。期滿要停止，接著社區追蹤。"))
    longest = rules.last_day(granted.kind, held, granted.began_at, extension)
    until = granted.ends_on or longest
    if not clock.local(granted.began_at).date() <= until <= longest:
        raise BadInput(_("這一次最長到%(day)s。請再看一次公文。") % {"day": said.day(longest)}, field="ends_on")
    if before is not None:
        _end(before, "passed_on", granted.began_at, by)
    measure = _measure(
        matter, person, MeasureKind(granted.kind), held, granted.hospital, granted.number, granted.began_at, until,
        by=by, follows=before, extension=extension,
    )  # fmt: skip
    _step(measure, StepKind.GRANTED, granted.began_at, by, words=granted.words)
    _start_clocks(measure, at, by)
    record("care.measure_granted", by=by, at=at, matter_id=matter_id, measure=measure.id, rule_set=str(held))
    keep()
    return measure


def _start_clocks(measure: Measure, at: datetime, by: Viewer) -> None:
    more = rules.may_extend(measure.kind, measure.rule_set, measure.extension)
    facts = {
        "measure": measure.kind, "rule_set": measure.rule_set, "expires_at": rules.end_of(measure.ends_on),
        "last_day_at": rules.beginning_of(measure.ends_on), "extendable": "yes" if more else "no",
    }  # fmt: skip
    happened(matter_id=measure.matter_id, event=events.GRANTED, at=at, by=by, facts=facts, subject_id=measure.person_id)


@transaction.atomic
def end_measure(*, measure_id: UUID, how: str, by: Viewer, at: datetime, words: str = "") -> None:
    """停止: better, over, refused, stopped by the court… What was owed because of it is owed no more."""
    measure, matter = _live(measure_id, by)
    if rules.code(rules.MEASURE_END, how, clock.local(at).date()) is None:
        raise BadInput(_("請選怎麼結束的。"), field="how")
    _check_instant(at, clock.now())
    if at < measure.began_at:
        raise BadInput(_("時間要在這項處置開始之後。"), field="at")
    if how == "refused":
        _step(measure, StepKind.REFUSED, at, by, words=words)
    _end(measure, how, at, by, words)
    record("care.measure_ended", by=by, at=at, matter_id=matter.id, measure=measure.id, how=how)
    keep()


def carry_over(*, county: str, on: date, by: Viewer) -> int:
    """The act's rules changed: who is hospitalised under the old ones goes to the court within two months (§88).

    Run by the job for each county, on the day of the change or later; a measure is carried over once. Returns how many.
    """
    since = on
    if rules.rule_set(on, county) != RuleSet.COURT:
        return 0
    while on > since - LOOKS_BACK and rules.rule_set(on - rules.ONE_DAY, county) == RuleSet.COURT:
        on -= rules.ONE_DAY
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM care_to_carry_over(%s)", [county])
        found = cursor.fetchall()
    at = rules.beginning_of(on)
    for measure_id, matter_id, person_id, recorded_by in found:
        with transaction.atomic():
            lock(matter_id)
            MeasureStep(
                id=uuid7(), measure_id=measure_id, matter_id=matter_id, kind=StepKind.CARRIED, at=at,
                by=by.worker_id or recorded_by, recorded_at=clock.now(),
            ).save(force_insert=True)  # fmt: skip
            happened(matter_id=matter_id, event=events.ACT_CHANGED, at=at, by=by, subject_id=person_id)
            record("care.measure_carried", by=by, at=at, matter_id=matter_id, measure=measure_id)
            keep()
    return len(found)


def _before(matter: Matter, person: UUID, granted: Granted) -> Measure | None:
    """What a new term continues: the same kind, or the placement (or hospitalisation) it takes the place of."""
    rows = Measure.objects.select_for_update().filter(matter=matter, person_id=person, ended_at=None)
    same = rows.filter(kind=granted.kind).first()
    return same or rows.exclude(kind=granted.kind).order_by("-began_at").first()


def _live(measure_id: UUID, by: Viewer) -> tuple[Measure, Matter]:
    measure = Measure.objects.filter(id=measure_id).first()
    if measure is None:
        raise NotFound(_("查無這項強制處置。"))
    policies.may_triage(by, measure.matter_id).enforce()
    matter = lock(measure.matter_id)
    measure.refresh_from_db()
    if measure.ended_at is not None:
        raise Conflict(_("這項強制處置已經結束。請重新整理看最新情形。"))
    return measure, matter


def _end(measure: Measure, how: str, at: datetime, by: Viewer, words: str = "") -> None:
    Measure.objects.filter(id=measure.id).update(ended_at=at, ended_how=how)
    _step(measure, StepKind.ENDED, at, by, words=words)
    happened(
        matter_id=measure.matter_id, event=events.COMPULSION_ENDED, at=at, by=by, subject_id=measure.person_id,
        facts={"measure": measure.kind, "how": how},
    )  # fmt: skip


def _measure(
    matter: Matter, person: UUID, kind: MeasureKind, held: str, hospital: str, number: str, began_at: datetime,
    ends_on: date, *, by: Viewer, follows: Measure | None = None, extension: int = 0,
) -> Measure:  # fmt: skip
    if not hospital.strip():
        raise BadInput(_("請寫哪一家指定精神醫療機構。"), field="hospital")
    measure = Measure(
        id=uuid7(), matter=matter, person_id=person, kind=kind, rule_set=held, hospital=hospital.strip(),
        number=number.strip(), began_at=began_at, ends_on=ends_on, follows=follows, extension=extension,
        recorded_at=clock.now(), recorded_by=by.worker_id,
    )  # fmt: skip
    measure.save(force_insert=True)
    return measure


def _step(
    measure: Measure, kind: StepKind, at: datetime, by: Viewer, *, specialists: int | None = None, words: str = ""
) -> MeasureStep:
    step = MeasureStep(
        id=uuid7(), measure=measure, matter_id=measure.matter_id, kind=kind, at=at, specialists=specialists,
        words=words.strip(), by=by.worker_id or measure.recorded_by, recorded_at=clock.now(),
    )  # fmt: skip
    step.save(force_insert=True)
    return step


def _check_instant(then: datetime, now: datetime) -> None:
    if then > now:
        raise BadInput(_("時間不能在未來。請填已經發生的時間。"), field="at")
