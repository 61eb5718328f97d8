"""The family's lead: opened when two units serve it, owes plan and list, passes on by acceptance only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.actions import grant, worker_key
from anwang.access.models import Grant
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies, rules
from anwang.cases.models import Case, Coordination, SharedPlan, WhoDoesWhat
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import end_matter, happened, open_matter
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind

SERVES_SQL = """
SELECT bool_or(NOT cases_serves_other_party(c.id)) FROM cases_case c JOIN matters_matter m ON m.id = c.id
 WHERE m.family_id = %s AND m.ended_at IS NULL
"""
PERSON = "person"
"""Sort of a lead that is a person's own."""
Line = tuple[UUID, str, date | None]
"""One line of the list: unit, what it does next, until when."""


@transaction.atomic
def open_coordination(
    *, family_id: UUID, county: str, accountable_id: UUID, lead: Holder, by: Viewer, at: datetime,
    kinds: Sequence[str] = (), minors_home: str = "unknown", differs_because: str = "",
) -> Coordination:  # fmt: skip
    """A family with two or more units gets a lead: proposed by `family.lead`, decided by people, one per family.

    `kinds` are the kinds of open cases known to whoever decides. It takes over nobody's duty and reads no case.
    Raises Refused below the number of units, Conflict when the family has a lead.
    """
    units = _units(family_id) if _serves(family_id) else set()
    wanted = rules.whole_number("coordination.units", clock.local(at).date(), county)
    if len(units) < wanted:
        raise Refused(_("這個家庭還不到%(n)d個單位，不必設家庭主責。") % {"n": wanted})
    if Matter.objects.filter(family_id=family_id, kind=MatterKind.COORDINATION, sort="", ended_at=None).exists():
        raise Conflict(_("這個家庭已經有主責。要換主責，請用主責交接。"))
    advice = rules.lead(kinds, minors_home, clock.local(at).date(), county)
    opened = open_matter(
        kind=MatterKind.COORDINATION, county=county, accountable_id=accountable_id, acting=lead, opened_at=at,
        event=events.COORDINATION_OPENED, facts={"units": len(units), "kind": None}, by=by, family_id=family_id,
    )  # fmt: skip
    coordination = Coordination(
        id=opened.id, proposed=advice.outcome or "", rows=[advice.row] if advice.row else [], rule_id=advice.rule_id,
        rule_from=advice.from_, rule_hash=advice.hash, inputs=dict(advice.inputs),
        differs_because=differs_because.strip(), opened_at=at, recorded_at=clock.now(),
    )  # fmt: skip
    coordination.save(force_insert=True)
    share_with_partners(opened, by=by, at=at)
    if len(units) >= rules.whole_number("coordination.conference_units", clock.local(at).date(), county):
        due = {"units": len(units)}
        happened(matter_id=opened.id, event=events.COORDINATION_CONFERENCE_DUE, at=at, by=by, facts=due)
    record("coordination.opened", by=by, at=at, matter_id=opened.id, units=len(units), proposed=advice.outcome)
    keep()
    return coordination


@transaction.atomic
def open_person_lead(
    *, person_id: UUID, county: str, accountable_id: UUID, lead: Holder, by: Viewer, at: datetime,
    at_risk_youth: str = "unknown", differs_because: str = "",
) -> Coordination:  # fmt: skip
    """One person gets a lead of his own, beside the family's: a youth at risk by law (`youth.lead`), or whoever has no
    family file.

    By law the youth council leads where it serves him; another unit says why. It takes over nobody's duty and reads no
    case. Raises Refused where fewer than two units serve him, Conflict where he has a lead.
    """
    partners = _partners_of(person_id)
    units = {unit for _case, _worker, unit in partners}
    day = clock.local(at).date()
    if len(units) < rules.whole_number("coordination.units", day, county):
        raise Refused(_("只有一個單位在服務他，不必設統籌。"))
    if lead.unit_id not in units:
        raise Refused(_("統籌由正在服務他的單位擔任。"))
    councils = Case.objects.filter(id__in=[case for case, _worker, unit in partners if unit == lead.unit_id])
    is_council = any(rules.is_of_youth_council(kind, day) for kind in councils.values_list("kind", flat=True))
    advice = rules.youth_lead(at_risk_youth, "yes" if is_council else "no", day, county)
    if not is_council and not differs_because.strip():
        raise BadInput(_("曝險少年由少輔會統籌。由別的單位統籌，請寫原因。"), field="differs_because")
    if Coordination.objects.filter(person_id=person_id, is_over=False).exists():
        raise Conflict(_("這個人已經有統籌。要換人請用主責交接。"))
    opened = open_matter(
        kind=MatterKind.COORDINATION, sort=PERSON, county=county, accountable_id=accountable_id, acting=lead,
        opened_at=at, event=events.COORDINATION_OPENED, facts={"units": len(units), "kind": None}, by=by,
    )  # fmt: skip
    coordination = Coordination(
        id=opened.id, person_id=person_id, proposed=advice.outcome or "", rows=[advice.row] if advice.row else [],
        rule_id=advice.rule_id, rule_from=advice.from_, rule_hash=advice.hash, inputs=dict(advice.inputs),
        differs_because=differs_because.strip(), opened_at=at, recorded_at=clock.now(),
    )  # fmt: skip
    coordination.save(force_insert=True)
    share_with_partners(opened, by=by, at=at)
    record("coordination.person_opened", by=by, at=at, matter_id=opened.id, units=len(units), proposed=advice.outcome)
    keep()
    return coordination


@transaction.atomic
def look_for_more_units(*, family_id: UUID, by: Viewer, at: datetime) -> bool:
    """N units → conference: another unit came into a family that has a lead. Whether the trigger was met now."""
    lead = Matter.objects.filter(family_id=family_id, kind=MatterKind.COORDINATION, sort="", ended_at=None).first()
    if lead is None:
        return False
    share_with_partners(lead, by=by, at=at)
    units = len(_units(family_id))
    if units < rules.whole_number("coordination.conference_units", clock.local(at).date(), lead.county):
        return False
    happened(
        matter_id=lead.id, event=events.COORDINATION_CONFERENCE_DUE, at=at, by=by, facts={"units": units}
    )  # fmt: skip
    return True


@transaction.atomic
def update_plan(
    *, coordination_id: UUID, text: str, by: Viewer, at: datetime, review_at: datetime | None = None
) -> SharedPlan:
    """A new version of the shared plan; earlier ones stay. `review_at` begins the day on which all look at it again."""
    matter = lock(coordination_id)
    policies.may_lead(by, matter).enforce()
    if not text.strip():
        raise BadInput(_("還沒有寫計畫。"), field="text")
    plan = SharedPlan(
        id=uuid7(), matter=matter, text=text.strip(), at=at, by=by.worker_id, recorded_at=clock.now()
    )  # fmt: skip
    plan.save(force_insert=True)
    share_with_partners(matter, by=by, at=at)
    facts = {"plan": "shared", "kind": None, "review": "yes" if review_at else None, "review_at": review_at}
    happened(matter_id=matter.id, event=events.PLAN_SHARED, at=at, by=by, facts=facts)
    record("coordination.plan", by=by, at=at, matter_id=matter.id, plan=plan.id)
    return plan


@transaction.atomic
def update_list(*, coordination_id: UUID, lines: Sequence[Line], by: Viewer, at: datetime) -> UUID:
    """A new list of who does what next; the one before stays as it was."""
    matter = lock(coordination_id)
    policies.may_lead(by, matter).enforce()
    if not lines or any(not what.strip() for _unit, what, _due in lines):
        raise BadInput(_("請寫每個單位接下來做什麼。"), field="what")
    new, now = uuid7(), clock.now()
    WhoDoesWhat.objects.bulk_create(
        [
            WhoDoesWhat(
                id=uuid7(), matter=matter, list_id=new, position=position, unit_id=unit, what=what.strip(), due_on=due,
                at=at, by=by.worker_id, recorded_at=now,
            )
            for position, (unit, what, due) in enumerate(lines)
        ]
    )  # fmt: skip
    share_with_partners(matter, by=by, at=at)
    happened(matter_id=matter.id, event=events.COORDINATION_LISTED, at=at, by=by, facts={"kind": None})
    record("coordination.listed", by=by, at=at, matter_id=matter.id, lines=len(lines))
    return new


@transaction.atomic
def confer(*, coordination_id: UUID, by: Viewer, at: datetime) -> None:
    """The conference was held; its decisions become the next list."""
    matter = lock(coordination_id)
    policies.may_lead(by, matter).enforce()
    happened(matter_id=matter.id, event=events.COORDINATION_CONFERRED, at=at, by=by, facts={"kind": None})
    record("coordination.conferred", by=by, at=at, matter_id=matter.id)


@transaction.atomic
def end_coordination(*, coordination_id: UUID, by: Viewer, at: datetime) -> None:
    """Fewer than two units are left: the lead ends."""
    matter = lock(coordination_id)
    policies.may_lead(by, matter).enforce()
    units = _units(matter.family_id)
    if matter.sort == PERSON:
        units = {unit for _case, _worker, unit in _partners_of(_person(matter))}
    if len(units) >= rules.whole_number("coordination.units", clock.local(at).date(), matter.county):
        raise Refused(_("還有兩個以上單位在服務，主責要繼續。要換人，請用主責交接。"))
    happened(matter_id=matter.id, event=events.COORDINATION_ENDED, at=at, by=by, facts={"kind": None})
    Coordination.objects.filter(id=matter.id).update(is_over=True)
    end_matter(matter_id=matter.id, how="ended", at=at, by=by)


def share_with_partners(matter: Matter, *, by: Viewer, at: datetime) -> None:
    """The acting workers of the family's cases read plan and list; nobody of the other party's side does.

    Internal to this room: called whenever plan or list change, so that new partners come in and former ones go.
    """
    if matter.sort == PERSON:
        rows = [(case_id, worker_id) for case_id, worker_id, _unit in _partners_of(_person(matter)) if worker_id]
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT case_id, worker_id FROM cases_partners(%s)", [matter.family_id])
            rows = cursor.fetchall()
    partners = {(case_id, worker_key(worker_id)) for case_id, worker_id in rows}
    live = Grant.objects.filter(file_id=matter.id, because="partner", ends_at=None)
    there = set(live.values_list("because_id", "holder"))
    for case_id, holder in there - partners:
        live.filter(because_id=case_id, holder=holder, starts_at__lte=at).update(ends_at=at)
    for case_id, holder in partners - there:
        grant(
            file_id=matter.id, holder=holder, zones=(Zone.WORK, Zone.CASE), because="partner", because_id=case_id,
            by=by, at=at,
        )  # fmt: skip


def _serves(family_id: UUID) -> bool:
    """Whether a case of the family that is not of the other party's side is readable; he hears alike for all others."""
    with connection.cursor() as cursor:
        cursor.execute(SERVES_SQL, [family_id])
        return bool(cursor.fetchone()[0])


def _partners_of(person_id: UUID | None) -> list[tuple[UUID, UUID | None, UUID]]:
    """(case, acting worker, acting unit) of whoever serves a person, never of the other party's side."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, worker_id, unit_id FROM cases_partners_of(%s)", [person_id])
        return cursor.fetchall()


def _person(matter: Matter) -> UUID | None:
    return Coordination.objects.values_list("person_id", flat=True).get(id=matter.id)


def _units(family_id: UUID | None) -> set[UUID]:
    found = Matter.objects.filter(family_id=family_id, kind=MatterKind.CASE, ended_at=None)
    return set(found.values_list("acting_unit_id", flat=True))
