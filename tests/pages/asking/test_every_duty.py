"""Every kind of duty that is switched on leads to a form that opens."""

import pytest
from django.urls import resolve

from anwang import rulebook
from anwang.foundation import clock
from anwang.matters.models import Duty
from anwang.matters.queries import DutyRow, duty_row
from anwang.matters.states import MatterKind
from anwang.web.worklist import discharging
from tests.pages.asking.test_asking import as_
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

SWITCHED_ON = sorted(
    handle.rule_id
    for handle in rulebook.book().duties()
    if not (content := rulebook.book().duty(handle.rule_id).on(clock.today()).content).informs and not content.resting
)


def row_of(rule: str, kind: str, number: str = "T115-0001-0001") -> DutyRow:
    """A duty of this rule on a matter of this kind, as Today shows it."""
    return DutyRow(
        "duty", discharging.HERE, discharging.HERE, number, kind, rule, "", "", "", False, False,
        NIGHT, 0, "", "", None, "", "F115-0001", "", "", False, "",
    )  # fmt: skip


def kind_of(rule: str) -> str:
    """On what kind of matter the rule counts."""
    if rule.startswith(("report", "edge_family")):
        return MatterKind.REPORT
    if rule.startswith("coordination."):
        return MatterKind.COORDINATION
    if rule.startswith("subject_request."):
        return MatterKind.SUBJECT_REQUEST
    if rule.startswith("referral."):
        return MatterKind.REFERRAL
    if rule.startswith("release."):
        return MatterKind.NOTICE
    if rule.startswith("submission."):
        return MatterKind.SUBMISSION
    if rule.startswith("steering."):
        return MatterKind.STEERING
    for kind in (MatterKind.MEETING, MatterKind.DECISION, MatterKind.URGENT_ROOM, MatterKind.INCIDENT_REVIEW):
        if rule.startswith(f"{kind}."):
            return kind
    return MatterKind.PLACEMENT if rule.startswith("placement.") else MatterKind.CASE


@pytest.mark.parametrize("rule", SWITCHED_ON)
def test_leads_every_duty_to_a_form(rule: str) -> None:
    verb, href = discharging.form_of(row_of(rule, kind_of(rule)))
    found = resolve(href.partition("?")[0])
    assert str(verb) != "開啟"
    assert (found.view_name == "worklist:duty") is (rule == discharging.LISTED)
    assert found.view_name != "worklist:today"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "ending"),
    [
        ("transfer.look_after", "/taken-over"),
        ("dispute.rule", "/dispute"),
        ("joining.answer", ""),
        ("visit_request.answer", ""),
        ("referral.answer", ""),
        ("transfer.answer", ""),
    ],
)
def test_leads_what_was_asked_to_its_own_page(rule: str, ending: str) -> None:
    _verb, href = discharging.form_of(row_of(rule, MatterKind.CASE))
    assert href == (f"/matters/T115-0001-0001{ending}" if ending else "/unit/asked/T115-0001-0001")


@pytest.mark.django_db
def test_opens_the_page_of_a_placement_by_its_case(at) -> None:
    at(after(60))
    world: World = build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))
    case = held_by(world, "worker")
    placement = held_by(world, "worker", kind=MatterKind.PLACEMENT, arose_from=case.id)
    client = as_("worker")
    duty = Duty.objects.filter(open_of=placement.id).first()
    world.viewer("worker")
    href = discharging.page_of(MatterKind.PLACEMENT, duty_row(world.viewer("worker"), duty.id).number)
    answer = client.get(href)
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/{case.number}")
    assert as_("adult_supervisor").get(href).status_code == 404
