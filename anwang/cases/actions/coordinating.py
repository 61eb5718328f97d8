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
from anwang.cases.models import Coordination, SharedPlan, WhoDoesWhat
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
    if Matter.objects.filter(family_id=family_id, kind=MatterKind.COORDINATION, ended_at=None).exists():
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
def update_plan(*, coordination_id: UUID, text: str, by: Viewer, at: datetime) -> SharedPlan:
    """A new version of the shared plan; earlier ones stay."""
    matter = lock(coordination_id)
    policies.may_lead(by, matter).enforce()
    if not text.strip():
        raise BadInput(_("還沒有寫計畫。"), field="text")
    plan = SharedPlan(
        id=uuid7(), matter=matter, text=text.strip(), at=at, by=by.worker_id, recorded_at=clock.now()
    )  # fmt: skip
    plan.save(force_insert=True)
    share_with_partners(matter, by=by, at=at)
    happened(matter_id=matter.id, event=events.PLAN_SHARED, at=at, by=by, facts={"plan": "shared", "kind": None})
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
    if len(_units(matter.family_id)) >= rules.whole_number("coordination.units", clock.local(at).date(), matter.county):
        raise Refused(_("還有兩個以上單位在服務，主責要繼續。要換人，請用主責交接。"))
    happened(matter_id=matter.id, event=events.COORDINATION_ENDED, at=at, by=by, facts={"kind": None})
    end_matter(matter_id=matter.id, how="ended", at=at, by=by)


def share_with_partners(matter: Matter, *, by: Viewer, at: datetime) -> None:
    """The acting workers of the family's cases read plan and list; nobody of the other party's side does.

    Internal to this room: called whenever plan or list change, so that new partners come in and former ones go.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, worker_id FROM cases_partners(%s)", [matter.family_id])
        partners = {(case_id, worker_key(worker_id)) for case_id, worker_id in cursor.fetchall()}
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


def _units(family_id: UUID | None) -> set[UUID]:
    found = Matter.objects.filter(family_id=family_id, kind=MatterKind.CASE, ended_at=None)
    return set(found.values_list("acting_unit_id", flat=True))
