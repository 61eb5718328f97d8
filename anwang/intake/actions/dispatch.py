"""派案: pairs of one kind become a case, or join one that is open; it stands in somebody's hands from that instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.actions import NewSubject, join_report, open_case, take_in
from anwang.directory.models import Unit
from anwang.directory.states import UnitKind
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.intake import policies, rules
from anwang.intake.models import Report
from anwang.intake.queries.standing import Pair, open_cases, pairs
from anwang.intake.states import What
from anwang.matters.actions.dispatching import ask_signature
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind
from anwang.people.actions import open_family
from anwang.people.models import Person

from .concluding import conclude
from .deciding import write_decision
from .handing import carry, roles_of, subject_of, told_of
from .repeats import bring_along
from .where import intake_unit
from .witnesses import hand_on_witnesses


@transaction.atomic
def dispatch(
    *,
    report_id: UUID,
    kind: str,
    person_ids: Iterable[UUID],
    by: Viewer,
    at: datetime,
    to: Holder | None = None,
    join_case_id: UUID | None = None,
    family_id: UUID | None = None,
    reason: str = "",
) -> UUID:
    """Dispatch pairs of one kind: to a unit with its worker or desk, or into a case that is open (`join_case_id`).

    In the 2026 regime the centre stays accountable for what it investigates; otherwise the assigned unit answers from
    this instant. Clocks of the report go along unchanged. Gives the case. Another county is asked instead (移轄).
    """
    matter = lock(report_id)
    policies.may_dispatch(by, report_id).enforce()
    report = Report.objects.get(id=report_id)
    county = matter.county
    if at > clock.now() or at < report.received_at:
        raise BadInput(_("派案時間要在接獲之後、現在之前。"), field="at")
    chosen = _chosen(by, report_id, kind, list(person_ids))
    known_there: dict[UUID, UUID] = {}
    if join_case_id is not None:
        case_id, known_there = join_case_id, _join(report, join_case_id, kind, chosen, county, by=by, at=at)
    else:
        case_id = _open(report, matter, kind, chosen, to, family_id, county, by=by, at=at)
        bring_along(report, case_id, is_news=False, by=by)
        ask_signature(matter_id=case_id, giver=Holder.of(matter), at=at, by=by)
    carry(report_id, case_id, kind, [pair.person_id for pair in chosen], county, known_there, by=by, at=at)
    for pair in chosen:
        write_decision(report, pair, what=What.DISPATCH, outcome="joined" if join_case_id else "opened",
                       reason=reason, about_id=case_id, by=by, at=at)  # fmt: skip
    hand_on_witnesses(report, by=by, at=at)
    record("report.dispatched", by=by, at=at, matter_id=report_id, case=case_id, kind=kind, persons=len(chosen))
    conclude(report, by=by, at=at)
    keep()
    return case_id


def _chosen(by: Viewer, report_id: UUID, kind: str, person_ids: list[UUID]) -> list[Pair]:
    chosen = [pair for pair in pairs(by, report_id) if pair.kind == kind and pair.person_id in person_ids]
    if not chosen or len(chosen) != len(set(person_ids)):
        raise BadInput(_("請選要派案的人，並先列為這個案類。"), field="persons")
    if any(pair.is_settled for pair in chosen):
        raise BadInput(_("這個人在這個案類已經決定過。請重新整理看最新情形。"), field="persons")
    if any(What.NOT_OPEN in pair.decisions for pair in chosen):
        raise BadInput(_("這個人的不開案還在送審。請先撤回再派案。"), field="persons")
    return chosen


def _open(
    report: Report, matter: Matter, kind: str, chosen: list[Pair], to: Holder | None, family_id: UUID | None,
    county: str, *, by: Viewer, at: datetime,
) -> UUID:  # fmt: skip
    if to is None:
        raise BadInput(_("請選派給哪個單位、哪位社工。"), field="to")
    roles = roles_of(report)
    family = rules.mark("case.kind", kind, "client", at, county) == "family"
    if family and family_id is None:
        family_id = _new_family(chosen[0].person_id, county, by=by, at=at)
    case = open_case(
        kind=kind,
        county=county,
        accountable_id=accountable_for(report, chosen, to, county, at),
        acting=to,
        subjects=[NewSubject(None)] if family else [subject_of(pair, roles.get(pair.person_id, "")) for pair in chosen],
        opened_at=at,
        report_id=report.id,
        family_id=family_id,
        facts=told_of(report, kind, chosen, county, by),
        circle=Circle.VICTIM if any(roles.get(p.person_id) == "victim" for p in chosen) else Circle.NEUTRAL,
        by=by,
    )
    return case.id


def accountable_for(report: Report, chosen: list[Pair], to: Holder, county: str, at: datetime) -> UUID:
    """Who answers for the case: the centre while it investigates (2026), else the assigned unit or its authority."""
    unit = Unit.objects.select_related("superior").get(id=to.unit_id)
    if unit.jurisdiction_id != county:
        raise BadInput(_("其他縣市不能派案，請用移轄；對方接受前仍由你們負責。"), field="to")
    field = any((d := pair.decisions.get(What.SCREENING)) and d.outcome == rules.FIELD for pair in chosen)
    if rules.regime(report.received_at, county) == rules.CENTRE_FIRST and (field or unit.kind == UnitKind.INTAKE):
        return intake_unit(county)
    if unit.is_public:
        return unit.id
    if unit.superior_id is None:
        raise BadInput(_("這個單位沒有權責機關。請選公部門單位。"), field="to")
    return unit.superior_id


def _new_family(person_id: UUID, county: str, *, by: Viewer, at: datetime) -> UUID:
    name = Person.objects.filter(id=person_id).values_list("name", flat=True).first() or str(_("姓名不詳"))
    return open_family(label=f"{name}家"[:60], county=county, by=by, at=at).id


def _join(
    report: Report, case_id: UUID, kind: str, chosen: list[Pair], county: str, *, by: Viewer, at: datetime
) -> dict[UUID, UUID]:
    """Into an open case; one that arose from this very report learns nothing new, it gains a subject."""
    case = Matter.objects.filter(id=case_id, kind=MatterKind.CASE, ended_at__isnull=True).first()
    if case is None:
        raise NotFound(_("這個案件已經結束，不能併入。請另開一件。"))
    if case_id not in open_cases(by, report.id, kind):
        raise BadInput(_("這個案件和這件通報的人無關，不能併入。請另開一件。"), field="to")
    if case.arose_from_id != report.id:
        join_report(case_id=case_id, report_id=report.id, as_what="new_event", at=report.received_at, by=by)
    bring_along(report, case_id, is_news=True, by=by)
    if rules.mark("case.kind", kind, "client", at, county) == "family":
        return {}
    roles, told = roles_of(report), told_of(report, kind, chosen, county, by)
    subjects = [subject_of(pair, roles.get(pair.person_id, "")) for pair in chosen]
    return take_in(case_id=case_id, subjects=subjects, told=told | {"opened_at": at}, by=by, at=at)
